import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/api/schema';
import { type Damage, MendingMessageStore } from '../../../../src/mailbox/store/mendingMessageStore';
import { openMessageStore } from '../../../../src/mailbox/store/openMessageStore';
import { SqliteMessageStore } from '../../../../src/mailbox/store/sqliteMessageStore';
import { VERSIONS } from '../../../../src/mailbox/store/sqlite/schema';
import { removeDatabase } from '../../../../src/storage/databaseFile';
import { migrate, NewerDatabaseError } from '../../../../src/storage/migrations';
import { openDatabase } from '../../../../src/storage/sqlite';
import { aMessage } from '../../../builders/message';
import { describeMessageStore } from './messageStoreContract';
import { ALIVE, ALL, DELETED } from './storeUnderTest';

let folder: string;
let file: string;
let damages: Damage[];
let opened: MendingMessageStore[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'store-'));
  file = path.join(folder, 'account', 'messages.sqlite');
  damages = [];
  opened = [];
});
afterEach(() => {
  for (const store of opened) store.dispose();
  rmSync(folder, { recursive: true });
});

function open(now: () => number = Date.now): MendingMessageStore {
  const store = openMessageStore(file, (damage) => damages.push(damage), now);
  opened.push(store);
  return store;
}

function open2(): [MendingMessageStore, MendingMessageStore] {
  return [open(), open()];
}

describeMessageStore('a store in a file', open);

