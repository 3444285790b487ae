import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessages } from '../../../src/api/decode';
import { parseJson } from '../../../src/api/json';
import type { Message } from '../../../src/api/schema';
import { attachmentFileName, FreeNames } from '../../../src/mailbox/attachmentFileName';
import { foldersIn, folderQuery } from '../../../src/mailbox/files/folders';
import { messagePath } from '../../../src/mailbox/files/mailboxPath';
import { messageFiles } from '../../../src/mailbox/files/messageFiles';
import { monthsIn } from '../../../src/mailbox/files/months';
import type { GroupLevel } from '../../../src/mailbox/group';
import type { MessageQuery } from '../../../src/mailbox/query';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import type { MessageStore } from '../../../src/mailbox/store/messageStore';
import { SqliteMessageStore } from '../../../src/mailbox/store/sqliteMessageStore';
import { openDatabase } from '../../../src/storage/sqlite';
import { loadCounted } from '../../builders/countedCode';
import { aMessage } from '../../builders/message';
import { checkProperty } from '../../builders/property';
import type { JsonObject } from './networkGate';
import { alive, openEmulatedMailbox } from './openEmulator';
import { EACH_STORE } from './stores';

const ALL = { offset: 0, limit: 1_000 };
const ACCOUNT = { id: '1', label: 'Ada 😀'.padEnd(59, 'x') + '😀' };
const LEVELS: readonly GroupLevel[] = ['type', 'thread', 'party', 'date'];
const MEGABYTE = 'x'.repeat(1_000_000);

/** What is tried, as it is loaded; or loaded so that its steps are counted. */
const loaded = {
  decodeMessages,
  attachmentFileName,
  FreeNames,
  foldersIn,
  folderQuery,
  messagePath,
  messageFiles,
  monthsIn,
  MemoryMessageStore,
  SqliteMessageStore,
  openDatabase,
};

const openStores = (code = loaded): readonly MessageStore[] => [
  new code.MemoryMessageStore(),
  new code.SqliteMessageStore(code.openDatabase(':memory:')),
];

const keepIn = (store: MessageStore, records: readonly Message[]): unknown =>
  store.apply({ put: records, sync: { generation: 1, syncToken: 't' } });

const storesWith = (records: readonly Message[]): readonly MessageStore[] => {
  const stores = openStores();
  for (const store of stores) keepIn(store, records);
  return stores;
};

