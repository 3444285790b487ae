/**
 * What the extension host and a viewer's page say to each other: one union in each direction. A request of the page
 * carries a number that the page chose, and gets exactly one `answer` or `failure` with that number, unless the page
 * cancels it or goes away. Neither side trusts the shape of what arrives.
 */
import {
  isConversationAnswer,
  isConversationRequest,
  isConversationView,
  type ConversationAnswer,
  type ConversationRequest,
  type ConversationView,
} from './conversationProtocol';
import type { Strings } from './strings';

export interface AttachmentRef {
  readonly messageId: string;
  readonly attachmentId: string;
}

export interface AttachmentView extends AttachmentRef {
  /** For people; never empty. */
  readonly name: string;
  readonly contentType?: string;
  /** Bytes. */
  readonly size?: number;
}

export interface TextView {
  readonly text: string;
  /** Where the whole text is, if `text` may have been cut. */
  readonly whole?: AttachmentRef;
}

export interface Badge {
  readonly kind: 'urgent' | 'deleted';
  readonly text: string;
}

/** The only party on the other side, if it can be texted and called. */
export interface DialablePartyView {
  /** Of a message from or to it. */
  readonly messageId: string;
  readonly name: string;
}

export type MessageIcon = 'fax' | 'message' | 'voicemail';

export interface MessageView {
  readonly id: string;
  readonly icon: MessageIcon;
  /** What it is, e.g. "Fax sent". */
  readonly heading: string;
  /** The other side's name, else its number. */
  readonly party: string;
  /** What else is known of the other side: number, place. */
  readonly details: readonly string[];
  /** ISO 8601. */
  readonly time?: string;
  /** Further facts, e.g. "0:42", "3 pages", "Delivered". */
  readonly facts: readonly string[];
  readonly badges: readonly Badge[];
  /** Why it failed. */
  readonly failure?: string;
  readonly text?: TextView;
  readonly transcription?: {
    /** Where the text is, if there is one. */
    readonly attachment?: AttachmentRef;
    /** How far the transcription has come, where that is not plain from the text. */
    readonly note?: string;
  };
  /** Of a voicemail: how many others are unread. */
  readonly otherUnread?: number;
  readonly attachments: readonly AttachmentView[];
  readonly dialable?: DialablePartyView;
}

export type View =
  | { readonly kind: 'message'; readonly message: MessageView }
  | { readonly kind: 'conversation'; readonly conversation: ConversationView }
  /** The message or conversation is no longer in the mailbox. */
  | { readonly kind: 'gone' };

/** What a page is about; it keeps this in its state, so that VS Code can open it again after a restart. */
export type SubjectRef =
  | { readonly kind: 'message'; readonly accountId: string; readonly messageId: string }
  | { readonly kind: 'conversation'; readonly accountId: string; readonly conversationId: string };

/** Degrees, clockwise. */
export type Rotation = 0 | 90 | 180 | 270;
export type ThemeKind = 'light' | 'dark';

/** How somebody likes documents shown. */
export interface DocumentMemory {
  /** By attachment of the account that the page is about; upright where there is none. */
  readonly rotations: Readonly<Record<string, Rotation>>;
  /** In which themes paper is dark and ink light. */
  readonly inverted: readonly ThemeKind[];
  /** Whether small pages are listed at the side; undefined while nobody has said. */
  readonly thumbnails?: boolean;
}

/** How somebody likes to listen. */
export interface SoundMemory {
  /** From 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  /** How fast, from 0.5 to 2; the pitch stays. */
  readonly rate: number;
  readonly skipSilence: boolean;
}

/** What the host keeps for pages beyond their lives. */
export interface PageMemory {
  readonly documents: DocumentMemory;
  readonly sound: SoundMemory;
}

export type DocumentMemoryChange =
  | { readonly what: 'rotation'; readonly attachmentId: string; readonly rotation: Rotation }
  | { readonly what: 'inverted'; readonly theme: ThemeKind; readonly on: boolean }
  | { readonly what: 'thumbnails'; readonly on: boolean };

export type MemoryChange = DocumentMemoryChange | { readonly what: 'sound'; readonly sound: SoundMemory };

