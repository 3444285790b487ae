import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { MailboxOptions } from '../../../src/mailbox/mailbox';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { openMessageStore } from '../../../src/mailbox/store/openMessageStore';
import { openDatabase } from '../../../src/storage/sqlite';

/** Opens the store of one account in one more window. */
export type OpenStore = () => Pick<MailboxOptions, 'store' | 'shared'>;

export interface StoreKind {
  readonly name: string;
  /** A new account's store, empty. */
  readonly create: () => OpenStore;
}

export const IN_SQLITE = {
  name: 'in SQLite',
  create: () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return (): Required<ReturnType<OpenStore>> => {
      const store = openMessageStore(path.join(folder, 'messages.sqlite'), ({ error }) => {
        throw error;
      });
      const database = openDatabase(path.join(folder, 'windows.sqlite'));
      return { store, shared: { database, poll: () => store.poll() } };
    };
  },
} satisfies StoreKind;

/** Every kind of store there is. */
export const STORES: readonly StoreKind[] = [
  { name: 'in memory', create: () => () => ({ store: new MemoryMessageStore() }) },
  IN_SQLITE,
];