describe('a store in a file', () => {
  it.skipIf(process.platform === 'win32')('can be read only by its owner', () => {
    open().apply({ put: [aMessage()] });
    const modeOf = (name: string): number => statSync(name).mode & 0o777;
    expect(modeOf(path.dirname(file))).toBe(0o700);
    expect([file, `${file}-wal`, `${file}-shm`].map(modeOf)).toEqual([0o600, 0o600, 0o600]);
  });

  it.skipIf(process.platform === 'win32')('is closed to others if they could read it before', () => {
    open().dispose();
    chmodSync(file, 0o644);
    open();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('has everything that it had when it is opened again', () => {
    const [read, deleted] = [aMessage(), aMessage()];
    const first = open();
    first.apply({ put: [read, deleted], sync: { generation: 3, syncToken: 'abc' } });
    const id = first.enqueue({ kind: 'markRead', window: 'w', messageIds: [read.id] });
    first.enqueue({ kind: 'delete', window: 'w', messageIds: [deleted.id] });
    const operations = first.operations();
    first.dispose();
    const second = open();
    expect(second.syncState()).toEqual({ generation: 3, syncToken: 'abc' });
    expect(second.messages(ALIVE, ALL)).toEqual([{ ...read, readStatus: 'Read' }]);
    expect(second.operations()).toEqual(operations);
    expect(second.enqueue({ kind: 'markUnread', window: 'w', messageIds: [read.id] })).not.toBe(id);
  });

  it('keeps each step of an operation even if its window dies right after it', () => {
    const message = aMessage();
    const dying = open();
    dying.apply({ put: [message] });
    const id = dying.enqueue({ kind: 'markRead', window: 'w', messageIds: [message.id] }) ?? '';
    // The first one is never closed: what counts is what is in the file after each step.
    const stateNow = (): string | undefined => open().operation(id)?.items[0]?.state;
    expect(stateNow()).toBe('waiting');
    dying.markSending(id, [message.id]);
    expect(stateNow()).toBe('sending');
    expect(open().get(message.id)?.readStatus).toBe('Read');
    dying.settle(id, { done: [message.id] });
    expect(stateNow()).toBe('done');
    expect(open().confirmed(message.id)?.readStatus).toBe('Read');
    dying.forget(id);
    expect(open().operation(id)).toBeUndefined();
  });

  it('keeps nothing of a batch that fails halfway', () => {
    const store = open();
    const good = aMessage();
    const bad = { ...aMessage(), to: undefined } as unknown as Message;
    expect(() => store.apply({ put: [good, bad], sync: { generation: 1 } })).toThrow();
    expect(store.isEmpty).toBe(true);
    expect(store.syncState()).toBeUndefined();
    store.apply({ put: [good] });
    expect(store.ids(ALIVE)).toEqual([good.id]);
  });

  it('is not touched if a newer version of the program has created it', () => {
    open().dispose();
    const database = openDatabase(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const before = readFileSync(file);
    expect(() => open()).toThrow(NewerDatabaseError);
    expect(readFileSync(file)).toEqual(before);
    expect(damages).toEqual([]);
  });

  it('can be removed with the files beside it', () => {
    const store = open();
    store.apply({ put: [aMessage()] });
    store.dispose();
    removeDatabase(file);
    removeDatabase(file);
    expect(readdirSync(path.dirname(file))).toEqual([]);
  });
});

describe('a damaged file', () => {
  it('is set aside and replaced if it is not a database', () => {
    open().dispose();
    writeFileSync(
      file,
      'This is no database, but a text that is long enough to be taken for one. '.repeat(20),
    );
    const store = open();
    store.apply({ put: [aMessage()] });
    expect(store.ids(ALIVE)).toHaveLength(1);
    expect(damages).toHaveLength(1);
    expect(readFileSync(damages[0]?.setAside ?? '', 'utf8')).toContain('This is no database');
  });

  it('is set aside when a call finds malformed pages, and the call is repeated', () => {
    const first = open();
    first.apply({ put: Array.from({ length: 500 }, () => aMessage({ subject: 'Long text '.repeat(50) })) });
    first.dispose();
    scribble(file);
    const store = open();
    const fired: unknown[] = [];
    store.onDidChange(({ ids }) => fired.push(ids));
    const message = aMessage();
    store.messages(ALIVE, ALL);
    store.apply({ put: [message] });
    expect(store.ids(ALIVE)).toEqual([message.id]);
    expect(damages).toHaveLength(1);
    expect(existsSync(damages[0]?.setAside ?? '')).toBe(true);
    expect(fired).toContain(undefined);
  });

  it('goes on in memory, with what was waiting, if there is no room for that in a new file', () => {
    let files = 0;
    const openStore = (name: string): SqliteMessageStore => {
      const database = openDatabase(name);
      const store = new SqliteMessageStore(database, Date.now);
      if (name === file && ++files > 1) {
        const { page_count: pages } = database.prepare('PRAGMA page_count').get() ?? {};
        database.exec(`PRAGMA max_page_count = ${Number(pages)}`);
      }
      return store;
    };
    open().dispose();
    const store = new MendingMessageStore(file, openStore, (damage) => damages.push(damage), Date.now);
    opened.push(store);
    // More than go into the pages that a new file has.
    const messages = Array.from({ length: 2_000 }, () => aMessage());
    store.apply({ put: messages });
    store.enqueue({ kind: 'markRead', window: 'w', messageIds: messages.map(({ id }) => id) });
    const database = openDatabase(file);
    database.exec("UPDATE message SET record = '{'");
    database.close();
    expect(store.messages(ALIVE, ALL)).toEqual([]);
    expect(damages).toMatchObject([{ kept: 2_000, lost: 0 }]);
    expect(store.isDetached).toBe(true);
    expect(store.operations()).toMatchObject([{ kind: 'markRead' }]);
  });

  it('is left for the new one at the next poll after another window has set it aside', () => {
    open().apply({ put: Array.from({ length: 500 }, () => aMessage({ subject: 'Long text '.repeat(50) })) });
    opened[0]?.dispose();
    const other = open();
    scribble(file);
    const mending = open();
    mending.messages(ALIVE, ALL);
    const message = aMessage();
    mending.apply({ put: [message] });
    other.poll();
    expect(other.ids(ALIVE)).toEqual([message.id]);
    expect(damages).toHaveLength(1);
  });
});

describe('a file that has been removed', () => {
  it('is created again only after some polls, for whoever has removed it may do so', () => {
    const store = open();
    const message = aMessage();
    store.apply({ put: [message] });
    removeDatabase(file);
    store.poll();
    expect(existsSync(file)).toBe(false);
    expect(store.ids(ALIVE)).toEqual([message.id]);
    for (let polls = 0; polls < 5; polls++) store.poll();
    expect(existsSync(file)).toBe(true);
    expect(store.isEmpty).toBe(true);
  });

  it('is not replaced if a newer version has created another, and the known messages stay', () => {
    const store = open();
    const message = aMessage();
    store.apply({ put: [message] });
    removeDatabase(file);
    const database = openDatabase(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    for (let polls = 0; polls < 3; polls++) expect(() => store.poll()).toThrow(NewerDatabaseError);
    expect(store.ids(ALIVE)).toEqual([message.id]);
  });
});

describe('a file of an earlier version', () => {
  it.each(VERSIONS.slice(1).map((_, index) => index + 1))(
    'keeps its operations after the upgrade (from version %i)',
    (version) => {
      mkdirSync(path.dirname(file));
      const database = openDatabase(file);
      migrate(database, VERSIONS.slice(0, version));
      database.exec(
        `INSERT INTO operation (kind, window) VALUES ('markRead', 'w'), ('delete', 'w');
       INSERT INTO operation_item VALUES (1, 0, 5, 'waiting', 'Alive', NULL), (2, 0, 5, 'sending', 'Alive', NULL)`,
      );
      // As that version has named them.
      if (version > 1) database.exec("UPDATE operation SET name = 'name' || id");
      database.close();
      const store = open();
      const operations = store.operations();
      expect(operations.map(({ kind, items }) => [kind, items[0]?.state])).toEqual([
        ['markRead', 'waiting'],
        ['delete', 'sending'],
      ]);
      expect(operations.map(({ id }) => store.operation(id))).toEqual(operations);
      const message = aMessage({ id: '5' });
      store.apply({ put: [message] });
      expect(store.messages(DELETED, ALL)).toEqual([
        { ...message, availability: 'Deleted', readStatus: 'Read' },
      ]);
      expect(store.cancel(operations[0]?.id ?? '')).toBe(true);
      expect(store.messages(DELETED, ALL)).toEqual([{ ...message, availability: 'Deleted' }]);
    },
  );
});

describe('an operation on many messages', () => {
  const many = Array.from({ length: 250 }, () => aMessage());

  it('is shown by the next window if one has died, a part at a time, newest first', () => {
    const dying = open();
    dying.apply({ put: many });
    dying.enqueue({ kind: 'delete', window: 'w', messageIds: many.map(({ id }) => id) });
    const latestFirst = many.map(({ id }) => id).reverse();
    // The first one is never closed: what counts is what is in the file.
    const next = open();
    expect(next.operations()[0]?.items).toHaveLength(250);
    for (let shown = 50; shown < 250; shown += 50) {
      expect(next.ids(DELETED)).toEqual(latestFirst.slice(0, shown));
      expect(next.showMore()).toBe(shown + 50 < 250);
    }
    expect(next.ids(ALIVE)).toEqual([]);
    dying.poll();
    expect(dying.tally(DELETED).total).toBe(250);
  });

  it('is not kept at all if writing it fails', () => {
    const store = open();
    store.apply({ put: many });
    const database = openDatabase(file);
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON operation_item WHEN NEW.position = 200
      BEGIN SELECT zeroblob(2000000000); END`);
    database.close();
    const operation = { kind: 'delete', window: 'w', messageIds: many.map(({ id }) => id) } as const;
    expect(() => store.enqueue(operation)).toThrow('too big');
    expect(store.operations()).toEqual([]);
    expect([store.showMore(), store.ids(ALIVE).length]).toEqual([false, 250]);
  });
});

describe('two windows on one file', () => {
  it('see after a poll which messages the other has changed', () => {
    const [one, other] = open2();
    const fired: (readonly string[] | undefined)[] = [];
    other.onDidChange(({ ids }) => fired.push(ids && [...ids]));
    const [a, b] = [aMessage(), aMessage()];
    one.apply({ put: [a] });
    one.apply({ put: [b] });
    expect(fired).toEqual([]);
    other.poll();
    other.poll();
    expect(fired).toEqual([[a.id, b.id]]);
    one.enqueue({ kind: 'markRead', window: 'one', messageIds: [a.id] });
    other.poll();
    expect(fired[1]).toEqual([a.id]);
    expect(other.get(a.id)?.readStatus).toBe('Read');
    expect(other.operations()).toEqual(one.operations());
  });

  it("report the other's changes together with their own", () => {
    const [one, other] = open2();
    const fired: (readonly string[] | undefined)[] = [];
    other.onDidChange(({ ids }) => fired.push(ids && [...ids]));
    const [a, b] = [aMessage(), aMessage()];
    one.apply({ put: [a] });
    other.apply({ put: [b] });
    other.poll();
    expect(fired).toEqual([[a.id, b.id]]);
  });

  it('report that everything may have changed when too much has changed to be named', () => {
    const [one, other] = open2();
    const fired: unknown[] = [];
    other.onDidChange(({ ids }) => fired.push(ids));
    const message = aMessage();
    for (let round = 0; round < 1_001; round++) {
      one.apply({ put: [{ ...message, readStatus: round % 2 === 0 ? 'Read' : 'Unread' }] });
    }
    other.poll();
    expect(fired).toEqual([undefined]);
  });

  it('both know what the user has changed at the server since a mark', () => {
    const [one, other] = open2();
    const message = aMessage();
    one.apply({ put: [message] });
    const since = one.mark();
    const id = other.enqueue({ kind: 'markRead', window: 'other', messageIds: [message.id] }) ?? '';
    other.settle(id, { done: [message.id] });
    expect(one.apply({ put: [message], since })).toEqual([message.id]);
  });
});

/** Spoils all pages but the first ones, which are read at once. */
function scribble(name: string): void {
  const bytes = readFileSync(name);
  bytes.fill(0x5a, 50 * 4096);
  writeFileSync(name, bytes);
}
