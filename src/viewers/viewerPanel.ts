import * as vscode from 'vscode';
import { textLanguage } from '../display/language';
import { UserError } from '../display/userError';
import { DisposableStore, type Disposable } from '../util/disposable';
import { pageHtml } from './pageHtml';
import { PageRequests } from './pageRequests';
import { PanelFiles } from './panelFiles';
import {
  isPageMessage,
  type Answer,
  type AttachmentRef,
  type HostMessage,
  type MemoryChange,
  type PageMemory,
  type PageMessage,
  type PageRequest,
  type VoicemailDirection,
  waitingNumber,
} from './protocol';
import { viewerStrings } from './strings';
import type { Subject } from './subject';
import type { PlaceContent } from './viewerSource';

/** What a panel needs; those that a page asks for are told what the page is about at that moment. */
export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  /** Of what pages load from files. */
  readonly filesUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly handle: (
    subject: Subject,
    request: PageRequest,
    signal: AbortSignal,
    place: PlaceContent,
  ) => Promise<Answer>;
  readonly describeError: (error: unknown) => string;
  readonly openAttachment: (panel: ViewerPanel, attachment: AttachmentRef) => void;
  readonly openVoicemail: (panel: ViewerPanel, direction: VoicemailDirection, through: boolean) => void;
  readonly reachParty: (subject: Subject, how: 'reply' | 'call', messageId: string) => void;
  readonly played: (subject: Subject, messageId: string) => void;
  readonly heard: (subject: Subject, messageId: string) => void;
  readonly seen: (subject: Subject, messageIds: readonly string[]) => void;
  /** Whether what the mailbox does not have is gone. */
  readonly settled: (subject: Subject) => boolean;
  readonly memory: (subject: Subject) => PageMemory;
  readonly remember: (subject: Subject, change: MemoryChange) => void;
}

export interface PanelOptions {
  /** What to bring into sight. */
  readonly target?: string | undefined;
  readonly preserveFocus?: boolean | undefined;
  /** Play the voicemail that it is about. */
  readonly play?: boolean | undefined;
  /** Beside the editor that is in front, as opposed to in its place. */
  readonly toSide?: boolean | undefined;
}

/** A tab that VS Code has opened again after a restart. */
export interface RestoredPanel {
  readonly panel: vscode.WebviewPanel;
  readonly kept: boolean;
}

/** Of the panels, as VS Code keeps them over a restart. */
export const VIEW_TYPE = 'ringcentralMailbox.viewer';

/** One editor tab with its page: answers what the page asks, and tells it what changes. */
export class ViewerPanel implements Disposable {
  readonly #disposables = new DisposableStore();
  readonly #panel: vscode.WebviewPanel;
  readonly #requests: PageRequests;
  readonly #files: PanelFiles;
  #subject: Subject;
  readonly #openedToSide: boolean;
  #kept: boolean;
  /** The view that the page has, as JSON; undefined until the page listens. */
  #shown: string | undefined;
  #target: string | undefined;
  #through = false;
  /** To be played when the page has it; only once, and never by a page that is loaded anew. */
  #play = false;
  /** The page listens. */
  #listening = false;

  readonly onDidDispose: vscode.Event<void>;
  readonly onDidChangeActive: vscode.Event<unknown>;

