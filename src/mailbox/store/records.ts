import type { Message } from '../../api/schema';
import type { OperationKind } from '../outbox/operation';

/**
 * What is known of a message after `record` has come from the server; undefined if there is nothing to keep. See
 * `Batch.put` for the rules.
 */
export function received(known: Message | undefined, record: Message): Message | undefined {
  if (record.availability === 'Purged') return undefined;
  if (isTombstone(record)) {
    return known && withAvailability(known, record.isAvailabilityAssumed ? unproven(known) : record);
  }
  if (known && isOlder(record, known)) return known;
  return known && record.isAvailabilityAssumed ? withAvailability(record, unproven(known)) : record;
}

/** Whether an operation does anything to a message that looks like this. */
export function isChangedBy(kind: OperationKind, { availability, readStatus }: Message): boolean {
  switch (kind) {
    case 'markRead':
      return readStatus !== 'Read';
    case 'markUnread':
      return readStatus !== 'Unread';
    case 'delete':
    case 'deleteConversation':
      return availability === 'Alive';
    case 'restore':
      return availability === 'Deleted';
    case 'deletePermanently':
      return availability !== 'Purged';
  }
}

/** How a message looks with an operation carried out. One that is purged cannot come back. */
export function changedBy(kind: OperationKind, message: Message): Message {
  switch (kind) {
    case 'markRead':
      return { ...message, readStatus: 'Read' };
    case 'markUnread':
      return { ...message, readStatus: 'Unread' };
    case 'deletePermanently':
      return { ...message, availability: 'Purged' };
    case 'delete':
    case 'deleteConversation':
      return message.availability === 'Purged' ? message : { ...message, availability: 'Deleted' };
    case 'restore':
      return message.availability === 'Purged' ? message : { ...message, availability: 'Alive' };
  }
}

/**
 * What is known of a message after an operation was carried out; undefined if the message is gone by it.
 * @param answer the server's record as the answer has it: if a newer one is known, it has the operation in it, and
 * whatever came after
 */
export function carriedOut(kind: OperationKind, known: Message, answer?: Message): Message | undefined {
  if (answer && !isTombstone(answer) && isOlder(answer, known)) return known;
  const changed = changedBy(kind, known);
  return changed.availability === 'Purged' ? undefined : changed;
}

/** A message has changed without its being said how it is now: it stays where it was, but that proves nothing any more. */
function unproven(known: Message): Message {
  return { ...known, isAvailabilityAssumed: true };
}

/** `record` with the availability that another one says, or does not. */
function withAvailability(
  { isAvailabilityAssumed: _before, ...record }: Message,
  { availability, isAvailabilityAssumed }: Message,
): Message {
  return { ...record, availability, ...(isAvailabilityAssumed && { isAvailabilityAssumed }) };
}

/** A record of which the server tells the id and the availability only. */
function isTombstone(record: Message): boolean {
  return record.type === undefined && record.creationTime === undefined;
}

function isOlder(record: Message, known: Message): boolean {
  return Date.parse(record.lastModifiedTime ?? '') < Date.parse(known.lastModifiedTime ?? '');
}
