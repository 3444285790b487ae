import { existsSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { l10n, type LogOutputChannel } from 'vscode';
import { showInformation, showWarning } from '../display/window';
import type { AttachmentCache } from '../mailbox/content/attachmentCache';
import type { MailboxOptions } from '../mailbox/mailbox';
import type { Damage } from '../mailbox/store/mendingMessageStore';
import { MemoryMessageStore } from '../mailbox/store/memoryMessageStore';
import { openMessageStore } from '../mailbox/store/openMessageStore';
import { WINDOWS } from '../mailbox/sync/windows';
import { removeDatabase } from '../storage/databaseFile';
import { privateName } from '../storage/privateName';
import { SharedDatabase } from '../storage/sharedDatabase';
import { SqliteUnavailableError } from '../storage/sqlite';

export type OpenedStore = Pick<MailboxOptions, 'store' | 'shared'>;

/** Beside the messages of an account, what its windows agree on: it outlives a damaged file of messages. */
const WINDOWS_ENDING = '.windows.sqlite';
const MESSAGES_ENDING = '.sqlite';

/** Where the messages of each account are kept: a database of its own, or this window's memory. */
export class MailboxFiles {
  #isWarned = false;

  constructor(
    private readonly folder: string,
    private readonly cache: AttachmentCache,
    private readonly log: LogOutputChannel,
  ) {}

  /** A store that keeps nothing beyond this window. */
  openInMemory(): OpenedStore {
    try {
      return { store: openMessageStore(':memory:', (damage) => this.#tellDamage(damage)) };
    } catch (error) {
      if (!(error instanceof SqliteUnavailableError)) throw error;
      return { store: new MemoryMessageStore() };
    }
  }

  /** The store on disk, shared with the other windows; one in memory, with a warning, where there can be none. */
  open(accountId: string): OpenedStore {
    try {
      const store = openMessageStore(this.#messages(accountId), (damage) => this.#tellDamage(damage));
      try {
        const database = new SharedDatabase(this.#windows(accountId), WINDOWS, (error, aside) =>
          this.log.warn(`What the windows agree on is damaged. ${String(error)} It is now ${aside}.`),
        );
        // Whether it can be opened at all.
        database.exec('SELECT 1');
        return { store, shared: { database, poll: () => store.poll(), isDetached: () => store.isDetached } };
      } catch (error) {
        store.dispose();
        throw error;
      }
    } catch (error) {
      this.#warn(error);
      return this.openInMemory();
    }
  }

  /** Whether anything is kept of an account. */
  has(accountId: string): boolean {
    return this.#filesOf(accountId).length > 0;
  }

  /**
   * Removes the messages of an account and their attachments, damaged files included; other windows notice, and begin anew
   * as well.
   */
  removeMessages(accountId: string): void {
    this.cache.remove(accountId);
    const ofWindows = privateName(accountId) + WINDOWS_ENDING;
    for (const file of this.#filesOf(accountId)) if (!file.startsWith(ofWindows)) this.#remove(file);
  }

  /** Removes everything that is kept of an account, once it is signed out of. */
  remove(accountId: string): void {
    this.cache.remove(accountId);
    for (const file of this.#filesOf(accountId)) this.#remove(file);
  }

  /** Removes what is kept of all accounts, but the messages of these. */
  removeAllBut(accountIds: readonly string[]): void {
    this.cache.removeAll();
    const names = accountIds.map(privateName);
    for (const file of this.#files()) {
      if (!names.some((name) => file.startsWith(name))) this.#remove(file);
    }
  }

  #remove(file: string): void {
    removeDatabase(path.join(this.folder, file));
  }

  #messages(accountId: string): string {
    return path.join(this.folder, privateName(accountId) + MESSAGES_ENDING);
  }

  #windows(accountId: string): string {
    return path.join(this.folder, privateName(accountId) + WINDOWS_ENDING);
  }

  #filesOf(accountId: string): string[] {
    return this.#files().filter((file) => file.startsWith(privateName(accountId)));
  }

  #files(): string[] {
    return existsSync(this.folder) ? readdirSync(this.folder) : [];
  }

  #tellDamage({ error, setAside }: Damage): void {
    this.log.warn(`The file of messages is damaged. ${String(error)} It is now ${setAside ?? 'left alone'}.`);
    void showInformation(
      l10n.t(
        'The messages kept on this computer were damaged and are fetched again. Changes that had not been sent may be lost.',
      ),
    );
  }

  #warn(error: unknown): void {
    this.log.warn(`Messages are kept in memory only. ${String(error)}`);
    if (this.#isWarned) return;
    this.#isWarned = true;
    void showWarning(
      error instanceof SqliteUnavailableError
        ? l10n.t(
            'This version of VS Code cannot keep messages on this computer. They are loaded anew in each window.',
          )
        : l10n.t(
            'Messages cannot be kept on this computer: its folder cannot be written, or a newer version of the extension is in use. They are loaded anew in each window.',
          ),
    );
  }
}
