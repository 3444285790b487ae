import { checkedIds } from './ids';
import { MAX_IDS_PER_REQUEST, MAX_IDS_PER_URL } from './limits';
import { MESSAGE_STORE } from './paths';
import type { Query } from './query';
import type { ApiRequest } from './transport';

/** What a request deletes: one or several messages, or all messages of one or several conversations. */
export type Victims =
  | { readonly messageIds: readonly string[] }
  | { readonly conversationIds: readonly string[] };

/**
 * Builds every DELETE there is, because one without ids deletes the whole mailbox (FACTS, Changing, deleting).
 * @throws RangeError if there are no ids, too many, or anything else among them
 */
export function deleteRequest(victims: Victims, query: Query): ApiRequest {
  const common = { method: 'DELETE', once: true } as const;
  if ('conversationIds' in victims) {
    // Never with `*` and a body: nothing would tell it from the request that deletes messages of these ids.
    const conversationId = checkedIds(victims.conversationIds, MAX_IDS_PER_URL);
    return {
      ...common,
      operation: 'deleteMessageByFilter',
      uri: MESSAGE_STORE,
      query: { ...query, conversationId },
    };
  }
  const ids = checkedIds(victims.messageIds, MAX_IDS_PER_REQUEST);
  if (ids.length <= MAX_IDS_PER_URL) {
    // In the path as long as they fit: a proxy may drop the body of a DELETE, and with it the ids.
    return { ...common, operation: 'deleteMessage', uri: `${MESSAGE_STORE}/${ids.join(',')}`, query };
  }
  return {
    ...common,
    operation: 'deleteMessage',
    uri: `${MESSAGE_STORE}/*`,
    query,
    body: { contentType: 'application/json', text: JSON.stringify(ids) },
  };
}
