import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Message } from '../../../../src/api/schema';
import type { OperationKind } from '../../../../src/mailbox/outbox/operation';
import type { MessageFilter, MessageQuery } from '../../../../src/mailbox/query';
import { MemoryMessageStore } from '../../../../src/mailbox/store/memoryMessageStore';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';
import { SqliteMessageStore } from '../../../../src/mailbox/store/sqliteMessageStore';
import { openDatabase } from '../../../../src/storage/sqlite';
import { aMessage } from '../../../builders/message';
import { checkProperty } from '../../../builders/property';

type Step = (store: MessageStore) => unknown;

const NOW = new Date(2026, 5, 17, 15, 0).getTime();
const DAY = 24 * 60 * 60 * 1000;
const ALL = { offset: 0, limit: 1_000 };
const LEVELS = ['type', 'thread', 'party', 'date'] as const;
const KINDS: readonly OperationKind[] = [
  'markRead',
  'markUnread',
  'delete',
  'restore',
  'deletePermanently',
  'deleteConversation',
];

const anId = fc.integer({ min: 1, max: 12 }).map(String);
const someIds = fc.uniqueArray(anId, { maxLength: 5 });
/** Ids are random, so operations are chosen by their place. */
const anOperation = fc.nat(5);
const aWord = fc.constantFrom('alpha', 'beta', 'Gamma', '日本', '555');
const aMoment = fc.integer({ min: 0, max: 60 }).map((days) => NOW - days * DAY);

const aRecord: fc.Arbitrary<Message> = fc
  .record({
    id: anId,
    availability: fc.constantFrom('Alive', 'Alive', 'Deleted', 'Purged'),
    type: fc.constantFrom('SMS', 'Fax', 'VoiceMail', 'Novel'),
    readStatus: fc.constantFrom('Read', 'Unread'),
    direction: fc.constantFrom('Inbound', 'Outbound'),
    conversationId: fc.constantFrom('8234962969801171948', '8234962969801171949'),
    creationTime: fc.oneof(
      aMoment.map((time) => new Date(time).toISOString()),
      fc.constant(''),
    ),
    lastModifiedTime: fc.oneof(
      aMoment.map((time) => new Date(time).toISOString()),
      fc.constant(''),
    ),
    subject: fc.array(aWord, { maxLength: 3 }).map((words) => words.join(' ')),
    from: fc.constantFrom({ phoneNumber: '+16505550101' }, { name: 'Beta', phoneNumber: '+16505550102' }),
    isTombstone: fc.boolean(),
  })
  .map(({ isTombstone, ...fields }) =>
    isTombstone && fields.availability !== 'Alive'
      ? { id: fields.id, availability: fields.availability, to: [], attachments: [] }
      : aMessage(fields),
  );

/** Some id that is none's, if there are not so many operations. */
function idOf(store: MessageStore, index: number): string {
  return store.operations()[index]?.id ?? 'none';
}

const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record(
      {
        put: fc.array(aRecord, { maxLength: 5 }),
        remove: someIds,
        sync: fc.record({ generation: fc.integer({ min: 0, max: 4 }) }),
        forgetBefore: aMoment,
        since: fc.integer({ min: 0, max: 20 }),
      },
      { requiredKeys: ['put'] },
    )
    .map(
      ({ since, ...batch }): Step =>
        (store) =>
          store.apply({
            ...batch,
            ...(since !== undefined && { since: { ...store.mark(), revision: since } }),
          }),
    ),
  fc.record({ kind: fc.constantFrom(...KINDS), messageIds: someIds, window: fc.constant('w') }).map(
    (operation): Step =>
      (store) =>
        store.enqueue(operation) === undefined,
  ),
  fc.tuple(anOperation, someIds).map(
    ([index, ids]): Step =>
      (store) =>
        store.markSending(idOf(store, index), ids),
  ),
  fc
    .tuple(
      anOperation,
      fc.record(
        {
          done: someIds,
          dropped: someIds,
          waiting: someIds,
          gone: fc.uniqueArray(anId, { maxLength: 1 }),
          failed: someIds.map((ids) =>
            ids.map((messageId) => ({ messageId, error: { kind: 'k', message: 'm' } })),
          ),
          // An answer has one record of each message.
          records: fc.uniqueArray(aRecord, { selector: ({ id }) => id, maxLength: 2 }),
        },
        { requiredKeys: [] },
      ),
    )
    .map(
      ([index, settlement]): Step =>
        (store) =>
          store.settle(idOf(store, index), settlement),
    ),
  anOperation.map(
    (index): Step =>
      (store) =>
        store.forget(idOf(store, index)),
  ),
  fc.record({ id: anId, text: aWord, transcription: aWord }, { requiredKeys: ['id'] }).map(
    (detail): Step =>
      (store) =>
        store.putDetails([detail]),
  ),
);

const FILTERS: readonly MessageFilter[] = [
  {},
  { readStatus: 'Unread' },
  { types: ['SMS', 'Fax'], direction: 'Inbound' },
  { latestPerConversation: true },
  { phoneNumber: '650 555 0102' },
  { since: NOW - 30 * DAY, until: NOW - DAY },
  { terms: [{ in: 'anywhere', text: 'be', phrase: false }] },
  { terms: [{ in: 'anywhere', text: 'alpha beta', phrase: true }], latestPerConversation: true },
  { terms: [{ in: 'from', text: '0102', phrase: false }] },
];

/** Everything that can be seen of a store. */
function picture(store: MessageStore): unknown {
  const ids = Array.from({ length: 12 }, (_, index) => String(index + 1));
  const views = (['Alive', 'Deleted', 'Purged'] as const).flatMap((availability) =>
    FILTERS.map((filter): MessageQuery => ({ availability, filter })),
  );
  return {
    isEmpty: store.isEmpty,
    messages: ids.map((id) => [
      store.get(id),
      store.confirmed(id),
      store.isPending(id),
      store.transcription(id),
    ]),
    views: views.map((query) => [
      store.messages(query, ALL),
      store.ids(query),
      store.tally(query),
      ...LEVELS.map((level) => [
        store.groupCount(query, level),
        store.groups(query, level, { offset: 1, limit: 2 }),
        store.groups(query, level, ALL).map((group) => [group, store.tally({ ...query, group: group.key })]),
      ]),
    ]),
    operations: store.operations().map(({ id: _random, ...operation }) => operation),
    sync: store.syncState(),
    missing: store.missingDetails(5),
    revision: store.mark().revision,
  };
}

it('the stores in memory and in SQLite look the same after any sequence of calls', async () => {
  await checkProperty(
    'stores in memory and in SQLite',
    fc.property(fc.array(aStep, { maxLength: 15 }), (steps) => {
      const stores = [
        new MemoryMessageStore(() => NOW),
        new SqliteMessageStore(openDatabase(':memory:'), () => NOW),
      ];
      const fired: unknown[][] = stores.map(() => []);
      stores.forEach((store, index) =>
        store.onDidChange(({ ids }) => fired[index]?.push(ids && [...ids].sort())),
      );
      for (const step of steps) {
        const [plain, sqlite] = stores.map((store) => step(store));
        expect(sqlite).toEqual(plain);
      }
      const [plain, sqlite] = stores.map(picture);
      expect(sqlite).toEqual(plain);
      expect(fired[1]).toEqual(fired[0]);
      for (const store of stores) store.dispose();
    }),
  );
});
