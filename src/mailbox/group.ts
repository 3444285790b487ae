import type { Message, MessageType } from '../api/schema';
import { isConversational } from './message';

/** What holds a group together: enough to find its messages again. */
export type GroupKey =
  | { readonly kind: 'type'; readonly type: MessageType }
  /** Messages of one type that belong together: a conversation, or all of one other party. See `threadKey`. */
  | { readonly kind: 'thread'; readonly type: MessageType; readonly thread: string }
  /** Everything exchanged with one other party, whatever its type. See `otherPartyKey`. */
  | { readonly kind: 'party'; readonly party: string }
  | { readonly kind: 'date'; readonly span: DateSpan };

/** The spans that the date grouping names; older messages go by month, as 'YYYY-MM'. Days are those of this machine's time zone. */
export type DateSpan = 'today' | 'yesterday' | 'lastWeek' | 'undated' | (string & Record<never, never>);

/** How many messages there are of something. */
export interface Tally {
  readonly total: number;
  readonly unread: number;
}

/** A group of messages, without the messages. Never empty. */
export interface Group extends Tally {
  readonly key: GroupKey;
  /** Its newest message: what names the group (other party, conversation id), and its preview. */
  readonly newest: Message;
}

/** The conversation that a group is; undefined if it is anything else. */
export function conversationOf({ key, newest }: Group): string | undefined {
  return key.kind === 'thread' && isConversational(newest) ? newest.conversationId : undefined;
}

export type GroupLevel = GroupKey['kind'];

/** The order in which the types are shown; types that the server adds later follow. */
const TYPE_ORDER: readonly MessageType[] = ['VoiceMail', 'SMS', 'Fax', 'Pager', 'Text'];

/** Puts groups by type in the order in which they are shown; of unknown types in the one that they come in. */
export function inTypeOrder(groups: readonly Group[]): Group[] {
  const rank = ({ key }: Group): number => {
    const index = key.kind === 'type' ? TYPE_ORDER.indexOf(key.type) : -1;
    return index < 0 ? TYPE_ORDER.length : index;
  };
  return [...groups].sort((a, b) => rank(a) - rank(b));
}
