import * as vscode from 'vscode';

/** A number of bytes, as people say it. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return vscode.l10n.t('{0} bytes', bytes);
  if (bytes < 1_000_000) return vscode.l10n.t('{0} kB', Math.round(bytes / 1000));
  return vscode.l10n.t('{0} MB', (bytes / 1_000_000).toFixed(1));
}
