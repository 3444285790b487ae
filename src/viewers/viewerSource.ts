import type { Message } from '../api/schema';
import type { Event } from '../util/emitter';

/** The only door from a viewer to the mailboxes, which are known by the ids of their accounts. */
export interface ViewerSource {
  /** Undefined if the mailbox does not have it, or no longer. */
  message(accountId: string, id: string): Message | undefined;
  /** Oldest first; empty if there is no such conversation. */
  conversation(accountId: string, conversationId: string): readonly Message[];
  /** Ids of unread voicemails that are not deleted, oldest first. */
  unreadVoicemails(accountId: string): readonly string[];
  /** @throws whatever `describeError` of the viewers can put into words */
  readContent(
    accountId: string,
    messageId: string,
    attachmentId: string,
    signal: AbortSignal,
  ): Promise<{ bytes: Uint8Array; contentType: string; fileName: string }>;
  /** Whether a message that the mailbox of the account does not have is gone; before, it may come yet. */
  settled(accountId: string): boolean;
  /** Fires after any message changed, came or went, and after what `settled` says changed. */
  readonly onDidChange: Event<void>;
}

/** What a page's buttons do. */
export interface ViewerActions {
  save(accountId: string, messageId: string, attachmentId: string): void | Promise<void>;
  openExternally(accountId: string, messageId: string, attachmentId: string): void | Promise<void>;
  /** A tab shows the message now: it is marked as read, unless the user does not want that. */
  shown(accountId: string, messageId: string): void | Promise<void>;
  /** A voicemail was heard to its end while all unread ones are played: it is marked as read. */
  heard(accountId: string, messageId: string): void | Promise<void>;
}
