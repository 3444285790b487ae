import { expect, type CDPSession, type Frame, type FrameLocator, type Page } from '@playwright/test';
import type * as vscode from 'vscode';
import { URI } from 'vscode-uri';
import type { Message } from '../../../src/api/schema';
import type { Emulator } from '../../../src/emulator/emulator';
import type { TestApi } from '../../../src/extension';
import { Command } from '../../../src/ids';
import { conversationOf } from '../../../src/mailbox/group';
import type { Node } from '../../../src/tree/nodes';
import { Emitter } from '../../../src/util/emitter';
import type { ThemeLook } from '../../builders/themeLook';
import type { Theme } from '../../e2e/themes';
import { projectRoot } from '../../workbench/paths';
import { BrowserWindow } from './browserWindow';
import { configurationOf } from './configuration';
import { loadExtension } from './extensionHost';
import type { ExtensionStorage } from './extensionStorage';
import { Notices } from './notices';
import { zoomedPageSize } from './pageSize';
import { lookOf } from './lookOf';
import { manifest } from './manifest';
import { vscodeApi } from './vscodeApi';
import { FakeWebviewPanel, type KeptPanel, type PanelSurroundings } from './webviewPanel';

/** The document of a page. */
export type Webview = Pick<Frame, 'locator' | 'getByRole' | 'getByText'>;

export interface Localization {
  /** VS Code's id, such as `pt-br`. */
  readonly language: string;
  readonly bundle: Readonly<Record<string, string>>;
}

interface Serializer {
  deserializeWebviewPanel(panel: FakeWebviewPanel, state: unknown): Promise<void>;
}

/**
 * VS Code without its workbench: the extension as it is shipped, with its pages in a browser. What VS Code would do beside
 * them is only taken note of.
 */
export class Editor {
  readonly commands = new Map<string, (...args: unknown[]) => unknown>();
  /** Context keys as they were set last. */
  readonly contexts = new Map<string, unknown>();
  readonly notices = new Notices();
  /** Links and files that were to be opened by other programs. */
  readonly opened: string[] = [];
  /** In the order of their tabs. */
  readonly panels: FakeWebviewPanel[] = [];
  readonly logLines: string[] = [];
  clipboard = '';
  /** The file that is chosen wherever one is asked for; none is by default. */
  saveAs: string | undefined;
  /** What is typed wherever a line of text is asked for; undefined closes the question. */
  typed: string | undefined;
  readonly configuration;
  readonly #serializers = new Map<string, Serializer>();
  readonly #tabsChanged = new Emitter<void>();
  readonly #surroundings: PanelSurroundings;
  #theme: Theme = 'Light Modern';
  /** Whether somebody waits for a page that is opened. */
  #mayOpen = false;
  readonly #surprises: string[] = [];
  #devtools: CDPSession | undefined;
  #stop: () => Promise<void> = () => Promise.resolve();
  #api: TestApi | undefined;

  readonly onDidChangeTabs = this.#tabsChanged.event;

