import type { Message } from '../api/schema';
import type { Content as ContentFile } from '../mailbox/content/content';
import type { MessageStore } from '../mailbox/store/messageStore';
import type { Event } from '../util/emitter';
import type { Change } from './conversationProtocol';
import type { Content } from './protocol';

/** As much of an account's messages as pages show. */
export type ReadableMessages = Pick<MessageStore, 'get' | 'messages' | 'ids' | 'tally' | 'countBefore'>;

/** Messages of one conversation, to be taken out of VS Code. */
export interface Excerpt {
  readonly accountId: string;
  readonly conversationId: string;
  /** All of them if none are given. */
  readonly messageIds?: readonly string[];
  /** Whether all includes what is deleted. */
  readonly deleted: boolean;
}

/**
 * Puts a content where the page that asks for it can load it from.
 * @param key the same for the same content
 * @returns its address
 * @throws CancelledError if the page is about something else by then, Error of the file system
 */
export type PlaceContent = (key: string, content: ContentFile) => Promise<string>;

/** The only door from a viewer to the mailboxes, which are known by the ids of their accounts. */
export interface ViewerSource {
  /** Undefined if the mailbox does not have it, or no longer. */
  message(accountId: string, id: string): Message | undefined;
  /** Whether the other side of a message is one party that can be texted and called. */
  isDialable(accountId: string, message: Message): boolean;
  /** Ids of unread voicemails that are not deleted, oldest first. */
  unreadVoicemails(accountId: string): readonly string[];
  /** Undefined if the account is not signed in. */
  messages(accountId: string): ReadableMessages | undefined;
  /**
   * Its bytes, or, if there are many, where `place` puts them.
   * @throws whatever `describeError` of the viewers can put into words
   */
  readContent(
    accountId: string,
    messageId: string,
    attachmentId: string,
    signal: AbortSignal,
    place: PlaceContent,
  ): Promise<Content>;
  /** Whether a message that the mailbox of the account does not have is gone; before, it may come yet. */
  settled(accountId: string): boolean;
  /** Fires after any message changed, came or went, and after what `settled` says changed. */
  readonly onDidChange: Event<void>;
  /** Grows with each of these. */
  readonly revision: number;
}

/** What a page's buttons do. */
export interface ViewerActions {
  save(accountId: string, messageId: string, attachmentId: string): void | Promise<void>;
  openExternally(accountId: string, messageId: string, attachmentId: string): void | Promise<void>;
  /** A tab shows the message to somebody now: it is marked as read, unless the user does not want that. */
  shown(accountId: string, messageId: string): void | Promise<void>;
  /** A voicemail begins to play: it is marked as read, if the user wants that then. */
  played(accountId: string, messageId: string): void | Promise<void>;
  /**
   * A voicemail was heard to its end while all unread ones are played: it is marked as read, unless the user does not want
   * that.
   */
  heard(accountId: string, messageId: string): void | Promise<void>;
  /** Texts the other side of a message. */
  reply(accountId: string, messageId: string): void | Promise<void>;
  call(accountId: string, messageId: string): void | Promise<void>;
  /** Exactly these messages. */
  change(accountId: string, change: Change, messageIds: readonly string[]): void | Promise<void>;
  copyText(accountId: string, messageIds: readonly string[]): void | Promise<void>;
  copyConversation(excerpt: Excerpt): void | Promise<void>;
  exportConversation(excerpt: Excerpt): void | Promise<void>;
}
