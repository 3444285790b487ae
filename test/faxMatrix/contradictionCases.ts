/** Files whose tags contradict their data. */
import type { Add } from './cases';
import { coded, codedPage } from './libtiff';
import { plain } from './pictures';
import { long, putTogether, Tag, takeApart, type Page, type WriteOptions } from './tiffParts';

export function addContradictions(add: Add): void {
  const group = 'Tags that contradict the data';
  const gone = (): undefined => undefined;
  const files: readonly (readonly [string, Page, Page])[] = (
    [
      ['none', '-r', '40'],
      ['none', '-r', '7'],
      ['g4', '-r', '40'],
      ['g4', '-r', '7'],
      // Five strips, whose lines are not a fifth of the page each.
      ['g4', '-r', '9'],
      ['lzw', '-r', '9'],
      ['g3:1d', '-r', '40'],
      ['lzw', '-r', '40'],
      ['lzw', '-r', '7'],
      ['packbits', '-r', '7'],
      ['zip', '-r', '7'],
      ['g4', '-t', '-w', '64', '-l', '32'],
      ['none', '-t', '-w', '64', '-l', '32'],
    ] as const
  ).map(([compression, ...blocks]) => [
    `${compression}, ${blocks[0] === '-t' ? 'tiles' : blocks[1] === '40' ? 'one strip' : `strips of ${blocks[1]} lines`}`,
    codedPage(plain, '-c', compression, ...blocks),
    plain,
  ]);
  for (const [what, of, sent] of files) {
    const isTiled = what.includes('tiles');
    const [offsets, counts] = isTiled
      ? [Tag.TileOffsets, Tag.TileByteCounts]
      : [Tag.StripOffsets, Tag.StripByteCounts];
    const change = (name: string, changes: NonNullable<WriteOptions['change']>): void =>
      add(group, `${what}: ${name}`, putTogether([of], { change: changes }), sent);
    change('byte counts of 0', { [counts]: (values) => values.map(() => 0) });
    change('byte counts too short', { [counts]: (values) => values.map(() => 10) });
    change('byte counts missing', { [counts]: gone });
    change('byte counts beyond the end of the file', { [counts]: (values) => values.map(() => 1_000_000) });
    change('the last byte count beyond the end of the file', {
      [counts]: (values) => values.map((value, index) => (index === values.length - 1 ? 90_000 : value)),
    });
    if (of.blocks.length > 1) {
      change('one byte count only', { [counts]: (values) => values.slice(0, 1) });
      change('the last block missing', {
        [counts]: (values) => values.slice(0, -1),
        [offsets]: (values) => values.slice(0, -1),
      });
      change('the last block at 0', {
        [offsets]: (values) => values.map((value, index) => (index === values.length - 1 ? 0 : value)),
      });
    }
    if (of.blocks.length === 1) {
      const [data = new Uint8Array()] = of.blocks;
      // The data once more, behind everything, as far as the file goes.
      const at = putTogether([of]).length;
      const options = { tail: data.subarray(0, data.length / 2), change: { [offsets]: () => [at] } };
      add(group, `${what}: the file ends in the middle of it`, putTogether([of], options));
    }
    change('one block too many', {
      [offsets]: (values) => [...values, 8],
      [counts]: (values) => [...values, 4],
    });
    if (isTiled) continue;
    for (const [name, values] of [
      ['missing', undefined],
      ['0', [0]],
      ['2³²-1', [0xffffffff]],
    ] as const) {
      const tags = new Map(of.tags);
      tags.set(Tag.RowsPerStrip, long(7));
      const page = { tags, blocks: of.blocks };
      add(
        group,
        `${what}: RowsPerStrip ${name}`,
        putTogether([page], { change: { [Tag.RowsPerStrip]: () => values } }),
        sent,
      );
    }
    if (of.blocks.length === 1) change('RowsPerStrip too small', { [Tag.RowsPerStrip]: () => [5] });
    change('ImageLength missing', { [Tag.Height]: gone });
    change('BitsPerSample missing', { [Tag.BitsPerSample]: gone });
    change('SamplesPerPixel missing', { [Tag.SamplesPerPixel]: gone });
    change('photometric missing', { [Tag.Photometric]: gone });
    if (what.startsWith('g')) change('photometric RGB', { [Tag.Photometric]: () => [2] });
    change('PlanarConfiguration 2', { [Tag.Planar]: () => [2] });
  }
  const three = takeApart(coded([plain, plain, plain], '-c', 'g4'));
  const pages = (name: string, options: WriteOptions): void =>
    add(group, `three pages: ${name}`, putTogether(three, options));
  pages('the last leads to the first', { next: 0 });
  pages('the last leads to the second', { next: 1 });
  pages('the last leads to itself', { next: 2 });
  pages('something behind the last', { tail: new Uint8Array(100).fill(0x5a) });
  const whole = putTogether(three);
  add(group, 'three pages: cut in the middle of the last', whole.subarray(0, whole.length - 30));
}
