import * as vscode from 'vscode';
import { readSetting } from '../settings';
import { UNREAD_COLOR } from './rowIcons';

/** Rows of groups carry a URI of this scheme only to be decorated; nothing can be read from it. */
const SCHEME = 'ringcentral-mailbox-unread';

/** Badges hold two characters. */
const LARGEST_BADGE = 99;

/** Of VS Code: whether decorations show their badges, anywhere. */
export const BADGES_SETTING = 'explorer.decorations.badges';

/**
 * The URI for the row of a group with `unread` unread messages.
 * @param isCounted whether a badge says how many; else the row is only in another color
 */
export function unreadUri(rowId: string, unread: number, isCounted: boolean): vscode.Uri {
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/${encodeURIComponent(rowId)}`,
    query: String(unread),
    ...(isCounted && isBadgeShown(unread) && { fragment: 'badge' }),
  });
}

/** Whether a badge can say how much is unread. What it cannot say, or what is not shown, the row says in words. */
export function isBadgeShown(unread: number): boolean {
  return unread <= LARGEST_BADGE && readSetting(BADGES_SETTING);
}

/** Colors rows with something unread, and shows at their end how much, where that is wanted. */
export class UnreadDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri[]>();
  /** Addresses of unread messages that have rows. */
  readonly #unread = new Set<string>();

  readonly onDidChangeFileDecorations = this.#changed.event;
  /** After the event, to which VS Code subscribes at this moment. */
  readonly #registration = vscode.window.registerFileDecorationProvider(this);

  /** Colors the row of a message, whose address is that of a file, or does not any more. */
  show(file: vscode.Uri, isUnread: boolean): void {
    const address = file.toString();
    if (this.#unread.has(address) === isUnread) return;
    if (isUnread) this.#unread.add(address);
    else this.#unread.delete(address);
    this.#changed.fire([file]);
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const color = new vscode.ThemeColor(UNREAD_COLOR);
    if (uri.scheme !== SCHEME)
      return this.#unread.has(uri.toString())
        ? new vscode.FileDecoration(undefined, undefined, color)
        : undefined;
    const unread = Number(uri.query);
    if (!(unread > 0)) return undefined;
    if (uri.fragment !== 'badge') return new vscode.FileDecoration(undefined, undefined, color);
    // Without words of its own, which VS Code would add to the row's hover, where they are already.
    return new vscode.FileDecoration(String(unread), undefined, color);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
