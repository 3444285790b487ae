/**
 * A copy of `ids` without repetitions, fit for a request.
 * @throws RangeError if there are none, more than `limit`, or anything but decimal integers from 1
 */
export function checkedIds(ids: readonly unknown[], limit: number): readonly string[] {
  const unique = [...new Set(ids)];
  if (unique.length === 0) throw new RangeError('No ids');
  if (unique.length > limit) throw new RangeError(`More than ${limit} ids`);
  if (!unique.every(isId)) throw new RangeError('Not ids only');
  return unique;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9]\d*$/.test(value);
}
