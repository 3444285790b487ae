import { Emitter } from '../../../src/util/emitter';

export { Emitter as EventEmitter } from '../../../src/util/emitter';
export { l10n } from '../../fakes/l10n';

/** As much of VS Code as the viewers use, for tests outside of it. */
export class Uri {
  constructor(readonly path: string) {}
  static joinPath(base: Uri, ...segments: string[]): Uri {
    return new Uri([base.path, ...segments].join('/'));
  }
  static file(path: string): Uri {
    return new Uri(path);
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return `vscode-resource:${this.path}`;
  }
}

export class FakePanel {
  readonly #received = new Emitter<unknown>();
  readonly #disposed = new Emitter<void>();
  readonly onDidDispose = this.#disposed.event;
  readonly posted: { kind: string; [name: string]: unknown }[] = [];
  iconPath: { light: Uri; dark: Uri } | undefined;
  /** `preserveFocus` of each time it was brought to the front. */
  readonly reveals: (boolean | undefined)[] = [];
  isDisposed = false;
  viewColumn = 1;
  active = true;
  visible = true;
  readonly #viewState = new Emitter<unknown>();
  readonly onDidChangeViewState = this.#viewState.event;
  readonly webview = {
    html: '',
    options: {} as { localResourceRoots?: readonly Uri[]; enableScripts?: boolean },
    cspSource: "'self'",
    asWebviewUri: (uri: Uri) => uri,
    onDidReceiveMessage: this.#received.event,
    postMessage: (message: { kind: string }): Promise<boolean> => {
      this.posted.push(message);
      return Promise.resolve(true);
    },
  };

  constructor(
    public title: string,
    readonly options: { localResourceRoots: readonly Uri[]; enableScripts: boolean },
  ) {}

  reveal(column: number | undefined, preserveFocus?: boolean): void {
    if (column === ViewColumn.Beside) this.viewColumn += 1;
    this.reveals.push(preserveFocus);
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.#disposed.fire();
  }

  /** It comes to the front, or another does. */
  setActive(active: boolean): void {
    this.active = active;
    this.#viewState.fire(undefined);
  }

  /** The page says something to the host. */
  say(message: unknown): void {
    this.#received.fire(message);
  }
}

interface Serializer {
  deserializeWebviewPanel(panel: FakePanel, state: unknown): Promise<void>;
}

/** By the type of panel. */
export const serializers = new Map<string, Serializer>();
/** What people were told, and what they could choose. */
export const informed: { message: string; choices: readonly string[] }[] = [];
/** Context keys as they were set last. */
export const contexts = new Map<string, unknown>();

export const panels: FakePanel[] = [];
export const openedLinks: unknown[] = [];

export class TabInputWebview {
  constructor(readonly viewType: string) {}
}

interface FakeTab {
  readonly label: string;
  readonly viewColumn: number;
  readonly viewType: string;
  readonly isPinned: boolean;
}

const tabs: FakeTab[] = [];
const tabsChanged = new Emitter<void>();

export function showTab(tab: FakeTab): void {
  tabs.push(tab);
  tabsChanged.fire();
}

export function closeTabs(): void {
  tabs.length = 0;
}

export const window = {
  tabGroups: {
    get all() {
      return tabs.map(({ viewColumn, viewType, label, isPinned }) => ({
        viewColumn,
        tabs: [{ label, isPinned, input: new TabInputWebview(viewType) }],
      }));
    },
    activeTabGroup: { viewColumn: 1 },
    onDidChangeTabs: tabsChanged.event,
  },
  createWebviewPanel(
    _type: string,
    title: string,
    { viewColumn }: { viewColumn: number },
    options: { localResourceRoots: readonly Uri[]; enableScripts: boolean },
  ): FakePanel {
    const panel = new FakePanel(title, options);
    if (viewColumn === ViewColumn.Beside) panel.viewColumn = 2;
    panels.push(panel);
    return panel;
  },
  registerWebviewPanelSerializer(type: string, serializer: Serializer): { dispose(): void } {
    serializers.set(type, serializer);
    return { dispose: () => serializers.delete(type) };
  },
  showInformationMessage(message: string, ...choices: string[]): Promise<string | undefined> {
    informed.push({ message, choices });
    return Promise.resolve(choices[0]);
  },
};

export const commands = {
  executeCommand(_command: string, key: string, value: unknown): Promise<void> {
    contexts.set(key, value);
    return Promise.resolve();
  },
};

export const ViewColumn = { Active: -1, Beside: -2 };

export const UIKind = { Desktop: 1, Web: 2 };

export const env = {
  language: 'en',
  uiKind: UIKind.Desktop,
  remoteName: undefined as string | undefined,
  openExternal(target: unknown): Promise<boolean> {
    openedLinks.push(target);
    return Promise.resolve(true);
  },
};