/** Counts what is asked of a store, so that what never ends is told from what takes long. */
function bounded(store: MessageStore, limit: number): MessageStore {
  let calls = 0;
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        if (++calls > limit) throw new Error(`More than ${limit} calls`);
        return (value as (...each: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}

/**
 * Reads all that the views, the files and the searches read of a store.
 * @returns every path and every name of a file
 */
function readEverything(store: MessageStore, code = loaded): readonly string[] {
  const shown: string[] = [];
  for (const availability of ['Alive', 'Deleted'] as const) {
    for (const filter of [{}, { terms: [{ in: 'anywhere', text: 'x', phrase: false } as const] }]) {
      const query: MessageQuery = { availability, filter };
      for (const level of LEVELS) {
        const groups = store.groups(query, level, ALL);
        expect(store.groupCount(query, level)).toBe(groups.length);
        expect(new Set(groups.map(({ key }) => JSON.stringify(key))).size).toBe(groups.length);
        for (const { key, total } of groups) expect(store.tally({ ...query, group: key }).total).toBe(total);
      }
      for (const message of store.messages(query, ALL)) {
        const path = code.messagePath(ACCOUNT, message);
        // It throws for half of a character.
        encodeURIComponent(path);
        shown.push(path);
        const names = code.messageFiles(message).map(({ name }) => name);
        names.forEach(encodeURIComponent);
        const free = new code.FreeNames();
        for (const attachment of message.attachments) {
          shown.push(free.take(code.attachmentFileName(message, attachment)));
        }
        shown.push(...names);
      }
    }
  }
  store.owners();
  store.missingDetails(10);
  const files = bounded(store, 2_000);
  for (const folder of code.foldersIn(files)) {
    const query = code.folderQuery(files, folder);
    if (query) code.monthsIn(files, query);
  }
  return shown;
}

const DAMAGED: readonly (readonly [string, JsonObject])[] = [
  ['a time before 1970', { id: 7, type: 'SMS', creationTime: '1969-06-01T00:00:00.000Z' }],
  ['a time just before 1970', { id: 7, type: 'SMS', creationTime: '1969-12-31T23:30:00.000Z' }],
  ['a year below zero', { id: 7, type: 'SMS', creationTime: '-000001-06-01T00:00:00.000Z' }],
  ['the year 1', { id: 7, type: 'SMS', creationTime: '0001-01-01T00:00:00.000Z' }],
  ['a year of six digits', { id: 7, type: 'SMS', creationTime: '+275760-09-13T00:00:00.000Z' }],
  ['NUL in the id of its owner', { id: 7, type: 'SMS', owner: { extensionId: 'a\0b', name: 'x' } }],
  ['NUL in its type', { id: 7, type: 'SMS\0x' }],
  [
    'a type that every object has',
    { id: 7, type: 'constructor', attachments: [{ id: 1, type: '__proto__' }] },
  ],
  ['a number of 40,000 digits', { id: 7, type: 'SMS', from: { phoneNumber: '1'.repeat(40_000) } }],
  ['an extension of 40,000 digits', { id: 7, type: 'SMS', from: { extensionNumber: '1'.repeat(40_000) } }],
  ['a lone surrogate as the id of an attachment', { id: 7, type: 'SMS', attachments: [{ id: '\ud800' }] }],
  [
    'a lone surrogate in names',
    { id: 7, type: 'SMS', from: { name: '\ud83d' }, attachments: [{ id: 1, fileName: '\udc00.pdf' }] },
  ],
  ['a name of a megabyte', { id: 7, type: 'SMS', from: { name: MEGABYTE }, to: [{ name: MEGABYTE }] }],
  [
    'a text of a megabyte of one character',
    { id: 7, type: 'SMS', subject: `e${'\u0301'.repeat(1_000_000)}` },
  ],
  [
    '20,000 attachments of one name',
    {
      id: 7,
      type: 'SMS',
      attachments: Array.from({ length: 20_000 }, (_, id) => ({ id, fileName: 'a.pdf' })),
    },
  ],
  [
    '20,000 recipients',
    {
      id: 7,
      type: 'SMS',
      direction: 'Outbound',
      to: Array.from({ length: 20_000 }, () => ({ phoneNumber: '1'.repeat(200) })),
    },
  ],
  ['an emoji where its name is cut', { id: 7, type: 'SMS', from: { name: `${'x'.repeat(59)}😀` } }],
  [
    'numbers out of all bounds',
    { id: 7, type: 'Fax', faxPageCount: 1e308, attachments: [{ id: 1, size: 1e308 }] },
  ],
  ['a lone surrogate as its conversation', { id: 7, type: 'SMS', conversationId: '\ud800' }],
];

describe('a damaged record', () => {
  it.each(DAMAGED)('with %s is kept, listed, grouped, named and found', (_what, record) => {
    const records = decodeMessages([
      record,
      { id: 8, type: 'SMS', creationTime: '2026-05-05T00:00:00.000Z' },
    ]);
    expect(records?.map(({ id }) => id)).toEqual(['7', '8']);
    for (const { to, attachments } of records ?? []) {
      expect(Math.max(to.length, attachments.length)).toBeLessThanOrEqual(2_000);
    }
    for (const store of storesWith(records ?? [])) {
      expect(store.tally({ availability: 'Alive', filter: {} }).total).toBe(2);
      readEverything(store);
      store.dispose();
    }
  });

  it.each(DAMAGED)('with %s does no harm even where it was kept before it was checked', (_what, record) => {
    const message = aMessage({ ...(record as Partial<Message>), id: '7', attachments: [] });
    for (const store of storesWith([message, aMessage({ id: '8' })])) {
      const files = bounded(store, 2_000);
      for (const folder of foldersIn(files)) {
        const query = folderQuery(files, folder);
        if (query) monthsIn(files, query);
      }
      expect(store.groupCount({ availability: 'Alive', filter: {} }, 'date')).toBeLessThanOrEqual(2);
      store.owners();
      store.dispose();
    }
  });

  it('of whatever kind stops nothing, in steps and memory linear in what was sent', async () => {
    /** Now and then so many that whatever is not linear is seen. */
    const count = fc.oneof({ weight: 70, arbitrary: fc.constant(1) }, fc.integer({ min: 200, max: 1_000 }));
    const many = (unit: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc.tuple(unit, count).map(([text, times]) => text.repeat(times));
    const several = <Value>(unit: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
      fc
        .array(fc.tuple(unit, count), { maxLength: 3 })
        .map((parts) => parts.flatMap(([each, times]) => Array<Value>(times).fill(each)));
    const text = fc.oneof(
      many(fc.string({ unit: 'binary' })),
      fc.constantFrom(
        '\0',
        '\ud800',
        '1'.repeat(500),
        'constructor',
        '__proto__',
        '-1',
        '007',
        '9'.repeat(40),
      ),
    );
    const value = fc.oneof(
      text,
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc
        .date({ noInvalidDate: false })
        .map((date) => (Number.isNaN(date.getTime()) ? 'Invalid' : date.toISOString())),
    );
    const party = fc.dictionary(
      fc.constantFrom(
        'name',
        'phoneNumber',
        'extensionNumber',
        'extensionId',
        'location',
        'target',
        'faxErrorCode',
      ),
      value,
      { maxKeys: 5 },
    );
    const attachment = fc.record(
      {
        id: fc.oneof(fc.nat(), value),
        uri: value,
        type: value,
        contentType: value,
        fileName: value,
        size: value,
        vmDuration: value,
      },
      { requiredKeys: ['id'] },
    );
    const record = fc
      .record(
        {
          id: fc.oneof(fc.integer({ min: 1, max: 5 }), value),
          type: fc.oneof(fc.constantFrom('SMS', 'Fax', 'VoiceMail', 'Pager'), value),
          availability: fc.oneof(fc.constantFrom('Alive', 'Deleted', 'Purged'), value),
          creationTime: value,
          lastModifiedTime: value,
          subject: value,
          conversationId: value,
          conversation: fc.oneof(value, fc.record({ id: value })),
          from: fc.oneof(party, value),
          to: fc.oneof(several(fc.oneof(party, value)), value),
          attachments: fc.oneof(several(fc.oneof(attachment, value)), value),
          owner: fc.oneof(party, value),
          direction: value,
          readStatus: value,
          messageStatus: value,
          coverPageText: value,
          faxPageCount: value,
          deliveryErrorCode: value,
        },
        { requiredKeys: ['id'] },
      )
      .map((each) => JSON.stringify(each));
    const { module: code, within } = await loadCounted<typeof loaded>(
      ...[
        'api/decode',
        'mailbox/attachmentFileName',
        'mailbox/files/folders',
        'mailbox/files/mailboxPath',
      ].map(inSrc),
      ...['mailbox/files/messageFiles', 'mailbox/files/months', 'mailbox/store/memoryMessageStore'].map(
        inSrc,
      ),
      ...['mailbox/store/sqliteMessageStore', 'storage/sqlite'].map(inSrc),
    );
    // To open them takes longer than the rest, so each run empties them for the next one.
    let stores = openStores(code);
    await checkProperty(
      'damaged records',
      fc.property(fc.array(record, { maxLength: 6 }), (wire) => {
        const { length } = wire.join('');
        const limits = { steps: 120 * length + 100_000, bytes: 120 * length + 100_000 };
        const leftOut: string[] = [];
        const read = (): readonly Message[] =>
          code.decodeMessages(wire.map(parseJson), (why) => leftOut.push(why)) ?? [];
        const { result: records } = within(limits, read);
        expect(records.length + leftOut.length).toBe(wire.length);
        expect(JSON.stringify(records).length).toBeLessThanOrEqual(20 * length + 500 * wire.length + 2);
        try {
          const ids = stores.map((store) => {
            const { result: shown } = within(limits, () => {
              keepIn(store, records);
              return readEverything(store, code);
            });
            const names = shown.flatMap((each) => each.split('/'));
            expect(names.filter((name) => Buffer.byteLength(name) > LONGEST_NAME)).toEqual([]);
            return new Set(store.ids({ availability: 'Alive', filter: {} }));
          });
          expect(ids[1]).toEqual(ids[0]);
          for (const store of stores) {
            store.apply({ remove: records.map(({ id }) => id) });
            expect(store.isEmpty).toBe(true);
            expect(store.tally({ availability: 'Alive', filter: {} }).total).toBe(0);
          }
        } catch (error) {
          for (const store of stores) store.dispose();
          stores = openStores(code);
          throw error;
        }
      }),
    );
    for (const store of stores) store.dispose();
  });
});

/** Bytes of the name of a file or a folder, in most systems. */
const LONGEST_NAME = 255;

const inSrc = (file: string): string => `src/${file}.ts`;

describe.each(EACH_STORE)('a synchronization (%s)', (_name, kind) => {
  it.each([
    ...DAMAGED,
    ['the id 0', { id: '0', availability: 'Deleted' }],
    ['the id 007', { id: '007', availability: 'Deleted' }],
    ['an id of 40 digits', { id: '9'.repeat(40), availability: 'Deleted' }],
    ['no id', { availability: 'Alive' }],
  ] as readonly (readonly [string, JsonObject])[])(
    'goes on after a record with %s',
    async (_what, record) => {
      const opened = await openEmulatedMailbox(kind, { messages: 0, impatient: true });
      let isDamaged = true;
      opened.network.spoilAnswers({ path: '/message-sync' }, (answer) => ({
        ...answer,
        records: [...(answer['records'] as JsonObject[]), ...(isDamaged ? [record] : [])],
      }));
      const before = opened.mailbox.store.syncState()?.syncToken;
      const { id } = await opened.admin.deliver({ text: 'Another' });
      await opened.mailbox.refresh();
      expect(alive(opened).map((message) => message.id)).toContain(String(id));
      const after = opened.mailbox.store.syncState()?.syncToken;
      expect(after).not.toBe(before);
      isDamaged = false;
      await opened.mailbox.refresh();
      expect(opened.mailbox.state).toMatchObject({ kind: 'ready' });
    },
  );
});
