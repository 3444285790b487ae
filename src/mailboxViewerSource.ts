import * as vscode from 'vscode';
import type { Message } from './api/schema';
import { UserError } from './display/userError';
import type { Accounts } from './mailbox/accounts';
import { attachmentFileName } from './mailbox/attachmentFileName';
import type { AttachmentContents } from './mailbox/content/attachmentContents';
import { followMailboxes } from './mailbox/followMailboxes';
import type { ViewerSource } from './viewers/viewerSource';

/** Of a longer conversation its newest messages are shown. */
const CONVERSATION_LENGTH = 2_000;

/** Shows the viewers the mailboxes of whoever is signed in at the time. */
export class MailboxViewerSource implements ViewerSource, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #following: vscode.Disposable;
  /** The accounts that were signed in when the window closed are back. */
  #isRestored = false;

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly accounts: Accounts,
    private readonly contents: AttachmentContents,
  ) {
    this.#following = followMailboxes(
      accounts,
      ({ store, onDidChangeState }) => [
        store.onDidChange(() => this.#changed.fire()),
        onDidChangeState(() => this.#changed.fire()),
      ],
      () => this.#changed.fire(),
    );
  }

  /** The accounts that were signed in are there now: one that is not is signed out of. */
  start(): void {
    this.#isRestored = true;
    this.#changed.fire();
  }

  settled(accountId: string): boolean {
    const account = this.accounts.get(accountId);
    return account ? account.mailbox.store.syncState()?.reaches !== undefined : this.#isRestored;
  }

  message(accountId: string, id: string): Message | undefined {
    return this.accounts.get(accountId)?.mailbox.store.get(id);
  }

  conversation(accountId: string, conversationId: string): readonly Message[] {
    const newestFirst = this.accounts
      .get(accountId)
      ?.mailbox.store.messages(
        { availability: 'Alive', filter: { conversationId } },
        { offset: 0, limit: CONVERSATION_LENGTH },
      );
    return newestFirst?.reverse() ?? [];
  }

  async readContent(
    accountId: string,
    messageId: string,
    attachmentId: string,
    signal: AbortSignal,
  ): Promise<{ bytes: Uint8Array; contentType: string; fileName: string }> {
    const account = this.accounts.get(accountId);
    const message = account?.mailbox.store.get(messageId);
    const attachment = message?.attachments.find(({ id }) => id === attachmentId);
    if (!account || !message || !attachment)
      throw new UserError(vscode.l10n.t('This attachment is no longer in the mailbox.'));
    const bytes = await this.contents.read({ account, message, attachment }, { signal });
    return {
      bytes,
      contentType: attachment.contentType ?? 'application/octet-stream',
      fileName: attachmentFileName(message, attachment),
    };
  }

  dispose(): void {
    this.#following.dispose();
    this.#changed.dispose();
  }
}
