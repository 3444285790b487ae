export { l10n } from '../../fakes/l10n';

/** As much of VS Code as rows and their hovers use. */
export class TreeItem {
  description?: string;
  accessibilityInformation?: { label: string };
  iconPath?: unknown;
  id?: string;
  tooltip?: unknown;
  command?: unknown;
  resourceUri?: unknown;
  constructor(
    readonly label: string,
    readonly collapsibleState?: number,
  ) {}
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class FileDecoration {
  constructor(
    readonly badge?: string,
    readonly tooltip?: string,
    readonly color?: ThemeColor,
  ) {}
}

export class MarkdownString {
  value = '';
  isTrusted?: boolean;
  supportHtml?: boolean;
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

export const Uri = { from: (components: object) => components };

/** What the user has set, by full names. */
export const settings = new Map<string, unknown>();

export const workspace = {
  getConfiguration: () => ({ get: (id: string) => settings.get(id) }),
  onDidChangeConfiguration: () => ({ dispose: () => undefined }),
};

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export const env = { language: 'en' };

export { Emitter as EventEmitter } from '../../../src/util/emitter';

/** Rows that were brought into sight, oldest first. */
export const revealed: { node: unknown; options: unknown }[] = [];

/** What VS Code, which is reading rows, does before it brings one into sight. */
export const rows = { reading: Promise.resolve() };

/** Views by their ids. */
export const shownViews = new Map<string, { readonly description: string }>();

export const window = {
  createTreeView: (
    id: string,
    { treeDataProvider }: { readonly treeDataProvider: { getTreeItem(node: unknown): unknown } },
  ) => {
    const view = {
      visible: true,
      description: '',
      selection: [],
      dispose: () => undefined,
      reveal: async (node: unknown, options: unknown): Promise<void> => {
        // Of a row that there is not, VS Code gets no item.
        const isThere = Boolean(attempt(() => treeDataProvider.getTreeItem(node)));
        if (isThere) revealed.push({ node, options });
        await rows.reading;
        if (!isThere) throw new RangeError('There is no such row.');
      },
    };
    shownViews.set(id, view);
    return view;
  },
  registerFileDecorationProvider: () => ({ dispose: () => undefined }),
};

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export const commands = { executeCommand: () => Promise.resolve() };