export type VoicemailDirection = 'next' | 'previous';

export type Content = {
  readonly contentType: string;
  readonly fileName: string;
} & (
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  /** Where the page, and no other, can load them from while it is about the same; there are too many to hand over. */
  | { readonly url: string }
);

/** About one attachment. */
export type AttachmentRequest = {
  readonly kind: 'readContent' | 'save' | 'openExternally' | 'print';
} & AttachmentRef;

export type PageRequest = AttachmentRequest | ConversationRequest;

/** What a request brings besides having been done. */
export interface Answer {
  /** If the request was `readContent`. */
  readonly content?: Content;
  /** If something of a conversation was read. */
  readonly conversation?: ConversationAnswer;
}

/** Page to host. */
export type PageMessage =
  /** The page listens; the host answers with `start`. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'request'; readonly id: number; readonly request: PageRequest }
  | { readonly kind: 'cancel'; readonly id: number }
  | ({ readonly kind: 'openAttachment' } & AttachmentRef)
  | { readonly kind: 'openLink'; readonly href: string }
  /** Text or call the other side of this message. */
  | { readonly kind: 'reply' | 'call'; readonly messageId: string }
  | { readonly kind: 'remember'; readonly change: MemoryChange }
  /** The recording of the message begins to play, for the first time since it was shown. */
  | { readonly kind: 'played'; readonly messageId: string }
  /** The voicemail was heard to its end while all unread ones are played. */
  | { readonly kind: 'heard'; readonly messageId: string }
  /** These have come while somebody was reading the end of their conversation. */
  | { readonly kind: 'seen'; readonly messageIds: readonly string[] }
  /**
   * Show the next or previous unread voicemail in this tab; the host answers with `start`, or with `noVoicemail`.
   * `through` if all unread ones are being played, each once.
   */
  | { readonly kind: 'openVoicemail'; readonly direction: VoicemailDirection; readonly through: boolean };

/** Host to page. */
export type HostMessage =
  /** Also later, when the tab is used for another message. */
  | {
      readonly kind: 'start';
      readonly strings: Strings;
      readonly subject: SubjectRef;
      /** The tab is not to be used for another message. */
      readonly kept: boolean;
      readonly memory: PageMemory;
      readonly view: View;
      readonly target?: string;
      /** All unread voicemails are being played, and this one is next. */
      readonly through?: true;
      /** Somebody has opened this voicemail to hear it: it is to be played, or to be ready for the space bar. */
      readonly play?: true;
    }
  /** As `play` of `start`, for a voicemail that is shown already. */
  | { readonly kind: 'play' }
  /** A voicemail is played in another tab. */
  | { readonly kind: 'pause' }
  | { readonly kind: 'kept' }
  | { readonly kind: 'noVoicemail' }
  | { readonly kind: 'update'; readonly view: View }
  /** Bring into sight: a message in a conversation, an attachment in a message. */
  | { readonly kind: 'reveal'; readonly target: string }
  | ({ readonly kind: 'answer'; readonly id: number } & Answer)
  /** `message` is a sentence for people; `rendering` if the content is still being made, and to be asked for again. */
  | { readonly kind: 'failure'; readonly id: number; readonly message: string; readonly rendering?: true };

