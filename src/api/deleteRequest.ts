import { checkedIds } from './ids';
import { MAX_DELETED_IDS_PER_REQUEST } from './limits';
import { MESSAGE_STORE } from './paths';
import type { Query } from './query';
import type { ApiRequest } from './transport';

/** What a request deletes: some messages, or the messages of one conversation that were received before `dateTo` (ISO 8601). */
export type DeleteTargets =
  | { readonly messageIds: readonly string[] }
  | { readonly conversationId: string; readonly dateTo: string };

/**
 * Builds every DELETE there is, because one without ids deletes the whole mailbox (FACTS, Changing, deleting). What it
 * deletes is named in its path or query alone: a proxy between us and RingCentral may drop the body of a DELETE, and would
 * make one with `*` in its path and the ids in its body into one without ids.
 * @throws RangeError if there are no ids, too many, or anything else among them
 */
export function deleteRequest(targets: DeleteTargets, query: Query): ApiRequest {
  const common = { method: 'DELETE', once: true } as const;
  if ('conversationId' in targets) {
    const [conversationId = ''] = checkedIds([targets.conversationId], 1);
    return {
      ...common,
      operation: 'deleteMessageByFilter',
      uri: MESSAGE_STORE,
      query: { ...query, conversationId, dateTo: targets.dateTo },
    };
  }
  const ids = checkedIds(targets.messageIds, MAX_DELETED_IDS_PER_REQUEST);
  return { ...common, operation: 'deleteMessage', uri: `${MESSAGE_STORE}/${ids.join(',')}`, query };
}
