const LARGEST = 2n ** 63n - 1n;

/** The number that a message's id is: an int64 from 1; undefined if it is none, as no message's id is then. */
export function idNumber(id: string): bigint | undefined {
  if (!/^[1-9]\d{0,18}$/.test(id)) return undefined;
  const number = BigInt(id);
  return number <= LARGEST ? number : undefined;
}

/** Orders ids as numbers: of two decimal strings the longer one is larger. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
