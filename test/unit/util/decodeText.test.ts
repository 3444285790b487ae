import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as decoding from '../../../src/util/decodeText';
import { decodeText } from '../../../src/util/decodeText';
import { loadCounted } from '../../builders/countedCode';
import { checkProperty } from '../../builders/property';

const TEXT = 'Grüße – 😀';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytesOf = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...utf8(part)] : part)));
const utf16 = (text: string, isLittleEndian: boolean): Uint8Array =>
  Uint8Array.from(
    text.split('').flatMap((unit) => {
      const [low, high] = [unit.charCodeAt(0) & 0xff, unit.charCodeAt(0) >> 8];
      return isLittleEndian ? [low, high] : [high, low];
    }),
  );
const utf32 = (text: string, isLittleEndian: boolean): Uint8Array => {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(4 * points.length));
  points.forEach((point, index) => view.setUint32(4 * index, point, isLittleEndian));
  return new Uint8Array(view.buffer);
};

describe('decodeText', () => {
  test('reads UTF-8 without its byte order mark', () => {
    expect(decodeText(new Uint8Array([0xef, 0xbb, 0xbf, 0xc3, 0xbc]), 'text/plain')).toBe('ü');
  });

  test('reads the character set that the type names', () => {
    expect(decodeText(new Uint8Array([0xfc, 0x00]), 'text/plain; charset="utf-16le"')).toBe('ü');
  });

  test.each(['text/plain', 'text/plain; charset=utf-8', 'text/plain; charset=nonsense'])(
    'reads text that is not UTF-8 as Windows-1252 (%s)',
    (type) => {
      expect(decodeText(new Uint8Array([0xfc, 0x21]), type)).toBe('ü!');
    },
  );
});

describe('a byte order mark', () => {
  const MARKED = `\ufeff${TEXT}`;
  const files = [
    ['UTF-8', utf8(MARKED)],
    ['UTF-16, the low byte first', utf16(MARKED, true)],
    ['UTF-16, the high byte first', utf16(MARKED, false)],
    ['UTF-32, the low byte first', utf32(MARKED, true)],
    ['UTF-32, the high byte first', utf32(MARKED, false)],
  ] as const;

  test.each(files)('counts for more than any label: %s', (_name, bytes) => {
    for (const charset of ['utf-8', 'utf-16le', 'utf-16be', 'iso-8859-1', 'shift_jis', 'iso-2022-jp', 'x'])
      expect(decodeText(bytes, `text/plain; charset=${charset}`), charset).toBe(TEXT);
    expect(decodeText(bytes)).toBe(TEXT);
  });

  test.each(files)('does not make a cut text unreadable: %s', (_name, bytes) => {
    expect(decodeText(bytes.subarray(0, -1))).toMatch(/^Grüße – \ufffd*$/);
  });

  test('is recognized in a file', () => {
    const file = path.join(import.meta.dirname, '../../fixtures/text/utf16.txt');
    expect(decodeText(readFileSync(file), 'text/plain')).toBe('Grüße');
  });
});

describe('UTF-16 without a byte order mark', () => {
  test.each([true, false])('is known by its zeros (the low byte first: %s)', (isLittleEndian) => {
    for (const type of [undefined, 'text/plain', 'text/plain; charset=utf-8', 'text/plain;charset=us-ascii'])
      expect(decodeText(utf16(TEXT, isLittleEndian), type)).toBe(TEXT);
  });

  test('is believed where the label says so, whichever byte is first', () => {
    const text = 'Да, 好';
    expect(decodeText(utf16(text, true), 'text/plain; charset=UTF-16')).toBe(text);
    expect(decodeText(utf16(text, false), 'text/plain; charset=UTF-16')).toBe(text);
    expect(decodeText(utf16('好的', true), 'text/plain; charset=utf-16le')).toBe('好的');
  });

  test.each(['你好世界', 'Привет', 'नमस्ते', 'コンニチハ'])(
    'is believed where the label says so, though there are no zeros: %s',
    (text) => {
      const le = Buffer.from(text, 'utf16le');
      const be = Buffer.from(le).swap16();
      expect(decodeText(le, 'text/plain; charset=utf-16')).toBe(text);
      expect(decodeText(le, 'text/plain; charset=UTF-16LE')).toBe(text);
      expect(decodeText(be, 'text/plain; charset=utf-16be')).toBe(text);
    },
  );

  test.each(['hell', 'Hi, Ann!', '{"errorCode":"CMN-102"}\n', 'café!', 'line\r\n'])(
    'is not believed of what is rather UTF-8: %j',
    (text) => {
      for (const name of ['utf-16', 'utf-16le', 'utf-16be'])
        expect(decodeText(Buffer.from(text), `text/plain; charset=${name}`)).toBe(text);
    },
  );

  test('is not seen in other texts with zeros', () => {
    for (const text of ['Hi!\0', 'abc\0def\0ghi\0', 'A\0', '\0', '\0\0\0\0'])
      expect(decodeText(utf8(text), 'text/plain')).toBe(text);
  });
});