  private constructor(
    readonly page: Page,
    private readonly emulator: Emulator,
    private readonly storage: ExtensionStorage,
    private readonly window: BrowserWindow,
    settings: Readonly<Record<string, unknown>>,
    /** The language that VS Code is shown in, and the extension's texts in it; English by default. */
    readonly localization: Localization | undefined,
  ) {
    this.configuration = configurationOf(settings);
    this.#surroundings = {
      window,
      look: () => this.#look,
      followLink: (href) => this.opened.push(href),
      activate: (panel) => this.#activate(panel),
      changed: () => this.#tabsChanged.fire(),
      closed: (panel) => this.#closed(panel),
    };
  }

  /** @param settings the user's, by their full names */
  static async open(
    page: Page,
    emulator: Emulator,
    storage: ExtensionStorage,
    settings: Readonly<Record<string, unknown>> = {},
    localization?: Localization,
  ): Promise<Editor> {
    const window = await BrowserWindow.open();
    const allSettings = { 'http.systemCertificates': false, ...settings };
    const editor = new Editor(page, emulator, storage, window, allSettings, localization);
    await page.goto(window.url);
    await window.connected;
    editor.#start();
    return editor;
  }

  /**
   * The document of the page that is in front when something of it is asked for. Of a page that comes to the front later, all
   * has to be asked for anew.
   */
  readonly webview: Webview = {
    locator: (selector, options) => this.#document.locator(selector, options),
    getByRole: (...args) => this.#document.getByRole(...args),
    getByText: (...args) => this.#document.getByText(...args),
  };

  /** The inside of the extension. */
  get api(): TestApi {
    if (!this.#api) throw new Error('The extension is not running.');
    return this.#api;
  }

  /** A message as the mailbox shows it. */
  messageOf(id: string): Message | undefined {
    return this.api.accounts.current?.mailbox.store.get(id);
  }

  get activePanel(): FakeWebviewPanel {
    const panel = this.panels.find(({ active }) => active);
    if (!panel) throw new Error('No tab is open.');
    return panel;
  }

  /** What the tabs are called, from left to right. */
  get tabs(): readonly string[] {
    return this.panels.map(({ title }) => title);
  }

  readonly log = {
    ...Object.fromEntries(
      (['trace', 'debug', 'info', 'warn', 'error'] as const).map((level) => [
        level,
        (line: unknown) => void this.logLines.push(`${new Date().toISOString()} [${level}] ${String(line)}`),
      ]),
    ),
    show: (): void => undefined,
    dispose: (): void => undefined,
  };

  /** Signs in to the emulator, and waits until all messages are here. */
  async signIn(): Promise<void> {
    const { url, mediaUrl, clientId, clientSecret, jwt } = this.emulator;
    const { sessions } = this.api;
    const server = { rest: url, media: mediaUrl };
    await sessions.signIn({ kind: 'jwt', server, clientId, clientSecret, jwt });
    await this.waitForMessages();
  }

  /** Waits until all messages are here of the account that is signed in. */
  async waitForMessages(): Promise<void> {
    await expect
      .poll(() => this.api.accounts.current?.mailbox.state, { intervals: [20], timeout: 120_000 })
      .toEqual({ kind: 'ready' });
  }

  /** Runs a command as VS Code would; one that is not the extension's does nothing. */
  run(command: string, ...args: readonly unknown[]): Promise<unknown> {
    if (command === 'setContext') this.contexts.set(String(args[0]), args[1]);
    return Promise.try(() => this.commands.get(command)?.(...args));
  }

  /** Does what opens another page in a tab of its own, and waits until that is in front. */
  async openPage(open: () => Promise<unknown>): Promise<void> {
    const known = new Set(this.panels);
    await this.#untilLoaded(open, () => this.panels.some((panel) => panel.active && !known.has(panel)));
  }

  /** Opens the first message that somebody has sent, as a click on its row does, and waits for its page. */
  async openMessage(sender: string): Promise<void> {
    await this.#openRow((node) => node.kind === 'message' && node.message.from?.name === sender);
    await expect(this.webview.getByRole('heading', { name: sender, level: 1 })).toBeVisible();
  }

  /** Opens the conversation with somebody, as the button of its row does, and waits for its page. */
  async openConversation(name: string): Promise<void> {
    await this.#openRow(
      (node) =>
        node.kind === 'group' &&
        conversationOf(node.group) !== undefined &&
        otherSide(node.group.newest) === name,
    );
    await expect(this.webview.getByRole('heading', { name, level: 1 })).toBeVisible();
  }

  /** Brings a tab to the front, as a click on it does. */
  async openTab(title: string): Promise<void> {
    const panel = this.panels.find((each) => each.title === title);
    if (!panel) throw new Error(`No tab is called ${title}.`);
    this.#activate(panel);
    await this.enterPage();
  }

  /** Gives the page in front the focus, which stays where it was when a message is opened from its row. */
  async enterPage(): Promise<void> {
    await this.activePanel.focus();
    await expect
      .poll(() => this.webview.locator('body').evaluate(({ ownerDocument }) => ownerDocument.hasFocus()))
      .toBe(true);
  }

  /** Pins the tab in front. */
  pinTab(): void {
    this.activePanel.isPinned = true;
    this.#tabsChanged.fire();
  }

  /** Waits for a notification, presses one of its buttons, and so closes it. */
  async answer(text: string, choice?: string): Promise<void> {
    const find = () => this.notices.all.find((notice) => notice.text.includes(text));
    await expect.poll(() => this.notices.all.map((notice) => notice.text).join('\n')).toContain(text);
    const notice = find();
    if (choice !== undefined) expect(notice?.choices).toContain(choice);
    notice?.answer(choice);
  }

  /** Chooses a theme, and waits until the page in front has it. */
  async chooseTheme(theme: Theme): Promise<void> {
    this.#theme = theme;
    await Promise.all(this.panels.map((panel) => panel.applyTheme()));
    await expect(this.webview.locator('body')).toHaveAttribute('data-vscode-theme-name', theme);
  }

  /**
   * Zooms the whole window, as somebody does who cannot read what is small: all is larger, and there is less room. Waits
   * until the page in front has no more than that.
   */
  async zoom(zoom: number): Promise<void> {
    const { width, height } = zoomedPageSize(zoom);
    // It must stay, for the size goes with it.
    this.#devtools ??= await this.page.context().newCDPSession(this.page);
    await this.#devtools.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: zoom,
      mobile: false,
    });
    await expect.poll(() => this.webview.locator('html').evaluate(() => innerWidth)).toBe(width);
  }

  /** The HTML of all pages, as they are now. */
  async contents(): Promise<string> {
    const frames = this.page.frames().filter((frame) => frame !== this.page.mainFrame());
    return (await Promise.all(frames.map((frame) => frame.content()))).join('\n');
  }

  /** Ends the extension and closes the window, and opens both again, as when VS Code is started anew. */
  async restart(): Promise<void> {
    const kept = this.panels.map((panel) => panel.kept);
    await this.#stop();
    this.panels.length = 0;
    await this.window.clear();
    await this.page.reload();
    await this.window.connected;
    this.#start();
    await this.#untilLoaded(
      async () => {
        for (const panel of kept) await this.#restore(panel);
      },
      () => true,
    );
  }

  /** @throws if a page came to the front while nothing waited for it, so that a test may have looked at the one before */
  async close(): Promise<void> {
    await this.#stop();
    await this.window.close();
    expect(this.#surprises, 'pages that were opened by other means than the methods for that').toEqual([]);
  }

  readonly createPanel = (
    viewType: string,
    title: string,
    column: { readonly preserveFocus?: boolean },
    options: vscode.WebviewOptions,
  ): FakeWebviewPanel => {
    if (!this.#mayOpen) this.#surprises.push(title);
    const panel = this.#add(new FakeWebviewPanel(viewType, title, options, this.#surroundings));
    panel.reveal(undefined, column.preserveFocus);
    return panel;
  };

  readonly registerSerializer = (viewType: string, serializer: Serializer): vscode.Disposable => {
    this.#serializers.set(viewType, serializer);
    return { dispose: () => this.#serializers.delete(viewType) };
  };

  /**
   * Once the page in front is loaded, its own frame: looking for that anew, in two documents, makes each step take five times
   * the work. What was asked of a frame that is gone since then fails.
   */
  get #document(): Frame | FrameLocator {
    return (
      this.#loadedFrame ??
      this.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame')
    );
  }

  get #loadedFrame(): Frame | undefined {
    const name = this.panels.find(({ active }) => active)?.loadedIn;
    const frames = name === undefined ? undefined : this.page.frame({ name })?.childFrames();
    return frames?.length === 1 ? frames[0] : undefined;
  }

  get #look(): ThemeLook {
    return lookOf(this.#theme);
  }

  #start(): void {
    const extension = loadExtension(vscodeApi(this));
    const subscriptions: vscode.Disposable[] = [];
    const context = {
      subscriptions,
      extensionMode: 3,
      extension: { packageJSON: manifest },
      extensionUri: URI.file(projectRoot),
      globalStorageUri: URI.file(this.storage.folder),
      globalState: this.storage.memory,
      secrets: this.storage.secrets,
    };
    this.#api = extension.activate(context as unknown as vscode.ExtensionContext);
    this.#stop = async () => {
      this.#api = undefined;
      for (const part of subscriptions.splice(0).reverse()) part.dispose();
      await extension.deactivate();
    };
  }

  async #restore({ viewType, title, isActive, isPinned, state }: KeptPanel): Promise<void> {
    const panel = this.#add(new FakeWebviewPanel(viewType, title, {}, this.#surroundings, state));
    panel.isPinned = isPinned;
    if (isActive) this.#activate(panel);
    else await panel.setActive(false);
    await this.#serializers
      .get(viewType)
      ?.deserializeWebviewPanel(panel, state === undefined ? undefined : JSON.parse(state));
  }

  #add(panel: FakeWebviewPanel): FakeWebviewPanel {
    this.panels.push(panel);
    return panel;
  }

  #activate(panel: FakeWebviewPanel): void {
    for (const each of this.panels) if (each !== panel) void each.setActive(false);
    void panel.setActive(true);
    this.#tabsChanged.fire();
  }

  #closed(panel: FakeWebviewPanel): void {
    this.panels.splice(this.panels.indexOf(panel), 1);
    const last = this.panels.at(-1);
    if (panel.active && last) this.#activate(last);
    else this.#tabsChanged.fire();
  }

  async #openRow(wanted: (node: Node) => boolean): Promise<void> {
    const { messages } = this.api.views.trees;
    const search = (nodes: readonly Node[]): Node | undefined =>
      nodes.find(wanted) ??
      nodes.map((node) => search(messages.getChildren(node))).find((found) => found !== undefined);
    const node = search(messages.getChildren());
    if (!node) throw new Error('There is no such row.');
    await this.#untilLoaded(
      () => this.run(Command.Open, node),
      () => true,
    );
  }

  async #untilLoaded(open: () => Promise<unknown>, isInFront: () => boolean): Promise<void> {
    this.#mayOpen = true;
    await open();
    await expect
      .poll(() => isInFront() && this.#loadedFrame !== undefined, {
        intervals: [20],
        message: 'the page is in front and loaded',
      })
      .toBe(true);
    this.#mayOpen = false;
  }
}

/** Who is on the other side of a conversation between two; undefined if there are more. */
function otherSide({ direction, from, to }: Message): string | undefined {
  if (to.length > 1) return undefined;
  return direction === 'Inbound' ? from?.name : to[0]?.name;
}
