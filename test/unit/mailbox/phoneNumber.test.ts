import { describe, expect, it } from 'vitest';
import { numberDigits, readPhoneNumber } from '../../../src/mailbox/phoneNumber';

describe('a phone number', () => {
  it.each<[what: string, spellings: string[], country: string, key: string, text: string]>([
    [
      'of the own country',
      ['+16505550101', '16505550101', '6505550101', '(650) 555-0101', '+1 650 555 0101', '1.650.555.0101'],
      'US',
      '+16505550101',
      '(650) 555-0101',
    ],
    [
      // As RingCentral's documentation writes it: no exchange begins with 1, but numbers that are made up may.
      'of the own country that nobody can have, but that examples show',
      ['18661234567', '+18661234567', '8661234567'],
      'US',
      '+18661234567',
      '(866) 123-4567',
    ],
    [
      'of another country, with or without its plus, or as it is dialled from here',
      [
        ...['+447700900123', '447700900123', '00447700900123', '011447700900123', '011 44 7700 900123'],
        ...['(+44) 7700 900123', '+44 (0) 7700 900123', 'tel:+447700900123'],
      ],
      'US',
      '+447700900123',
      '+44 7700 900123',
    ],
    [
      'of a country that is not the United States, as it is dialled there',
      ['07700 900123', '447700900123', '00447700900123', '+44 (7700) 900123', '7700900123'],
      'GB',
      '+447700900123',
      '07700 900123',
    ],
    ['of London, from London', ['02079460001', '+442079460001'], 'GB', '+442079460001', '020 7946 0001'],
    [
      'of the United States, for an account at home elsewhere',
      ['16505550101', '+16505550101', '0016505550101'],
      'GB',
      '+16505550101',
      '+1 650 555 0101',
    ],
    [
      'of another country, where numbers may have nearly any length',
      ['442079460001', '+442079460001', '00442079460001'],
      'DE',
      '+442079460001',
      '+44 20 7946 0001',
    ],
    [
      'of Leicester, which begins like one that is dialled abroad',
      ['01161234567'],
      'GB',
      '+441161234567',
      '0116 123 4567',
    ],
    [
      'with an extension',
      ['+16505550101;ext=12', '(650) 555-0101 x12', '6505550101 ext. 12'],
      'US',
      '+16505550101;ext=12',
      '(650) 555-0101 ext. 12',
    ],
    [
      'in digits of other scripts',
      ['+١٦٥٠٥٥٥٠١٠١', '６５０５５５０１０１', '+१६५०५५५०१०१'],
      'US',
      '+16505550101',
      '(650) 555-0101',
    ],
    [
      'among characters that are not seen',
      ['\u202a+16505550101\u202c', '\u200e6505550101\u200f', '\u2066650\u00ad5550101\u2069'],
      'US',
      '+16505550101',
      '(650) 555-0101',
    ],
    [
      'of a country that is not known',
      ['+16505550101', '6505550101'],
      'ZZ',
      '+16505550101',
      '(650) 555-0101',
    ],
  ])('%s is the same in every spelling', (_, spellings, country, key, text) => {
    expect(spellings.map((spelling) => readPhoneNumber(spelling, country))).toEqual(
      spellings.map(() => ({ key, text })),
    );
  });

  it.each([
    ...['BANK24', 'MYSHOP24', 'Ä24', 'INFO@BANK', '12345@example.com', '0800REVERSE', '1-800-FLOWERS'],
    ...['sip:+16505550101@example.com', 'anonymous', 'Restricted', 'ГОСУСЛУГИ'],
    ...[
      '22395',
      '911',
      '211',
      '112',
      '101',
      '439999',
      '*62',
      '#31#',
      '#31#+447700900123',
      '**21*16505550101#',
    ],
    ...['12345678901234567890123', '0', '+'],
    ...[
      '1&1',
      '24/7',
      '7/11',
      '50%',
      '$1',
      '€5',
      '24!',
      '1_1',
      '2+2',
      '4.5',
      '0-8-15',
      '24,7',
      "24'7",
      '"24"',
    ],
    ...['½', '™', '①', '2️⃣4️⃣', '👨‍👩‍👧', '2026/06/17', '24/7 365 365', 'Free Mobile', 'AT&T'],
  ])('stays as it is, because it can be none: %s', (raw) => {
    for (const country of ['US', 'GB', 'DE', 'AT'])
      expect(readPhoneNumber(raw, country)).toEqual({ key: raw, text: raw });
  });

  it('without its area code is not guessed at', () => {
    expect(readPhoneNumber('555-0101', 'US')).toEqual({ key: '5550101', text: '555-0101' });
    expect(readPhoneNumber('5551234', 'GB')).toEqual({ key: '5551234', text: '5551234' });
  });

  it.each([
    ['US', '0612345678', '0612345678'],
    ['US', '1612345678', '1612345678'],
    ['US', '+10612345678', '+10612345678'],
    ['GB', '0612345678', '0612345678'],
    ['FR', '8661234567', '8661234567'],
    ['FR', '6505550101', '6505550101'],
    ['US', '+5215512345678', '+5215512345678'],
    ['US', '+12345678901234567890', '+12345678901234567890'],
  ])('that nobody in %s can have is none, and keeps what was written of it: %s', (country, raw, key) => {
    expect(readPhoneNumber(raw, country)).toEqual({ key, text: raw });
  });

  it('at home of a kind that is not known keeps its country code', () => {
    expect(readPhoneNumber('+44612345678', 'GB')).toEqual({
      key: '+44612345678',
      text: '+44 612345678',
    });
    // Who dials a country code says which country is meant.
    expect(readPhoneNumber('01149109758351', 'US').key).toBe('+49109758351');
  });

  it('may have slashes between its parts', () => {
    for (const raw of ['650/555/0101', '(650) / 555-0101'])
      expect(readPhoneNumber(raw, 'US').key).toBe('+16505550101');
    for (const raw of ['030/123456', '030 / 12 34 56', '(030) / 123456', '+49 30/123456'])
      expect(readPhoneNumber(raw, 'DE')).toEqual({ key: '+4930123456', text: '030 123456' });
    expect(readPhoneNumber('02/123 45 67', 'BE').key).toBe('+3221234567');
  });

  it('of another country, as it is dialled there, cannot be told without that country', () => {
    expect(readPhoneNumber('07700 900123', 'US')).toEqual({ key: '07700900123', text: '07700 900123' });
  });

  it.each([
    ['+22395', '22395'],
    ['٢٢٣٩٥', '22395'],
    [' 223-95 ', '22395'],
  ])('that is a short code is the same as %s', (raw, code) => {
    expect(readPhoneNumber(raw)).toEqual({ key: code, text: code });
  });

  it('of any length is read without a word of it', () => {
    expect(readPhoneNumber('5'.repeat(1_000)).text).toHaveLength(1_000);
    expect(readPhoneNumber('')).toEqual({ key: '', text: '' });
  });

  it.each([
    ['+16505550101;ext=12', '16505550101'],
    ['22395', '22395'],
    ['*62', '62'],
    ['MYSHOP24', ''],
    ['12345@example.com', ''],
    ['1&1', ''],
    ['24/7', ''],
    ['2+2', ''],
    ['#31#+447700900123', '31447700900123'],
  ])('has digits to be found by only if it is dialled by them: %s', (key, digits) => {
    expect(numberDigits(key)).toBe(digits);
  });
});
