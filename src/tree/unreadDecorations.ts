import * as vscode from 'vscode';

/** Rows carry a URI of this scheme only to be decorated; nothing can be read from it. */
const SCHEME = 'ringcentral-mailbox-unread';

/** Badges hold two characters. */
const LARGEST_BADGE = 99;

/** The URI for a row with `unread` unread messages. */
export function unreadUri(rowId: string, unread: number): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${encodeURIComponent(rowId)}`, query: String(unread) });
}

/** Shows the number of unread messages at the end of a group's row, and colours the row. */
export function registerUnreadDecorations(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration(uri) {
      if (uri.scheme !== SCHEME) return undefined;
      const unread = Number(uri.query);
      if (!(unread > 0)) return undefined;
      return new vscode.FileDecoration(
        String(Math.min(unread, LARGEST_BADGE)),
        unread === 1 ? vscode.l10n.t('1 unread message') : vscode.l10n.t('{0} unread messages', unread),
        new vscode.ThemeColor('list.highlightForeground'),
      );
    },
  });
}
