import type { Availability, Direction, MessageType, ReadStatus } from '../api/schema';
import type { GroupKey } from './group';

/** Words to be looked for. Case and diacritics do not matter, in any script. */
export interface TextTerm {
  /** In what was written, or in the names and numbers of the sender, or of the recipients; or in any of these. */
  readonly in: 'anywhere' | 'text' | 'from' | 'to';
  /** One word, of which the beginning is enough; several words, which must follow each other, if `phrase`. */
  readonly text: string;
  readonly phrase: boolean;
}

/** What the user chose to see, besides the view that it is in. Whatever is not given does not matter. */
export interface MessageFilter {
  readonly readStatus?: ReadStatus;
  /** Any of these. */
  readonly types?: readonly MessageType[];
  readonly direction?: Direction;
  /** Milliseconds since the epoch; the first moment that counts. */
  readonly since?: number;
  /** Milliseconds since the epoch; the first moment that does not count any more. */
  readonly until?: number;
  /** Sent by or to this number, however it is written. */
  readonly phoneNumber?: string;
  readonly conversationId?: string;
  /** Of shared voicemail and texts: our own messages, all shared ones, or those that this extension owns. */
  readonly owner?: 'Personal' | 'Shared' | { readonly extensionId: string };
  /** Something worth opening is attached. */
  readonly hasAttachment?: boolean;
  readonly priority?: 'High';
  readonly failed?: boolean;
  /** Only the latest message of each conversation. */
  readonly latestPerConversation?: boolean;
  /** All of them must be found. */
  readonly terms?: readonly TextTerm[];
}

export const NO_FILTER: MessageFilter = {};

/** How the tree is arranged. */
export type GroupBy = 'typeAndConversation' | 'otherParty' | 'date';

/** What has become of the messages that are wanted; deleted ones stand among those alive where both are. */
export type Presence = Availability | 'AliveOrDeleted';

export interface MessageQuery {
  readonly availability: Presence;
  readonly filter: MessageFilter;
  /** Only what is in this group. */
  readonly group?: GroupKey;
}

/** A part of a long result. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}
