import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { UserError } from '../display/userError';
import { ContextKey } from '../ids';
import { DisposableStore } from '../util/disposable';
import type { ConversationRequest } from './conversationProtocol';
import { DocumentMemories } from './documentMemories';
import { printThere } from './printing';
import {
  isSubjectRef,
  type Answer,
  type AttachmentRef,
  type PageRequest,
  type SubjectRef,
  type MemoryChange,
  type VoicemailDirection,
} from './protocol';
import { SoundMemories } from './soundMemories';
import { conversationSubject, messageSubject, type Subject } from './subject';
import { neighbouringVoicemail } from './unreadVoicemails';
import { VIEW_TYPE, ViewerPanel, type PanelOptions, type PanelServices } from './viewerPanel';
import type { Excerpt, PlaceContent, ViewerActions, ViewerSource } from './viewerSource';

/** How something is opened in a tab. */
export interface OpenOptions {
  readonly preserveFocus?: boolean;
  /** Beside the editor that is in front, as opposed to in its place. */
  readonly toSide?: boolean;
}

/**
 * Opens messages and conversations in editor tabs. As an editor does with previews, one tab shows one after the other,
 * until the user chooses to keep it, or pins it; what is opened to the side has such a tab of its own there.
 */
export class Viewers implements vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #panels = new Set<ViewerPanel>();
  readonly #documents: DocumentMemories;
  readonly #sounds: SoundMemories;
  readonly #services: PanelServices;
  /** What was come past, played or not, since somebody began to play all unread voicemails. */
  readonly #passed = new Set<string>();

  /**
   * @param describeError puts whatever `source` and `actions` throw into a sentence for people
   * @param filesUri a folder for what pages load from files; there need not be one yet
   */
  constructor(
    extensionUri: vscode.Uri,
    private readonly source: ViewerSource,
    log: vscode.LogOutputChannel,
    private readonly actions: ViewerActions,
    describeError: (error: unknown) => string,
    state: vscode.Memento,
    filesUri: vscode.Uri,
  ) {
    this.#documents = new DocumentMemories(state);
    this.#sounds = new SoundMemories(state);
    this.#services = {
      extensionUri,
      filesUri,
      log,
      describeError,
      handle: (subject, request, signal, place) => this.#handle(subject, request, signal, place),
      openAttachment: (panel, attachment) => this.#openAttachment(panel, attachment),
      openVoicemail: (panel, direction, through) => this.#openVoicemail(panel, direction, through),
      reachParty: (subject, how, messageId) => this.#reachParty(subject, how, messageId),
      played: (subject, messageId) => this.#markPlayed(subject, messageId),
      heard: (subject, messageId) => this.#markHeard(subject, messageId),
      seen: (subject, messageIds) => this.#markSeen(subject, messageIds),
      settled: ({ accountId }) => source.settled(accountId),
      memory: ({ accountId }) => ({
        documents: this.#documents.of(accountId),
        sound: this.#sounds.current(),
      }),
      remember: ({ accountId }, change) => this.#remember(accountId, change),
    };
    this.#disposables.add(
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: (panel, kept: unknown) => {
          this.#restore(panel, kept);
          return Promise.resolve();
        },
      }),
    );
    this.#disposables.add(vscode.window.tabGroups.onDidChangeTabs(() => this.#showReusable()));
    this.#disposables.add(
      source.onDidChange(() => {
        for (const panel of this.#panels) panel.update();
      }),
    );
  }

  /**
   * Opens a voicemail, a fax, a text or one of its attachments; a message already open comes to the front.
   * @param options `play` if it is a voicemail that is to be played, where VS Code lets its page do that
   */
  openMessage(
    accountId: string,
    messageId: string,
    options: OpenOptions & { readonly attachmentId?: string; readonly play?: boolean } = {},
  ): void {
    const { attachmentId: target, preserveFocus, toSide, play } = options;
    this.#open(messageSubject(this.source, accountId, messageId), { target, preserveFocus, toSide, play });
  }

  /** Opens a conversation at its end, or at one of its messages; one already open comes to the front. */
  openConversation(
    accountId: string,
    conversationId: string,
    options: OpenOptions & { readonly messageId?: string } = {},
  ): void {
    const { messageId: target, preserveFocus, toSide } = options;
    this.#open(conversationSubject(this.source, accountId, conversationId), {
      target,
      preserveFocus,
      toSide,
    });
  }

  /** Keeps the tab in front from being used for another message. */
  keepOpen(): void {
    for (const panel of this.#panels) if (panel.active) panel.keep();
    this.#showReusable();
  }

  /** Whether a tab in front shows the message: by itself, or in its conversation. */
  isShowing(accountId: string, message: Message): boolean {
    return [...this.#panels].some(
      ({ visible, subject }) => visible && subject.accountId === accountId && subject.includes(message),
    );
  }

  /** What the active tab shows. */
  get activeSubject(): Subject | undefined {
    return [...this.#panels].find(({ active }) => active)?.subject;
  }

  /** The conversation in the tab that is worked in. */
  get activeConversation(): Excerpt | undefined {
    const ref = this.activeSubject?.ref;
    if (ref?.kind !== 'conversation') return undefined;
    return { accountId: ref.accountId, conversationId: ref.conversationId, deleted: false };
  }

  dispose(): void {
    this.#disposables.dispose();
    for (const panel of [...this.#panels]) panel.dispose();
  }

  /** @param stays is not used for it */
  #open(subject: Subject, options: PanelOptions, stays?: ViewerPanel): void {
    const front = vscode.window.tabGroups.activeTabGroup.viewColumn;
    const open = this.#find(subject);
    if (options.play) this.#pauseOthers(open);
    if (open) {
      // A page is in one tab only, which moves to the side unless it is there already.
      open.reveal(subject, { ...options, toSide: options.toSide === true && open.isIn(front) });
      return;
    }
    const reusable = this.#reusableFor(subject, options, front, stays);
    if (reusable) {
      reusable.show(subject, { target: options.target, play: options.play });
      reusable.reveal(subject, { preserveFocus: options.preserveFocus });
    } else this.#add(new ViewerPanel(subject, this.#services, options));
  }

  /** One thing is heard at a time. A tab that is used again for what is to be heard ends what it has played by itself. */
  #pauseOthers(panel: ViewerPanel | undefined): void {
    for (const each of this.#panels) if (each !== panel) each.pause();
  }

  /** As the previews of an editor, one tab is used again in the column in front, and one beside it. */
  #reusableFor(
    subject: Subject,
    { toSide = false }: PanelOptions,
    front: vscode.ViewColumn,
    stays: ViewerPanel | undefined,
  ): ViewerPanel | undefined {
    const usable = [...this.#panels].filter((panel) => panel !== stays && !panel.kept);
    const inFront = usable.filter((panel) => panel.isIn(front));
    const beside = usable.filter((panel) => !inFront.includes(panel));
    const candidates = toSide ? beside : inFront.length > 0 ? inFront : beside;
    // One that has the right page need not load another.
    return candidates.find((panel) => panel.subject.page === subject.page) ?? candidates[0];
  }

  #find({ key }: Subject): ViewerPanel | undefined {
    return [...this.#panels].find(({ subject }) => subject.key === key);
  }

  #add(panel: ViewerPanel): void {
    this.#panels.add(panel);
    panel.onDidChangeActive(() => this.#showReusable());
    panel.onDidDispose(() => {
      this.#panels.delete(panel);
      this.#showReusable();
    });
    this.#showReusable();
  }

  /** Goes on with a tab that was open when the window closed; `kept` is the state that its page has kept. */
  #restore(panel: vscode.WebviewPanel, kept: unknown): void {
    const { subject: ref, kept: isKept } = (kept ?? {}) as { subject?: unknown; kept?: unknown };
    const subject = isSubjectRef(ref) ? this.#subject(ref) : undefined;
    if (!subject || this.#find(subject)) panel.dispose();
    else this.#add(new ViewerPanel(subject, this.#services, {}, { panel, kept: isKept === true }));
  }

  #subject(ref: SubjectRef): Subject {
    return ref.kind === 'message'
      ? messageSubject(this.source, ref.accountId, ref.messageId)
      : conversationSubject(this.source, ref.accountId, ref.conversationId);
  }

  #remember(accountId: string, change: MemoryChange): void {
    if (change.what === 'sound') this.#sounds.remember(change.sound);
    else this.#documents.remember(accountId, change);
  }

  /** For the button in the title of the tab in front. */
  #showReusable(): void {
    const reusable = [...this.#panels].some(({ active, kept }) => active && !kept);
    void vscode.commands.executeCommand('setContext', ContextKey.Reusable, reusable);
  }

  /** In another tab: who looks at something in a conversation wants to go on reading there. */
  #openAttachment(panel: ViewerPanel, attachment: AttachmentRef): void {
    const { subject } = panel;
    if (!this.#has(subject, attachment)) return;
    const { messageId, attachmentId: target } = attachment;
    this.#open(messageSubject(this.source, subject.accountId, messageId), { target }, panel);
  }

  #openVoicemail(panel: ViewerPanel, direction: VoicemailDirection, through: boolean): void {
    const { ref } = panel.subject;
    if (ref.kind !== 'message') return;
    const { accountId, messageId } = ref;
    if (through) this.#passed.add(messageId);
    else this.#passed.clear();
    const found = neighbouringVoicemail(this.source, accountId, messageId, direction, this.#passed);
    if (found === undefined) {
      this.#passed.clear();
      panel.tellNoVoicemail();
      return;
    }
    panel.show(messageSubject(this.source, accountId, found), { through });
    // While all are played, each is marked when it has been heard.
    if (!through) void this.actions.shown(accountId, found);
  }

  /** Of a message that the page is about: while it was clicked, the tab may have come to show another. */
  #reachParty(subject: Subject, how: 'reply' | 'call', messageId: string): void {
    const { accountId } = subject;
    const message = this.source.message(accountId, messageId);
    if (!message || !subject.includes(message)) return;
    void (how === 'reply'
      ? this.actions.reply(accountId, messageId)
      : this.actions.call(accountId, messageId));
  }

  #markPlayed({ ref }: Subject, messageId: string): void {
    if (ref.kind !== 'message' || ref.messageId !== messageId) return;
    void this.actions.played(ref.accountId, messageId);
  }

  #markHeard({ ref }: Subject, messageId: string): void {
    if (ref.kind !== 'message' || ref.messageId !== messageId) return;
    void this.actions.heard(ref.accountId, messageId);
  }

  #markSeen(subject: Subject, messageIds: readonly string[]): void {
    for (const id of messageIds) {
      const message = this.source.message(subject.accountId, id);
      if (message && subject.includes(message)) void this.actions.shown(subject.accountId, id);
    }
  }

  async #handle(
    subject: Subject,
    request: PageRequest,
    signal: AbortSignal,
    place: PlaceContent,
  ): Promise<Answer> {
    if (!('attachmentId' in request)) return this.#handleConversation(subject, request);
    const { accountId } = subject;
    const { messageId, attachmentId } = request;
    if (!this.#has(subject, request))
      throw new UserError(vscode.l10n.t('This attachment is no longer in the mailbox.'));
    switch (request.kind) {
      case 'readContent': {
        const content = await this.source.readContent(accountId, messageId, attachmentId, signal, place);
        if ('url' in content) return { content };
        // A copy of its own, because a Buffer is a view into memory shared with others, all of which would be sent.
        return { content: { ...content, bytes: new Uint8Array(content.bytes) } };
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
