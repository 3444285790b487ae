import { bench, describe } from 'vitest';
import type { Message } from '../../src/api/schema';
import type { MessageQuery, TextTerm } from '../../src/mailbox/query';
import { SqliteMessageStore } from '../../src/mailbox/store/sqliteMessageStore';
import { openDatabase } from '../../src/storage/sqlite';
import { aMessage } from '../builders/message';

/** The figures to look at are the ratios between the sizes: without filters they should be near one. */
const SIZES = [1_000, 10_000, 100_000];

const ALIVE: MessageQuery = { availability: 'Alive', filter: {} };
const PAGE = { offset: 0, limit: 100 };
const TYPES = ['SMS', 'SMS', 'SMS', 'VoiceMail', 'Fax', 'Pager'];
const MINUTE = 60_000;

/** One message an hour or so, with a twentieth of the mailbox's size as conversations. */
function messageAt(index: number, size: number): Message {
  const party = index % Math.ceil(size / 20);
  return aMessage({
    type: TYPES[index % TYPES.length] ?? 'SMS',
    conversationId: String(party + 1),
    readStatus: index % 10 === 0 ? 'Unread' : 'Read',
    creationTime: new Date(Date.now() - (size - index) * 50 * MINUTE).toISOString(),
    subject: `Please call me about order ${index}${index % 1_000 === 7 ? ' quokka' : ''}, see you soon`,
    from: { name: `Caller ${party}`, phoneNumber: `+1650${String(2_000_000 + party)}` },
  });
}

function storeOf(size: number): {
  readonly store: SqliteMessageStore;
  readonly messages: readonly Message[];
} {
  const store = new SqliteMessageStore(openDatabase(':memory:'));
  const messages = Array.from({ length: size }, (_, index) => messageAt(index, size));
  for (let start = 0; start < size; start += 500) store.apply({ put: messages.slice(start, start + 500) });
  return { store, messages };
}

function typed(word: string): MessageQuery[] {
  return Array.from(word, (_, index) => {
    const term: TextTerm = { in: 'anywhere', text: word.slice(0, index + 1), phrase: false };
    return { availability: 'Alive', filter: { terms: [term] } };
  });
}

const mailboxes = SIZES.map((size) => ({ name: `${size.toLocaleString('en')} messages`, ...storeOf(size) }));

describe('reading what the sidebar shows: the badge, the types, the threads of a type and a page of messages', () => {
  for (const { name, store } of mailboxes) {
    bench(name, () => {
      store.tally(ALIVE);
      store.groups(ALIVE, 'type', PAGE);
      store.groups({ ...ALIVE, group: { kind: 'type', type: 'SMS' } }, 'thread', PAGE);
      store.messages(ALIVE, PAGE);
    });
  }
});

describe('grouping by date', () => {
  for (const { name, store } of mailboxes) bench(name, () => void store.groups(ALIVE, 'date', PAGE));
});

describe('grouping the unread messages of a type by thread', () => {
  const query: MessageQuery = { availability: 'Alive', filter: { readStatus: 'Unread', types: ['SMS'] } };
  for (const { name, store } of mailboxes) bench(name, () => void store.groups(query, 'thread', PAGE));
});

describe('searching for a rare word while it is typed', () => {
  for (const { name, store } of mailboxes) {
    bench(name, () => {
      for (const query of typed('quokka')) store.messages(query, PAGE);
    });
  }
});

describe('searching for a word that every message contains while it is typed', () => {
  for (const { name, store } of mailboxes) {
    bench(name, () => {
      for (const query of typed('order')) store.messages(query, PAGE);
    });
  }
});

describe('applying a page of a hundred changes', () => {
  for (const { name, store, messages } of mailboxes) {
    let round = 0;
    bench(name, () => {
      round += 1;
      const readStatus = round % 2 === 0 ? 'Read' : 'Unread';
      const start = (round * 100) % messages.length;
      store.apply({ put: messages.slice(start, start + 100).map((message) => ({ ...message, readStatus })) });
    });
  }
});

describe('marking a hundred messages and settling the operation, in one turn of the event loop', () => {
  for (const { name, store, messages } of mailboxes) {
    const messageIds = messages.slice(0, 100).map(({ id }) => id);
    let round = 0;
    bench(name, () => {
      round += 1;
      const kind = round % 2 === 0 ? 'markRead' : 'markUnread';
      const id = store.enqueue({ kind, window: 'w', messageIds }) ?? '';
      store.markSending(id, messageIds);
      store.settle(id, { done: messageIds });
      store.forget(id);
    });
  }
});

describe('enqueuing and cancelling an operation on many messages, in two turns of the event loop', () => {
  for (const { name, store, messages } of mailboxes.slice(-1)) {
    for (const count of [100, 1_000, 10_000]) {
      const messageIds = messages.slice(-count).map(({ id }) => id);
      bench(`${count.toLocaleString('en')} of ${name}`, () => {
        const id = store.enqueue({ kind: 'deletePermanently', window: 'w', messageIds }) ?? '';
        store.cancel(id);
        store.forget(id);
      });
    }
  }
});

describe('showing the next part of a large operation (showMore), in one turn of the event loop', () => {
  for (const { name, store, messages } of mailboxes) {
    const messageIds = messages.slice(-1_000).map(({ id }) => id);
    let operation: string | undefined;
    bench(name, () => {
      if (store.showMore()) return;
      if (operation === undefined) {
        operation = store.enqueue({ kind: 'delete', window: 'w', messageIds });
      } else {
        store.cancel(operation);
        store.forget(operation);
        operation = undefined;
      }
    });
  }
});
