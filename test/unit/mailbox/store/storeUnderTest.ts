import { afterEach, beforeEach } from 'vitest';
import type { Message } from '../../../../src/api/schema';
import type { Group } from '../../../../src/mailbox/group';
import type { NewOperation, OperationKind, StoredError } from '../../../../src/mailbox/outbox/operation';
import type { MessageFilter, MessageQuery } from '../../../../src/mailbox/query';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';

export const ALL = { offset: 0, limit: 1_000 };
export const ALIVE: MessageQuery = { availability: 'Alive', filter: {} };
export const DELETED: MessageQuery = { availability: 'Deleted', filter: {} };

/** Local time, in the middle of a day. */
const NOW = new Date(2026, 5, 17, 15, 0).getTime();
export const ERROR: StoredError = { kind: 'forbidden', message: 'No', status: 403, errorCode: 'CMN-402' };

export function alive(filter: MessageFilter): MessageQuery {
  return { availability: 'Alive', filter };
}

export function idsOf(messages: readonly Message[]): string[] {
  return messages.map(({ id }) => id);
}

export function at(...date: [number, number, number, number]): string {
  return new Date(...date).toISOString();
}

/** A record as it comes of a deleted or purged message: with nothing but this. */
export function tombstone(id: string, availability: Message['availability']): Message {
  return { id, availability, to: [], attachments: [] };
}

export function operation(kind: OperationKind, ...messages: readonly Message[]): NewOperation {
  return { kind, window: 'this', messageIds: idsOf(messages) };
}

/** Another store for each test, and what it has told of its changes. */
export interface StoreUnderTest {
  readonly store: MessageStore;
  readonly fired: (readonly string[] | undefined)[];
  readonly put: (...messages: readonly Message[]) => void;
  /** @returns the id of the operation */
  readonly enqueue: (kind: OperationKind, ...messages: readonly Message[]) => string;
}

/** Opens an empty store before each test of the group that this is called in, and closes it afterwards. */
export function storeForEachTest(open: (now: () => number) => MessageStore): StoreUnderTest {
  let store: MessageStore;
  let fired: (readonly string[] | undefined)[];
  beforeEach(() => {
    store = open(() => NOW);
    fired = [];
    const heard = fired;
    store.onDidChange(({ ids }) => heard.push(ids && [...ids]));
  });
  afterEach(() => store.dispose());
  return {
    get store() {
      return store;
    },
    get fired() {
      return fired;
    },
    put: (...messages) => void store.apply({ put: messages }),
    enqueue: (kind, ...messages) => {
      const id = store.enqueue(operation(kind, ...messages));
      if (id === undefined) throw new Error('Nothing was queued.');
      return id;
    },
  };
}

/** Labels of groups with their tallies. */
export function outline(
  store: MessageStore,
  query: MessageQuery,
  level: 'type' | 'thread' | 'party' | 'date',
  page = ALL,
): string[] {
  const label = ({ key }: Group): string => {
    switch (key.kind) {
      case 'type':
        return key.type;
      case 'thread':
        return `${key.type}/${key.thread}`;
      case 'party':
        return key.party;
      case 'date':
        return key.span;
    }
  };
  return store.groups(query, level, page).map((group) => `${label(group)} ${group.unread}/${group.total}`);
}
