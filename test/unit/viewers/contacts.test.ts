import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseContacts } from '../../../src/webview/contacts';

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

test('a damaged contact card of whatever kind is read, or refused as one', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'BEGIN:VCARD',
      'END:VCARD',
      'VERSION:2.1',
      'VERSION:3.0',
      'VERSION:4.0',
      'FN:Ada',
      ' folded',
      '=C3=',
    ),
    fc.constantFrom(
      'TEL;CELL:1',
      'TEL;TYPE=":1',
      'PHOTO;ENCODING=b:////',
      'NOTE;ENCODING=QUOTED-PRINTABLE:=',
      'ADR:;;;;;;;;;;',
      ':',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      try {
        expect(Array.isArray(parseContacts(lines.join('\r\n')))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        expect(error).not.toBeInstanceOf(RangeError);
      }
    }),
    { numRuns: 3_000 },
  );
});
