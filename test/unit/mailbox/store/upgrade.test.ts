import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decodeMessage } from '../../../../src/api/decode';
import type { Message } from '../../../../src/api/schema';
import type { MessageFilter } from '../../../../src/mailbox/query';
import { searchableOf } from '../../../../src/mailbox/search/searchable';
import { MemoryMessageStore } from '../../../../src/mailbox/store/memoryMessageStore';
import type { MendingMessageStore } from '../../../../src/mailbox/store/mendingMessageStore';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';
import { openMessageStore } from '../../../../src/mailbox/store/openMessageStore';
import { DERIVED_VERSION } from '../../../../src/mailbox/store/sqlite/derivation';
import { VERSIONS } from '../../../../src/mailbox/store/sqlite/schema';
import { SqliteMessageStore } from '../../../../src/mailbox/store/sqliteMessageStore';
import { migrate } from '../../../../src/storage/migrations';
import { type DatabaseSync, openDatabase } from '../../../../src/storage/sqlite';
import { aMessage } from '../../../builders/message';
import { openUnsynchronized, synchronize } from '../openEmulator';
import { openFiles } from '../stores';
import { rebuild } from './derivationContract';
import { ALIVE, ALL, DELETED, idsOf, outline } from './storeUnderTest';

/** The version of the schema with which a file does not say by which version of the program it was written. */
const BEFORE = 7;

const records = (JSON.parse(readFileSync('test/fixtures/records/parties.json', 'utf8')) as unknown[]).flatMap(
  (wire) => decodeMessage(wire) ?? [],
);

const layout = aMessage({
  id: '20',
  attachments: [{ id: '1', type: 'MmsAttachment', contentType: 'application/smil' }],
});
const flag = aMessage({ id: '21', subject: 'go 🇨🇦' });

/** What that version has made of some of them: parties of digits alone, no failure for one of several, no flags. */
const WRONG = {
  party: (message: Message) => `+1${message.from?.phoneNumber?.replace(/\D/g, '') ?? message.id}`,
  words: (message: Message) => (message.subject ?? '').toLowerCase().replace(/[^a-z\d ]/g, ''),
};

/** Puts messages into a file as that version did. */
function writeBefore(database: DatabaseSync, messages: readonly Message[]): void {
  const insert = database.prepare(
    `INSERT INTO message (id, time, availability, unread, read_status, type, thread, party, conversation, outbound, shared,
       owner, attachment, priority, failed, generation, asked, missing, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, 0, NULL, ?, NULL, 0, 1, 1, NULL, ?)`,
  );
  const index = database.prepare('INSERT INTO search (rowid, body, sender) VALUES (?, ?, ?)');
  for (const message of messages) {
    const { id, availability, readStatus, type, direction, attachments } = message;
    const party = WRONG.party(message);
    insert.run(
      ...[BigInt(id), Date.parse(message.creationTime ?? ''), availability, Number(readStatus === 'Unread')],
      ...[readStatus ?? null, type ?? '', party, party, Number(direction === 'Outbound')],
      ...[Math.min(1, attachments.length), JSON.stringify(message)],
    );
    index.run(BigInt(id), WRONG.words(message), party);
  }
}

function newFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'upgrade-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'messages.sqlite');
}

/** A file of that version. */
function fileOf(messages: readonly Message[], more = ''): string {
  const file = newFile();
  const database = openDatabase(file);
  migrate(database, VERSIONS.slice(0, BEFORE));
  writeBefore(database, messages);
  database.exec(more);
  database.close();
  return file;
}

function open(file: string): MendingMessageStore {
  const store = openMessageStore(file, ({ error }) => expect.unreachable(String(error)));
  onTestFinished(() => store.dispose());
  return store;
}

/** What is seen of a store: its groups, and what it finds. */
function seen(store: MessageStore): unknown {
  const word = (text: string): MessageFilter => ({ terms: [{ in: 'anywhere', text, phrase: false }] });
  const filters: MessageFilter[] = [
    ...[{ failed: true }, { failed: false }, { hasAttachment: true }],
    ...[{ phoneNumber: 'MYSHOP24' }, { phoneNumber: '+44 7700 900123' }, { phoneNumber: '22395' }],
    ...['myshop24', '🇨🇦', '🇺🇸', 'unknown', '0103', 'busy', 'parcel', 'exe'].map(word),
  ];
  return {
    groups: (['type', 'thread', 'party'] as const).map((level) => outline(store, ALIVE, level)),
    found: filters.map((filter) => store.ids({ availability: 'Alive', filter })),
    messages: store.messages(ALIVE, ALL),
  };
}

