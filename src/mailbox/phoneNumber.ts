import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber as Parsed,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';

/** The home country of an account of which it is not known; RingCentral stores most numbers as in North America. */
export const DEFAULT_COUNTRY = 'US';

/** A number as an account reads it. */
export interface PhoneNumber {
  /** One spelling per number: E.164 where it is one that there can be, else what can be dialled, or a sender's name. */
  readonly key: string;
  /** As people in the home country write it: national form within it, international form abroad; untouched if it is no number. */
  readonly text: string;
}

/** Parsing costs microseconds, and a tree asks for the same few hundred numbers again and again. */
const CACHE_LIMIT = 5_000;
/** UTF-16 units of what can be a number; more is neither parsed nor remembered. */
const LONGEST = 100;

const readings = new Map<string, PhoneNumber>();

/**
 * Reads a number. Whatever cannot be one stays as it is: senders that are names, addresses, short codes, service codes.
 * @param country the account's home country (ISO 3166), by which numbers without a country code are read
 */
export function readPhoneNumber(raw: string, country = DEFAULT_COUNTRY): PhoneNumber {
  if (raw.length > LONGEST) return asItIs(raw);
  const cacheKey = `${country} ${raw}`;
  const known = readings.get(cacheKey);
  if (known) return known;
  const reading = read(raw, isSupportedCountry(country) ? country : DEFAULT_COUNTRY);
  if (readings.size >= CACHE_LIMIT) readings.clear();
  readings.set(cacheKey, reading);
  return reading;
}

/**
 * The digits of a number by which it is dialled from abroad, as far as it is one.
 * @param key of a `PhoneNumber`
 * @returns nothing for a sender that is a name or an address
 */
export function numberDigits(key: string): string {
  const [number = ''] = key.split(EXTENSION_MARK);
  return NOT_DIALLED.test(number) ? '' : number.replace(/\D/g, '');
}

/** Between a number and an extension of it (RFC 3966). */
const EXTENSION_MARK = ';ext=';

