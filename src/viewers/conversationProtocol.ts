/**
 * What the page of a conversation and its host say to each other: the page has a part of the conversation, and asks for
 * others as its reader goes there. Places are counted from the oldest message, which is 0.
 */
import type { AttachmentView, Badge, DialablePartyView, TextView } from './protocol';

export interface BubbleView {
  readonly messageId: string;
  readonly side: 'theirs' | 'ours';
  /** Who wrote it, where there is more than one on that side. */
  readonly sender?: string;
  /** ISO 8601. */
  readonly time?: string;
  readonly text: TextView;
  /** Delivery state of what we sent, e.g. "Delivered". */
  readonly state?: string;
  readonly failure?: string;
  readonly unread: boolean;
  readonly deleted: boolean;
  readonly badges: readonly Badge[];
  readonly attachments: readonly AttachmentView[];
}

/** Messages that had not been read. */
export interface Unread {
  readonly count: number;
  /** The oldest of them. */
  readonly messageId: string;
}

/** What is known of a conversation as a whole. */
export interface ConversationView {
  readonly title: string;
  readonly details: readonly string[];
  /** How many messages are not deleted. */
  readonly alive: number;
  /** How many are deleted, and can be restored. */
  readonly deleted: number;
  /** The newest of those that are not deleted. */
  readonly newest?: BubbleView;
  /** As it was when the conversation was opened, which marks it as read. */
  readonly unread?: Unread;
  readonly dialable?: DialablePartyView;
  /** Another number whenever a message may have changed. */
  readonly revision: number;
}

/** Where in the conversation a part is wanted. */
export type Place =
  | { readonly kind: 'end' }
  | { readonly kind: 'index'; readonly index: number }
  /** `index`: where it was, if it is there no longer. */
  | { readonly kind: 'message'; readonly messageId: string; readonly index?: number };

/** Messages that follow each other. */
export interface ConversationPart {
  /** How many messages can be shown. */
  readonly total: number;
  /** Where the first bubble is. */
  readonly start: number;
  /** Where the place is that was asked for; of a message that is not shown, where the one after it is. */
  readonly index: number;
  /** Oldest first. */
  readonly bubbles: readonly BubbleView[];
}

export interface Found {
  /** How many messages have what was looked for. */
  readonly count: number;
  /** The one to go to, and which of them it is, counted from 1. */
  readonly match?: { readonly messageId: string; readonly ordinal: number };
}

/** `stay`: the message itself or the nearest newer one, else the nearest older one. */
export type FindStep = 'stay' | 'newer' | 'older';

export type Change = 'markRead' | 'markUnread' | 'delete' | 'restore';

/** Whether deleted messages are shown among the others. */
interface WithDeleted {
  readonly deleted: boolean;
}

export type ConversationRequest =
  /** So many messages `before` and `after` the one at a place, as far as there are. */
  | ({
      readonly kind: 'readPart';
      readonly place: Place;
      readonly before: number;
      readonly after: number;
    } & WithDeleted)
  /** @see FindStep; from the newest one on if `from` is not given */
  | ({
      readonly kind: 'find';
      readonly text: string;
      readonly from?: string;
      readonly step: FindStep;
    } & WithDeleted)
  /** Ids from one message to another, both included; of all messages if `between` is not given. */
  | ({ readonly kind: 'listIds'; readonly between?: readonly [string, string] } & WithDeleted)
  /** Which of the ids are of messages that are still shown. */
  | ({ readonly kind: 'keepIds'; readonly messageIds: readonly string[] } & WithDeleted)
  /** Exactly these messages. */
  | { readonly kind: 'change'; readonly change: Change; readonly messageIds: readonly string[] }
  | { readonly kind: 'copyText'; readonly messageIds: readonly string[] }
  /** These messages; all that are shown if none are given. */
  | ({
      readonly kind: 'copyAs' | 'export';
      readonly messageIds?: readonly string[];
    } & WithDeleted);

export type ConversationAnswer =
  | ({ readonly kind: 'part' } & ConversationPart)
  | ({ readonly kind: 'found' } & Found)
  | { readonly kind: 'ids'; readonly ids: readonly string[] };

/** No page shows more at once. */
export const LONGEST_PART = 500;

/** Longer texts are not typed to find something. UTF-16 units. */
export const LONGEST_QUERY = 500;

type Fields = Readonly<Record<string, unknown>>;

/** Whether the fields of a request are one that the page of a conversation may make. */
export function isConversationRequest(value: Fields): boolean {
  switch (value.kind) {
    case 'readPart':
      return (
        isPlace(value.place) && isLength(value.before) && isLength(value.after) && isBoolean(value.deleted)
      );
    case 'find':
      return (
        typeof value.text === 'string' &&
        value.text.length <= LONGEST_QUERY &&
        (value.from === undefined || typeof value.from === 'string') &&
        (value.step === 'stay' || value.step === 'newer' || value.step === 'older') &&
        isBoolean(value.deleted)
      );
    case 'listIds':
      return (
        (value.between === undefined || (isIds(value.between) && value.between.length === 2)) &&
        isBoolean(value.deleted)
      );
    case 'keepIds':
      return isIds(value.messageIds) && isBoolean(value.deleted);
    case 'change':
      return CHANGES.has(value.change) && isIds(value.messageIds);
    case 'copyText':
      return isIds(value.messageIds);
    case 'copyAs':
    case 'export':
      return (value.messageIds === undefined || isIds(value.messageIds)) && isBoolean(value.deleted);
    default:
      return false;
  }
}

/** Whether something received by a page is an answer to such a request. */
export function isConversationAnswer(value: unknown): value is ConversationAnswer {
  if (!isFields(value)) return false;
  switch (value.kind) {
    case 'part':
      return (
        isIndex(value.total) && isIndex(value.start) && isIndex(value.index) && Array.isArray(value.bubbles)
      );
    case 'found':
      return isIndex(value.count) && (value.match === undefined || isFields(value.match));
    case 'ids':
      return isIds(value.ids);
    default:
      return false;
  }
}

/** Whether something received by a page is what is known of a conversation. */
export function isConversationView(value: unknown): value is ConversationView {
  return (
    isFields(value) &&
    typeof value.title === 'string' &&
    Array.isArray(value.details) &&
    isIndex(value.alive) &&
    isIndex(value.deleted) &&
    isIndex(value.revision)
  );
}

const CHANGES: ReadonlySet<unknown> = new Set<Change>(['markRead', 'markUnread', 'delete', 'restore']);

function isPlace(value: unknown): value is Place {
  if (!isFields(value)) return false;
  switch (value.kind) {
    case 'end':
      return true;
    case 'index':
      return isIndex(value.index);
    case 'message':
      return typeof value.messageId === 'string' && (value.index === undefined || isIndex(value.index));
    default:
      return false;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isLength(value: unknown): value is number {
  return isIndex(value) && value <= LONGEST_PART;
}

function isIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((id) => typeof id === 'string');
}
