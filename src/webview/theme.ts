import type { ThemeKind } from '../viewers/protocol';

const LIGHT = ['vscode-light', 'vscode-high-contrast-light'];

/** The kind of theme that VS Code shows; it writes it into the body's class. */
export function themeKind(): ThemeKind {
  return LIGHT.some((name) => document.body.classList.contains(name)) ? 'light' : 'dark';
}

/** Calls back when somebody chooses another theme: VS Code writes its colours into the document. */
export function onThemeChange(callback: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}