  constructor(
    subject: Subject,
    private readonly services: PanelServices,
    options: PanelOptions,
    restored?: RestoredPanel,
  ) {
    const { extensionUri } = services;
    const code = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const media = vscode.Uri.joinPath(extensionUri, 'media');
    this.#files = this.#disposables.add(
      new PanelFiles(services.filesUri, (error) =>
        services.log.warn(`Files of a viewer page are still there. ${String(error)}`),
      ),
    );
    const webviewOptions = { enableScripts: true, localResourceRoots: [code, media, this.#files.folder] };
    this.#subject = subject;
    this.#target = options.target;
    this.#play = options.play ?? false;
    this.#openedToSide = options.toSide ?? false;
    this.#kept = restored?.kept ?? false;
    this.#panel =
      restored?.panel ??
      vscode.window.createWebviewPanel(
        VIEW_TYPE,
        subject.title(),
        {
          viewColumn: options.toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
          preserveFocus: options.preserveFocus ?? false,
        },
        {
          ...webviewOptions,
          enableFindWidget: true,
          // A voicemail plays on while another tab is in front, and nothing is downloaded again.
          retainContextWhenHidden: true,
        },
      );
    this.onDidDispose = this.#panel.onDidDispose;
    this.onDidChangeActive = this.#panel.onDidChangeViewState;
    // A restored tab has the icon that it had, until its message is there again.
    if (!restored || subject.view().kind !== 'gone') this.#showIcon();
    const { webview } = this.#panel;
    const place: PlaceContent = async (key, content) =>
      webview.asWebviewUri(await this.#files.place(key, content)).toString();
    this.#requests = this.#disposables.add(
      new PageRequests(
        (request, signal) => services.handle(this.#subject, request, signal, place),
        (message) => this.#post(message),
        services.describeError,
      ),
    );
    if (restored) webview.options = webviewOptions;
    this.#disposables.add(webview.onDidReceiveMessage((message: unknown) => this.#receive(message)));
    this.#load();
    // Last, because it may have been closed already.
    this.#disposables.add(this.#panel.onDidDispose(() => this.#disposables.dispose()));
  }

  get subject(): Subject {
    return this.#subject;
  }

  /** Whether the tab is not to be used for another message: the user has said so, or pinned it. */
  get kept(): boolean {
    return this.#kept || this.#isPinned;
  }

  get active(): boolean {
    return this.#panel.active;
  }

  /** Whether the tab is in front of its group. */
  get visible(): boolean {
    return this.#panel.visible;
  }

  /** Whether the tab is in the column `front` of editors. */
  isIn(front: vscode.ViewColumn): boolean {
    const { viewColumn } = this.#panel;
    // VS Code says so as soon as it has opened the tab.
    return viewColumn === undefined ? !this.#openedToSide : viewColumn === front;
  }

  /** VS Code tells where tabs are and what they are called, but not which panel is in them. */
  get #isPinned(): boolean {
    const { viewColumn, title } = this.#panel;
    return vscode.window.tabGroups.all
      .filter((group) => group.viewColumn === viewColumn)
      .flatMap(({ tabs }) => tabs)
      .some(
        ({ isPinned, label, input }) =>
          isPinned &&
          label === title &&
          input instanceof vscode.TabInputWebview &&
          input.viewType.endsWith(VIEW_TYPE),
      );
  }

  /** The tab stays with its message from now on. */
  keep(): void {
    this.#kept = true;
    if (this.#listening) this.#post({ kind: 'kept' });
  }

  /**
   * Shows another subject in this tab, wherever that is.
   * @param options `through` if all unread voicemails are being played, and this one is next
   */
  show(
    subject: Subject,
    options: {
      readonly target?: string | undefined;
      readonly through?: boolean;
      readonly play?: boolean | undefined;
    },
  ): void {
    const isOtherPage = subject.page !== this.#subject.page;
    this.#subject = subject;
    this.#target = options.target;
    this.#through = options.through ?? false;
    this.#play = options.play ?? false;
    this.#panel.title = subject.title();
    this.#showIcon();
    if (isOtherPage) this.#load();
    else if (this.#listening) this.#start();
  }

  /**
   * Brings the tab to the front, and `target` of its page into sight, or plays its voicemail.
   * @param subject the panel's own, as it is opened now
   */
  reveal(subject: Subject, { target, preserveFocus, toSide, play }: PanelOptions): void {
    this.#subject = subject;
    this.#panel.reveal(toSide ? vscode.ViewColumn.Beside : undefined, preserveFocus);
    this.update();
    if (play) {
      if (this.#shown === undefined) this.#play = true;
      else this.#post({ kind: 'play' });
    }
    if (target === undefined) return;
    if (this.#shown === undefined) this.#target = target;
    else this.#post({ kind: 'reveal', target });
  }

  /** Has the page pause whatever it plays, because a voicemail is played in another tab. */
  pause(): void {
    this.#play = false;
    this.#through = false;
    if (this.#shown !== undefined) this.#post({ kind: 'pause' });
  }

  /** Says that there is no voicemail to go to. */
  tellNoVoicemail(): void {
    this.#post({ kind: 'noVoicemail' });
  }

  /** Shows what has changed in the mailbox since. */
  update(): void {
    const view = this.#subject.view();
    // What is gone keeps the name that it had.
    if (view.kind !== 'gone') {
      this.#panel.title = this.#subject.title();
      this.#showIcon();
    } else this.#files.clear();
    if (this.#listening && this.#shown === undefined) this.#start();
    if (this.#shown === undefined) return;
    const json = JSON.stringify(view);
    if (json === this.#shown) return;
    this.#shown = json;
    this.#post({ kind: 'update', view });
  }

  dispose(): void {
    this.#panel.dispose();
    this.#disposables.dispose();
  }

  #receive(message: unknown): void {
    if (isPageMessage(message)) {
      this.#handle(message);
      return;
    }
    this.services.log.warn('A viewer page sent something that it may not say; it was ignored.');
    const id = waitingNumber(message);
    if (id !== undefined)
      this.#requests.refuse(id, new UserError(vscode.l10n.t("This action isn't available here.")));
  }

  #handle(message: PageMessage): void {
    const { services } = this;
    switch (message.kind) {
      case 'ready':
        this.#listening = true;
        this.#shown = undefined;
        this.#start();
        break;
      case 'request':
        void this.#requests.run(message.id, message.request);
        break;
      case 'cancel':
        this.#requests.cancel(message.id);
        break;
      case 'openAttachment':
        services.openAttachment(this, message);
        break;
      case 'openLink':
        void openLink(message.href);
        break;
      case 'reply':
      case 'call':
        services.reachParty(this.#subject, message.kind, message.messageId);
        break;
      case 'remember':
        services.remember(this.#subject, message.change);
        break;
      case 'played':
        services.played(this.#subject, message.messageId);
        break;
      case 'heard':
        services.heard(this.#subject, message.messageId);
        break;
      case 'seen':
        services.seen(this.#subject, message.messageIds);
        break;
      case 'openVoicemail':
        services.openVoicemail(this, message.direction, message.through);
        break;
    }
  }

  /** Ends what the page has asked for, and takes back what it got; it is about something else now, or begins anew. */
  #endRequests(): void {
    this.#requests.cancelAll();
    this.#files.clear();
  }

  /** Loads the page, which says when it listens. */
  #load(): void {
    this.#endRequests();
    this.#listening = false;
    this.#shown = undefined;
    const { webview } = this.#panel;
    const { page } = this.#subject;
    const code = vscode.Uri.joinPath(this.services.extensionUri, 'dist', 'webview');
    const resource = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(code, name)).toString();
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      script: resource(`${page}.js`),
      style: resource(`${page}.css`),
      language: textLanguage(),
      title: this.#subject.title(),
      loading: vscode.l10n.t('Loading…'),
      decoders: page === 'viewer',
    });
  }

  /** Also when VS Code has loaded the page anew, as it does when a tab is moved to another window. */
  #start(): void {
    this.#endRequests();
    const view = this.#subject.view();
    // A restored page goes on saying that it loads: its message may come yet.
    if (view.kind === 'gone' && this.#shown === undefined && !this.services.settled(this.#subject)) return;
    this.#shown = JSON.stringify(view);
    const target = this.#target;
    this.#target = undefined;
    const play = this.#play;
    this.#play = false;
    this.#post({
      kind: 'start',
      strings: viewerStrings(),
      subject: this.#subject.ref,
      kept: this.#kept,
      memory: this.services.memory(this.#subject),
      view,
      ...(target !== undefined && { target }),
      ...(this.#through && { through: true }),
      ...(play && { play: true }),
    });
  }

  #showIcon(): void {
    const folder = vscode.Uri.joinPath(this.services.extensionUri, 'media', 'viewers');
    const name = this.#subject.icon();
    this.#panel.iconPath = {
      light: vscode.Uri.joinPath(folder, `${name}-light.svg`),
      dark: vscode.Uri.joinPath(folder, `${name}-dark.svg`),
    };
  }

  #post(message: HostMessage): void {
    this.#panel.webview.postMessage(message).then(undefined, (error: unknown) => {
      this.services.log.warn(`A viewer page could not be reached: ${this.services.describeError(error)}`);
    });
  }
}

/**
 * Opens a link after VS Code's own question, unless the user trusts the domain. As a Uri the link would lose its
 * percent-encoding on the way (`%26` would become `&`); the extension host takes text as well, and keeps it as it is.
 */
async function openLink(href: string): Promise<void> {
  await vscode.env.openExternal(href as unknown as vscode.Uri);
}
