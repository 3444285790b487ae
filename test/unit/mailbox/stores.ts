import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { MailboxOptions } from '../../../src/mailbox/mailbox';
import type { Damage } from '../../../src/mailbox/store/mendingMessageStore';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { openMessageStore } from '../../../src/mailbox/store/openMessageStore';
import { removeDatabase } from '../../../src/storage/databaseFile';
import { WINDOWS } from '../../../src/mailbox/sync/windows';
import { SharedDatabase } from '../../../src/storage/sharedDatabase';
import { openDatabase } from '../../../src/storage/sqlite';

/** Opens the store of one account in one more window. */
export interface OpenStore {
  (): Pick<MailboxOptions, 'store' | 'shared'>;
  /** Removes what is kept, as Clear Local Data does, whatever windows have it open; undefined if nothing is. */
  readonly clear?: () => void;
}

export interface StoreKind {
  readonly name: string;
  /** A new account's store, empty. */
  readonly create: () => OpenStore;
}

export const IN_SQLITE = {
  name: 'in SQLite',
  create: () => {
    const { open, file } = openFiles(({ error }) => {
      throw error;
    });
    return Object.assign(open, { clear: () => removeDatabase(file) });
  },
} satisfies StoreKind;

export interface AccountFiles {
  readonly open: () => Required<ReturnType<OpenStore>>;
  /** The file of messages. */
  readonly file: string;
  /** The file by which the windows agree. */
  readonly windowsFile: string;
}

/** The files of a new account. */
export function openFiles(onDamage: (damage: Damage) => void, now: () => number = Date.now): AccountFiles {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'messages.sqlite');
  const windowsFile = path.join(folder, 'windows.sqlite');
  const open: AccountFiles['open'] = () => {
    const store = openMessageStore(file, onDamage, now);
    const database = new SharedDatabase(windowsFile, WINDOWS);
    return { store, shared: { database, poll: () => store.poll() } };
  };
  return { open, file, windowsFile };
}

/** Spoils what is in the file of a database, but for its first pages. */
export function scribble(file: string, pages: number): void {
  const database = openDatabase(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  const bytes = readFileSync(file);
  bytes.fill(0x5a, pages * 4096);
  writeFileSync(file, bytes);
}

export const IN_MEMORY: StoreKind = {
  name: 'in memory',
  create: () => () => ({ store: new MemoryMessageStore() }),
};

/** Every kind of store there is, with its name first for the titles of tests. */
export const EACH_STORE: readonly (readonly [string, StoreKind])[] = [IN_MEMORY, IN_SQLITE].map((kind) => [
  kind.name,
  kind,
]);
