import * as vscode from 'vscode';
import type { Account, Accounts } from '../mailbox/accounts';
import { accountKeyOf, filePath, messagePath, parsePath } from '../mailbox/files/mailboxPath';
import { JSON_RECORD, MARKDOWN } from '../mailbox/files/messageFiles';
import type { StoreChange } from '../mailbox/store/messageStore';

interface Watched {
  readonly uri: vscode.Uri;
  /** How often it is watched. */
  count: number;
}

/** Tells of changes of the files that somebody watches, and of no others: a mailbox is too large for that. */
export class WatchedFiles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** By path. */
  readonly #watched = new Map<string, Watched>();
  readonly #following: vscode.Disposable;
  readonly #ofAccounts: vscode.Disposable[] = [];
  #keys: ReadonlySet<string> = new Set();

  readonly onDidChange = this.#changed.event;

  constructor(private readonly accounts: Accounts) {
    this.#following = accounts.onDidChange(() => this.#follow());
    this.#follow();
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    const watched = this.#watched.get(uri.path) ?? { uri, count: 0 };
    this.#watched.set(uri.path, watched);
    watched.count++;
    let isOver = false;
    return new vscode.Disposable(() => {
      if (isOver) return;
      isOver = true;
      if (--watched.count === 0) this.#watched.delete(uri.path);
    });
  }

  dispose(): void {
    this.#following.dispose();
    for (const disposable of this.#ofAccounts.splice(0)) disposable.dispose();
    this.#changed.dispose();
  }

  #follow(): void {
    for (const disposable of this.#ofAccounts.splice(0)) disposable.dispose();
    const keys = new Set(this.accounts.all.map(accountKeyOf));
    for (const account of this.accounts.all) {
      this.#ofAccounts.push(account.mailbox.store.onDidChange((change) => this.#tell(account, change)));
    }
    const isOther = keys.size !== this.#keys.size || [...keys].some((key) => !this.#keys.has(key));
    const before = this.#keys;
    this.#keys = keys;
    if (isOther) this.#tellOfAccounts(before, keys);
  }

  /** What is of an account that is signed out of is not there any more. */
  #tellOfAccounts(before: ReadonlySet<string>, now: ReadonlySet<string>): void {
    const events: vscode.FileChangeEvent[] = [];
    for (const { uri } of this.#watched.values()) {
      const parsed = parsePath(uri.path);
      if (!parsed) continue;
      if (parsed.kind === 'root') events.push({ type: vscode.FileChangeType.Changed, uri });
      else if (before.has(parsed.accountKey) && !now.has(parsed.accountKey))
        events.push({ type: vscode.FileChangeType.Deleted, uri });
      else if (!before.has(parsed.accountKey) && now.has(parsed.accountKey))
        events.push({ type: vscode.FileChangeType.Changed, uri });
    }
    this.#fire(events);
  }

  #tell(account: Account, { ids }: StoreChange): void {
    const events: vscode.FileChangeEvent[] = [];
    const key = accountKeyOf(account);
    for (const { uri } of this.#watched.values()) {
      const parsed = parsePath(uri.path);
      if (!parsed || (parsed.kind !== 'root' && parsed.accountKey !== key)) continue;
      if ('messageId' in parsed) {
        if (ids?.has(parsed.messageId) ?? true)
          events.push({ type: this.#typeOf(account, parsed.messageId), uri });
      } else {
        events.push({ type: vscode.FileChangeType.Changed, uri }, ...under(uri, account, ids));
      }
    }
    this.#fire(events);
  }

  #typeOf({ mailbox }: Account, messageId: string): vscode.FileChangeType {
    const message = mailbox.store.get(messageId);
    const isThere = message !== undefined && message.availability !== 'Purged';
    return isThere ? vscode.FileChangeType.Changed : vscode.FileChangeType.Deleted;
  }

  #fire(events: vscode.FileChangeEvent[]): void {
    if (events.length > 0) this.#changed.fire(events);
  }
}

/** What has changed or come below a folder. What has gone from it has taken its name along. */
function under(folder: vscode.Uri, account: Account, ids: StoreChange['ids']): vscode.FileChangeEvent[] {
  const prefix = folder.path.replace(/\/*$/, '/');
  return [...(ids ?? [])].flatMap((id) => {
    const message = account.mailbox.store.get(id);
    if (!message || !messagePath(account, message).startsWith(prefix)) return [];
    const at = (path: string, type: vscode.FileChangeType): vscode.FileChangeEvent => ({
      type,
      uri: folder.with({ path }),
    });
    return [
      at(messagePath(account, message), vscode.FileChangeType.Created),
      ...[MARKDOWN, JSON_RECORD].map(({ name }) =>
        at(filePath(account, message, name), vscode.FileChangeType.Changed),
      ),
    ];
  });
}
