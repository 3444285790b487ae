import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { describeError } from '../../../src/display/describeError';
import { SqliteMessageStore } from '../../../src/mailbox/store/sqliteMessageStore';
import { type DatabaseSync, openDatabase } from '../../../src/storage/sqlite';
import { alive, openUnsynchronized, synchronize, whenComplete } from './openEmulator';

vi.mock('vscode', () => import('../fakeVscode'));

/** SQLite says the same of a file that may not grow as of a disk that is full. */
function limit(database: DatabaseSync, pages: number): void {
  database.exec(`PRAGMA max_page_count = ${pages}`);
}

function pagesOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
}

function aFile(): DatabaseSync {
  const folder = mkdtempSync(path.join(tmpdir(), 'full-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return openDatabase(path.join(folder, 'messages.sqlite'));
}

test('messages that find no room are fetched when there is some, and meanwhile the reason is said', async () => {
  const database = aFile();
  const store = new SqliteMessageStore(database);
  const opened = await openUnsynchronized(() => ({ store }));
  limit(database, pagesOf(database) + 1);
  await expect(opened.mailbox.refresh()).rejects.toSatisfy((error: unknown) =>
    describeError(error).startsWith('The disk is full. Free up some space'),
  );
  const { state } = opened.mailbox;
  expect(state.kind === 'failed' && describeError(state.error)).toContain('The disk is full.');
  expect(store.isEmpty).toBe(true);
  limit(database, 100_000);
  await synchronize(opened.mailbox);
  expect(opened.mailbox.state).toEqual({ kind: 'ready' });
  const server = Object.values(await opened.serverState()).filter((state) => state === 'Alive');
  expect(alive(opened)).toHaveLength(server.length);
});

test('a change that finds no room is refused as a whole, and what was there is still there', async () => {
  const database = aFile();
  const store = new SqliteMessageStore(database);
  const opened = await openUnsynchronized(() => ({ store }));
  await synchronize(opened.mailbox);
  await whenComplete(opened.mailbox);
  const before = alive(opened);
  const ids = before.map(({ id }) => id);
  database.exec('CREATE TABLE filler (text TEXT)');
  limit(database, pagesOf(database));
  expect(() => {
    for (;;) database.exec(`INSERT INTO filler VALUES (hex(randomblob(2000)))`);
  }).toThrow('full');
  await expect(async () => opened.mailbox.actions.delete(ids)).rejects.toSatisfy((error: unknown) =>
    describeError(error).startsWith('The disk is full.'),
  );
  expect(alive(opened)).toEqual(before);
  expect(await opened.changes()).toEqual([]);
  limit(database, 100_000);
  await opened.mailbox.actions.delete(ids);
  const server = await opened.serverState();
  expect(ids.map((id) => server[id])).toEqual(ids.map(() => 'Deleted'));
});