function fresh(messages: readonly Message[]): MessageStore {
  const store = new MemoryMessageStore();
  store.apply({ put: messages });
  return store;
}

const many = [
  ...Array.from({ length: 130 }, (_, index) =>
    aMessage({ id: String(1_000 + index), from: { phoneNumber: index % 2 ? 'BANK24' : '447700900123' } }),
  ),
  ...records,
  layout,
  flag,
];

describe('a file of the version before', () => {
  it('shows what it had, and then what a new one would, without a request', () => {
    const store = open(fileOf(many));
    expect(store.tally(ALIVE)).toEqual({ total: many.length, unread: 132 });
    expect(outline(store, ALIVE, 'party')).toContain('+124 65/66');
    rebuild(store);
    expect(seen(store)).toEqual(seen(fresh(many)));
    expect(store.rebuildSome()).toBe(false);
  });

  it('goes on where a window was killed, a part at a time', () => {
    const file = fileOf(many);
    const killed = open(file);
    expect(killed.rebuildSome()).toBe(true);
    const next = open(file);
    expect(seen(next)).not.toEqual(seen(fresh(many)));
    // The first part is done, of three.
    expect(rebuild(next)).toBe(2);
    expect(seen(next)).toEqual(seen(fresh(many)));
  });

  it('is brought up to date by several windows at once, each of which sees all of it', () => {
    const file = fileOf(many);
    const [first, second] = [open(file), open(file)];
    const heard: unknown[] = [];
    second.onDidChange(({ ids }) => heard.push(ids));
    while ([first.rebuildSome(), second.rebuildSome()].includes(true));
    first.poll();
    second.poll();
    for (const store of [first, second]) expect(seen(store)).toEqual(seen(fresh(many)));
    expect(heard).toContain(undefined);
  });

  it('takes new messages and changes while it is brought up to date', () => {
    const store = open(fileOf(many));
    expect(store.rebuildSome()).toBe(true);
    const [oldest] = records;
    if (!oldest) throw new Error('There is none.');
    const newer = [aMessage({ from: { phoneNumber: 'MYSHOP24' } }), { ...oldest, subject: 'other parcel' }];
    store.apply({ put: newer, remove: ['1003'] });
    rebuild(store);
    const expected = fresh(many);
    expected.apply({ put: newer, remove: ['1003'] });
    expect(seen(store)).toEqual(seen(expected));
  });

  it('is put right again where a window that still runs the version before writes into it', () => {
    const [file, older] = [fileOf(many.slice(0, 60)), many.slice(60)];
    const store = open(file);
    rebuild(store);
    const database = openDatabase(file);
    writeBefore(database, older);
    database.exec("UPDATE message SET party = '+124', thread = '+124' WHERE id = 1001");
    database.exec("UPDATE message SET text = 'the rest', asked = 1 WHERE id = 1002");
    database.exec('DELETE FROM message WHERE id = 1003');
    database.close();
    expect(store.messages(ALIVE, ALL)).toHaveLength(many.length - 1);
    // All that was written so, in two parts.
    expect(rebuild(store)).toBe(2);
    const expected = fresh(many);
    expected.apply({ remove: ['1003'] });
    expected.putDetails([{ id: '1002', text: 'the rest' }]);
    expect(seen(store)).toEqual(seen(expected));
    expect(store.rebuildSome()).toBe(false);
  });

  it('leaves to a newer window what is written beside it', () => {
    const file = fileOf(many.slice(0, 3));
    const store = open(file);
    rebuild(store);
    const database = openDatabase(file);
    onTestFinished(() => database.close());
    database.exec(`UPDATE derivation SET version = ${DERIVED_VERSION + 1}`);
    store.apply({ put: [...many.slice(1, 3).map((message) => ({ ...message, subject: 'New' })), flag] });
    expect(store.rebuildSome()).toBe(false);
    expect(store.ids(ALIVE)).toHaveLength(4);
    expect(database.prepare('SELECT message FROM underived').all()).toEqual(
      [flag.id, '1001', '1002'].map((id) => ({ message: Number(id) })),
    );
  });

  it('has nothing left of the words of before', () => {
    const store = open(fileOf(many));
    rebuild(store);
    expect(store.hasResidue).toBe(true);
    while (store.eraseSome() === 'more');
    expect(store.hasResidue).toBe(false);
    expect(seen(store)).toEqual(seen(fresh(many)));
  });

  it('keeps what waits to be sent, and shows it so', () => {
    const outbox = `INSERT INTO operation (kind, window, name) VALUES ('delete', 'w', 'one');
      INSERT INTO operation_item VALUES (1, 0, 2, 'waiting', 'Alive', NULL), (1, 1, 6, 'sending', 'Alive', NULL)`;
    const store = open(fileOf(many, outbox));
    const before = store.operations();
    expect(before).toHaveLength(1);
    rebuild(store);
    expect(store.operations()).toEqual(before);
    expect([store.get('2')?.availability, store.get('6')?.availability]).toEqual(['Deleted', 'Deleted']);
    expect(store.cancel('one')).toBe(true);
    expect(store.get('2')?.availability).toBe('Alive');
  });

  it('that is new does nothing of all that', () => {
    const store = open(newFile());
    expect(store.rebuildSome()).toBe(false);
    store.apply({ put: many });
    expect([store.rebuildSome(), store.hasResidue]).toEqual([false, false]);
  });
});

