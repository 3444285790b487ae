import * as vscode from 'vscode';
import type { Message } from './api/schema';
import type { Connection } from './connection';
import { UserError } from './display/userError';
import { readAttachment } from './mailbox/attachmentContent';
import { attachmentFileName } from './mailbox/attachmentFileName';
import type { Mailbox } from './mailbox/mailbox';
import { isUnread } from './mailbox/message';
import { NO_FILTER } from './mailbox/query';
import type { ViewerSource } from './viewers/viewerSource';

/** Shows the viewers the current mailbox, whichever that is at the time. */
export class MailboxViewerSource implements ViewerSource, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #followingConnection: vscode.Disposable;
  #followingStore: vscode.Disposable | undefined;
  #followingState: vscode.Disposable | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly connection: Connection) {
    this.#followingConnection = connection.onDidChange((mailbox) => this.#follow(mailbox));
    this.#follow(connection.mailbox);
  }

  get settled(): boolean {
    const { mailbox } = this.connection;
    return mailbox !== undefined && mailbox.state.kind !== 'loading';
  }

  message(id: string): Message | undefined {
    return this.connection.mailbox?.store.get(id);
  }

  conversation(conversationId: string): readonly Message[] {
    return this.connection.mailbox?.store.conversation(conversationId) ?? [];
  }

  unreadVoicemails(): readonly Message[] {
    const all = this.connection.mailbox?.store.query({ availability: 'Alive', filter: NO_FILTER }) ?? [];
    return all.filter((message) => message.type === 'VoiceMail' && isUnread(message)).reverse();
  }

  async readContent(
    messageId: string,
    attachmentId: string,
    signal: AbortSignal,
  ): Promise<{ bytes: Uint8Array; contentType: string; fileName: string }> {
    const { mailbox } = this.connection;
    const message = mailbox?.store.get(messageId);
    const attachment = message?.attachments.find(({ id }) => id === attachmentId);
    if (!mailbox || !message || !attachment)
      throw new UserError(vscode.l10n.t('This attachment is no longer in the mailbox.'));
    const bytes = await readAttachment(mailbox.api, attachment, signal);
    return {
      bytes,
      contentType: attachment.contentType ?? 'application/octet-stream',
      fileName: attachmentFileName(message, attachment),
    };
  }

  dispose(): void {
    this.#followingConnection.dispose();
    this.#followingStore?.dispose();
    this.#followingState?.dispose();
    this.#changed.dispose();
  }

  #follow(mailbox: Mailbox | undefined): void {
    this.#followingStore?.dispose();
    this.#followingState?.dispose();
    this.#followingStore = mailbox?.store.onDidChange(() => this.#changed.fire());
    this.#followingState = mailbox?.onDidChangeState(() => this.#changed.fire());
    this.#changed.fire();
  }
}
