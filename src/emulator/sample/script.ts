import type { MessageStatus, Party, Priority } from '../../api/schema';
import type { MediaName } from './media';

/** A moment, told from today: so many minutes ago, or so many days ago at a time of day ("HH:MM", local). */
export type Moment = { readonly minutesAgo: number } | { readonly daysAgo: number; readonly at: string };

/** What can be said of a single message besides its text; everything else follows from its kind. */
export interface Particulars {
  readonly unread?: true;
  readonly priority?: Priority;
  /** Where it is not what usually becomes of such a message. */
  readonly status?: MessageStatus;
  /** `deliveryErrorCode` of a text, `faxErrorCode` of a fax. */
  readonly errorCode?: string;
  /** Hours since it was deleted; at most four days, or it would be purged by now. */
  readonly deletedHoursAgo?: number;
}

export interface Line extends Particulars {
  /** Who says it; we do, if it is not told. */
  readonly from?: Party;
  readonly text?: string;
  /** Files of an MMS. */
  readonly media?: readonly MediaName[];
}

/** Some messages in a row, minutes or less between them. */
export interface Session {
  /** Of the first message; if told in minutes, of the last one. */
  readonly time: Moment;
  readonly lines: readonly Line[];
}

/** A conversation by SMS, MMS or pager. */
export interface Script {
  readonly type: 'SMS' | 'Pager';
  /** Everybody but us. */
  readonly others: readonly Party[];
  readonly sessions: readonly Session[];
  /** See `StoredMessage.oldFormat`. */
  readonly oldFormat?: true;
  /** Pager only: one of the others is a department. */
  readonly toDepartment?: true;
}

export type Details = Omit<Line, 'from' | 'text'>;

/** A line of ours. */
export function me(text: string, details: Details = {}): Line {
  return { ...details, text };
}

/** Makes lines of somebody else. */
export function speaker(from: Party): (text?: string, details?: Details) => Line {
  return (text, details = {}) => ({ ...details, from, ...(text !== undefined && { text }) });
}

/** So many days ago, from a time of day on ("HH:MM", local); sessions of past days are over before nine in the evening. */
export function on(daysAgo: number, at: string, ...lines: readonly Line[]): Session {
  return { time: { daysAgo, at }, lines };
}

/** The last of the lines was so many minutes ago; a session of today begins within the last three hours. */
export function justNow(minutesAgo: number, ...lines: readonly Line[]): Session {
  return { time: { minutesAgo }, lines };
}