it('what waited in a file of the version before is sent, and the groups of the mailbox are as new', async () => {
  const { open: openAccount, file } = openFiles(({ error }) => expect.unreachable(String(error)));
  const opened = await openUnsynchronized(openAccount);
  await synchronize(opened.mailbox);
  const expected = outline(opened.mailbox.store, ALIVE, 'party');
  const [id = ''] = opened.mailbox.store.ids(ALIVE);
  opened.mailbox.dispose();
  const database = openDatabase(file);
  database.exec(`DROP TRIGGER message_added_underived; DROP TRIGGER message_changed_underived;
    DROP TRIGGER message_removed_underived; ALTER TABLE message DROP COLUMN writes;
    DROP TABLE underived; DROP TABLE derivation; PRAGMA user_version = ${BEFORE};
    UPDATE message SET party = 'x' || party, thread = 'x' || thread;
    INSERT INTO operation (kind, window, name) VALUES ('delete', 'w', 'one');
    INSERT INTO operation_item VALUES ((SELECT max(id) FROM operation), 0, ${id}, 'waiting', 'Alive', NULL);
    INSERT INTO stale VALUES (${id})`);
  database.close();

  const mailbox = opened.openAnother(openAccount());
  await expect.poll(async () => (await opened.serverState())[id]).toBe('Deleted');
  await expect.poll(() => mailbox.waitingCount).toBe(0);
  await expect
    .poll(() => outline(mailbox.store, ALIVE, 'party').some((group) => group.startsWith('x')))
    .toBe(false);
  expect(idsOf(mailbox.store.messages(DELETED, ALL))).toContain(id);
  await mailbox.actions.restore([id]);
  expect(outline(mailbox.store, ALIVE, 'party').map((group) => group.replace(/ \d+\/\d+$/, ''))).toEqual(
    expected.map((group) => group.replace(/ \d+\/\d+$/, '')),
  );
});

it('whatever makes something else of a record makes `DERIVED_VERSION` grow', () => {
  const database = openDatabase(':memory:');
  const store = new SqliteMessageStore(database);
  const texts = readFileSync('test/fixtures/search/pairs.txt', 'utf8').split('\n');
  store.apply({
    put: [
      ...[...records, layout, flag],
      ...texts.map((subject, index) => ({ ...flag, id: String(100 + index), subject })),
    ].map((record) => ({ ...record, creationTime: '2026-06-17T12:00:00.000Z' })),
  });
  const columns =
    'id, time, type, thread, party, conversation, outbound, shared, owner, attachment, priority, failed';
  const derived = {
    columns: database.prepare(`SELECT ${columns} FROM message`).all(),
    words: store.messages(ALIVE, ALL).map((message) => searchableOf(message)),
  };
  const hash = createHash('sha256').update(JSON.stringify(derived)).digest('hex').slice(0, 16);
  // Another hash is of another version: files on people's computers have what the last one made.
  expect({ version: DERIVED_VERSION, hash }).toEqual({ version: 3, hash: 'e217658ac8342bf6' });
});
