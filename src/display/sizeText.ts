import * as vscode from 'vscode';
import { numberText, plural } from './language';

/** A number of bytes, as people say it. */
export function sizeText(bytes: number): string {
  if (bytes < 1000)
    return plural(bytes, {
      one: (count) => vscode.l10n.t('{0} byte', count),
      other: (count) => vscode.l10n.t('{0} bytes', count),
    });
  if (bytes < 1_000_000) return vscode.l10n.t('{0} kB', numberText(Math.round(bytes / 1000)));
  const megabytes = numberText(bytes / 1_000_000, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return vscode.l10n.t('{0} MB', megabytes);
}
