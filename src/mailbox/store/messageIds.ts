import { isMessageId } from '../../api/messageId';

/** The number that a message's id is; undefined if it is none. */
export function idNumber(id: string): bigint | undefined {
  return isMessageId(id) ? BigInt(id) : undefined;
}

/** Orders ids as numbers: of two decimal strings the longer one is larger. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