/** Only these may leave VS Code by a click on a page. */
const LINK_SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** Whether `href` is an absolute link that a page may offer and the host may open. */
export function isOpenableLink(href: string): boolean {
  return URL.canParse(href) && LINK_SCHEMES.has(new URL(href).protocol);
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isAttachmentRef(value: Fields): boolean {
  return typeof value.messageId === 'string' && typeof value.attachmentId === 'string';
}

const ATTACHMENT_REQUESTS: ReadonlySet<unknown> = new Set<AttachmentRequest['kind']>([
  'readContent',
  'save',
  'openExternally',
  'print',
]);

function isAttachmentRequest(value: Fields): boolean {
  return ATTACHMENT_REQUESTS.has(value.kind) && isAttachmentRef(value);
}

/** Whether something received from a page is what a page may say. */
export function isPageMessage(value: unknown): value is PageMessage {
  if (!isFields(value)) return false;
  switch (value.kind) {
    case 'ready':
      return true;
    case 'request':
      return (
        Number.isSafeInteger(value.id) &&
        isFields(value.request) &&
        (isAttachmentRequest(value.request) || isConversationRequest(value.request))
      );
    case 'cancel':
      return Number.isSafeInteger(value.id);
    case 'openAttachment':
      return isAttachmentRef(value);
    case 'openLink':
      return typeof value.href === 'string' && isOpenableLink(value.href);
    case 'remember':
      return isMemoryChange(value.change);
    case 'played':
    case 'heard':
    case 'reply':
    case 'call':
      return typeof value.messageId === 'string';
    case 'seen':
      return Array.isArray(value.messageIds) && value.messageIds.every((id) => typeof id === 'string');
    case 'openVoicemail':
      return (
        (value.direction === 'next' || value.direction === 'previous') && typeof value.through === 'boolean'
      );
    default:
      return false;
  }
}

/** The number that something waits for an answer under, though it may be nothing that may be said. */
export function waitingNumber(value: unknown): number | undefined {
  if (!isFields(value) || (value.kind !== 'request' && value.kind !== 'answer')) return undefined;
  return typeof value.id === 'number' ? value.id : undefined;
}

const ROTATIONS: ReadonlySet<unknown> = new Set<Rotation>([0, 90, 180, 270]);

function isMemoryChange(value: unknown): value is MemoryChange {
  if (!isFields(value)) return false;
  switch (value.what) {
    case 'rotation':
      return typeof value.attachmentId === 'string' && ROTATIONS.has(value.rotation);
    case 'inverted':
      return (value.theme === 'light' || value.theme === 'dark') && typeof value.on === 'boolean';
    case 'thumbnails':
      return typeof value.on === 'boolean';
    case 'sound':
      return isSoundMemory(value.sound);
    default:
      return false;
  }
}

/** Whether something that was kept says how somebody likes to listen. */
export function isSoundMemory(value: unknown): value is SoundMemory {
  return (
    isFields(value) &&
    isBetween(value.volume, 0, 1) &&
    isBetween(value.rate, 0.5, 2) &&
    typeof value.muted === 'boolean' &&
    typeof value.skipSilence === 'boolean'
  );
}

function isPageMemory(value: unknown): boolean {
  return isFields(value) && isFields(value.documents) && isSoundMemory(value.sound);
}

function isBetween(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

/** Whether something that VS Code kept for a page says what the page was about. */
export function isSubjectRef(value: unknown): value is SubjectRef {
  if (!isFields(value) || typeof value.accountId !== 'string') return false;
  if (value.kind === 'message') return typeof value.messageId === 'string';
  return value.kind === 'conversation' && typeof value.conversationId === 'string';
}

function isView(value: unknown): boolean {
  if (!isFields(value)) return false;
  if (value.kind === 'message') return isFields(value.message);
  if (value.kind === 'conversation') return isConversationView(value.conversation);
  return value.kind === 'gone';
}

function isContent(value: unknown): boolean {
  return (
    isFields(value) &&
    (value.bytes instanceof Uint8Array || typeof value.url === 'string') &&
    typeof value.contentType === 'string' &&
    typeof value.fileName === 'string'
  );
}

/** Whether something received by a page is what the host says (other frames may post to it as well). */
export function isHostMessage(value: unknown): value is HostMessage {
  if (!isFields(value)) return false;
  switch (value.kind) {
    case 'start':
      return (
        isFields(value.strings) &&
        isSubjectRef(value.subject) &&
        isPageMemory(value.memory) &&
        isView(value.view)
      );
    case 'kept':
    case 'noVoicemail':
    case 'play':
    case 'pause':
      return true;
    case 'update':
      return isView(value.view);
    case 'reveal':
      return typeof value.target === 'string';
    case 'answer':
      return (
        Number.isSafeInteger(value.id) &&
        (value.content === undefined || isContent(value.content)) &&
        (value.conversation === undefined || isConversationAnswer(value.conversation))
      );
    case 'failure':
      return Number.isSafeInteger(value.id) && typeof value.message === 'string';
    default:
      return false;
  }
}
