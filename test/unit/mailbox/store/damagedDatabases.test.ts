import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../../../../src/emulator/sample/random';
import type { Operation } from '../../../../src/mailbox/outbox/operation';
import type { Damage } from '../../../../src/mailbox/store/mendingMessageStore';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';
import type * as stores from '../../../../src/mailbox/store/openMessageStore';
import { openMessageStore } from '../../../../src/mailbox/store/openMessageStore';
import { removeDatabase } from '../../../../src/storage/databaseFile';
import type * as migrations from '../../../../src/storage/migrations';
import { NewerDatabaseError } from '../../../../src/storage/migrations';
import { openDatabase } from '../../../../src/storage/sqlite';
import { loadCounted } from '../../../builders/countedCode';
import { aMessage } from '../../../builders/message';
import { checkProperty } from '../../../builders/property';
import type { PropertyName } from '../../../builders/propertyRuns';
import { ALIVE, ALL } from './storeUnderTest';

/** The store, with its steps counted. */
const counted = loadCounted<typeof stores & typeof migrations>(
  'src/mailbox/store/openMessageStore.ts',
  'src/storage/migrations.ts',
);

/** Where SQLite keeps the version of the schema: four bytes, the last of which counts. */
const VERSION_BYTE = 63;

let folder: string;
/** A sound file. */
let sound: string;
let file: string;
let damages: Damage[];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'damaged-'));
  sound = path.join(folder, 'sound.sqlite');
  const store = openMessageStore(sound, () => expect.unreachable());
  const messages = Array.from({ length: 120 }, (_, index) =>
    aMessage({
      subject: `Words of number ${index}`,
      conversationId: String(1 + (index % 7)),
      ...(index % 5 === 0 && { owner: { extensionId: String(index % 3), name: 'Sales' } }),
    }),
  );
  store.apply({ put: messages, sync: { generation: 1, syncToken: 'token' } });
  const ids = messages.map(({ id }) => id);
  store.enqueue({ kind: 'markRead', window: 'w', messageIds: ids.slice(0, 10) });
  const deletion = store.enqueue({ kind: 'delete', window: 'w', messageIds: ids.slice(20, 40) }) ?? '';
  store.markSending(deletion, ids.slice(20, 25));
  store.setDelay(deletion, { kind: 'network', message: 'No', host: 'example.test', failure: 'dns' });
  while (store.showMore());
  store.dispose();
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  file = path.join(folder, 'account', `${crypto.randomUUID()}.sqlite`);
  damages = [];
  openMessageStore(file, () => expect.unreachable()).dispose();
  removeDatabase(file);
  copyFileSync(sound, file);
});

/** Everything that a window does with a store. */
function useAll(store: MessageStore): void {
  const { id } = store.messages(ALIVE, ALL)[0] ?? { id: '1' };
  void store.isEmpty;
  store.get(id);
  store.confirmed(id);
  store.transcription(id);
  store.isPending(id);
  for (const availability of ['Alive', 'Deleted', 'AliveOrDeleted'] as const) {
    const query = { availability, filter: {} };
    store.messages(query, ALL);
    store.ids(query);
    store.tally(query);
    store.countBefore(query, id);
    for (const level of ['type', 'thread', 'party', 'date'] as const) {
      store.groups(query, level, ALL);
      store.groupCount(query, level);
    }
    store.messages(
      { availability, filter: { terms: [{ in: 'anywhere', text: 'words', phrase: false }] } },
      ALL,
    );
  }
  store.owners();
  store.syncState();
  store.unseen(9, 100);
  store.missingDetails(10);
  store.operations();
  for (const { id: operation } of store.operations()) {
    store.openItems(operation);
    store.progress(operation);
  }
  store.nextOperation();
  store.finishedOperations();
  void [store.hasDelay, store.openCount];
  for (let shown = 0; store.showMore(); shown++) expect(shown).toBeLessThan(100);
}

/** Opens the damaged file, and goes on as a window does. */
function goOn(open = openMessageStore): MessageStore {
  const store = open(file, (damage) => damages.push(damage));
  try {
    useAll(store);
    store.poll();
    const message = aMessage({ subject: 'New words' });
    store.apply({ put: [message] });
    expect(store.get(message.id)?.subject).toBe('New words');
    const operation = store.enqueue({ kind: 'delete', window: 'w', messageIds: [message.id] }) ?? '';
    store.markSending(operation, [message.id]);
    store.settle(operation, { done: [message.id] });
    store.forget(operation);
    store.apply({ put: [{ ...message, availability: 'Deleted' }], sync: { generation: 2 } });
    useAll(store);
  } finally {
    store.dispose();
  }
  return store;
}

/** Five times what the sound file takes, whatever its numbers say after they were changed. */
const MOST_WORK = { steps: 3_000_000, bytes: 1_200_000 };

