import { existsSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { l10n, type LogOutputChannel } from 'vscode';
import { describeStorageTrouble } from '../display/describeError';
import { sentencesText } from '../display/language';
import { showWarning } from '../display/window';
import type { AttachmentCache } from '../mailbox/content/attachmentCache';
import type { MailboxOptions } from '../mailbox/mailbox';
import type { Damage } from '../mailbox/store/mendingMessageStore';
import { MemoryMessageStore } from '../mailbox/store/memoryMessageStore';
import { openMessageStore } from '../mailbox/store/openMessageStore';
import { WINDOWS } from '../mailbox/sync/windows';
import { removeDatabase } from '../storage/databaseFile';
import { privateName } from '../storage/privateName';
import { SharedDatabase } from '../storage/sharedDatabase';
import { NewerDatabaseError } from '../storage/migrations';
import { SqliteUnavailableError } from '../storage/sqlite';
import { databaseTrouble, fileTrouble } from '../storage/storageTrouble';

export interface OpenedStore extends Pick<MailboxOptions, 'store' | 'shared'> {
  /** Whether it is in memory only because the one on disk could not be opened at that moment. */
  readonly isFallback?: boolean;
}

/** Beside the messages of an account, what its windows agree on: it outlives a damaged file of messages. */
const WINDOWS_ENDING = '.windows.sqlite';
const MESSAGES_ENDING = '.sqlite';

/** Where the messages of each account are kept: a database of its own, or this window's memory. */
export class MailboxFiles {
  /** What was said already. */
  readonly #warned = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly cache: AttachmentCache,
    private readonly log: LogOutputChannel,
  ) {}

  /** A store that keeps nothing beyond this window. */
  openInMemory(label: string): OpenedStore {
    try {
      return { store: openMessageStore(':memory:', (damage) => this.#tellDamage(label, damage)) };
    } catch (error) {
      if (!(error instanceof SqliteUnavailableError)) throw error;
      return { store: new MemoryMessageStore() };
    }
  }

  /**
   * The store on disk, shared with the other windows; one in memory, with a warning, where there can be none.
   * @param label names the account to people
   */
  open(accountId: string, label: string): OpenedStore {
    try {
      return this.#open(accountId, label);
    } catch (error) {
      this.#warn(error);
      const isTemporary = (databaseTrouble(error) ?? fileTrouble(error)) !== undefined;
      return { ...this.openInMemory(label), ...(isTemporary && { isFallback: true }) };
    }
  }

  /** Whether `open` would give the store on disk by now. */
  canOpen(accountId: string, label: string): boolean {
    try {
      const { store, shared } = this.#open(accountId, label);
      store.dispose();
      shared?.database.close();
      return true;
    } catch {
      return false;
    }
  }

  #open(accountId: string, label: string): OpenedStore {
    const store = openMessageStore(this.#messages(accountId), (damage) => this.#tellDamage(label, damage));
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

  #tellDamage(label: string, { error, setAside, kept, lost }: Damage): void {
    this.log.warn(`The file of messages is damaged. ${String(error)} It is now ${setAside ?? 'left alone'}.`);
    const what =
      setAside === undefined
        ? l10n.t(
            "The stored messages of {0} are damaged, and can't be replaced while another program is using them. This window loads them again from RingCentral. Close your other VS Code windows, and then reload this one.",
            label,
          )
        : l10n.t('The stored messages of {0} were damaged and are being downloaded again.', label);
    void showWarning(sentencesText([what, ...changesText(kept, lost)]));
  }

  #warn(error: unknown): void {
    this.log.warn(`Messages are kept in memory only. ${String(error)}`);
    const text = reasonText(error);
    if (this.#warned.has(text)) return;
    this.#warned.add(text);
    void showWarning(text);
  }
}

/** What became of changes that had not been sent. */
function changesText(kept: number, lost: number | undefined): string[] {
  const texts: string[] = [];
  if (kept > 0) texts.push(l10n.t('Unsent changes that were kept: {0}.', kept));
  if (lost === undefined) texts.push(l10n.t('Unsent changes may be lost.'));
  else if (lost > 0) texts.push(l10n.t('Unsent changes that were lost: {0}.', lost));
  return texts;
}

function reasonText(error: unknown): string {
  if (error instanceof SqliteUnavailableError) {
    return l10n.t(
      "This version of VS Code can't store messages on this computer. Each window loads them again.",
    );
  }
  if (error instanceof NewerDatabaseError) {
    return l10n.t(
      'The messages on this computer were stored by a newer version of the extension. Each window loads them again. To use the stored messages, update the extension.',
    );
  }
  const trouble = databaseTrouble(error) ?? fileTrouble(error);
  const reason = trouble ? describeStorageTrouble(trouble) : l10n.t('See the log for details.');
  return l10n.t("Messages can't be stored on this computer, so each window loads them again. {0}", reason);
}
