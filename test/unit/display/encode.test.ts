import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  encodeInterpreted,
  encodeLabel,
  encodeMarkdownBlock,
  encodeMarkdownLine,
  encodePlainText,
} from '../../../src/display/encode';
import { checkProperty } from '../../builders/property';

/** As VS Code reads links in notifications, progress and questions (`linkedText.ts`). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
/** As VS Code reads icons in labels (`iconLabels.ts`). */
const ICON = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/;
const TURNING = /[\u202a-\u202e\u2066\u2067]/u;

const mischief = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '[',
          ']',
          '(',
          ')',
          '](',
          '[x](command:a.b)',
          '$(',
          '$(trash)',
          '\\',
          '\u202e',
          '\u2066',
          '\u2069',
          '\u200b',
        ],
        ...[
          '\ud83d',
          '\udc00',
          '👨‍👩‍👧',
          '\u0000',
          '\u001b[31m',
          '\n',
          ' ',
          'א',
          '<img src=x>',
          '![a](https://b.c/d)',
        ],
      ),
      fc.string({ unit: 'grapheme' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('encodeInterpreted', () => {
  it('leaves neither a link nor an icon, whatever stands before and after', async () => {
    await checkProperty(
      'interpreted texts',
      fc.property(mischief, mischief, (name, text) => {
        const shown = encodeInterpreted(`Nothing was changed: “${encodeLabel(name)}” (${text}). [Ours]`);
        expect(shown).not.toMatch(LINK);
        expect(shown).not.toMatch(ICON);
        expect(shown).not.toMatch(/[\u202d\u202e]/u);
      }),
    );
  });

  it.each([
    [
      'Hello [Show photo](command:workbench.action.toggleZenMode)',
      'Hello [Show photo]\u2060(command:workbench.action.toggleZenMode)',
    ],
    ['pay $(trash) or $(sync~spin), $5 (now)', 'pay $\u2060(trash) or $\u2060(sync~spin), $5 (now)'],
    ['[a][b] and [c]: d', '[a]\u2060[b] and [c]\u2060: d'],
    ['See [1] (page 2)', 'See [1] (page 2)'],
  ])('writes %j as %j', (text, shown) => {
    expect(encodeInterpreted(text)).toBe(shown);
  });
});

describe('encodeLabel', () => {
  test('is one well-formed line, of bounded length, that turns no reading direction around', async () => {
    await checkProperty(
      'labels',
      fc.property(mischief, fc.integer({ min: 1, max: 20 }), (text, length) => {
        const label = encodeLabel(text, length);
        expect(label.isWellFormed()).toBe(true);
        expect(label).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(label).not.toMatch(TURNING);
        expect([...new Intl.Segmenter().segment(label)].length).toBeLessThanOrEqual(length + 2);
      }),
    );
  });

  it.each([
    ['photo\u202egpj.exe', 'photo\ufffdgpj.exe'],
    ['\u202a+1 650 555 0101\u202c', '+1 650 555 0101'],
    ['A\u200bd\u2060a\u00ad Pa\ufeffrk', 'Ada Park'],
    ['one\r\n\ttwo\u2028three', 'one two three'],
    ['\u001b[31mred\u0000', '\ufffd[31mred\ufffd'],
    ['\ud83d', '\ufffd'],
    ['\u3164\u200b', ''],
    ['👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️', '👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️'],
    ['نمی‌خواهم', '\u2068نمی‌خواهم\u2069'],
    ['שלום (exe.', '\u2068שלום (exe.\u2069'],
    ['x\u{e0041}\u{e0042}', 'x'],
    [undefined, ''],
  ])('writes %j as %j', (text, label) => {
    expect(encodeLabel(text)).toBe(label);
  });

  test('of a text of megabytes costs no more than that of its beginning', () => {
    const graphemes = `e${'\u0301'.repeat(1_000_000)}`;
    expect(encodeLabel(graphemes).length).toBeLessThan(20);
    expect(encodeLabel('👨‍👩‍👧'.repeat(200_000), 10)).toBe(`${'👨‍👩‍👧'.repeat(9)}…`);
    expect(encodeLabel(' '.repeat(1_000_000))).toBe('');
  });
});

describe('Markdown for other people’s words', () => {
  test.each([
    ['See you at 5, (650) 555-0101!', 'See you at 5, (650) 555-0101!'],
    ['# not a heading', '\\# not a heading'],
    ['- no list', '\\- no list'],
    ['1. no list', '1\\. no list'],
    ['1) no list', '1\\) no list'],
    ['2026 is fine', '2026 is fine'],
    ['> no quote', '\\> no quote'],
    ['*bold* _em_ ~~gone~~ `code`', '\\*bold\\* \\_em\\_ \\~\\~gone\\~\\~ \\`code\\`'],
    ['![x](http://evil.test/y.png)', '!\\[x\\](http://evil.test/y.png)'],
    ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
    ['AT&amp;T $x$ a|b c\\d', 'AT\\&amp;T \\$x\\$ a\\|b c\\\\d'],
    ['a :smile: at 12:00, @you, a@b.co', 'a \\:smile: at 12:00, \\@you, a@b.co'],
    ['a\tb\u202ec', 'a b\ufffdc'],
    ['Größe 👍🏽', 'Größe 👍🏽'],
  ])('has %j as the line %j', (text, markdown) => {
    expect(encodeMarkdownLine(text)).toBe(markdown);
    expect(encodeMarkdownBlock(text.replace('\t', ' '))).toBe(markdown);
  });

  test.each([
    ['title\n===', 'title\\\n\\==='],
    ['one\r\ntwo\n\n\n\nthree\n---', 'one\\\ntwo\n\nthree\\\n\\---'],
    ['x\n    code', 'x\\\n\u00a0\u00a0\u00a0\u00a0code'],
  ])('has %j as the block %j', (text, markdown) => {
    expect(encodeMarkdownBlock(text)).toBe(markdown);
  });
});

test('encodePlainText keeps lines and shows what would turn them around', () => {
  expect(encodePlainText('one\n\ttwo \u202ethree\u0007')).toBe('one\n\ttwo \ufffdthree\ufffd');
});
