/** Reading JSON of which nothing is certain: each function gives the value if it is of the wanted type, else undefined. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Anything but an object reads as an empty one. */
export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

/** Anything but an array reads as an empty one; entries that are no objects are left out. */
export function recordsOf(value: unknown): JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** Well-formed, and without the character that ends a text in some places and not in others. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== ''
    ? value.toWellFormed().replaceAll('\0', '\ufffd')
    : undefined;
}

/** UTF-16 units of a name, a number, a word of the API: more than any has. */
const LONGEST_SHORT_TEXT = 1_000;

/** Likewise, but not more of it than a name, a number or a word can have. */
export function shortTextOf(value: unknown): string | undefined {
  return textOf(typeof value === 'string' ? value.slice(0, LONGEST_SHORT_TEXT) : value);
}

/** Ids come as strings or numbers. Numbers that JavaScript cannot hold were made strings by `parseJson`. */
export function idOf(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : shortTextOf(value);
}

/** Larger numbers count nothing that there is. */
const LARGEST_COUNT = 2 ** 40;

export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= LARGEST_COUNT ? value : undefined;
}

export function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/**
 * In UTC with milliseconds, whatever offset and precision it came with, so that times compare as strings. What is before
 * computers kept time, or has no year of four digits, is no time.
 */
export function timeOf(value: unknown): string | undefined {
  const time = typeof value === 'string' ? Date.parse(value.slice(0, 100)) : NaN;
  return time >= EARLIEST && time <= LATEST ? new Date(time).toISOString() : undefined;
}

/** A day within those years in whatever time zone. */
const EARLIEST = Date.parse('1970-01-02T00:00:00.000Z');
const LATEST = Date.parse('9999-12-30T00:00:00.000Z');

/** `fields` without the undefined ones, as `exactOptionalPropertyTypes` wants it. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
