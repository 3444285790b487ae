import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../util/disposable';
import { pageHtml } from './pageHtml';
import { PageRequests, type RequestHandler } from './pageRequests';
import {
  isPageMessage,
  type AttachmentRef,
  type DocumentMemory,
  type HostMessage,
  type MemoryChange,
  type PageMessage,
  type SubjectRef,
} from './protocol';
import { viewerStrings } from './strings';
import type { Subject } from './subject';

export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly handle: RequestHandler;
  readonly describeError: (error: unknown) => string;
  readonly openAttachment: (attachment: AttachmentRef) => void;
  /** Whether what the mailbox does not have is gone. */
  readonly settled: () => boolean;
  readonly memory: () => DocumentMemory;
  readonly remember: (change: MemoryChange) => void;
}

/** Of the panels, as VS Code keeps them over a restart. */
export const VIEW_TYPE = 'ringcentralMailbox.viewer';

/** One editor tab with its page: answers what the page asks, and tells it what changes. */
export class ViewerPanel implements Disposable {
  readonly #disposables = new DisposableStore();
  readonly #panel: vscode.WebviewPanel;
  readonly #requests: PageRequests;
  /** The view that the page has, as JSON; undefined until the page listens. */
  #shown: string | undefined;
  #target: string | undefined;
  /** The page listens, and is told only that it loads: its message may come yet. */
  #waiting = false;

  readonly onDidDispose: vscode.Event<void>;

  constructor(
    private subject: Subject,
    private readonly services: PanelServices,
    options: {
      readonly target: string | undefined;
      readonly preserveFocus: boolean;
      /** The tab that VS Code has opened again after a restart. */
      readonly restored?: vscode.WebviewPanel;
    },
  ) {
    const { extensionUri } = services;
    const code = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const media = vscode.Uri.joinPath(extensionUri, 'media');
    this.#target = options.target;
    const webviewOptions = { enableScripts: true, localResourceRoots: [code, media] };
    this.#panel =
      options.restored ??
      vscode.window.createWebviewPanel(
        VIEW_TYPE,
        subject.title(),
        { viewColumn: vscode.ViewColumn.Active, preserveFocus: options.preserveFocus },
        {
          ...webviewOptions,
          enableFindWidget: true,
          // A voicemail plays on while another tab is in front, and nothing is downloaded again.
          retainContextWhenHidden: true,
        },
      );
    this.onDidDispose = this.#panel.onDidDispose;
    // A restored tab has the icon that it had, until its message is there again.
    if (!options.restored || subject.view().kind !== 'gone') this.#showIcon();
    this.#requests = this.#disposables.add(
      new PageRequests(services.handle, (message) => this.#post(message), services.describeError),
    );
    const { webview } = this.#panel;
    if (options.restored) webview.options = webviewOptions;
    this.#disposables.add(webview.onDidReceiveMessage((message: unknown) => this.#receive(message)));
    const resource = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(code, name)).toString();
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      script: resource(`${subject.page}.js`),
      style: resource(`${subject.page}.css`),
      language: vscode.env.language,
      title: subject.title(),
      loading: vscode.l10n.t('Loading…'),
      decoders: subject.page === 'viewer',
    });
    // Last, because it may have been closed already.
    this.#disposables.add(this.#panel.onDidDispose(() => this.#disposables.dispose()));
  }

  /**
   * Brings the tab to the front, and `target` of its page into sight.
   * @param subject the panel's own, as it is opened now
   */
  reveal(subject: Subject, target: string | undefined, preserveFocus: boolean): void {
    this.subject = subject;
    this.#panel.reveal(undefined, preserveFocus);
    this.update();
    if (target === undefined) return;
    if (this.#shown === undefined) this.#target = target;
    else this.#post({ kind: 'reveal', target });
  }

  /** Whether it is the tab that is worked in. */
  get active(): boolean {
    return this.#panel.active;
  }

  /** What the page can be asked about. */
  get ref(): SubjectRef {
    return this.subject.ref;
  }

  /** Shows what has changed in the mailbox since. */
  update(): void {
    const view = this.subject.view();
    // What is gone keeps the name that it had.
    if (view.kind !== 'gone') {
      this.#panel.title = this.subject.title();
      this.#showIcon();
    }
    if (this.#waiting) this.#start();
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
    if (isPageMessage(message)) this.#handle(message);
    else this.services.log.warn('A viewer page sent something that it may not say; it was ignored.');
  }

  #handle(message: PageMessage): void {
    switch (message.kind) {
      case 'ready':
        this.#start();
        break;
      case 'request':
        void this.#requests.run(message.id, message.request);
        break;
      case 'cancel':
        this.#requests.cancel(message.id);
        break;
      case 'openAttachment':
        this.services.openAttachment(message);
        break;
      case 'openLink':
        void openLink(message.href);
        break;
      case 'remember':
        this.services.remember(message.change);
        break;
    }
  }

  /** Also when VS Code has loaded the page anew, as it does when a tab is moved to another window. */
  #start(): void {
    this.#requests.cancelAll();
    const view = this.subject.view();
    this.#waiting = view.kind === 'gone' && this.#shown === undefined && !this.services.settled();
    if (this.#waiting) return;
    this.#shown = JSON.stringify(view);
    const target = this.#target;
    this.#target = undefined;
    this.#post({
      kind: 'start',
      strings: viewerStrings(),
      subject: this.subject.ref,
      memory: this.services.memory(),
      view,
      ...(target !== undefined && { target }),
    });
  }

  #showIcon(): void {
    const folder = vscode.Uri.joinPath(this.services.extensionUri, 'media', 'viewers');
    const name = this.subject.icon();
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
