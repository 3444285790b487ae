/** Contact cards as phones and programs send them, whatever the versions of vCard say. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emailLink, phoneLink } from '../../../src/webview/contactLinks';
import { parseContacts, type Contact } from '../../../src/webview/contacts';
import { calendarDay } from '../../../src/webview/dates';
import { shownContacts } from '../../../src/webview/shownContacts';
import { decodeVcard, firstLines } from '../../../src/webview/vcardLines';
import { checkProperty } from '../../builders/property';

const card = (...lines: readonly string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');

function read(...lines: readonly string[]): Contact | undefined {
  const contacts = parseContacts(card(...lines));
  expect(contacts).toHaveLength(1);
  return contacts[0];
}

function readFile(name: string): readonly Contact[] {
  const bytes = readFileSync(path.join(import.meta.dirname, '../../fixtures/contacts', name));
  return parseContacts(decodeVcard(bytes, 'text/vcard'));
}

const mobile = (value: string): object => ({ value, labels: ['mobile'] });

describe('a contact card of a file', () => {
  test.each([
    [
      'location.vcf',
      { name: 'Current Location', websites: [{ value: 'http://maps.apple.com/?ll=5,-5&q=5,-5' }] },
    ],
    ['qp-in-3.vcf', { name: 'Äda', phones: [mobile('+12311111')] }],
    ['qp-in-3-fold.vcf', { name: 'ÄdaÖ', phones: [mobile('+12311111')] }],
    ['bare-type-in-3.vcf', { name: 'Jo', phones: [mobile('020-752-4444'), { labels: ['work'] }] }],
    ['no-version.vcf', { name: 'Jo Doe', phones: [mobile('020-752-4444')] }],
    [
      'broken-line.vcf',
      { name: 'Jo', note: 'line one\nline two without a colon', phones: [mobile('+15550101')] },
    ],
    ['bday.vcf', { name: 'Jo', birthday: '--05-06' }],
    ['utf16le.vcf', { name: 'Ädä', phones: [mobile('+15550101')] }],
  ])('is shown with all that is in it: %s', (name, contact) => {
    expect(readFile(name)).toMatchObject([contact]);
  });
});

describe('the cards of a file', () => {
  const names = (text: string): readonly string[] => parseContacts(text).map(({ name }) => name);

  test('are read though one between them is damaged', () => {
    expect(names(card('FN:Ann') + 'BEGIN:VCARD\r\n;;;:::\r\nFN:Ben\r\n"\r\n' + card('FN:Cid'))).toEqual([
      'Ann',
      'Ben',
      'Cid',
    ]);
  });

  test.each([
    ['the end', 'BEGIN:VCARD\nFN:Ann\nBEGIN:VCARD\nFN:Ben\nEND:VCARD'],
    ['the last end', 'BEGIN:VCARD\nFN:Ann\nEND:VCARD\nBEGIN:VCARD\nFN:Ben'],
    ['the beginning', 'FN:Ann\nEND:VCARD\nFN:Ben\nEND:VCARD'],
    ['a line break', 'BEGIN:VCARD\nFN:Ann\nEND:VCARDBEGIN:VCARD\nFN:Ben\nEND:VCARD'],
    [
      'what another card has inside',
      'BEGIN:VCARD\nBEGIN:X\nFN:Ann\nEND:VCARD\nBEGIN:VCARD\nFN:Ben\nEND:VCARD',
    ],
    [
      'what quoted-printable promises',
      'BEGIN:VCARD\nFN;QUOTED-PRINTABLE:Ann=\nEND:VCARD\nBEGIN:VCARD\nFN:Ben',
    ],
  ])('are two though %s is missing', (_what, text) => {
    expect(names(text)).toEqual(['Ann', 'Ben']);
  });

  test('may have a byte order mark each, other line ends and indentation', () => {
    for (const end of ['\n', '\r', '\r\n', '\r\r\n', '\r\n\r\n'])
      expect(
        names(`\ufeff${card('FN:Ann', 'NOTE:a', ' b')}\ufeff${card('FN:Ben')}`.replaceAll('\r\n', end)),
      ).toEqual(['Ann', 'Ben']);
    expect(names('  begin:vcard\n  fn:Ann\n    a\n  end:vcard\n')).toEqual(['Ann a']);
    expect(names('BEGIN:VCARD\n \nFN:Ann\n a\nEND:VCARD')).toEqual(['Anna']);
    expect(names('BEGIN:VCARD\n\tFN:Ann\n\tTEL:1\nEND:VCARD')).toEqual(['Ann']);
  });

  test.each([
    ['version 2.1', 'AGENT:\r\nBEGIN:VCARD\r\nFN:Ben\r\nTEL:2\r\nEND:VCARD'],
    ['version 3.0', 'AGENT:BEGIN:VCARD\\nFN:Ben\\nTEL\\;WORK:2\\nEND:VCARD\\n'],
  ])('that are inside others are apart from them, as in %s', (_version, agent) => {
    expect(parseContacts(card('FN:Ann', agent, 'TEL:1'))).toMatchObject([
      { name: 'Ann', phones: [{ value: '1' }] },
      { name: 'Ben', phones: [{ value: '2' }] },
    ]);
  });

  test('are left out if there is nothing in them', () => {
    expect(names(card() + card('FN:Ann') + card('PHOTO:', 'X-Y:1'))).toEqual(['Ann']);
    expect(() => parseContacts(card())).toThrow('Not a vCard');
    expect(() => parseContacts('NOTE: this is no card')).toThrow('Not a vCard');
  });
});

describe('quoted-printable', () => {
  test.each([
    ['ISO-8859-1', '=C4da', 'Äda'],
    ['WINDOWS-1252', '=93Ada=94', '“Ada”'],
    ['SHIFT_JIS', '=8E=52=93=63', '山田'],
    ['SHIFT_JIS', '=8ER=93c', '山田'],
    ['UTF-8', '=f0=9f=98=80', '😀'],
    ['x-unknown', '=C3=84da', 'Äda'],
  ])('is decoded in the character set %s', (charset, value, name) => {
    expect(read(`FN;CHARSET=${charset};ENCODING=QUOTED-PRINTABLE:${value}`)?.name).toBe(name);
    expect(read(`fn;quoted-printable;charset="${charset}":${value}`)?.name).toBe(name);
  });

  test.each([
    ['after a soft break', '=C3=84=', '=C3=96'],
    ['after a soft break that is followed by spaces', '=C3=84=  ', '=C3=96'],
    ['between the bytes of a character', '=C3=84=C3=', '=96'],
    ['between the bytes of a character, and is indented', '=C3=84=C3=', ' =96'],
    ['inside a byte, and is indented', '=C3=84=C', ' 3=96'],
    ['behind the equals sign, and is indented', '=C3=84=C3=', ' 96'],
    ['behind the equals sign of a character, and is indented', '=C3=84=', ' C3=96'],
    ['without a soft break', '=C3=84', '=C3=96'],
    ['inside a byte', '=C3=84=C', '3=96'],
    ['by indentation', '=C3=84', ' =C3=96'],
  ])('goes on %s', (_how, ...lines) => {
    const [first, ...rest] = lines;
    expect(read(`FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:${first}`, ...rest, 'TEL:1')).toMatchObject({
      name: 'ÄÖ',
      phones: [{ value: '1' }],
    });
  });

  test('keeps a space after a soft break', () => {
    expect(read('NOTE;ENCODING=QUOTED-PRINTABLE:one=', ' two=3D=0D=0Athree')?.note).toBe('one two=\nthree');
  });

  test('ends where the next property begins', () => {
    expect(read('FN;ENCODING=QUOTED-PRINTABLE:Ada=', 'TEL;CELL:1')).toMatchObject({
      name: 'Ada',
      phones: [mobile('1')],
    });
  });
});

test('text in Base64 is decoded', () => {
  expect(
    read('FN;ENCODING=B;CHARSET=ISO-8859-1:xGRh', 'NOTE;BASE64:w4Rk', 'YQ==', '', 'TEL:1'),
  ).toMatchObject({
    name: 'Äda',
    note: 'Äda',
    phones: [{ value: '1' }],
  });
  expect(read('FN;ENCODING=b:no, none')?.name).toBe('no, none');
});

test('characters that are not encoded are read in the character set that the card names', () => {
  const text = 'BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=SHIFT_JIS:';
  const bytes = Uint8Array.from([...Buffer.from(text), 0x8e, 0x52, 0x93, 0x63, 0x0a]);
  expect(parseContacts(decodeVcard(bytes, 'text/x-vcard; charset=utf-8'))).toMatchObject([{ name: '山田' }]);
});

test('a card that is folded inside a character is read as it was', () => {
  const name = Buffer.from('Zoë 👍 山田');
  for (const fold of ['\r\n ', '\n\t', '\r\n\t'])
    for (let at = 1; at < name.length; at++) {
      const parts = [
        'BEGIN:VCARD\r\nFN:',
        name.subarray(0, at),
        fold,
        name.subarray(at),
        '\r\nEND:VCARD\r\n',
      ];
      const bytes = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
      expect(parseContacts(decodeVcard(bytes, 'text/vcard'))).toMatchObject([{ name: String(name) }]);
    }
});

describe('a picture', () => {
  const photo = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10);

  test.each([
    ['PHOTO;ENCODING=BASE64;JPEG:/9j/', '4AAQ', ''],
    ['PHOTO;BASE64;JPEG:/9j/', '4AAQ'],
    ['PHOTO;JPEG;ENCODING=B:', '/9j/', '4AAQ'],
    ['PHOTO;TYPE=JPEG;ENCODING=b:/9j/', '\t4AAQ'],
    ['photo;encoding=base64:', ' /9j/4AAQ', ''],
    ['PHOTO;VALUE=uri:data:image/jpeg;base64,/9j/', '4AAQ'],
    ['PHOTO:data:image/jpeg;base64\\,/9j/4AAQ'],
    ['PHOTO;VALUE=URI:https://example.com/a.jpg', 'PHOTO;ENCODING=b:/9j/4AAQ'],
  ])('is put together from its lines: %s', (...lines) => {
    const contact = read('FN:Ada', ...lines, 'TEL:1');
    expect(contact).toMatchObject({ photo, phones: [{ value: '1' }] });
  });
});

describe('a line that is none', () => {
  test.each([
    'no colon',
    ';',
    ':',
    '"',
    'TEL',
    ';:',
    '=41',
    '\0:1',
    'a b:c',
    'TEL;TYPE="home',
    'ä:ö',
    'X'.repeat(99),
  ])('costs nothing but itself: %j', (line) => {
    const fields = { name: 'Ada', phones: [mobile('1')], emails: [{ value: 'a@b.c', labels: [] }] };
    expect(read('FN:Ada', line, 'TEL;CELL:1', line, 'EMAIL:a@b.c', line)).toMatchObject(fields);
  });

  test('belongs to the note before it', () => {
    expect(
      read('NOTE:first', '', 'second', 'hours: 9 to 5', 'https://example.com', 'TEL;CELL:1'),
    ).toMatchObject({
      note: 'first\n\nsecond\nhours: 9 to 5\nhttps://example.com',
      phones: [mobile('1')],
    });
  });

  test.each(['ABUID:5BA1', 'SPOUSE;HOME:Ben', 'X-FOO:1', 'item1.FOO: 1'])(
    'of an unknown property does not belong to the note: %s',
    (line) => {
      expect(read('NOTE:first', line)?.note).toBe('first');
    },
  );

  test('does not belong to an address if it begins as another property', () => {
    const address = read('ADR:;;1 Main St;', 'Town;;;USA', 'TEL;CELL;+1555', 'FN:Ada')?.addresses[0];
    expect(address?.value).toBe('1 Main St\nTown\nUSA');
  });

  test('of a type with an open quotation mark is read without it', () => {
    expect(read('TEL;TYPE="cell:1')?.phones).toEqual([mobile('1')]);
  });
});

describe('the name', () => {
  test.each([
    [['N:Doe;Jo;;Dr.;'], 'Dr. Jo Doe'],
    [['FN:', 'N:Doe;Jo'], 'Jo Doe'],
    [['N:;;;;', 'N:Doe'], 'Doe'],
    [['N:Do\\;e;J\\\\o'], 'J\\o Do;e'],
    [['ORG:Acme;;Sales'], ''],
  ])('of a card with %j is %j', (lines, name) => {
    expect(read(...lines, 'TEL:1')?.name).toBe(name);
  });
});

test('labels are those of the card, of its group and of the service', () => {
  expect(
    read(
      'TEL;CELL;VOICE:1',
      'TEL;HOME;PREF:2',
      'TEL;TYPE=CELL,VOICE:3',
      'TEL;type="work,fax":4',
      'item1.TEL:5',
      'item1.X-ABLabel:_$!<Mobile>!$_',
      'ITEM2.TEL;type=HOME:6',
      'item2.X-ABLabel:Boat',
      '__proto__.TEL;constructor=x:7',
      'item3.X-ABDATE;type=pref:2010-07-08',
      'item3.X-ABLabel:_$!<Anniversary>!$_',
      'IMPP;X-SERVICE-TYPE=Skype;type=HOME:skype:jo',
      'IMPP:xmpp:jo@example.com',
      'X-JABBER;HOME:jo@example.net',
      'X-SOCIALPROFILE;type=twitter:http://twitter.com/jo',
      'X-SOCIALPROFILE;type=pref;type=Signal:x-apple:jo',
    ),
  ).toMatchObject({
    phones: [
      mobile('1'),
      { value: '2', labels: ['home'] },
      mobile('3'),
      { value: '4', labels: ['work', 'fax'] },
      mobile('5'),
      { value: '6', labels: ['home'], name: 'Boat' },
      { value: '7', labels: [] },
    ],
    dates: [{ value: '2010-07-08', labels: ['anniversary'] }],
    messaging: [
      { value: 'jo', labels: ['home'], name: 'Skype' },
      { value: 'jo@example.com', name: 'xmpp' },
      { value: 'jo@example.net', labels: ['home'], name: 'jabber' },
    ],
    profiles: [
      { value: 'http://twitter.com/jo', name: 'twitter' },
      { value: 'jo', name: 'Signal' },
    ],
  });
});

test('text is unescaped, whatever it is', () => {
  expect(
    read(
      'URL:http\\://example.com/a\\,b\\;c',
      'ADR:;;1 Main St\\, Apt 2;Town\\; Center;CA;94401;USA',
      'EMAIL:mailto:jo@example.com',
      'GEO:37.4;-122.1',
      'NOTE:a\\nb\\Nc\\\\n',
      'NOTE:second',
    ),
  ).toMatchObject({
    websites: [{ value: 'http://example.com/a,b;c' }],
    addresses: [{ value: '1 Main St, Apt 2\nTown; Center, CA 94401\nUSA' }],
    emails: [{ value: 'jo@example.com' }],
    location: '37.4, -122.1',
    note: 'a\nb\nc\\n\n\nsecond',
  });
  expect(read('GEO:geo:37.4,-122.1')?.location).toBe('37.4, -122.1');
});

describe('a birthday', () => {
  test.each([
    ['BDAY:19900506', '1990-05-06', 'May 6, 1990'],
    ['BDAY:1990-05-06', '1990-05-06', 'May 6, 1990'],
    ['BDAY;VALUE=date:1990-5-6', '1990-05-06', 'May 6, 1990'],
    ['BDAY:1990-05-06T00:00:00Z', '1990-05-06', 'May 6, 1990'],
    ['BDAY:19900506T000000', '1990-05-06', 'May 6, 1990'],
    ['BDAY:1990-05', '1990-05', 'May 1990'],
    ['BDAY:--0506', '--05-06', 'May 6'],
    ['BDAY:--05-06', '--05-06', 'May 6'],
    ['BDAY:--0229', '--02-29', 'February 29'],
    ['BDAY:-05-06', '--05-06', 'May 6'],
    ['BDAY:0000-05-06', '--05-06', 'May 6'],
    ['BDAY:---06', '---06', '---06'],
    ['BDAY:--05', '--05', 'May'],
    ['BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-06', '--05-06', 'May 6'],
    ['BDAY;X-APPLE-OMIT-YEAR=1900:1900-05-06', '--05-06', 'May 6'],
    ['BDAY;VALUE=date:1604-05-06', '--05-06', 'May 6'],
    ['BDAY:1990', '1990', '1990'],
    ['BDAY:900506', '900506', '900506'],
    ['BDAY:1990-13-06', '1990-13-06', '1990-13-06'],
    ['BDAY:1990-02-30', '1990-02-30', '1990-02-30'],
    ['BDAY:in May 1990', 'in May 1990', 'in May 1990'],
  ])('is read as far as it is known: %s', (line, day, shown) => {
    expect(read(line)?.birthday).toBe(day);
    expect(calendarDay(day, { locale: 'en-US', timeZone: 'America/Los_Angeles' })).toBe(shown);
  });
});

test.each([
  ['+1 (555) 010-1', 'tel:+15550101'],
  ['+1-555-0101 ext. 5', 'tel:+15550101;ext=5'],
  ['+1-555-0101;ext=5', 'tel:+15550101;ext=5'],
  ['5550101x5', 'tel:5550101;ext=5'],
  ['1-800-FLOWERS', undefined],
  ['sip:ada@example.com', undefined],
  ['none', undefined],
  ['', undefined],
  ['1'.repeat(101), undefined],
])('the number %s is called by the link %s', (value, link) => {
  expect(phoneLink(value)).toBe(link);
});

test('an address of e-mail is a link to that address alone', () => {
  expect(emailLink('jo+a@example.com')).toBe('mailto:jo+a@example.com');
  expect(emailLink('jo@example.com?bcc=a%40b&body=x')).toBe('mailto:jo@example.com%3Fbcc=a%2540b%26body=x');
  for (const value of ['jo', 'Jo <jo@example.com>', 'a@b.c,d@e.f', 'a@b@c', ''])
    expect(emailLink(value), value).toBeUndefined();
});

test('a page shows the beginning of what has more cards, fields or words than it can show', () => {
  const many = (count: number, text: string): string =>
    card('FN:Ada', ...Array.from({ length: count }, () => text));
  for (const text of [
    many(5_000, 'TEL:1'),
    card('FN:Ada').repeat(5_000),
    many(1, `NOTE:${'x'.repeat(600_000)}`),
  ]) {
    const { contacts, isCut } = shownContacts(parseContacts(text));
    expect(isCut).toBe(true);
    expect(contacts.length + contacts.flatMap(({ phones }) => phones).length).toBeLessThanOrEqual(2_000);
    expect(JSON.stringify(contacts).length).toBeLessThan(700_000);
    expect(contacts[0]?.name).toBe('Ada');
  }
  const few = parseContacts(many(3, 'TEL:1'));
  expect(shownContacts(few)).toEqual({ contacts: few, isCut: false });
});

test('a file of more lines than can be read is read as far as they go', () => {
  const text = card('FN:Ann') + '\r'.repeat(1_000_000) + card('FN:Ben');
  const beginning = firstLines(text);
  expect(beginning.length).toBeLessThan(400_000);
  expect(parseContacts(beginning)).toMatchObject([{ name: 'Ann' }]);
  expect(firstLines(card('FN:Ann'))).toBe(card('FN:Ann'));
});

test.each(['A'.repeat(12_000_000), `${'A'.repeat(12_000_000)}*`, `data:${'A'.repeat(12_000_000)}`])(
  'a picture of one line of megabytes does not make the card unreadable',
  (value) => {
    expect(read('FN:Ada', `PHOTO;ENCODING=b:${value}`, 'TEL:1')).toMatchObject({
      name: 'Ada',
      phones: [{ value: '1' }],
    });
  },
);

test('a card that is cut anywhere leaves the cards beside it as they are', async () => {
  const middle = card(
    'N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BCller;J=C3=',
    '=B6rg',
    'TEL;CELL;PREF:+1555',
    'PHOTO;ENCODING=BASE64:/9j/',
    '4AAQ',
    '',
    'AGENT:',
    'BEGIN:VCARD',
    'FN:Ben',
    'END:VCARD',
    'BEGIN:X',
    'NOTE:inside',
    'END:X',
    'ADR;TYPE="home,work":;;1 Main St;Town',
    'NOTE:a',
    'b',
  );
  const [before, after] = [card('FN:Ann', 'TEL:1'), card('FN:Zoe', 'TEL:2')];
  const place = fc.nat(middle.length);
  await checkProperty(
    'cut vCards',
    fc.property(
      place,
      place,
      fc.constantFrom('', '\r\n', '"', '=', ':', 'BEGIN:X\r\n'),
      (one, other, damage) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const contacts = parseContacts(
          `${before}${middle.slice(0, start)}${damage}${middle.slice(end)}\r\n${after}`,
        );
        expect(contacts[0]).toMatchObject({ name: 'Ann', phones: [{ value: '1', labels: [] }] });
        expect(contacts.at(-1)).toMatchObject({ name: 'Zoe', phones: [{ value: '2', labels: [] }] });
      },
    ),
  );
});
