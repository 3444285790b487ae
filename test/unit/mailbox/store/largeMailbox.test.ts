import { expect, it } from 'vitest';
import { SqliteMessageStore } from '../../../../src/mailbox/store/sqliteMessageStore';
import { openDatabase } from '../../../../src/storage/sqlite';
import { aMessage } from '../../../builders/message';
import { multiplyMessages } from '../../../builders/multiplyMessages';
import { ALIVE, idsOf } from './storeUnderTest';

it('a store of a hundred thousand messages gives the right tallies, pages and groups', () => {
  const database = openDatabase(':memory:');
  const store = new SqliteMessageStore(database);
  const messages = Array.from({ length: 5_000 }, (_, index) =>
    aMessage({ conversationId: String(index), readStatus: index % 3 === 0 ? 'Unread' : 'Read' }),
  );
  store.apply({ put: messages });
  multiplyMessages(database, 20);
  expect(store.tally(ALIVE)).toEqual({ total: 100_000, unread: 33_340 });
  const page = store.messages(ALIVE, { offset: 99_950, limit: 100 });
  expect(idsOf(page)).toEqual(idsOf(messages.slice(0, 50)).reverse());
  expect(store.groupCount(ALIVE, 'thread')).toBe(5_000);
  const threads = store.groups(ALIVE, 'thread', { offset: 4_990, limit: 100 });
  expect(threads).toHaveLength(10);
  expect(threads.map(({ total }) => total)).toEqual(Array<number>(10).fill(20));
});
