const LARGEST = 2n ** 63n - 1n;

/**
 * Whether `value` is the id of a message or a conversation, as every part of this program understands it: an int64 from 1
 * (FACTS, Messages), in decimal digits without leading zeros.
 */
export function isMessageId(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value) && BigInt(value) <= LARGEST;
}
