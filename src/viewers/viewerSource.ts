import type { Message } from '../api/schema';
import type { Event } from '../util/emitter';

/** The only door from a viewer to the mailbox. */
export interface ViewerSource {
  /** Undefined if the mailbox does not have it, or no longer. */
  message(id: string): Message | undefined;
  /** Oldest first; empty if there is no such conversation. */
  conversation(conversationId: string): readonly Message[];
  /** Unread voicemails that are not deleted, oldest first. */
  unreadVoicemails(): readonly Message[];
  /** @throws whatever `describeError` of the viewers can put into words */
  readContent(
    messageId: string,
    attachmentId: string,
    signal: AbortSignal,
  ): Promise<{ bytes: Uint8Array; contentType: string; fileName: string }>;
  /** Whether the mailbox is there, so that a message it does not have is gone. */
  readonly settled: boolean;
  /** Fires after any message changed, came or went, and after `settled` changed. */
  readonly onDidChange: Event<void>;
}

/** What a page's buttons do. */
export interface ViewerActions {
  save(messageId: string, attachmentId: string): void | Promise<void>;
  openExternally(messageId: string, attachmentId: string): void | Promise<void>;
  /** A tab shows the message now: it is marked as read, unless the user does not want that. */
  shown(messageId: string): void | Promise<void>;
  /** A voicemail was heard to its end while all unread ones are played: it is marked as read. */
  heard(messageId: string): void | Promise<void>;
}
