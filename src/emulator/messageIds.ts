import { batchTooLarge, invalidParameter } from './requestError';

/** Ids in the path or the query of one request (FACTS, Listing and Changing). */
export const MAX_IDS_IN_PATH = 50;
/** Messages in the body of one request. */
export const MAX_IDS_IN_BODY = 1000;
/** Conversations in the body of one request. */
export const MAX_CONVERSATIONS_IN_BODY = 100;

/** Stands in the path for ids that are in the body. */
export const IN_BODY = '*';

/** The ids of a path segment. @throws RequestError if one is none, or there are too many */
export function idsInPath(segment: string): readonly string[] {
  const ids = segment.split(',').filter((id) => id !== '');
  return checkedIds(ids, 'messageId', MAX_IDS_IN_PATH);
}

/** Ids from outside. @throws RequestError if one is none, or there are too many */
export function checkedIds(
  values: readonly unknown[],
  parameterName: string,
  limit: number,
): readonly string[] {
  if (values.length > limit) throw batchTooLarge(parameterName, limit);
  return values.map((value) => {
    const id = typeof value === 'number' ? String(value) : value;
    if (typeof id !== 'string' || !/^\d+$/.test(id)) throw invalidParameter(parameterName, String(id));
    return id;
  });
}
