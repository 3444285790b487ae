import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as contacts from '../../../src/webview/contacts';
import { parseContacts } from '../../../src/webview/contacts';
import { loadCounted, TooMuchWorkError } from '../../builders/countedCode';
import { checkProperty } from '../../builders/property';

function vcard(version: string, ...lines: string[]): string {
  return ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n');
}

describe('parseContacts', () => {
  test('reads the fields of a vCard 3.0', () => {
    const [contact] = parseContacts(
      vcard(
        '3.0',
        'N:Lopez;Maria;;Dr.;',
        'FN:Dr. Maria Lopez',
        'ORG:Acme\\, Inc.;Sales',
        'TITLE:Manager',
        'TEL;TYPE=WORK,VOICE:+1 650-555-0123',
        'TEL;TYPE=CELL;TYPE=pref:6505550124',
        'item1.EMAIL;type=INTERNET:maria@example.com',
        'ADR;TYPE=HOME:;Apt 2;1 Main St;San Mateo;CA;94401;USA',
        'URL:https://example.com/maria',
        'BDAY:1980-01-02',
        'NOTE:first line\\nsecond\\; line',
      ),
    );
    expect(contact).toEqual({
      name: 'Dr. Maria Lopez',
      organization: 'Acme, Inc., Sales',
      title: 'Manager',
      phones: [
        { value: '+1 650-555-0123', labels: ['work'] },
        { value: '6505550124', labels: ['mobile'] },
      ],
      emails: [{ value: 'maria@example.com', labels: [] }],
      addresses: [{ value: '1 Main St\nApt 2\nSan Mateo, CA 94401\nUSA', labels: ['home'] }],
      websites: [{ value: 'https://example.com/maria', labels: [] }],
      birthday: '1980-01-02',
      note: 'first line\nsecond; line',
      nickname: '',
      messaging: [],
      profiles: [],
      location: '',
      dates: [],
    });
  });

  test('reads the vCard 2.1 of older phones', () => {
    const [contact] = parseContacts(
      vcard(
        '2.1',
        'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg',
        'ORG:Müller, Söhne & Co.',
        'TEL;CELL;PREF:+491701234567',
        'TEL;WORK;FAX:+49301234567',
        'ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;Stra=C3=9Fe 1=0D=0A=',
        'Hinterhaus;Berlin;;10115;Germany',
        'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:gr=FC=DFt',
      ),
    );
    expect(contact).toMatchObject({
      name: 'Jörg Müller',
      organization: 'Müller, Söhne & Co.',
      phones: [
        { value: '+491701234567', labels: ['mobile'] },
        { value: '+49301234567', labels: ['work', 'fax'] },
      ],
      addresses: [{ value: 'Straße 1\nHinterhaus\nBerlin, 10115\nGermany', labels: ['home'] }],
      note: 'grüßt',
    });
  });

  test('reads telephone addresses of a vCard 4.0', () => {
    const [contact] = parseContacts(
      vcard('4.0', 'FN:Ann', 'TEL;VALUE=uri;TYPE="voice,home":tel:+1-555-555-5555'),
    );
    expect(contact?.phones).toEqual([{ value: '+1-555-555-5555', labels: ['home'] }]);
  });

  test.each([
    ['2.1', 'PHOTO;JPEG;ENCODING=BASE64:/9j/4A', ' AQ', ''],
    ['3.0', 'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4', ' AAQ'],
    ['4.0', 'PHOTO:data:image/jpeg;base64,/9j/4AAQ'],
  ])('finds the picture in a vCard %s', (version, ...lines) => {
    const [contact] = parseContacts(vcard(version, 'N:Ann', ...lines));
    expect(contact?.photo).toEqual(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10));
  });

  test.each(['PHOTO;VALUE=uri:https://example.com/ann.jpg', 'PHOTO;ENCODING=b:/9j/4', 'PHOTO:'])(
    'returns no picture if the card contains no valid one: %s',
    (line) => {
      expect(parseContacts(vcard('3.0', 'FN:Ann', line))[0]?.photo).toBeUndefined();
    },
  );

  test('reads every contact of a file', () => {
    const names = parseContacts(vcard('3.0', 'FN:Ann') + vcard('3.0', 'FN:Ben')).map(({ name }) => name);
    expect(names).toEqual(['Ann', 'Ben']);
  });

  test('throws for text that is not a vCard', () => {
    expect(() => parseContacts('hello')).toThrow();
    expect(() => parseContacts('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR')).toThrow('Not a vCard');
  });
});

test('a picture of megabytes that is folded into ten thousands of lines is put together', () => {
  const bytes = Buffer.alloc(3_000_000, 'picture');
  const folded = bytes.toString('base64').replace(/.{72}/g, '$& ').split(' ').join('\r\n ');
  const [contact] = parseContacts(vcard('2.1', 'FN:Ada', `PHOTO;ENCODING=BASE64;TYPE=JPEG:${folded}`));
  expect(contact?.name).toBe('Ada');
  expect(Buffer.from(contact?.photo ?? []).equals(bytes)).toBe(true);
});

test('quoted-printable text goes on after each soft break', () => {
  const [contact] = parseContacts(
    vcard(
      '2.1',
      'FN:Ada',
      'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:one=20=',
      'two=20=',
      '=C3=84',
      'TEL:5',
    ),
  );
  expect(contact).toMatchObject({ note: 'one two \u00c4', phones: [{ value: '5' }] });
});

