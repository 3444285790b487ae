import * as vscode from 'vscode';
import { Setting, View } from '../ids';
import type { Accounts } from '../mailbox/accounts';
import { followMailboxes } from '../mailbox/followMailboxes';
import { readSetting } from '../settings';
import { unreadCount, unreadText } from './unreadCount';

/** Milliseconds in which changes are gathered. */
const DELAY = 50;

/** The number of unread messages in the status bar, gone while there are none. */
export class UnreadStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('unread', vscode.StatusBarAlignment.Right);
  readonly #following: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly accounts: Accounts) {
    this.#item.name = vscode.l10n.t('Unread RingCentral Messages');
    this.#item.command = `${View.Messages}.focus`;
    this.#following = [
      followMailboxes(
        accounts,
        ({ store }) => [store.onDidChange(() => this.#schedule())],
        () => this.#show(),
      ),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(Setting.StatusBar)) this.#show();
      }),
    ];
    this.#show();
  }

  /** What it says; undefined while it is hidden. */
  get text(): string | undefined {
    return this.#unread === 0 ? undefined : this.#item.text;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#following) disposable.dispose();
    this.#item.dispose();
  }

  get #unread(): number {
    const isWanted = readSetting(Setting.StatusBar);
    return isWanted ? unreadCount(this.accounts.all) : 0;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#show(), DELAY);
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const unread = this.#unread;
    if (unread === 0) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(mail) ${unread.toLocaleString()}`;
    this.#item.tooltip = unreadText(unread);
    this.#item.accessibilityInformation = { label: unreadText(unread) };
    this.#item.show();
  }
}
