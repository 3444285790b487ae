import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber as Parsed,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';

/** Where an account is at home of which that is not known; RingCentral stores most numbers as in North America. */
export const DEFAULT_COUNTRY = 'US';

/** A number as an account reads it. */
export interface PhoneNumber {
  /** One spelling per number: E.164 where it is one that there can be, else what can be dialled, or a sender's name. */
  readonly key: string;
  /** As people at home write it: national form at home, international form abroad, untouched if it is no number. */
  readonly text: string;
}

/** Parsing costs microseconds, and a tree asks for the same few hundred numbers again and again. */
const MEMORY_LIMIT = 5_000;
/** UTF-16 units of what can be a number; more is neither parsed nor remembered. */
const LONGEST = 100;

const readings = new Map<string, PhoneNumber>();

/**
 * Reads a number. Whatever cannot be one stays as it is: senders that are names, addresses, short codes, service codes.
 * @param country where the account is at home (ISO 3166), by which numbers without a country code are read
 */
export function readPhoneNumber(raw: string, country = DEFAULT_COUNTRY): PhoneNumber {
  if (raw.length > LONGEST) return asItIs(raw);
  const name = `${country} ${raw}`;
  const known = readings.get(name);
  if (known) return known;
  const reading = read(raw, isSupportedCountry(country) ? country : DEFAULT_COUNTRY);
  if (readings.size >= MEMORY_LIMIT) readings.clear();
  readings.set(name, reading);
  return reading;
}

/** As `readPhoneNumber`, for an account of which no country is known. */
export function formatPhoneNumber(raw: string): string {
  return readPhoneNumber(raw).text;
}

/** As `readPhoneNumber`, for an account of which no country is known. */
export function normalizePhoneNumber(raw: string): string {
  return readPhoneNumber(raw).key;
}

/**
 * The digits of a number by which it is dialled from abroad, as far as it is one.
 * @param key of a `PhoneNumber`
 * @returns nothing for a sender that is a name or an address
 */
export function numberDigits(key: string): string {
  const [number = ''] = key.split(EXTENSION_MARK);
  return NAMED.test(number) ? '' : number.replace(/\D/g, '');
}

/** Between a number and an extension of it (RFC 3966). */
const EXTENSION_MARK = ';ext=';

/** What makes something a name or an address, or a code of the network, rather than a number. */
const NAMED = /[\p{L}@:]/u;
const NUMBER_CODE = /[*#]/;

/** What a number is written with besides digits. */
const NUMBER = /^\+?[\d\s()./\u2010-\u2015-]*\d[\d\s()./\u2010-\u2015-]*$/;

/** `;ext=12`, `x12`, `ext. 12`: an extension that follows a number. */
const EXTENSION = /\s*(?:;ext=|[,;]?\s*(?:extension|ext|x)[.:]?)\s*(\d{1,9})$/i;

/** Digits of the shortest number that has a country code without saying so. */
const SHORTEST_INTERNATIONAL = 10;

/** Digits of a number that within North America is never dialled without its country code. */
const LONG = 11;

/** The calling code of its countries. */
const NORTH_AMERICA = '1';

/** Digits of what is a code of its own in every country. */
const LONGEST_SHORT_CODE = 6;

/** What people dial before a country code in most countries; and in North America, where others have area codes like it. */
const ABROAD = /^00(?=[1-9])/;
const ABROAD_FROM_NORTH_AMERICA = /^011(?=[1-9])/;

function read(raw: string, home: CountryCode): PhoneNumber {
  const visible = withPlainDigits(raw).trim();
  const written = visible.replace(/^tel:/i, '').replace(/^\(\+/, '+');
  const extension = EXTENSION.exec(written);
  const number = extension ? written.slice(0, extension.index) : written;
  if (!NUMBER.test(number)) return asItIs(visible || raw);
  const possible = candidates(number, home).find((each) => each?.isPossible());
  // An extension of something that is no number is no extension.
  if (!possible) return impossible(visible, extension ? undefined : number);
  const text =
    possible.countryCallingCode === getCountryCallingCode(home)
      ? possible.formatNational()
      : possible.formatInternational();
  return extension?.[1]
    ? { key: `${possible.number}${EXTENSION_MARK}${extension[1]}`, text: `${text} ext. ${extension[1]}` }
    : { key: possible.number, text };
}

/** The ways in which a number may be meant, the most likely first. */
function candidates(number: string, home: CountryCode): (Parsed | undefined)[] {
  if (number.startsWith('+')) return [parsePhoneNumberFromString(number)];
  const digits = number.replace(/\D/g, '');
  if (digits.length <= LONGEST_SHORT_CODE) return [];
  const after = (prefix: RegExp): Parsed | undefined =>
    prefix.test(digits) ? parsePhoneNumberFromString(`+${digits.replace(prefix, '')}`) : undefined;
  const national = parsePhoneNumberFromString(number, home);
  const international =
    digits.length >= SHORTEST_INTERNATIONAL && !digits.startsWith('0')
      ? parsePhoneNumberFromString(`+${digits}`)
      : undefined;
  // In some countries numbers may have nearly any length; the server leaves out a plus rather than a leading zero.
  const isLong = digits.length >= LONG && getCountryCallingCode(home) !== NORTH_AMERICA;
  const first = isLong ? [international, national] : [national, international];
  return [after(ABROAD), ...first, after(ABROAD_FROM_NORTH_AMERICA)];
}

/** A short code, or something of too many or too few digits for a number: what can be dialled of it. */
function impossible(text: string, number: string | undefined): PhoneNumber {
  if (number === undefined) return asItIs(text);
  const digits = number.replace(/\D/g, '');
  // Nobody else can be meant by a short code with a plus.
  return digits.length <= LONGEST_SHORT_CODE ? { key: digits, text: digits } : { key: digits, text };
}

/** A name or an address of a sender, or a code of the network. */
function asItIs(text: string): PhoneNumber {
  return NAMED.test(text) || NUMBER_CODE.test(text)
    ? { key: text, text }
    : { key: text.replace(/[^\d+]/g, '') || text, text };
}

/** Without what is not seen, and with digits of whatever script as those that are dialled. */
function withPlainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/(?!\d)\p{Nd}/gu, (digit) => String(valueOf(digit)));
}

/** Of a digit: scripts have theirs in rows from zero to nine. */
function valueOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}
