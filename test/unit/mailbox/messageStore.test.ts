import { describe, expect, it } from 'vitest';
import type { Message } from '../../../src/api/schema';
import { MessageStore } from '../../../src/mailbox/messageStore';
import { NO_FILTER } from '../../../src/mailbox/query';
import { aMessage } from '../../builders/message';

const ALIVE = { availability: 'Alive', filter: NO_FILTER } as const;
const DELETED = { availability: 'Deleted', filter: NO_FILTER } as const;
const ids = (messages: readonly Message[]): string[] => messages.map(({ id }) => id);

function storeWith(...messages: Message[]): MessageStore {
  const store = new MessageStore();
  store.put(messages);
  return store;
}

describe('MessageStore', () => {
  it('keeps what is known of a message that comes as id and availability only', () => {
    const message = aMessage();
    const store = storeWith(message);
    store.put([{ id: message.id, availability: 'Deleted', to: [], attachments: [] }]);
    expect(store.query(ALIVE)).toEqual([]);
    expect(store.query(DELETED)).toEqual([{ ...message, availability: 'Deleted' }]);
  });

  it('leaves out an unknown message of which nothing but the id is told', () => {
    const store = storeWith({ id: '1', availability: 'Deleted', to: [], attachments: [] });
    expect(store.size).toBe(0);
  });

  it('forgets purged messages', () => {
    const message = aMessage();
    const store = storeWith(message);
    store.put([{ id: message.id, availability: 'Purged', to: [], attachments: [] }]);
    expect(store.get(message.id)).toBeUndefined();
  });

  it('orders by time, and by id where times are equal', () => {
    const creationTime = '2026-06-17T10:00:00.000Z';
    const store = storeWith(
      aMessage({ id: '999', creationTime }),
      aMessage({ id: '1000', creationTime }),
      aMessage({ id: '5', creationTime: '2026-06-17T10:00:01Z' }),
    );
    expect(ids(store.query(ALIVE))).toEqual(['5', '1000', '999']);
  });

  it('shows a staged change at once, and keeps it for what was confirmed only', () => {
    const [kept, refused] = [aMessage(), aMessage()];
    const store = storeWith(kept, refused);
    const staged = store.stage([kept.id, refused.id], { readStatus: 'Read' });
    expect(store.get(kept.id)?.readStatus).toBe('Read');
    expect(store.confirmed(kept.id)?.readStatus).toBe('Unread');
    staged.settle(new Set([kept.id]));
    expect(store.get(kept.id)?.readStatus).toBe('Read');
    expect(store.get(refused.id)?.readStatus).toBe('Unread');
  });

  it('does not let a record that arrives in between undo a staged change, nor lose what it brought', () => {
    const message = aMessage();
    const store = storeWith(message);
    const staged = store.stage([message.id], { availability: 'Deleted' });
    store.put([{ ...message, priority: 'High' }]);
    expect(store.get(message.id)).toMatchObject({ availability: 'Deleted', priority: 'High' });
    staged.settle(new Set());
    expect(store.get(message.id)).toMatchObject({ availability: 'Alive', priority: 'High' });
  });

  it('lays overlapping changes over each other, and takes back just the refused one', () => {
    const message = aMessage();
    const store = storeWith(message);
    const first = store.stage([message.id], { readStatus: 'Read' });
    const second = store.stage([message.id], { availability: 'Deleted' });
    first.settle(new Set());
    expect(store.get(message.id)).toMatchObject({ readStatus: 'Unread', availability: 'Deleted' });
    second.settle(new Set([message.id]));
    expect(store.get(message.id)).toMatchObject({ readStatus: 'Unread', availability: 'Deleted' });
  });

  it('fires once for each batch, naming what changed', () => {
    const store = new MessageStore();
    const fired: string[][] = [];
    store.onDidChange(({ ids }) => fired.push([...ids]));
    const [a, b] = [aMessage(), aMessage()];
    store.put([a, b]);
    store.remove([b.id, 'unknown']);
    store.remove(['unknown']);
    expect(fired).toEqual([[a.id, b.id], [b.id]]);
  });
});

describe('the text filter', () => {
  const found = (text: string, ...messages: Message[]): number =>
    storeWith(...messages).query({ availability: 'Alive', filter: { ...NO_FILTER, text } }).length;

  it.each([
    ['cafe', { subject: 'Meet at the Café' }],
    ['ada five', {}],
    ['555-0101', {}],
    ['+16505550101', {}],
    ['plan.pdf', { attachments: [{ id: '1', fileName: 'Site plan.pdf' }] }],
  ])('finds %s', (text, fields) => {
    expect(found(text, aMessage(fields))).toBe(1);
  });

  it('wants every word', () => {
    expect(found('ada six', aMessage())).toBe(0);
  });
});