/** The file, what belongs to it, and the damaged ones that were set aside. */
const filesOfStore = (): readonly string[] =>
  readdirSync(path.dirname(file))
    .filter((name) => name.startsWith(path.basename(file, '.sqlite')))
    .map((name) => path.join(path.dirname(file), name));

describe('a store goes on, by itself, with a file', () => {
  const spoiled = (
    title: string,
    name: PropertyName,
    spoil: (bytes: Buffer, random: Random) => Buffer,
  ): void => {
    it(title, async () => {
      const bytes = readFileSync(sound);
      const { module, within } = await counted;
      await checkProperty(
        name,
        // No smaller number does less damage.
        fc.property(fc.noShrink(fc.noBias(fc.nat())), (seed) => {
          for (const each of filesOfStore()) rmSync(each);
          writeFileSync(file, spoil(Buffer.from(bytes), new Random(seed)));
          try {
            within(MOST_WORK, () => goOn(module.openMessageStore));
          } catch (error) {
            // It cannot be told from one of a newer version.
            if (!(error instanceof module.NewerDatabaseError)) throw error;
          }
          const size = filesOfStore().reduce((sum, each) => sum + statSync(each).size, 0);
          expect(size).toBeLessThanOrEqual(5 * bytes.length);
        }),
      );
    });
  };

  spoiled('of which some bytes are others', 'databases with other bytes', (bytes, random) => {
    const count = random.pick([1, 5, 20, 200]);
    for (let each = 0; each < count; each++) {
      bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
    }
    return bytes;
  });

  spoiled(
    'of which some bytes of the first pages are others',
    'databases with other bytes in their first pages',
    (bytes, random) => {
      for (let each = 0; each < 10; each++) bytes[random.integer(0, 4 * 4096)] = random.integer(0, 255);
      return bytes;
    },
  );

  spoiled('of which the end is missing', 'databases without their end', (bytes, random) =>
    bytes.subarray(0, random.integer(1, bytes.length)),
  );

  spoiled('of which a page is another one', 'databases with a page in place of another', (bytes, random) => {
    const pages = bytes.length / 4096;
    const page = (number: number): Buffer => bytes.subarray(number * 4096, (number + 1) * 4096);
    page(random.integer(0, pages - 1)).copy(page(random.integer(1, pages - 1)));
    return bytes;
  });

  spoiled('of which a page is empty', 'databases with an empty page', (bytes, random) => {
    const page = random.integer(1, bytes.length / 4096 - 1);
    return bytes.fill(0, page * 4096, (page + 1) * 4096);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('that says another version that we know: %i', (version) => {
    const bytes = readFileSync(file);
    bytes[VERSION_BYTE] = version;
    writeFileSync(file, bytes);
    goOn();
    expect(damages).toHaveLength(1);
  });

  it.each([
    [18, 'for writing'],
    [19, 'for reading'],
    [47, 'of the schema'],
  ])('that says at byte %i a format %s that there is not', (at) => {
    const bytes = readFileSync(file);
    bytes[at] = 7;
    writeFileSync(file, bytes);
    goOn();
    expect(damages).toHaveLength(1);
  });

  it('that says a version below zero', () => {
    const bytes = readFileSync(file);
    bytes.fill(255, VERSION_BYTE - 3, VERSION_BYTE + 1);
    writeFileSync(file, bytes);
    goOn();
    expect(damages).toHaveLength(1);
  });

  it.each([
    'UPDATE message SET record = substr(record, 1, 20)',
    "UPDATE message SET record = ''",
    "UPDATE message SET record = '[]'",
    "UPDATE message SET record = 'null'",
    "UPDATE message SET record = '7'",
    "UPDATE message SET record = '{}'",
    `UPDATE message SET record = '{"id":7}'`,
    "UPDATE sync_state SET state = '{'",
    "UPDATE sync_state SET state = 'null'",
    `UPDATE sync_state SET state = '{"generation":1,"backfill":null}'`,
    "UPDATE sync_state SET state = '[]'",
    `UPDATE sync_state SET state = '{"generation":"x"}'`,
    "UPDATE operation SET kind = 'destroy'",
    "UPDATE operation SET delay = '{'",
    "UPDATE operation SET delay = '7'",
    'UPDATE operation SET name = NULL',
    "UPDATE operation_item SET state = 'lost'",
    "UPDATE operation_item SET availability_then = 'Loved'",
    "UPDATE operation_item SET error = '['",
    "UPDATE change SET ids = '{'",
    "UPDATE change SET ids = '7'",
    'DELETE FROM file',
    'DELETE FROM message WHERE id % 2',
    'DROP TABLE tally',
    'DROP TABLE search',
    'DROP TABLE stale',
    'DROP TABLE operation_item',
    'DROP TRIGGER message_added',
    'DROP INDEX message_by_time',
    'ALTER TABLE message RENAME COLUMN unread TO read',
    'ALTER TABLE operation DROP COLUMN delay',
    'UPDATE tally SET id = 1',
  ])('after %s', (sql) => {
    const database = openDatabase(file);
    database.exec(sql);
    database.close();
    goOn();
    expect(existsSync(file)).toBe(true);
  });
});

describe('what had not been sent', () => {
  const damagedBy = (spoil: () => void): MessageStore => {
    spoil();
    const store = openMessageStore(file, (damage) => damages.push(damage));
    store.messages(ALIVE, ALL);
    return store;
  };
  const exec = (sql: string) => (): void => {
    const database = openDatabase(file);
    database.exec(sql);
    database.close();
  };
  const operationsOf = (path: string): readonly Operation[] => {
    const store = openMessageStore(path, () => expect.unreachable());
    const operations = store.operations();
    store.dispose();
    return operations;
  };

  it('is carried over as it was, with the messages that it names', () => {
    const before = operationsOf(file).map(({ delay: _delay, ...rest }) => rest);
    const store = damagedBy(exec('DROP TABLE tally'));
    expect(damages).toMatchObject([{ kept: 30, lost: 0 }]);
    expect(store.operations()).toEqual(before);
    expect(store.operations()[1]?.items.map(({ state }) => state)).toEqual([
      ...Array.from({ length: 5 }, () => 'sending'),
      ...Array.from({ length: 15 }, () => 'waiting'),
    ]);
    while (store.showMore());
    expect(store.messages({ availability: 'Deleted', filter: {} }, ALL)).toHaveLength(20);
    expect(store.tally(ALIVE).total).toBe(10);
    store.dispose();
  });

  it('is counted if it is lost, and nothing else is taken for it', () => {
    const store = damagedBy(
      exec(`UPDATE operation SET kind = 'destroy' WHERE kind = 'delete'; DROP TABLE tally`),
    );
    expect(damages).toMatchObject([{ kept: 10, lost: 20 }]);
    expect(store.operations().map(({ kind }) => kind)).toEqual(['markRead']);
    store.dispose();
  });

  it('is lost if its table says other than its indexes: a broken number names another message', () => {
    const database = openDatabase(file);
    const { rootpage } = database
      .prepare("SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = 'operation_item'")
      .get() as { rootpage: number };
    database.exec('DROP TABLE tally');
    database.close();
    const store = damagedBy(() => {
      const bytes = readFileSync(file);
      const start = (rootpage - 1) * 4096;
      const { messageId } = operationsOf(sound)[0]?.items[3] ?? { messageId: '0' };
      const number = Buffer.alloc(8);
      number.writeBigInt64BE(BigInt(messageId));
      const at = bytes.indexOf(number.subarray(2), start);
      expect(at).toBeLessThan(start + 4096);
      bytes.writeUInt8(bytes.readUInt8(at + 5) ^ 1, at + 5);
      writeFileSync(file, bytes);
    });
    expect(damages).toMatchObject([{ kept: 0, lost: 30 }]);
    expect(store.operations()).toEqual([]);
    store.dispose();
  });

  it('may be lost if nothing can be read', () => {
    const store = damagedBy(() => writeFileSync(file, 'No database, but long enough for one. '.repeat(500)));
    expect(damages).toMatchObject([{ kept: 0, lost: undefined }]);
    expect(store.operations()).toEqual([]);
    store.dispose();
  });
});

describe('a file that is not damaged stays where it is', () => {
  it('when a call fails that should not have been made', () => {
    const store = openMessageStore(file, (damage) => damages.push(damage));
    const page = { offset: 'x' as unknown as number, limit: 1 };
    expect(() => store.messages(ALIVE, page)).toThrow('datatype mismatch');
    expect(store.operations()).toHaveLength(2);
    expect(damages).toEqual([]);
    store.dispose();
  });

  it('when another window, of a newer version, changes it', () => {
    const store = openMessageStore(file, (damage) => damages.push(damage));
    const database = openDatabase(file);
    database.exec('DROP TABLE tally; PRAGMA user_version = 99');
    database.close();
    expect(() => store.tally(ALIVE)).toThrow(NewerDatabaseError);
    expect(damages).toEqual([]);
    expect(existsSync(file)).toBe(true);
    store.dispose();
  });

  it('while another program holds it', () => {
    const store = openMessageStore(file, (damage) => damages.push(damage));
    const database = openDatabase(file);
    database.exec('BEGIN EXCLUSIVE');
    expect(() => store.apply({ put: [aMessage()] })).toThrow('locked');
    expect(damages).toEqual([]);
    database.exec('ROLLBACK');
    database.close();
    store.dispose();
  });
});
