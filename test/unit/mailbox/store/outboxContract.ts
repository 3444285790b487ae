import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/api/schema';
import type { OperationKind } from '../../../../src/mailbox/outbox/operation';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';
import { aMessage } from '../../../builders/message';
import { ALIVE, DELETED, ERROR, idsOf, operation, type StoreUnderTest } from './storeUnderTest';

/** How every store keeps what the user has asked for, and shows it. */
export function describeOutbox(tested: StoreUnderTest): void {
  const { enqueue, put } = tested;
  let store: MessageStore;
  let fired: StoreUnderTest['fired'];
  beforeEach(() => {
    ({ fired, store } = tested);
  });

  describe('the outbox', () => {
    it('shows a change at once, and keeps the record of the server beside it', () => {
      const message = aMessage();
      put(message);
      const id = enqueue('markRead', message);
      expect(store.get(message.id)?.readStatus).toBe('Read');
      expect(store.confirmed(message.id)?.readStatus).toBe('Unread');
      expect(store.isPending(message.id)).toBe(true);
      expect(fired.at(-1)).toEqual([message.id]);
      expect(store.operation(id)).toEqual({
        id,
        kind: 'markRead',
        window: 'this',
        items: [{ messageId: message.id, state: 'waiting', availabilityThen: 'Alive' }],
      });
    });

    it('keeps operations in order, with their items in order, and each message once', () => {
      const [a, b] = [aMessage({ availability: 'Deleted' }), aMessage()];
      put(a, b);
      const first = enqueue('restore', a);
      const second = store.enqueue({
        kind: 'deleteConversation',
        conversationId: '8234962969801171948',
        window: 'other',
        messageIds: [b.id, '77', 'no id', a.id, b.id],
      });
      expect(store.operations()).toEqual([store.operation(first), store.operation(second ?? '')]);
      expect(store.operations()[1]).toMatchObject({
        conversationId: '8234962969801171948',
        window: 'other',
        items: [
          { messageId: b.id, availabilityThen: 'Alive' },
          // As it is shown, with what was asked for before.
          { messageId: a.id, availabilityThen: 'Alive' },
        ],
      });
      expect(second).not.toBe(first);
    });

    it('queues nothing for unknown messages', () => {
      expect(store.enqueue({ kind: 'delete', window: 'this', messageIds: ['77', 'no id'] })).toBeUndefined();
      expect(store.operations()).toEqual([]);
      expect(store.operation('1')).toBeUndefined();
      expect(fired).toEqual([]);
    });

    it.each<[OperationKind, string[]]>([
      ['markRead', ['unread', 'neither', 'deleted']],
      ['markUnread', ['read', 'neither']],
      ['delete', ['read', 'unread', 'neither']],
      ['deleteConversation', ['read', 'unread', 'neither']],
      ['restore', ['deleted']],
      ['deletePermanently', ['read', 'unread', 'neither', 'deleted']],
    ])('leaves out messages that %s would not change', (kind, changed) => {
      const { readStatus: _none, ...neither } = aMessage();
      const names = new Map([
        [aMessage({ readStatus: 'Read' }), 'read'],
        [aMessage({ readStatus: 'Unread' }), 'unread'],
        [neither, 'neither'],
        [aMessage({ availability: 'Deleted' }), 'deleted'],
      ]);
      const messages = [...names.keys()];
      put(...messages);
      const kept = store.operation(enqueue(kind, ...messages))?.items.map(({ messageId }) => messageId);
      const chosen = messages.filter(({ id }) => kept?.includes(id));
      expect(chosen.map((message) => names.get(message))).toEqual(changed);
      expect(store.enqueue(operation(kind, ...messages))).toBeUndefined();
      expect(store.operations()).toHaveLength(1);
    });

    it('keeps an operation on many messages as a whole, and shows all of it in the end', () => {
      const many = Array.from({ length: 250 }, () => aMessage());
      put(...many);
      fired.length = 0;
      const id = enqueue('delete', ...many);
      const isDeleted = (each: string): boolean => store.get(each)?.availability === 'Deleted';
      expect(store.operation(id)?.items.map(({ messageId }) => messageId)).toEqual(idsOf(many));
      expect(idsOf(many).every((each) => store.isPending(each) && isDeleted(each))).toBe(true);
      while (store.showMore());
      expect([store.tally(ALIVE).total, store.ids(DELETED)]).toEqual([0, idsOf(many).reverse()]);
      expect(new Set(fired.flat())).toEqual(new Set(idsOf(many)));
      expect(fired.flat()).toHaveLength(250);
      expect(store.showMore()).toBe(false);
    });

    it('keeps changes in the order in which they were made, shown or not yet', () => {
      const many = Array.from({ length: 250 }, () => aMessage());
      put(...many);
      enqueue('markRead', ...many);
      const second = enqueue('markUnread', ...many);
      const third = enqueue('delete', ...many.slice(0, 200));
      expect(store.operation(second)?.items).toHaveLength(250);
      while (store.showMore());
      expect(store.tally(ALIVE)).toEqual({ total: 50, unread: 50 });
      expect(store.operation(third)?.items).toHaveLength(200);
      store.cancel(second);
      while (store.showMore());
      expect(store.tally(ALIVE)).toEqual({ total: 50, unread: 0 });
      expect(store.tally(DELETED)).toEqual({ total: 200, unread: 0 });
    });

    it('undoes the waiting part of a cancelled operation, and nothing else', () => {
      const many = Array.from({ length: 250 }, () => aMessage());
      const [sending, done] = idsOf(many);
      put(...many);
      const id = enqueue('markRead', ...many);
      while (store.showMore());
      store.markSending(id, [sending ?? '', done ?? '']);
      store.settle(id, { done: [done ?? ''] });
      fired.length = 0;
      expect(store.cancel(id)).toBe(true);
      expect(idsOf(many).filter((each) => store.get(each)?.readStatus === 'Read')).toEqual([sending, done]);
      while (store.showMore());
      expect(store.tally(ALIVE)).toEqual({ total: 250, unread: 248 });
      expect(new Set(fired.flat())).toEqual(new Set(idsOf(many.slice(2))));
      expect(store.operation(id)?.items.map(({ state }) => state)).toEqual(['sending', 'done']);
      expect(store.cancel(id)).toBe(false);
      expect(store.cancel('none')).toBe(false);
    });

    it('undoes many failed or dropped changes in the end', () => {
      const many = Array.from({ length: 300 }, () => aMessage());
      put(...many);
      const id = enqueue('delete', ...many);
      const failed = idsOf(many.slice(0, 140)).map((messageId) => ({ messageId, error: ERROR }));
      store.settle(id, { failed, dropped: idsOf(many.slice(140, 280)) });
      while (store.showMore());
      expect(store.ids(DELETED)).toEqual(idsOf(many.slice(280)).reverse());
      expect(store.ids(ALIVE)).toEqual(idsOf(many.slice(0, 280)).reverse());
      expect(store.progress(id)).toEqual({ open: 20, settled: 140 });
    });

    it('counts the open and the settled items of an operation', () => {
      const [a, b, c] = [aMessage(), aMessage(), aMessage()];
      put(a, b, c);
      const id = enqueue('markRead', a, b, c);
      enqueue('delete', c);
      expect(new Set(store.markSending(id, [b.id, a.id, '77']))).toEqual(new Set([a.id, b.id]));
      expect(store.openItems(id, 2)).toEqual(store.operation(id)?.items.slice(0, 2));
      expect(store.progress(id)).toEqual({ open: 3, settled: 0 });
      store.settle(id, { done: [a.id], failed: [{ messageId: b.id, error: ERROR }] });
      expect(store.markSending(id, [a.id, b.id])).toEqual([]);
      expect(store.progress(id)).toEqual({ open: 1, settled: 2 });
      expect(store.openItems(id).map(({ messageId }) => messageId)).toEqual([c.id]);
      expect(store.openItems('none')).toEqual([]);
      expect(store.progress('none')).toEqual({ open: 0, settled: 0 });
    });

    it.each<[OperationKind, Message['availability'], Message['availability'] | undefined]>([
      ['delete', 'Alive', 'Deleted'],
      ['deleteConversation', 'Alive', 'Deleted'],
      ['restore', 'Deleted', 'Alive'],
      ['deletePermanently', 'Deleted', undefined],
    ])('shows %s at once, and makes it part of the record when it is done', (kind, before, after) => {
      const message = aMessage({ availability: before });
      put(message);
      const id = enqueue(kind, message);
      expect(store.get(message.id)?.availability).toBe(after ?? 'Purged');
      expect(store.ids({ availability: before, filter: {} })).toEqual([]);
      store.markSending(id, [message.id]);
      expect(store.operation(id)?.items[0]?.state).toBe('sending');
      expect(store.isPending(message.id)).toBe(true);
      store.settle(id, { done: [message.id] });
      expect(store.confirmed(message.id)?.availability).toBe(after);
      expect(store.get(message.id)?.availability).toBe(after);
      expect(store.isPending(message.id)).toBe(false);
      expect(store.operation(id)?.items[0]?.state).toBe('done');
    });

    it('undoes failed and dropped changes, and keeps the ones that are done', () => {
      const [done, failed, dropped, waiting] = [aMessage(), aMessage(), aMessage(), aMessage()];
      put(done, failed, dropped, waiting);
      const id = enqueue('markRead', done, failed, dropped, waiting);
      store.markSending(id, idsOf([done, failed, waiting]));
      store.settle(id, {
        done: [done.id],
        failed: [{ messageId: failed.id, error: ERROR }],
        dropped: [dropped.id],
        waiting: [waiting.id],
      });
      expect(idsOf([done, failed, dropped, waiting]).map((each) => store.get(each)?.readStatus)).toEqual([
        'Read',
        'Unread',
        'Unread',
        'Read',
      ]);
      expect(idsOf([done, failed, dropped, waiting]).map((each) => store.isPending(each))).toEqual([
        false,
        false,
        false,
        true,
      ]);
      expect(store.operation(id)?.items).toEqual([
        { messageId: done.id, state: 'done', availabilityThen: 'Alive' },
        { messageId: failed.id, state: 'failed', availabilityThen: 'Alive', error: ERROR },
        { messageId: waiting.id, state: 'waiting', availabilityThen: 'Alive' },
      ]);
    });

    it('removes messages that turn out to be gone', () => {
      const [gone, other] = [aMessage(), aMessage()];
      put(gone, other);
      const id = enqueue('markRead', gone, other);
      store.settle(id, { gone: [gone.id] });
      expect(store.get(gone.id)).toBeUndefined();
      expect(store.operation(id)?.items.map(({ messageId }) => messageId)).toEqual([other.id]);
    });

    it('tells nothing more of a message that turned out to be gone', () => {
      const [gone, other] = [aMessage(), aMessage()];
      put(gone, other);
      store.settle(enqueue('markRead', gone), { gone: [gone.id] });
      fired.length = 0;
      enqueue('markRead', other);
      expect(fired).toEqual([[other.id]]);
    });

    it('keeps why a change failed even if it is dropped at the same time', () => {
      const message = aMessage();
      put(message);
      const id = enqueue('markRead', message);
      store.settle(id, { failed: [{ messageId: message.id, error: ERROR }], dropped: [message.id] });
      expect(store.operation(id)?.items.map(({ state }) => state)).toEqual(['failed']);
    });

    it('does not settle an item twice, nor send a settled one', () => {
      const message = aMessage();
      put(message);
      const id = enqueue('markRead', message);
      store.settle(id, { failed: [{ messageId: message.id, error: ERROR }] });
      store.settle(id, { done: [message.id] });
      store.markSending(id, [message.id]);
      store.settle('0', { done: [message.id] });
      expect(store.get(message.id)?.readStatus).toBe('Unread');
      expect(store.operation(id)?.items[0]?.state).toBe('failed');
    });

    it("takes the server's records from its answer", () => {
      const message = aMessage({ lastModifiedTime: '2026-06-17T10:00:00.000Z' });
      put(message);
      const id = enqueue('markRead', message);
      const answer: Message = {
        ...message,
        readStatus: 'Read',
        lastModifiedTime: '2026-06-17T10:00:05.000Z',
      };
      store.settle(id, { done: [message.id], records: [answer] });
      expect(store.confirmed(message.id)).toEqual(answer);
    });

    it('ignores the record of an answer that is older than the known one', () => {
      const message = aMessage({ lastModifiedTime: '2026-06-17T10:00:00.000Z' });
      put(message);
      const id = enqueue('markRead', message);
      const newer: Message = {
        ...message,
        readStatus: 'Unread',
        lastModifiedTime: '2026-06-17T10:00:09.000Z',
      };
      put(newer);
      const answer: Message = {
        ...message,
        readStatus: 'Read',
        lastModifiedTime: '2026-06-17T10:00:05.000Z',
      };
      store.settle(id, { done: [message.id], records: [answer] });
      expect(store.get(message.id)).toEqual(newer);
    });

    it("keeps a change when a record arrives in between, and the record's other news too", () => {
      const message = aMessage();
      put(message);
      const id = enqueue('delete', message);
      put({ ...message, priority: 'High' });
      expect(store.get(message.id)).toMatchObject({ availability: 'Deleted', priority: 'High' });
      store.settle(id, { failed: [{ messageId: message.id, error: ERROR }] });
      expect(store.get(message.id)).toMatchObject({ availability: 'Alive', priority: 'High' });
    });

    it('applies changes in order, and undoes just the refused one', () => {
      const message = aMessage();
      put(message);
      const first = enqueue('markRead', message);
      const second = enqueue('delete', message);
      const third = enqueue('markUnread', message);
      expect(store.get(message.id)).toMatchObject({ readStatus: 'Unread', availability: 'Deleted' });
      store.settle(third, { dropped: [message.id] });
      expect(store.get(message.id)).toMatchObject({ readStatus: 'Read', availability: 'Deleted' });
      store.settle(first, { failed: [{ messageId: message.id, error: ERROR }] });
      expect(store.get(message.id)).toMatchObject({ readStatus: 'Unread', availability: 'Deleted' });
      store.settle(second, { done: [message.id] });
      expect(store.confirmed(message.id)).toMatchObject({ readStatus: 'Unread', availability: 'Deleted' });
    });

    it('applies later changes on top of an earlier one that is done meanwhile', () => {
      const message = aMessage();
      put(message);
      const first = enqueue('markRead', message);
      enqueue('markUnread', message);
      store.settle(first, { done: [message.id] });
      expect(store.confirmed(message.id)?.readStatus).toBe('Read');
      expect(store.get(message.id)?.readStatus).toBe('Unread');
    });

    it('applies a change to a message that was removed and came again', () => {
      const message = aMessage();
      put(message);
      enqueue('markRead', message);
      store.apply({ remove: [message.id] });
      expect(store.get(message.id)).toBeUndefined();
      expect(store.isPending(message.id)).toBe(true);
      put(message);
      expect(store.get(message.id)?.readStatus).toBe('Read');
      expect(store.tally(ALIVE)).toEqual({ total: 1, unread: 0 });
    });

    it('returns the next operation to be sent, and counts the open ones', () => {
      const [a, b] = [aMessage(), aMessage()];
      put(a, b);
      expect([store.nextOperation(), store.openCount]).toEqual([undefined, 0]);
      const first = enqueue('markRead', a, b);
      const second = enqueue('delete', b);
      expect([store.nextOperation()?.id, store.openCount]).toEqual([first, 3]);
      store.settle(first, { done: [a.id] });
      store.markSending(first, [b.id]);
      expect([store.nextOperation()?.id, store.openCount]).toEqual([first, 2]);
      expect(store.openItems(first)).toEqual(store.operation(first)?.items.slice(1));
      expect(store.finishedOperations()).toEqual([]);
      store.settle(first, { failed: [{ messageId: b.id, error: ERROR }] });
      expect([store.nextOperation()?.id, store.openCount]).toEqual([second, 1]);
      expect(store.finishedOperations()).toEqual([store.operation(first)]);
    });

    it('removes an operation only when nothing of it is open any more', () => {
      const [a, b] = [aMessage(), aMessage()];
      put(a, b);
      const id = enqueue('markRead', a, b);
      store.settle(id, { done: [a.id] });
      store.forget(id);
      expect(store.operation(id)).toBeDefined();
      store.settle(id, { done: [b.id] });
      store.forget(id);
      expect(store.operation(id)).toBeUndefined();
      expect(store.operations()).toEqual([]);
      expect(store.get(a.id)?.readStatus).toBe('Read');
      expect(enqueue('markUnread', a)).not.toBe(id);
    });
  });
}
