export { l10n } from '../../fakes/l10n';

/** As much of VS Code as rows and their hovers use. */
export class TreeItem {
  description?: string;
  accessibilityInformation?: { label: string };
  iconPath?: unknown;
  constructor(
    readonly label: string,
    readonly collapsibleState?: number,
  ) {}
}

export class ThemeIcon {
  constructor(readonly id: string) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
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

export const Uri = { from: ({ path }: { path: string }) => ({ path }) };

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export const env = { language: 'en' };
