import type { DeleteByFilterOptions } from '../../api/messageStoreParams';
import type { Message } from '../../api/schema';
import { creationTime } from '../message';

/**
 * The bounds within which `deleteMessageByFilter` deletes exactly the messages `agreed`, or undefined where it would do
 * more or less: where the conversation has others by now, or some that are in Deleted already, which it would push on to
 * Purged, or some that are shared by another extension, which it passes over.
 * @param records all of the conversation, oldest first, whatever their availability
 */
export function wholeConversation(
  records: readonly Message[],
  agreed: ReadonlySet<string>,
): DeleteByFilterOptions | undefined {
  const newest = records.at(-1);
  const isWhole =
    records.length === agreed.size &&
    records.every(
      (record) =>
        agreed.has(record.id) &&
        record.availability === 'Alive' &&
        !record.isAvailabilityAssumed &&
        !record.owner &&
        creationTime(record) > 0 &&
        // The operation takes one type; without it, it would reach what else bears the id.
        record.type === newest?.type,
    );
  if (!newest || !isWhole) return undefined;
  // Bounded by the newest, so that a message arriving meanwhile stays.
  return { dateTo: new Date(creationTime(newest) + 1).toISOString(), type: newest.type ?? 'All' };
}
