import type { Message } from '../../api/schema';

/** What a user does to messages. */
export const OPERATION_KINDS = [
  'markRead',
  'markUnread',
  'delete',
  'restore',
  /** `deleteMessage` with `purge`. */
  'deletePermanently',
  /** `deleteMessage` of messages of one conversation; told to the user as one. */
  'deleteConversation',
] as const;

export type OperationKind = (typeof OPERATION_KINDS)[number];

export const ITEM_STATES = [
  /** Nothing was sent. */
  'waiting',
  /** It was about to be sent: without an answer, nobody knows whether it was carried out. */
  'sending',
  'done',
  /** Refused by the server: taken back. */
  'failed',
] as const;

export type ItemState = (typeof ITEM_STATES)[number];

/** What is kept of an error: enough to tell people, in another window or after a restart. See `storedError`. */
export interface StoredError {
  readonly kind: string;
  readonly message: string;
  readonly status?: number;
  readonly errorCode?: string;
  /** Of a `SignInRequiredError`: OAuth's code. */
  readonly reason?: string;
  readonly permission?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Of a `NetworkError`, or where an `UntrustedOriginError` points. */
  readonly host?: string;
  readonly failure?: string;
  /** Of a `TooLargeError`: bytes. */
  readonly limit?: number;
}

export interface OperationItem {
  readonly messageId: string;
  readonly state: ItemState;
  /** As it was shown when the user chose it, which decides what may be done to it later. */
  readonly availabilityThen: Message['availability'];
  readonly error?: StoredError;
}

/** Whether the server has neither confirmed nor refused it yet. */
export function isOpen({ state }: OperationItem): boolean {
  return state === 'waiting' || state === 'sending';
}

/** An operation on messages that the user has asked for, durably kept until its outcome was told. */
export interface Operation {
  /** Never given twice, in whichever store. */
  readonly id: string;
  readonly kind: OperationKind;
  /** Of `deleteConversation`. */
  readonly conversationId?: string;
  /** The window that is to be told the outcome. */
  readonly window: string;
  readonly items: readonly OperationItem[];
  /** Why it could not be sent the last time, if it could not. */
  readonly delay?: StoredError;
}

/** How many items of an operation are in which state. */
export interface Progress {
  /** Waiting or being sent. */
  readonly open: number;
  /** Done or failed. */
  readonly settled: number;
}

export interface NewOperation {
  readonly kind: OperationKind;
  readonly conversationId?: string;
  readonly window: string;
  readonly messageIds: readonly string[];
}

/** What came of a request for some items of an operation. All of it is kept in one transaction. */
export interface Settlement {
  /** Carried out: the change becomes part of the records. */
  readonly done?: readonly string[];
  readonly failed?: readonly { readonly messageId: string; readonly error: StoredError }[];
  /** Not carried out, and to be tried again later. */
  readonly waiting?: readonly string[];
  /** Not sent and not to be sent any more (cancelled, or no longer meant): taken back, and no longer part of the operation. */
  readonly dropped?: readonly string[];
  /** Gone from the server: the messages are forgotten. What is not done or failed besides leaves the operation. */
  readonly gone?: readonly string[];
  /** The server's records as its answer has them. */
  readonly records?: readonly Message[];
}
