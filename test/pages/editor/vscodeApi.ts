import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { URI, Utils } from 'vscode-uri';
import { Emitter } from '../../../src/util/emitter';
import { localized } from '../../fakes/l10n';
import type { Editor } from './editor';

/** What only has to be there. */
const nothing = { dispose: (): void => undefined };

class TabInputWebview {
  constructor(readonly viewType: string) {}
}

const Uri = {
  file: (file: string) => URI.file(file),
  parse: (text: string) => URI.parse(text),
  from: (parts: Parameters<typeof URI.from>[0]) => URI.from(parts),
  joinPath: Utils.joinPath,
};

class Named {
  constructor(readonly id: unknown) {}
}

class Markdown {
  constructor(public value = '') {}
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

/** As much of the module `vscode` as the extension uses, apart from its views, which nobody looks at here. */
export function vscodeApi(editor: Editor): Readonly<Record<string, unknown>> {
  const never = new Emitter<never>().event;
  return {
    l10n: localized(editor.localization?.bundle),
    EventEmitter: Emitter,
    Uri,
    Disposable: class {
      constructor(readonly dispose: () => void) {}
    },
    CancellationError: class extends Error {},
    FileSystemError: class extends Error {},
    MarkdownString: Markdown,
    TreeItem: Named,
    ThemeIcon: Named,
    ThemeColor: Named,
    TabInputWebview,
    ExtensionMode: { Production: 1, Development: 2, Test: 3 },
    FileChangeType: { Changed: 1, Created: 2, Deleted: 3 },
    FileType: { Unknown: 0, File: 1, Directory: 2 },
    ProgressLocation: { SourceControl: 1, Window: 10, Notification: 15 },
    StatusBarAlignment: { Left: 1, Right: 2 },
    TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
    UIKind: { Desktop: 1, Web: 2 },
    ViewColumn: { Active: -1, Beside: -2 },
    authentication: { registerAuthenticationProvider: () => nothing },
    commands: {
      registerCommand: (name: string, handler: (...args: unknown[]) => unknown) => {
        editor.commands.set(name, handler);
        return { dispose: () => editor.commands.delete(name) };
      },
      executeCommand: (name: string, ...args: unknown[]) => editor.run(name, ...args),
    },
    env: {
      language: editor.localization?.language ?? 'en',
      uiKind: 1,
      remoteName: undefined,
      uriScheme: 'vscode',
      clipboard: {
        writeText: (text: string) => {
          editor.clipboard = text;
          return Promise.resolve();
        },
      },
      openExternal: (target: unknown) => {
        editor.opened.push(String(target));
        return Promise.resolve(true);
      },
    },
    window: {
      state: { focused: true, active: true },
      onDidChangeWindowState: never,
      tabGroups: {
        get all() {
          return [
            {
              viewColumn: 1,
              tabs: editor.panels.map(({ title, viewType, isPinned, active }) => ({
                label: title,
                isPinned,
                isActive: active,
                input: new TabInputWebview(`mainThreadWebview-${viewType}`),
              })),
            },
          ];
        },
        activeTabGroup: { viewColumn: 1 },
        onDidChangeTabs: editor.onDidChangeTabs,
      },
      createOutputChannel: () => editor.log,
      createStatusBarItem: () => ({ show: () => undefined, hide: () => undefined, ...nothing }),
      createTreeView: () => ({
        visible: false,
        selection: [],
        reveal: () => Promise.reject(new Error('There are no rows.')),
        ...nothing,
      }),
      createWebviewPanel: editor.createPanel,
      registerFileDecorationProvider: () => nothing,
      registerUriHandler: () => nothing,
      registerWebviewPanelSerializer: editor.registerSerializer,
      setStatusBarMessage: () => nothing,
      showErrorMessage: editor.notices.show.bind(editor.notices, 'error'),
      showInformationMessage: editor.notices.show.bind(editor.notices, 'information'),
      showInputBox: () => Promise.resolve(editor.typed),
      showSaveDialog: () => Promise.resolve(editor.saveAs && URI.file(editor.saveAs)),
      showWarningMessage: editor.notices.show.bind(editor.notices, 'warning'),
      withProgress: (_options: unknown, task: (progress: unknown, token: unknown) => Promise<unknown>) =>
        task({ report: () => undefined }, { isCancellationRequested: false, onCancellationRequested: never }),
    },
    workspace: {
      getConfiguration: editor.configuration,
      onDidChangeConfiguration: never,
      registerFileSystemProvider: () => nothing,
      fs: {
        delete: ({ fsPath }: URI) => rm(fsPath),
        readDirectory: async ({ fsPath }: URI) => (await readdir(fsPath)).map((name) => [name, 1]),
        rename: (from: URI, to: URI) => rename(from.fsPath, to.fsPath),
        writeFile: ({ fsPath }: URI, content: Uint8Array) => writeFile(fsPath, content),
      },
    },
  };
}
