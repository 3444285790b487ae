import { isMessageId } from './messageId';

/**
 * A copy of `ids` without repetitions, fit for a request.
 * @throws RangeError if there are none, more than `limit`, or anything else among them
 */
export function checkedIds(ids: readonly unknown[], limit: number): readonly string[] {
  const unique = [...new Set(ids)];
  if (unique.length === 0) throw new RangeError('No ids');
  if (unique.length > limit) throw new RangeError(`More than ${limit} ids`);
  if (!unique.every(isMessageId)) throw new RangeError('Not ids only');
  return unique;
}
