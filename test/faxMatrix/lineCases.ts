/** Fax lines put together in every way that writers have, or have not, thought of. */
import type { Add } from './cases';
import { alignedWithEols, bitsOf, bytesOf, EOL, linesOf, RTC } from './faxBits';
import { codedPage } from './libtiff';
import { bilevel, HEIGHT, isBlack, plain, raw, WIDTH } from './pictures';
import { long, putTogether, short, Tag, type Page, type Values } from './tiffParts';

export function addLines(add: Add): void {
  const group = 'Lines of Group 3, Group 4 and Huffman';
  const block = (of: Page, compression: string): Uint8Array =>
    codedPage(of, '-c', compression, '-r', '4000').blocks[0] ?? new Uint8Array();
  const alone = linesOf(block(plain, 'g3:1d'));
  const mixed = linesOf(block(plain, 'g3:2d'));
  const INVALID = '0000000011';
  const bits = (
    name: string,
    text: string,
    tags: Record<number, Values> = {},
    height = HEIGHT,
    sent: Page | undefined = plain,
  ): void => {
    const options = { [Tag.Compression]: short(3), [Tag.Group3Options]: long(0), ...tags };
    add(group, name, putTogether([raw(bytesOf(text), options, WIDTH, height)]), sent);
  };
  const withEols = (lines: readonly string[]): string => lines.map((line) => EOL + line).join('');
  const twoDimensional = { [Tag.Group3Options]: long(1) };
  const replaced = (lines: readonly string[], index: number, change: (line: string) => string): string[] =>
    lines.map((line, place) => (place === index ? change(line) : line));
  const upper = bilevel(WIDTH, HEIGHT, 0, (x, y) => y < 20 && isBlack(x, y));
  bits('Group 3, an EOL before each line', withEols(alone));
  bits('Group 3, EOLs end with bytes', alignedWithEols(alone));
  bits('Group 3, an EOL after each line', alone.map((line) => line + EOL).join(''));
  bits('Group 3, 100 zeros before each EOL', alone.map((line) => '0'.repeat(100) + EOL + line).join(''));
  bits('Group 3, no EOLs', alone.join(''));
  bits('Group 3, no EOLs, lines begin with bytes', alone.map((line) => padded(line)).join(''));
  bits(
    'Group 3, no EOLs, lines begin with bytes, low bits first',
    bitsOf(Uint8Array.from(bytesOf(alone.map((line) => padded(line)).join('')), reversed)),
    { [Tag.FillOrder]: short(2) },
  );
  bits('Group 3, no EOLs, lines begin with bytes, RTC', alone.map((line) => padded(line)).join('') + RTC);
  bits(
    'Group 3, no EOLs, lines begin with bytes, RTC early',
    alone
      .slice(0, 20)
      .map((line) => padded(line))
      .join('') + RTC,
    {},
    HEIGHT,
    upper,
  );
  bits('Group 3, RTC', withEols(alone) + RTC);
  bits('Group 3, RTC early', withEols(alone.slice(0, 20)) + RTC, {}, HEIGHT, upper);
  bits('Group 3, RTC of two EOLs, early', withEols(alone.slice(0, 20)) + EOL.repeat(2), {}, HEIGHT, upper);
  bits(
    'Group 3, RTC early, then zeros',
    `${withEols(alone.slice(0, 20)) + RTC}${'0'.repeat(400)}`,
    {},
    HEIGHT,
    upper,
  );
  bits(
    'Group 3, RTC early, then noise',
    `${withEols(alone.slice(0, 20)) + RTC}${'110100111'.repeat(30)}`,
    {},
    HEIGHT,
    upper,
  );
  bits('Group 3, noise behind the last line', `${withEols(alone)}${'1101'.repeat(30)}`);
  bits(
    'Group 3, ends in the middle of a line',
    withEols(alone).slice(0, withEols(alone.slice(0, 30)).length - 20),
  );
  bits('Group 3, ends after an EOL', withEols(alone.slice(0, 30)) + EOL);
  bits('Group 3, an empty line', withEols([...alone.slice(0, 10), '', ...alone.slice(10)]));
  bits(
    'Group 3, a wrong code in a line',
    withEols(replaced(alone, 12, (line) => line.slice(0, 30) + INVALID + line.slice(40))),
  );
  bits('Group 3, a line that is too short', withEols(replaced(alone, 3, () => '1011')));
  bits('Group 3, a line that is too long', withEols(replaced(alone, 6, (line) => `${line}0111010`)));
  bits(
    'Group 3, a line without its EOL',
    withEols(alone).replace(EOL + (alone[5] ?? '') + EOL, EOL + (alone[5] ?? '')),
  );
  bits('Group 3, two-dimensional', withEols(mixed), twoDimensional);
  bits('Group 3, two-dimensional, EOLs end with bytes', alignedWithEols(mixed), twoDimensional);
  bits('Group 3, two-dimensional, RTC', `${withEols(mixed)}${`${EOL}1`.repeat(6)}`, twoDimensional);
  bits(
    'Group 3, two-dimensional, RTC early',
    `${withEols(mixed.slice(0, 20))}${`${EOL}1`.repeat(6)}`,
    twoDimensional,
    HEIGHT,
    upper,
  );
  bits(
    'Group 3, two-dimensional, low bits first',
    bitsOf(Uint8Array.from(bytesOf(withEols(mixed)), reversed)),
    { ...twoDimensional, [Tag.FillOrder]: short(2) },
  );
  bits(
    'Group 3, two-dimensional, a wrong code in a line',
    withEols(replaced(mixed, 13, (line) => line.slice(0, 12) + INVALID + line.slice(22))),
    twoDimensional,
  );
  bits('Group 3, two-dimensional, said to be one-dimensional', withEols(mixed));
  bits('Group 3, one-dimensional, said to be two-dimensional', withEols(alone), twoDimensional);
  bits('Group 3, noise before the first EOL', `${'1101001'.repeat(20)}${withEols(alone)}`);
  bits('Group 3, options missing', withEols(alone), {});
  for (const [of, compression, tags] of [
    ['one-dimensional', 'g3:1d', {}],
    ['two-dimensional', 'g3:2d', twoDimensional],
  ] as const)
    for (const by of [1, 4, 28]) {
      const options = { [Tag.Compression]: short(3), [Tag.Group3Options]: long(0), ...tags };
      const narrow = bilevel(WIDTH - by, HEIGHT, 0);
      add(
        group,
        `Group 3, ${of}, lines ${by} pixels too short`,
        putTogether([raw(block(narrow, compression), options)]),
        bilevel(WIDTH, HEIGHT, 0, (x, y) => x < WIDTH - by && isBlack(x, y)),
      );
      const wide = bilevel(WIDTH + by, HEIGHT, 0);
      add(
        group,
        `Group 3, ${of}, lines ${by} pixels too long`,
        putTogether([raw(block(wide, compression), options)]),
        plain,
      );
    }
  const huffman = { [Tag.Compression]: short(2) };
  bits('Huffman', alone.map((line) => padded(line)).join(''), huffman);
  bits(
    'Huffman, ends early',
    alone
      .slice(0, 30)
      .map((line) => padded(line))
      .join(''),
    huffman,
  );
  bits('Huffman, lines begin with words', alone.map((line) => padded(line, 16)).join(''), {
    [Tag.Compression]: short(32771),
  });
  const strips = codedPage(plain, '-c', 'g4', '-r', '10');
  const ended = [...strips.blocks];
  ended[1] = block(
    bilevel(WIDTH, 4, 0, (x, y) => isBlack(x, y + 10)),
    'g4',
  );
  add(
    group,
    'Group 4, a strip that ends before its height, with others below',
    putTogether([{ ...strips, blocks: ended }]),
  );
  const early = [...strips.blocks];
  early[3] = block(
    bilevel(WIDTH, 4, 0, (x, y) => isBlack(x, y + 30)),
    'g4',
  );
  add(
    group,
    'Group 4, a last strip that ends properly before its height',
    putTogether([{ ...strips, blocks: early }]),
  );
  const whole = block(plain, 'g4');
  const half = block(bilevel(WIDTH, 20, 0), 'g4');
  const EOFB = 3;
  const group4 = { [Tag.Compression]: short(4) };
  const four = (name: string, data: Uint8Array, sent: Page = plain): void =>
    add(group, name, putTogether([raw(data, group4)]), sent);
  four('Group 4', whole);
  four('Group 4, without its end', whole.subarray(0, -EOFB));
  four('Group 4, noise behind its end', Uint8Array.from([...whole, 0xa5, 0x5a, 0xff, 0x12]));
  four('Group 4, ends properly before its height', half, upper);
  four('Group 4, ends early without its end', half.subarray(0, -EOFB - 1), upper);
  four('Group 4, cut', whole.subarray(0, whole.length / 2));
}

function padded(line: string, multiple = 8): string {
  return line.padEnd(Math.ceil(line.length / multiple) * multiple, '0');
}

function reversed(byte: number): number {
  return Number.parseInt(Array.from(byte.toString(2).padStart(8, '0')).toReversed().join(''), 2);
}
