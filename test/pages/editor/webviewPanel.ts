import type * as vscode from 'vscode';
import { URI } from 'vscode-uri';
import { Emitter } from '../../../src/util/emitter';
import type { ThemeLook } from '../../builders/themeLook';
import type { BrowserWindow, Frame } from './browserWindow';

/** What VS Code keeps of a panel while its window is closed. */
export interface KeptPanel {
  readonly viewType: string;
  readonly title: string;
  readonly isActive: boolean;
  readonly isPinned: boolean;
  /** What its page has kept, as JSON; undefined if nothing. */
  readonly state: string | undefined;
}

export interface PanelSurroundings {
  readonly window: BrowserWindow;
  look(): ThemeLook;
  /** Takes note that the user has followed a link that the page did not take care of. */
  followLink(href: string): void;
  /** Brings the panel to the front. */
  activate(panel: FakeWebviewPanel): void;
  /** Something of what tabs show has changed. */
  changed(): void;
  closed(panel: FakeWebviewPanel): void;
}

/** `vscode.WebviewPanel` on a real webview in a browser. */
export class FakeWebviewPanel {
  readonly viewColumn = 1;
  readonly #frame: Promise<Frame>;
  readonly #received = new Emitter<unknown>();
  readonly #viewState = new Emitter<{ readonly webviewPanel: FakeWebviewPanel }>();
  readonly #disposed = new Emitter<void>();
  #title: string;
  #html = '';
  #state: string | undefined;
  #isDisposed = false;
  #loadedIn: string | undefined;
  isPinned = false;
  iconPath: unknown;
  active = true;

  readonly onDidChangeViewState = this.#viewState.event;
  readonly onDidDispose = this.#disposed.event;
  readonly webview;

  constructor(
    readonly viewType: string,
    title: string,
    options: vscode.WebviewOptions,
    private readonly surroundings: PanelSurroundings,
    state?: string,
  ) {
    this.#title = title;
    this.#state = state;
    const { window } = surroundings;
    const webview = {
      options,
      cspSource: window.resourceOrigin,
      asWebviewUri: (uri: vscode.Uri) => URI.parse(window.resourceOrigin).with({ path: uri.path }),
      onDidReceiveMessage: this.#received.event,
      postMessage: async (message: unknown): Promise<boolean> => {
        if (this.#isDisposed) return false;
        await this.#send('message', { message });
        return true;
      },
    };
    // An accessor, because loading a page is what happens when its HTML is set.
    this.webview = Object.defineProperty(webview as typeof webview & { html: string }, 'html', {
      get: () => this.#html,
      set: (html: string) => this.#load(html),
    });
    this.#frame = window.addFrame(title, {
      hear: (channel, data) => this.#hear(channel, data),
      roots: () => (webview.options.localResourceRoots ?? []).map(({ fsPath }) => fsPath),
    });
    void this.applyTheme();
  }

  get title(): string {
    return this.#title;
  }

  set title(title: string) {
    this.#title = title;
    void this.#send('set-title', title);
    this.surroundings.changed();
  }

  get visible(): boolean {
    return this.active;
  }

  /** The name of the frame in the window that has the page's as its only one; undefined until the page is loaded. */
  get loadedIn(): string | undefined {
    return this.#loadedIn;
  }

  /** What its page has kept, as JSON. */
  get state(): string | undefined {
    return this.#state;
  }

  get kept(): KeptPanel {
    const { viewType, title, active, isPinned, state } = this;
    return { viewType, title, isActive: active, isPinned, state };
  }

  reveal(_column?: unknown, preserveFocus = false): void {
    this.surroundings.activate(this);
    if (!preserveFocus) void this.focus();
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    void this.#frame.then((frame) => frame.close());
    this.surroundings.closed(this);
    this.#disposed.fire();
  }

  /** It comes to the front, or another does. */
  async setActive(active: boolean): Promise<void> {
    if (this.active !== active) {
      this.active = active;
      this.#viewState.fire({ webviewPanel: this });
    }
    if (active) (await this.#frame).show();
  }

  async focus(): Promise<void> {
    (await this.#frame).focus();
  }

  async applyTheme(): Promise<void> {
    await this.#send('styles', { ...this.surroundings.look(), reduceMotion: true, screenReader: false });
  }

  async #send(channel: string, args: unknown): Promise<void> {
    if (!this.#isDisposed) (await this.#frame).send(channel, args);
  }

  #load(html: string): void {
    this.#html = html;
    this.#loadedIn = undefined;
    const { enableScripts = false, enableForms = enableScripts } = this.webview.options;
    void this.#send('content', {
      contents: html,
      title: this.#title,
      options: { allowMultipleAPIAcquire: false, allowScripts: enableScripts, allowForms: enableForms },
      state: this.#state,
      cspSource: this.webview.cspSource,
      confirmBeforeClose: 'never',
    });
  }

  #hear(channel: string, data: unknown): void {
    if (this.#isDisposed) return;
    switch (channel) {
      case 'onmessage':
        this.#received.fire((data as { readonly message: unknown }).message);
        break;
      case 'do-update-state':
        this.#state = data as string;
        break;
      // The first that VS Code's document says once it has put a page that is loaded into the place of the one before.
      case 'updated-intrinsic-content-size':
        void this.#frame.then(({ name }) => (this.#loadedIn = name));
        break;
      case 'did-click-link':
        this.surroundings.followLink((data as { readonly uri: string }).uri);
        break;
      case 'fatal-error':
        throw new Error(`A webview does not work: ${(data as { readonly message: string }).message}`);
    }
  }
}
