import type { Message } from '../../api/schema';
import { failureCode } from '../delivery';
import { creationTime, isInbound, isUnread, openableAttachments, otherPartyKey, threadKey } from '../message';
import type { GroupKey } from '../group';
import type { MessageFilter } from '../query';
import { findsAll } from '../search/findTerms';
import { numberSpelling, PLACES, type Searchable } from '../search/searchable';
import { prepareTerms } from '../search/terms';
import { spanRange } from './dateSpans';

/**
 * A predicate for everything in `filter` but `latestPerConversation`, which depends on the other messages.
 * @param country the account's home country (ISO 3166), see `readPhoneNumber`
 * @returns a function of a message as shown, and of what it is found by
 */
export function filterMatcher(
  filter: MessageFilter,
  country: string | undefined,
): (message: Message, searchable: () => Searchable) => boolean {
  const { readStatus, types, direction, since, until, phoneNumber, conversationId, owner } = filter;
  const { hasAttachment, priority, failed } = filter;
  const terms = prepareTerms(filter.terms ?? []);
  const number = phoneNumber === undefined ? undefined : numberSpelling(phoneNumber, country);
  return (message, searchable) =>
    (readStatus === undefined || isUnread(message) === (readStatus === 'Unread')) &&
    (types === undefined || types.includes(message.type ?? '')) &&
    (direction === undefined || isInbound(message) === (direction !== 'Outbound')) &&
    (since === undefined || creationTime(message) >= since) &&
    (until === undefined || creationTime(message) < until) &&
    (conversationId === undefined || message.conversationId === conversationId) &&
    (owner === undefined || hasOwner(message, owner)) &&
    (hasAttachment === undefined || openableAttachments(message).length > 0 === hasAttachment) &&
    (priority === undefined || message.priority === priority) &&
    (failed === undefined || (failureCode(message) !== undefined) === failed) &&
    (number === undefined || PLACES.some((place) => searchable()[place].includes(number))) &&
    (terms.length === 0 || findsAll(terms, searchable()));
}

/** A predicate for being in a group, as seen at the moment `now`. */
export function groupMatcher(group: GroupKey, now: number): (message: Message) => boolean {
  switch (group.kind) {
    case 'type':
      return (message) => (message.type ?? '') === group.type;
    case 'thread':
      return (message) => (message.type ?? '') === group.type && threadKey(message) === group.thread;
    case 'party':
      return (message) => otherPartyKey(message) === group.party;
    case 'date': {
      const { since, until } = spanRange(group.span, now);
      return (message) => creationTime(message) >= since && creationTime(message) < until;
    }
  }
}

function hasOwner(message: Message, owner: NonNullable<MessageFilter['owner']>): boolean {
  if (owner === 'Personal') return message.owner === undefined;
  if (owner === 'Shared') return message.owner !== undefined;
  return message.owner?.extensionId === owner.extensionId;
}
