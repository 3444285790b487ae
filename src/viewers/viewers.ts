import * as vscode from 'vscode';
import { UserError } from '../display/userError';
import { DisposableStore } from '../util/disposable';
import type { ConversationRequest } from './conversationProtocol';
import { DocumentMemories } from './documentMemories';
import { printThere } from './printing';
import { isSubjectRef, type Answer, type AttachmentRef, type PageRequest, type SubjectRef } from './protocol';
import { conversationSubject, messageSubject, type Subject } from './subject';
import { VIEW_TYPE, ViewerPanel } from './viewerPanel';
import type { Excerpt, ViewerActions, ViewerSource } from './viewerSource';

/** Opens messages and conversations in editor tabs, one for each. */
export class Viewers implements vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #panels = new Map<string, ViewerPanel>();
  readonly #memories: DocumentMemories;

  /** @param describeError puts whatever `source` and `actions` throw into a sentence for people */
  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly source: ViewerSource,
    private readonly log: vscode.LogOutputChannel,
    private readonly actions: ViewerActions,
    private readonly describeError: (error: unknown) => string,
    state: vscode.Memento,
  ) {
    this.#memories = new DocumentMemories(state);
    this.#disposables.add(
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          this.#restore(panel, state);
          return Promise.resolve();
        },
      }),
    );
    this.#disposables.add(
      source.onDidChange(() => {
        for (const panel of this.#panels.values()) panel.update();
      }),
    );
  }

  /** Opens a voicemail, a fax, a text or one of its attachments; a message already open comes to the front. */
  openMessage(
    accountId: string,
    messageId: string,
    options: { attachmentId?: string; preserveFocus?: boolean } = {},
  ): void {
    const subject = messageSubject(this.source, accountId, messageId);
    this.#open(subject, options.attachmentId, options.preserveFocus);
  }

  /** Opens a conversation at its end, or at one of its messages; one already open comes to the front. */
  openConversation(
    accountId: string,
    conversationId: string,
    options: { messageId?: string; preserveFocus?: boolean } = {},
  ): void {
    const subject = conversationSubject(this.source, accountId, conversationId);
    this.#open(subject, options.messageId, options.preserveFocus);
  }

  /** The conversation in the tab that is worked in. */
  get activeConversation(): Excerpt | undefined {
    const ref = [...this.#panels.values()].find(({ active }) => active)?.ref;
    if (ref?.kind !== 'conversation') return undefined;
    return { accountId: ref.accountId, conversationId: ref.conversationId, deleted: false };
  }

  dispose(): void {
    this.#disposables.dispose();
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }

  /** Goes on with a tab that was open when the window closed. */
  #restore(panel: vscode.WebviewPanel, state: unknown): void {
    const ref = (state as { subject?: unknown } | undefined)?.subject;
    const subject = isSubjectRef(ref) ? this.#subject(ref) : undefined;
    if (!subject || this.#panels.has(subject.key)) panel.dispose();
    else this.#show(subject, { target: undefined, preserveFocus: true, restored: panel });
  }

  #subject(ref: SubjectRef): Subject {
    return ref.kind === 'message'
      ? messageSubject(this.source, ref.accountId, ref.messageId)
      : conversationSubject(this.source, ref.accountId, ref.conversationId);
  }

  #open(subject: Subject, target: string | undefined, preserveFocus = false): void {
    const open = this.#panels.get(subject.key);
    if (open) {
      open.reveal(subject, target, preserveFocus);
      return;
    }
    this.#show(subject, { target, preserveFocus });
  }

  #show(
    subject: Subject,
    options: { target: string | undefined; preserveFocus: boolean; restored?: vscode.WebviewPanel },
  ): void {
    const panel = new ViewerPanel(
      subject,
      {
        extensionUri: this.extensionUri,
        log: this.log,
        handle: (request, signal) => this.#handle(subject, request, signal),
        describeError: this.describeError,
        openAttachment: (attachment) => this.#openAttachment(subject, attachment),
        settled: () => this.source.settled(subject.accountId),
        memory: () => this.#memories.of(subject.accountId),
        remember: (change) => this.#memories.remember(subject.accountId, change),
      },
      options,
    );
    this.#panels.set(subject.key, panel);
    panel.onDidDispose(() => this.#panels.delete(subject.key));
  }

  #openAttachment(subject: Subject, attachment: AttachmentRef): void {
    if (this.#has(subject, attachment))
      this.openMessage(subject.accountId, attachment.messageId, { attachmentId: attachment.attachmentId });
  }

  async #handle(subject: Subject, request: PageRequest, signal: AbortSignal): Promise<Answer> {
    if (!('attachmentId' in request)) return this.#handleConversation(subject, request);
    const { accountId } = subject;
    const { messageId, attachmentId } = request;
    if (!this.#has(subject, request))
      throw new UserError(vscode.l10n.t('This attachment is no longer in the mailbox.'));
    switch (request.kind) {
      case 'readContent': {
        const { bytes, contentType, fileName } = await this.source.readContent(
          accountId,
          messageId,
          attachmentId,
          signal,
        );
        // A copy of its own, because a Buffer is a view into memory shared with others, all of which would be sent.
        return { content: { bytes: new Uint8Array(bytes), contentType, fileName } };
      }
      case 'save':
        await this.actions.save(accountId, messageId, attachmentId);
        return {};
      case 'openExternally':
        await this.actions.openExternally(accountId, messageId, attachmentId);
        return {};
      case 'print':
        printThere(this.actions, accountId, request);
        return {};
    }
  }

  async #handleConversation(subject: Subject, request: ConversationRequest): Promise<Answer> {
    const { accountId, ref } = subject;
    const reader = subject.conversation();
    if (!reader || ref.kind !== 'conversation')
      throw new UserError(vscode.l10n.t('This conversation is no longer in the mailbox.'));
    const ours = (ids: readonly string[]): readonly string[] => {
      const known = ids.filter((id) => reader.includes(this.source.message(accountId, id)));
      if (known.length === 0)
        throw new UserError(vscode.l10n.t('These messages are no longer in the mailbox.'));
      return known;
    };
    switch (request.kind) {
      case 'change':
        await this.actions.change(accountId, request.change, ours(request.messageIds));
        return {};
      case 'copyText':
        await this.actions.copyText(accountId, ours(request.messageIds));
        return {};
      case 'copyAs':
      case 'export': {
        const { messageIds, deleted } = request;
        const excerpt = {
          accountId,
          conversationId: ref.conversationId,
          deleted,
          ...(messageIds && { messageIds: ours(messageIds) }),
        };
        if (request.kind === 'copyAs') await this.actions.copyConversation(excerpt);
        else await this.actions.exportConversation(excerpt);
        return {};
      }
      default:
        return { conversation: reader.answer(request) };
    }
  }

  /** A page may ask for what it is about, and for nothing else. */
  #has(subject: Subject, { messageId, attachmentId }: AttachmentRef): boolean {
    const message = this.source.message(subject.accountId, messageId);
    return (
      message !== undefined &&
      subject.includes(message) &&
      message.attachments.some(({ id }) => id === attachmentId)
    );
  }
}
