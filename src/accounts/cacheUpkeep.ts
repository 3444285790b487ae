import type { Disposable } from 'vscode';
import type { Account, Accounts } from '../mailbox/accounts';
import type { AttachmentCache } from '../mailbox/content/attachmentCache';
import type { StoreChange } from '../mailbox/store/messageStore';
import type { StorageSettings } from './storageSettings';

/** Keeps the cache of attachments as small as the user wants it, and without what belongs to messages that are gone. */
export class CacheUpkeep implements Disposable {
  readonly #following: Disposable[];
  readonly #ofAccounts: Disposable[] = [];

  constructor(
    private readonly cache: AttachmentCache,
    private readonly accounts: Accounts,
    settings: StorageSettings,
    private readonly warn: (line: string) => void,
  ) {
    this.#following = [
      settings.onDidChangeCacheLimit(() => void cache.makeRoom()),
      accounts.onDidChange(() => this.#follow()),
    ];
    this.#follow();
    void cache.makeRoom();
  }

  dispose(): void {
    for (const disposable of [...this.#ofAccounts.splice(0), ...this.#following]) disposable.dispose();
  }

  #follow(): void {
    for (const disposable of this.#ofAccounts.splice(0)) disposable.dispose();
    for (const account of this.accounts.all) {
      this.#ofAccounts.push(account.mailbox.store.onDidChange((change) => void this.#prune(account, change)));
    }
  }

  async #prune({ id, mailbox }: Account, { ids }: StoreChange): Promise<void> {
    try {
      await this.cache.prune(
        id,
        (messageId) => (ids?.has(messageId) ?? true) && mailbox.store.get(messageId) === undefined,
      );
    } catch (error) {
      this.warn(`Attachments of messages that are gone are still in the cache. ${String(error)}`);
    }
  }
}
