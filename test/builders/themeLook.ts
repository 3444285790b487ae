/** How VS Code tells a page what it looks like; the names are those of VS Code's own document around pages. */
export interface ThemeLook {
  /** CSS variables without the leading dashes. */
  readonly styles: Readonly<Record<string, string>>;
  /** The class of the body, and the kind of theme. */
  readonly activeTheme: string;
  readonly themeId: string;
  readonly themeLabel: string;
}
