import type { ItemResult, MessageStoreApi } from '../../api/messageStore';
import type { Message } from '../../api/schema';
import type { OperationKind } from './operation';

/**
 * Whether an operation deletes: to do that twice is not the same as to do it once, because what is Deleted already is
 * purged by it (FACTS, Messages).
 */
export function isDeletion(kind: OperationKind): boolean {
  return kind === 'delete' || kind === 'deletePermanently' || kind === 'deleteConversation';
}

/** Whether a message is, as the server has it, what the operation makes of it. */
export function isCarriedOut(
  kind: OperationKind,
  { availability, readStatus, isAvailabilityAssumed }: Message,
): boolean {
  switch (kind) {
    case 'markRead':
      return readStatus === 'Read';
    case 'markUnread':
      return readStatus === 'Unread';
    case 'restore':
      return availability === 'Alive' && !isAvailabilityAssumed;
    case 'delete':
    case 'deleteConversation':
      return availability !== 'Alive';
    case 'deletePermanently':
      return availability === 'Purged';
  }
}

/**
 * Sends one request of an operation for the messages `ids`.
 * @param beforeDeleting called just before a deletion is sent, see `ApiRequest.beforeSend`
 */
export function sendRequest(
  api: MessageStoreApi,
  kind: OperationKind,
  ids: readonly string[],
  beforeDeleting: () => void,
  signal: AbortSignal,
): Promise<ItemResult[]> {
  switch (kind) {
    case 'markRead':
      return api.updateMessage(ids, { readStatus: 'Read' }, signal);
    case 'markUnread':
      return api.updateMessage(ids, { readStatus: 'Unread' }, signal);
    case 'restore':
      return api.patchMessage(ids, { availability: 'Alive' }, signal);
    case 'delete':
    case 'deleteConversation':
      return api.deleteMessage(ids, { beforeSend: beforeDeleting }, signal);
    case 'deletePermanently':
      return api.deleteMessage(ids, { purge: true, beforeSend: beforeDeleting }, signal);
  }
}
