import type { Message, MessageType, Party } from '../api/schema';
import { creationTime, isConversational, isUnread, otherParties, otherPartyKey } from './message';
import type { GroupBy } from './query';

/** The spans that the date grouping names; older messages go by month, as 'YYYY-MM'. */
export type DateSpan = 'today' | 'yesterday' | 'lastWeek' | 'undated' | (string & Record<never, never>);

/** What a group is about: enough to name it, and to act on it. */
export type GroupSubject =
  | { readonly kind: 'type'; readonly type: MessageType }
  | { readonly kind: 'conversation'; readonly conversationId: string; readonly parties: readonly Party[] }
  | { readonly kind: 'party'; readonly parties: readonly Party[] }
  | { readonly kind: 'date'; readonly span: DateSpan };

export interface Group {
  /** The same for the same group each time, so that the tree keeps what is expanded and selected. */
  readonly id: string;
  readonly subject: GroupSubject;
  /** Everything in it and in its subgroups, newest first; never empty. */
  readonly messages: readonly Message[];
  readonly unread: number;
  /** Empty for a group that holds messages directly. */
  readonly groups: readonly Group[];
}

/** The order in which the types are shown; types that the server adds later follow. */
const TYPE_ORDER: readonly MessageType[] = ['VoiceMail', 'SMS', 'Fax', 'Pager', 'Text'];
const DAY = 24 * 60 * 60 * 1000;

/**
 * Arranges messages, given newest first. Groups come in the order of their newest message, types in a fixed one.
 * @param now milliseconds since the epoch, for the date grouping
 */
export function groupMessages(messages: readonly Message[], groupBy: GroupBy, now: number): readonly Group[] {
  switch (groupBy) {
    case 'typeAndConversation':
      return groupByType(messages);
    case 'otherParty':
      return partition(messages, otherPartyKey, 'party', (first) => ({
        kind: 'party',
        parties: otherParties(first),
      }));
    case 'date':
      return groupByDate(messages, now);
  }
}

function groupByType(messages: readonly Message[]): readonly Group[] {
  const types = partition(
    messages,
    (message) => message.type ?? '',
    'type',
    (first) => ({ kind: 'type', type: first.type ?? '' }),
    (id, members) =>
      partition(
        members,
        (message) => (isConversational(message) && message.conversationId) || otherPartyKey(message),
        `${id}/with`,
        (first) =>
          isConversational(first) && first.conversationId
            ? { kind: 'conversation', conversationId: first.conversationId, parties: otherParties(first) }
            : { kind: 'party', parties: otherParties(first) },
      ),
  );
  const rank = (group: Group): number => {
    const index = group.subject.kind === 'type' ? TYPE_ORDER.indexOf(group.subject.type) : -1;
    return index < 0 ? TYPE_ORDER.length : index;
  };
  return [...types].sort((a, b) => rank(a) - rank(b));
}

function groupByDate(messages: readonly Message[], now: number): readonly Group[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const spanOf = (message: Message): DateSpan => {
    const time = creationTime(message);
    if (time === 0) return 'undated';
    if (time >= midnight) return 'today';
    if (time >= midnight - DAY) return 'yesterday';
    if (time >= midnight - 6 * DAY) return 'lastWeek';
    const date = new Date(time);
    return `${String(date.getFullYear())}-${String(date.getMonth() + 1).padStart(2, '0')}`;
  };
  return partition(messages, spanOf, 'date', (first) => ({ kind: 'date', span: spanOf(first) }));
}

function partition(
  messages: readonly Message[],
  keyOf: (message: Message) => string,
  idPrefix: string,
  subjectOf: (first: Message) => GroupSubject,
  subgroupsOf: (id: string, members: readonly Message[]) => readonly Group[] = () => [],
): readonly Group[] {
  const members = new Map<string, [Message, ...Message[]]>();
  for (const message of messages) {
    const key = keyOf(message);
    const group = members.get(key);
    if (group) group.push(message);
    else members.set(key, [message]);
  }
  return [...members].map(([key, group]) => {
    const id = `${idPrefix}:${key}`;
    return {
      id,
      subject: subjectOf(group[0]),
      messages: group,
      unread: group.reduce((count, message) => count + (isUnread(message) ? 1 : 0), 0),
      groups: subgroupsOf(id, group),
    };
  });
}