test('UTF-32 without a byte order mark is believed where the label says so, if it can be', () => {
  for (const name of ['utf-32', 'UTF32', 'utf-32le', '"utf-32be"'])
    for (const isLittleEndian of [true, false])
      expect(decodeText(utf32(TEXT, isLittleEndian), `text/plain; charset=${name}`)).toBe(TEXT);
  expect(decodeText(Buffer.from('hello you'), 'text/plain; charset=utf-32')).toBe('hello you');
});

describe('valid UTF-8', () => {
  test.each([
    'us-ascii',
    'iso-8859-1',
    'windows-1252',
    'shift_jis',
    'gb18030',
    'utf-16',
    'utf-16be',
    'koi8-r',
  ])('counts for more than the label %s', (charset) => {
    expect(decodeText(utf8(TEXT), `text/plain; charset=${charset}`)).toBe(TEXT);
  });

  test.each(['utf8mb4', 'unknown-8bit', '', '"', '""', "'utf-8'", '"UTF-8"', 'UTF8', 'replacement', 'utf-7'])(
    'is read under the label %j',
    (charset) => {
      expect(decodeText(utf8(TEXT), `text/plain; charset=${charset}`)).toBe(TEXT);
    },
  );
});

describe('a label', () => {
  test.each([
    ['iso-8859-1', [0xfc, 0x80], 'ü€'],
    ['ISO-8859-15', [0xa4], '€'],
    ['KOI8-R', [0xe4, 0xc1], 'Да'],
    ['Shift_JIS', [0x8e, 0x52, 0x93, 0x63], '山田'],
    ['cp932', [0x8e, 0x52, 0x93, 0x63], '山田'],
    // Of this, one half is valid UTF-8.
    ['gbk', [0xc1, 0xaa, 0xcd, 0xa8], '联通'],
    ['ISO-2022-JP', [0x1b, 0x24, 0x42, 0x3b, 0x33, 0x45, 0x44, 0x1b, 0x28, 0x42], '山田'],
  ])('is used for what is not valid UTF-8: %s', (charset, bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes), `text/plain; charset=${charset}`)).toBe(text);
  });

  test('keeps its meaning if one byte of many is damaged', () => {
    const bytes = [0x8e, 0x52, 0x93, 0x63, 0xff, 0x8e, 0x52];
    expect(decodeText(Uint8Array.from(bytes), 'text/plain; charset=shift_jis')).toBe('山田\ufffd山');
  });

  test('is not believed if hardly anything can be read under it', () => {
    expect(decodeText(Uint8Array.of(0x46, 0xfc, 0xdf, 0x65), 'text/plain; charset=iso-2022-jp')).toBe('Füße');
  });
});

