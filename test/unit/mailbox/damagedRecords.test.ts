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
import { aMessage } from '../../builders/message';
import type { JsonObject } from './networkGate';
import { alive, openEmulatedMailbox } from './openEmulator';
import { EACH_STORE } from './stores';

const ALL = { offset: 0, limit: 1_000 };
const ACCOUNT = { id: '1', label: 'Ada 😀'.padEnd(59, 'x') + '😀' };
const LEVELS: readonly GroupLevel[] = ['type', 'thread', 'party', 'date'];
const MEGABYTE = 'x'.repeat(1_000_000);

const storesWith = (records: readonly Message[]): readonly MessageStore[] => {
  const stores = [new MemoryMessageStore(), new SqliteMessageStore(openDatabase(':memory:'))];
  for (const store of stores) store.apply({ put: records, sync: { generation: 1, syncToken: 't' } });
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

/** Reads all that the views, the files and the searches read of a store. */
function readEverything(store: MessageStore): void {
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
        const path = messagePath(ACCOUNT, message);
        expect(() => encodeURIComponent(path)).not.toThrow();
        const names = messageFiles(message).map(({ name }) => name);
        for (const name of names) expect(() => encodeURIComponent(name)).not.toThrow();
        const free = new FreeNames();
        for (const attachment of message.attachments) free.take(attachmentFileName(message, attachment));
      }
    }
  }
  store.owners();
  store.missingDetails(10);
  const files = bounded(store, 2_000);
  for (const folder of foldersIn(files)) {
    const query = folderQuery(files, folder);
    if (query) monthsIn(files, query);
  }
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

  it('of whatever kind stops nothing', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
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
    const attachment = fc.dictionary(
      fc.constantFrom('id', 'uri', 'type', 'contentType', 'fileName', 'size', 'vmDuration'),
      value,
      { maxKeys: 5 },
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
          to: fc.oneof(fc.array(fc.oneof(party, value), { maxLength: 3 }), value),
          attachments: fc.oneof(fc.array(fc.oneof(attachment, value), { maxLength: 3 }), value),
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
      .map((each) => parseJson(JSON.stringify(each)));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (wire) => {
        const leftOut: string[] = [];
        const records = decodeMessages(wire, (why) => leftOut.push(why)) ?? [];
        expect(records.length + leftOut.length).toBe(wire.length);
        const [memory, sqlite] = storesWith(records);
        for (const store of [memory, sqlite]) if (store) readEverything(store);
        const query: MessageQuery = { availability: 'Alive', filter: {} };
        expect(new Set(sqlite?.ids(query))).toEqual(new Set(memory?.ids(query)));
        memory?.dispose();
        sqlite?.dispose();
      }),
      { numRuns: 400 },
    );
  });
});

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
