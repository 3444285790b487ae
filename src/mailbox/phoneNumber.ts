import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Numbers without a country code are read as North American: RingCentral stores its home numbers that way. */
const HOME_COUNTRY = 'US';
const HOME_CALLING_CODE = '1';

/** Parsing costs microseconds, and a tree asks for the same few hundred numbers again and again. */
const MEMORY_LIMIT = 5_000;
/** UTF-16 units of what can be a number; more is neither parsed nor remembered. */
const LONGEST = 100;

const parsed = new Map<string, { key: string; text: string }>();

function parse(raw: string): { key: string; text: string } {
  if (raw.length > LONGEST) return { key: raw.replace(/[^\d+]/g, '') || raw, text: raw };
  const known = parsed.get(raw);
  if (known) return known;
  const number = parsePhoneNumberFromString(raw, HOME_COUNTRY) ?? parsePhoneNumberFromString(`+${raw}`);
  const result = number
    ? {
        key: number.number,
        text:
          number.countryCallingCode === HOME_CALLING_CODE
            ? number.formatNational()
            : number.formatInternational(),
      }
    : { key: raw.replace(/[^\d+]/g, '') || raw, text: raw };
  if (parsed.size >= MEMORY_LIMIT) parsed.clear();
  parsed.set(raw, result);
  return result;
}

/** The number as people write it: national form at home, international form abroad, untouched if it is no number. */
export function formatPhoneNumber(raw: string): string {
  return parse(raw).text;
}

/** One spelling per number (E.164 where it can be told), whatever formatting the record came with. */
export function normalizePhoneNumber(raw: string): string {
  return parse(raw).key;
}