describe('a damaged byte', () => {
  test.each([undefined, 'text/plain; charset=utf-8', 'text/plain; charset=iso-8859-1'])(
    'costs one character, not the whole text (%s)',
    (type) => {
      expect(decodeText(bytesOf(TEXT, [0xff], TEXT), type)).toBe(`${TEXT}\ufffd${TEXT}`);
      expect(decodeText(bytesOf(TEXT, [0xe2, 0x82], TEXT), type)).toBe(`${TEXT}\ufffd${TEXT}`);
    },
  );

  test.each([
    ['a lone half of a surrogate pair', [0xed, 0xa0, 0xbd]],
    ['an overlong sequence', [0xe0, 0x80, 0xaf]],
    ['an overlong sequence of four', [0xf0, 0x80, 0x80, 0xaf]],
    ['the overlong zero of Java', [0xc0, 0x80]],
    ['what is beyond the last character', [0xf4, 0x90, 0x80, 0x80]],
    ['the rest of a character', [0x9f, 0x98, 0x80]],
    ['the beginning of a character', [0xf0, 0x9f, 0x98]],
  ])('costs one character: %s', (_name, damage) => {
    expect(decodeText(bytesOf(TEXT, damage, 'x'))).toBe(`${TEXT}\ufffdx`);
  });

  test('at the cut end of a text costs one character', () => {
    const whole = utf8('Über 😀');
    for (const length of [-1, -2]) expect(decodeText(whole.subarray(0, length))).toBe('Über \ufffd');
    for (const end of ['😀', '€', '好'])
      expect(decodeText(utf8(`Hello ${end}`).subarray(0, -1))).toBe('Hello \ufffd');
  });

  test('leaves what is Windows-1252', () => {
    const windows = (text: string): string => decodeText(Uint8Array.from(Buffer.from(text, 'latin1')));
    expect(windows('caf\xe9')).toBe('café');
    expect(windows('\xabCaf\xe9\xbb')).toBe('«Café»');
    expect(windows('\x84Hall\xf6\x93 \x96 5 \x80')).toBe('„Hallö“ – 5 €');
  });
});

describe('surrogates of CESU-8', () => {
  const pair = [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80];
  const highest = [0xed, 0xaf, 0xbf, 0xed, 0xbf, 0xbf];

  test.each([
    undefined,
    'text/plain; charset=utf-8',
    'text/plain; charset=cesu-8',
    'text/plain; charset=latin1',
  ])('are put together (%s)', (type) => {
    expect(decodeText(bytesOf('Hi ', pair, '!', highest), type)).toBe('Hi 😀!\u{10ffff}');
  });

  test('are one damaged character each if they are no pair', () => {
    const [high, low] = [pair.slice(0, 3), pair.slice(3)];
    expect(decodeText(bytesOf('Hi ', low, high, high, low, high, 'x'))).toBe('Hi \ufffd\ufffd😀\ufffdx');
  });
});

test('whatever bytes under whatever label are read, and valid UTF-8 as it is, in steps and memory linear in their length', async () => {
  const { module, within } = await loadCounted<typeof decoding>('src/util/decodeText.ts');
  const label = fc.oneof(
    fc.constantFrom(
      ...['utf-8', 'utf8', 'utf-16', 'utf-16be', 'us-ascii', 'latin1', 'windows-1252', 'koi8-r', 'shift_jis'],
      ...[
        'gb18030',
        'big5',
        'euc-kr',
        'iso-2022-jp',
        'x-user-defined',
        'replacement',
        'cp932',
        'constructor',
      ],
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const type = fc.option(
    label.map((charset) => `text/plain; charset=${charset}`),
    { nil: undefined },
  );
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => utf8(text)),
    fc.constantFrom(
      ...[
        [0xef, 0xbb, 0xbf],
        [0xff, 0xfe],
        [0xfe, 0xff],
        [0xff, 0xfe, 0, 0],
        [0, 0, 0xfe, 0xff],
      ],
      ...[[0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], [0xed, 0xa0, 0xbd], [0x1b, 0x24, 0x42], [0x41, 0], [0xff]],
    ),
  );
  const bytes = fc
    .tuple(fc.array(piece, { maxLength: 8 }), fc.constantFrom(1, 1, 1, 500))
    .map(([pieces, count]) => {
      const once = pieces.flatMap((each) => [...each]);
      return Uint8Array.from(Array.from({ length: count }, () => once).flat());
    });
  await checkProperty(
    'decoded bytes',
    fc.property(bytes, type, fc.string({ unit: 'binary', maxLength: 30 }), (any, contentType, words) => {
      const limits = { steps: 40 * any.length + 2_000, bytes: 40 * any.length + 2_000 };
      const { result } = within(limits, () => module.decodeText(any, contentType));
      expect(result.length).toBeLessThanOrEqual(any.length + 1);
      // Zeros, escapes and, in UTF-16, control characters are what other sets are known by, and marks are no text.
      const text = words
        .toWellFormed()
        .replaceAll('\0', '')
        .replaceAll('\x1b', '')
        .replaceAll(contentType?.includes('utf-16') ? /\p{Cc}/gu : /(?!)/g, '')
        .replace(/^\ufeff+/, '');
      expect(decodeText(utf8(text), contentType)).toBe(text);
    }),
  );
});