/** What makes a key a name or an address: a number, short code or code of the network has nothing but what is dialled. */
const NOT_DIALLED = /[^\d+*#]|[\d+]\+/;

/** A service code of the network, such as *67. */
const SERVICE_CODE = /^[\d+]*[*#][\d+*#]*$/;

/** What a number is written with besides digits. */
const NUMBER = /^\+?[\d\s()./\u2010-\u2015\u2212-]*\d[\d\s()./\u2010-\u2015\u2212-]*$/;

/** A digit that stands alone, of what is no longer than a short code: "4.5", "0-8-15". */
const LONE_DIGIT = /(?<!\d)\d(?!\d)/;

/** A slash that is not behind an area code, or not before the rest of a number: "24/7", "7/11", "2026/06/17". */
const OTHER_SLASH = /(?<!\d{3}|^0\d)\/|\/(?!\d\d)/;

/** What is not seen, other than what emoji and some scripts are joined with. */
const UNSEEN = /(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])\p{Cf}/gu;

/** `;ext=12`, `x12`, `ext. 12`: an extension that follows a number. */
const EXTENSION = /\s*(?:;ext=|[,;]?\s*(?:extension|ext|x)[.:]?)\s*(\d{1,9})$/i;

/** Digits of the shortest number that has a country code without saying so. */
const SHORTEST_INTERNATIONAL = 10;

/** Digits of a number that within North America is never dialled without its country code. */
const LONG = 11;

/** The calling code of the countries of North America. */
const NORTH_AMERICAN_CALLING_CODE = '1';

/** A number of these: no area code begins with 0 or 1. What follows it is not asked, for RingCentral sends examples. */
const NORTH_AMERICAN = /^[2-9]\d{9}$/;

/** Digits of what is a code of its own in every country. */
const LONGEST_SHORT_CODE = 6;

/**
 * What is dialled before a country code in most countries, and in North America; elsewhere there are area codes like the
 * latter.
 */
const INTERNATIONAL_PREFIX = /^00(?=[1-9])/;
const NORTH_AMERICAN_INTERNATIONAL_PREFIX = /^011(?=[1-9])/;

function read(raw: string, home: CountryCode): PhoneNumber {
  const visible = withPlainDigits(raw).trim();
  const written = visible.replace(/^tel:/i, '').replace(/^\(\+/, '+');
  const extension = EXTENSION.exec(written);
  const number = extension ? written.slice(0, extension.index) : written;
  if (SERVICE_CODE.test(visible)) return asItIs(visible);
  if (!NUMBER.test(number) || hasOtherSlash(number)) return asItIs(raw);
  const reading = candidates(number, home).find((each) => each !== undefined);
  // An extension of something that is no number is no extension.
  if (!reading) return extension ? asItIs(raw) : withoutCountry(visible, number);
  // Of what is of no known form the national one would be digits alone, and may lack some.
  const text =
    reading.countryCallingCode === getCountryCallingCode(home) && hasKnownForm(reading)
      ? reading.formatNational()
      : reading.formatInternational();
  return extension?.[1]
    ? { key: `${reading.number}${EXTENSION_MARK}${extension[1]}`, text: `${text} ext. ${extension[1]}` }
    : { key: reading.number, text };
}

/** Whether a slash says that something is no number: behind a plus none does. */
function hasOtherSlash(number: string): boolean {
  return !number.startsWith('+') && OTHER_SLASH.test(number.replace(/[()]/g, '').replace(/\s*\/\s*/g, '/'));
}

/** The ways in which a number may be meant, as far as there can be such numbers, the most likely first. */
function candidates(number: string, home: CountryCode): (Parsed | undefined)[] {
  if (number.startsWith('+')) return [possible(parsePhoneNumberFromString(number))];
  const digits = number.replace(/\D/g, '');
  if (digits.length <= LONGEST_SHORT_CODE) return [];
  const after = (prefix: RegExp): Parsed | undefined =>
    prefix.test(digits) ? possible(parsePhoneNumberFromString(`+${digits.replace(prefix, '')}`)) : undefined;
  const national = likely(parsePhoneNumberFromString(number, home));
  const international = withoutPlus(digits);
  // In some countries numbers may have nearly any length; the server leaves out a plus rather than a leading zero.
  const isNorthAmerican = getCountryCallingCode(home) === NORTH_AMERICAN_CALLING_CODE;
  const isLong = digits.length >= LONG && !isNorthAmerican;
  const first = isLong ? [international, national] : [national, international];
  const fromNorthAmerica = after(NORTH_AMERICAN_INTERNATIONAL_PREFIX);
  return [
    after(INTERNATIONAL_PREFIX),
    ...first,
    isNorthAmerican ? fromNorthAmerica : likely(fromNorthAmerica),
  ];
}

/** A number of another country that is written without its plus. */
function withoutPlus(digits: string): Parsed | undefined {
  if (digits.length < SHORTEST_INTERNATIONAL || digits.startsWith('0')) return undefined;
  const number = likely(parsePhoneNumberFromString(`+${digits}`));
  // What is as short may as well be of a country that is not told.
  return digits.length >= LONG || number?.isValid() ? number : undefined;
}

/** A number if there can be one of its length and beginning. */
function possible(number: Parsed | undefined): Parsed | undefined {
  if (!number?.isPossible()) return undefined;
  const { countryCallingCode, nationalNumber } = number;
  return countryCallingCode === NORTH_AMERICAN_CALLING_CODE && !NORTH_AMERICAN.test(nationalNumber)
    ? undefined
    : number;
}

/** A number if it is of a form that its country is known to have: a country code that is not written is a guess. */
function likely(number: Parsed | undefined): Parsed | undefined {
  const found = possible(number);
  return found && hasKnownForm(found) ? found : undefined;
}

/** Whether it is known how people write it. In some countries numbers of nearly any length are possible, not all of a form. */
function hasKnownForm(number: Parsed): boolean {
  return /\D/.test(number.formatNational());
}

/** A short code, or something of too many or too few digits for a number: what can be dialled of it. */
function withoutCountry(text: string, number: string): PhoneNumber {
  const digits = number.replace(/\D/g, '');
  if (number.includes('/')) return asItIs(text);
  if (digits.length > LONGEST_SHORT_CODE)
    return { key: number.startsWith('+') ? `+${digits}` : digits, text };
  if (digits.length > 1 && LONE_DIGIT.test(number)) return asItIs(text);
  // Nobody else can be meant by a short code with a plus.
  return { key: digits, text: digits };
}

/** A name or an address of a sender, or a code of the network. */
function asItIs(raw: string): PhoneNumber {
  const text = raw.replace(UNSEEN, '').trim() || raw;
  return { key: text, text };
}

/** Without what is not seen, and with digits of whatever script as those that are dialled. */
function withPlainDigits(text: string): string {
  return (
    text
      .replace(/\p{Cf}/gu, '')
      // A digit in a circle is no digit, one of full width or of a formula is.
      .replace(/(?!\d)\p{Nd}|[\uff01-\uff5e]/gu, (character) => character.normalize('NFKC'))
      .replace(/(?!\d)\p{Nd}/gu, (digit) => String(digitValue(digit)))
  );
}

/** Of a digit: scripts have theirs in rows from zero to nine. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}
