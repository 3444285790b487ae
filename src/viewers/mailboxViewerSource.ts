import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { UserError } from '../display/userError';
import type { Accounts } from '../mailbox/accounts';
import { attachmentFileName } from '../mailbox/attachmentFileName';
import type { AttachmentContents } from '../mailbox/content/attachmentContents';
import { readWhole } from '../mailbox/content/content';
import { contentKey } from '../mailbox/content/contentKey';
import { dialableNumber } from '../mailbox/dialable';
import { followMailboxes } from '../mailbox/followMailboxes';
import type { Content } from './protocol';
import type { PlaceContent, ReadableMessages, ViewerSource } from './viewerSource';

/** Bytes; a content that has more is never in memory as a whole on its way to a page. */
const MOST_AT_ONCE = 4_000_000;

/** Shows the viewers the mailboxes of whoever is signed in at the time. */
export class MailboxViewerSource implements ViewerSource, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #following: vscode.Disposable;
  /** The accounts that were signed in when the window closed are back. */
  #isRestored = false;

  #revision = 0;

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly accounts: Accounts,
    private readonly contents: AttachmentContents,
  ) {
    this.#following = followMailboxes(
      accounts,
      ({ store, onDidChangeState }) => [
        store.onDidChange(() => this.#fire()),
        onDidChangeState(() => this.#fire()),
      ],
      () => this.#fire(),
    );
  }

  /** The accounts that were signed in are there now: one that is not is signed out of. */
  start(): void {
    this.#isRestored = true;
    this.#fire();
  }

  get revision(): number {
    return this.#revision;
  }

  settled(accountId: string): boolean {
    const account = this.accounts.get(accountId);
    return account ? account.mailbox.store.syncState()?.reaches !== undefined : this.#isRestored;
  }

  message(accountId: string, id: string): Message | undefined {
    return this.accounts.get(accountId)?.mailbox.store.get(id);
  }

  messages(accountId: string): ReadableMessages | undefined {
    return this.accounts.get(accountId)?.mailbox.store;
  }

  isDialable(accountId: string, message: Message): boolean {
    const account = this.accounts.get(accountId);
    return account !== undefined && dialableNumber(account, message) !== undefined;
  }

  unreadVoicemails(accountId: string): readonly string[] {
    const newestFirst = this.accounts.get(accountId)?.mailbox.store.ids({
      availability: 'Alive',
      filter: { types: ['VoiceMail'], readStatus: 'Unread' },
    });
    return newestFirst?.reverse() ?? [];
  }

  async readContent(
    accountId: string,
    messageId: string,
    attachmentId: string,
    signal: AbortSignal,
    place: PlaceContent,
  ): Promise<Content> {
    const account = this.accounts.get(accountId);
    const message = account?.mailbox.store.get(messageId);
    const attachment = message?.attachments.find(({ id }) => id === attachmentId);
    if (!account || !message || !attachment)
      throw new UserError(vscode.l10n.t('This attachment is no longer in the mailbox.'));
    const described = {
      contentType: attachment.contentType ?? '',
      fileName: attachmentFileName(message, attachment),
    };
    return this.contents.use<Content>(
      { account, message, attachment },
      async (content) =>
        content.size > MOST_AT_ONCE
          ? { ...described, url: await place(contentKey(messageId, attachment), content) }
          : { ...described, bytes: await readWhole(content) },
      { signal },
    );
  }

  dispose(): void {
    this.#following.dispose();
    this.#changed.dispose();
  }

  #fire(): void {
    this.#revision += 1;
    this.#changed.fire();
  }
}