describe('a damaged contact card', () => {
  test('is read without the lines that have more parameters than any has', () => {
    const line = `TEL${';TYPE=a'.repeat(500_000)}:1`;
    expect(parseContacts(vcard('3.0', 'FN:Ada', line, 'TEL;TYPE=home:2'))).toMatchObject([
      { name: 'Ada', phones: [{ value: '2', labels: ['home'] }] },
    ]);
  });

  test.each(['BDAY:in May', 'BDAY;VALUE=date:in May', 'BDAY;VALUE=text:in May'])(
    'is read with a birthday that is no date: %s',
    (line) => {
      expect(parseContacts(vcard('3.0', 'FN:Ada', line))).toMatchObject([
        { name: 'Ada', birthday: 'in May' },
      ]);
    },
  );

  const name = fc.constantFrom(
    ...['FN', 'N', 'TEL', 'EMAIL', 'ADR', 'ORG', 'URL', 'BDAY', 'NOTE', 'PHOTO', 'X-Y', 'item1.TEL', 'tel'],
    ...['constructor', '__proto__'],
  );
  const parameter = fc.constantFrom(
    ...[';CELL', ';TYPE=home', ';TYPE="voice,home"', ';TYPE=a,b', ';TYPE="a","b"', ';', ';A=^n', ';BASE64'],
    ...[';ENCODING=QUOTED-PRINTABLE', ';ENCODING=b', ';CHARSET=utf-16', ';CHARSET=x', ';VALUE=uri'],
    ...[';VALUE=date', ';VALUE=', ';__proto__=x', ';constructor=x'],
  );
  const value = fc.constantFrom(
    ...['Ada', ';', ',', '\\', '\\;', '\\n', ':', '=', '=C3=84', '=3', '\r\n ', '\n\t', ' ', 'é', '\0'],
    ...[
      'tel:+1 650 555',
      'data:image/png;base64,',
      '/9j/4AAQ',
      '//8=',
      '====',
      '1980-01-02',
      '--0102',
      '"',
      'ﬁ',
    ],
  );
  const some = (unit: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> =>
    fc.array(unit, { maxLength }).map((parts) => parts.join(''));
  /** So many that whatever is not linear is seen. */
  const many = (unit: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(unit, fc.integer({ min: 200, max: 700 })).map(([text, count]) => text.repeat(count));
  const quoted = fc.constantFrom(
    'NOTE;ENCODING=QUOTED-PRINTABLE',
    'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE',
  );
  const colon = fc.constant(':');
  const line = fc.oneof(
    { weight: 60, arbitrary: fc.tuple(name, some(parameter, 3), colon, some(value, 6)) },
    { weight: 5, arbitrary: fc.tuple(quoted, colon, some(fc.oneof(value, fc.constant('=\r\n')), 12)) },
    { weight: 1, arbitrary: fc.tuple(name, many(parameter), colon, some(value, 6)) },
    { weight: 1, arbitrary: fc.tuple(name, some(parameter, 3), colon, many(some(value, 3))) },
    {
      weight: 1,
      arbitrary: fc.tuple(quoted, fc.constant(':a'), many(fc.constantFrom('=C3=84=\r\n', 'b=\r\n', '='))),
    },
    { weight: 1, arbitrary: fc.tuple(many(fc.constantFrom('TEL:1\r\n', 'X;TYPE=a:\r\n', '\r\n'))) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc.oneof(
          fc.constantFrom(
            'BEGIN:VCARD',
            'END:VCARD',
            'BEGIN:X',
            'VERSION:2.1',
            ':',
            '',
            ' ',
            'TEL;=:1',
            'TEL;TYPE=":',
          ),
          many(fc.constantFrom('BEGIN:X\r\n', 'END:X\r\n')),
        ),
      ),
    },
  );
  const card = fc
    .tuple(
      fc.constantFrom('2.1', '2.1', '3.0', '4.0', '5'),
      fc.array(
        line.map((parts) => parts.join('')),
        { maxLength: 10 },
      ),
      fc.constantFrom('\r\n', '\r\n', '\n', '\r'),
    )
    .map(([version, lines, end]) =>
      ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join(end),
    );
  /** What may be left out of a file, or come twice, or come in its place. */
  const cut = fc.record({
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(30),
    count: fc.nat(2),
    other: fc.string({ unit: 'binary', maxLength: 3 }),
  });
  const file = fc
    .tuple(
      fc.array(card, { minLength: 1, maxLength: 3 }),
      fc.oneof(
        { weight: 6, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(cut, { maxLength: 3 }) },
      ),
    )
    .map(([cards, cuts]) =>
      cuts.reduce((text, { from, length, count, other }) => {
        const start = Math.floor(from * text.length);
        const piece = text.slice(start, start + length);
        return text.slice(0, start) + piece.repeat(count) + other + text.slice(start + length);
      }, cards.join('')),
    );

  test('of whatever kind is read, or refused as one, in steps and memory linear in its length', async () => {
    const { module, within } = await loadCounted<typeof contacts>('src/webview/contacts.ts');
    let read = 0;
    const runs = await checkProperty(
      'damaged vCards',
      fc.property(file, (text) => {
        const { length } = text;
        const limits = { steps: 120 * length + 20_000, bytes: 200 * length + 20_000 };
        let found: readonly contacts.Contact[] = [];
        try {
          found = within(limits, () => module.parseContacts(text)).result;
          read++;
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          expect(error).not.toBeInstanceOf(TooMuchWorkError);
          expect(error).not.toBeInstanceOf(RangeError);
        }
        expect(sizeOf(found)).toBeLessThanOrEqual(2 * length + 100);
      }),
    );
    // Damage that leaves nothing to be read would try nothing.
    expect(read).toBeGreaterThan(runs / 4);
  });
});

/** Units of strings and bytes of pictures in a value. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (value instanceof Uint8Array) return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, each: unknown) => sum + sizeOf(each), 0);
}
