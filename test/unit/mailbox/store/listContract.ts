import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/api/schema';
import type { MessageFilter, MessageQuery } from '../../../../src/mailbox/query';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';
import { aMessage } from '../../../builders/message';
import { ALIVE, alive, ALL, at, DELETED, ERROR, idsOf, outline, type StoreUnderTest } from './storeUnderTest';

/** What every store lists: messages and groups, by filters. */
export function describeLists(tested: StoreUnderTest): void {
  const { enqueue, put } = tested;
  let store: MessageStore;
  beforeEach(() => {
    ({ store } = tested);
  });

  describe('lists', () => {
    it('come newest first, and by larger id where times are equal', () => {
      const creationTime = '2026-06-17T10:00:00.000Z';
      put(
        aMessage({ id: '999', creationTime }),
        aMessage({ id: '1000', creationTime }),
        aMessage({ id: '5', creationTime: '2026-06-17T10:00:01Z' }),
        aMessage({ id: '2000', creationTime: 'no date' }),
      );
      expect(store.ids(ALIVE)).toEqual(['5', '1000', '999', '2000']);
      expect(idsOf(store.messages(ALIVE, ALL))).toEqual(['5', '1000', '999', '2000']);
    });

    it('come by page', () => {
      const messages = [aMessage(), aMessage(), aMessage(), aMessage(), aMessage()];
      put(...messages);
      const newestFirst = idsOf(messages).reverse();
      expect(idsOf(store.messages(ALIVE, { offset: 0, limit: 2 }))).toEqual(newestFirst.slice(0, 2));
      expect(idsOf(store.messages(ALIVE, { offset: 4, limit: 2 }))).toEqual(newestFirst.slice(4));
      expect(store.messages(ALIVE, { offset: 5, limit: 2 })).toEqual([]);
      expect(store.messages(ALIVE, { offset: 0, limit: 0 })).toEqual([]);
      expect(store.ids(ALIVE)).toEqual(newestFirst);
    });

    it('of a conversation include its deleted messages where both are asked for', () => {
      const conversationId = '8234962969801171948';
      const messages = [
        aMessage({ conversationId }),
        aMessage({ conversationId, availability: 'Deleted' }),
        aMessage({ conversationId }),
        aMessage({ conversationId, availability: 'Purged' }),
        aMessage({ conversationId: '5' }),
      ];
      put(...messages);
      enqueue('deletePermanently', aMessage({ id: messages[2]?.id ?? '' }));
      const both: MessageQuery = { availability: 'AliveOrDeleted', filter: { conversationId } };
      expect(store.ids(both)).toEqual(idsOf(messages.slice(0, 2)).reverse());
      expect(store.tally(both)).toEqual({ total: 2, unread: 2 });
      expect(store.groups({ availability: 'AliveOrDeleted', filter: {} }, 'type', ALL)).toMatchObject([
        { total: 3 },
      ]);
      expect(store.tally({ availability: 'AliveOrDeleted', filter: {} }).total).toBe(3);
    });

    it('tell how many messages come before another, whether it is in the list or not', () => {
      const creationTime = '2026-06-17T10:00:00.000Z';
      const conversationId = '8234962969801171948';
      const messages = [
        aMessage({ conversationId, creationTime }),
        aMessage({ conversationId, creationTime }),
        aMessage({ conversationId: '5', creationTime }),
        aMessage({ conversationId, availability: 'Deleted', creationTime }),
        aMessage({ conversationId, creationTime: '2026-06-17T10:00:01.000Z' }),
      ];
      put(...messages);
      const query: MessageQuery = { availability: 'Alive', filter: { conversationId } };
      const before = (...ids: (string | undefined)[]): (number | undefined)[] =>
        ids.map((id) => store.countBefore(query, id ?? ''));
      expect(before(...idsOf(messages))).toEqual([2, 1, 1, 1, 0]);
      expect(before('99', 'no id')).toEqual([undefined, undefined]);
      expect(store.ids(query).map((id) => store.countBefore(query, id))).toEqual([0, 1, 2]);
    });

    it('name the extensions that own shared messages as the newest record does', () => {
      put(
        aMessage(),
        aMessage({ owner: { extensionId: '12', name: 'Old name' } }),
        aMessage({ owner: { extensionId: '12', name: 'Sales' } }),
        aMessage({ owner: { extensionId: '7', name: 'Support' } }),
        aMessage({ owner: { name: 'Nobody in particular' } }),
      );
      expect(store.owners()).toEqual([
        { extensionId: '7', name: 'Support' },
        { extensionId: '12', name: 'Sales' },
      ]);
    });
  });

  describe('groups', () => {
    const ada = { name: 'Ada', phoneNumber: '+16505550101' };
    const ben = { name: 'Ben', phoneNumber: '+16505550102' };

    it('are by type and thread: texts by conversation, the rest by the other party', () => {
      put(
        aMessage({ type: 'Telegram', from: ada }),
        aMessage({ type: 'VoiceMail', from: { phoneNumber: '(650)555-0101' } }),
        aMessage({ type: 'VoiceMail', from: ada }),
        aMessage({ conversationId: '8234962969801171948', from: ada, readStatus: 'Read' }),
        aMessage({ conversationId: '8234962969801171949', from: ada }),
        aMessage({ conversationId: '8234962969801171948', from: ada }),
        aMessage({ from: { extensionNumber: '102' } }),
        aMessage({ type: 'Fax', from: ada }),
        aMessage({ type: 'Fax', from: ada, availability: 'Deleted' }),
      );
      expect(outline(store, ALIVE, 'type')).toEqual(['VoiceMail 2/2', 'SMS 3/4', 'Fax 1/1', 'Telegram 1/1']);
      const inType = (type: string): string[] =>
        outline(store, { ...ALIVE, group: { kind: 'type', type } }, 'thread');
      expect(inType('VoiceMail')).toEqual(['VoiceMail/+16505550101 2/2']);
      expect(inType('SMS')).toEqual([
        'SMS/ext:102 1/1',
        'SMS/8234962969801171948 1/2',
        'SMS/8234962969801171949 1/1',
      ]);
      expect(inType('Fax')).toEqual(['Fax/+16505550101 1/1']);
      expect(inType('Pager')).toEqual([]);
      expect(outline(store, DELETED, 'type')).toEqual(['Fax 1/1']);
      expect(store.groupCount(ALIVE, 'type')).toBe(4);
      expect(store.groupCount(ALIVE, 'thread')).toBe(6);
      expect(store.groupCount({ ...ALIVE, group: { kind: 'type', type: 'SMS' } }, 'thread')).toBe(3);
    });

    it('are by other party whatever the type and direction, newest first', () => {
      const [first, second, third] = [
        aMessage({ type: 'Fax', from: ada }),
        aMessage({ type: 'VoiceMail', from: ben }),
        aMessage({ direction: 'Outbound', to: [ada], readStatus: 'Read' }),
      ];
      put(first, second, third);
      expect(outline(store, ALIVE, 'party')).toEqual(['+16505550101 1/2', '+16505550102 1/1']);
      expect(store.groups(ALIVE, 'party', ALL).map(({ newest }) => newest.id)).toEqual([third.id, second.id]);
      put(aMessage({ from: ben }));
      expect(outline(store, ALIVE, 'party')).toEqual(['+16505550102 2/2', '+16505550101 1/2']);
      expect(outline(store, ALIVE, 'party', { offset: 1, limit: 5 })).toEqual(['+16505550101 1/2']);
      expect(outline(store, ALIVE, 'party', { offset: 0, limit: 1 })).toEqual(['+16505550102 2/2']);
      expect(store.groupCount(ALIVE, 'party')).toBe(2);
    });

    it('are by date: the last days by name, then months, from local midnight on', () => {
      put(
        aMessage({ creationTime: at(2026, 5, 18, 1) }),
        aMessage({ creationTime: at(2026, 5, 17, 0) }),
        aMessage({ creationTime: at(2026, 5, 16, 23) }),
        aMessage({ creationTime: at(2026, 5, 16, 0) }),
        aMessage({ creationTime: at(2026, 5, 11, 0), readStatus: 'Read' }),
        aMessage({ creationTime: at(2026, 5, 10, 23) }),
        aMessage({ creationTime: at(2026, 5, 1, 0) }),
        aMessage({ creationTime: at(2025, 11, 31, 23) }),
        aMessage({ creationTime: 'not a date' }),
      );
      const expected = [
        'today 2/2',
        'yesterday 2/2',
        'lastWeek 0/1',
        '2026-06 2/2',
        '2025-12 1/1',
        'undated 1/1',
      ];
      expect(outline(store, ALIVE, 'date')).toEqual(expected);
      expect(outline(store, ALIVE, 'date', { offset: 2, limit: 2 })).toEqual(expected.slice(2, 4));
      expect(outline(store, alive({ direction: 'Inbound' }), 'date')).toEqual(expected);
      expect(store.groupCount(ALIVE, 'date')).toBe(6);
      for (const group of store.groups(ALIVE, 'date', ALL)) {
        expect(store.ids({ ...ALIVE, group: group.key })).toHaveLength(group.total);
        expect(store.ids({ ...ALIVE, group: group.key })[0]).toBe(group.newest.id);
      }
      expect(store.ids({ ...ALIVE, group: { kind: 'date', span: 'no span' } })).toEqual([]);
    });

    it('have the right messages and tallies at every level', () => {
      put(
        aMessage({ conversationId: '1', from: ada }),
        aMessage({ conversationId: '2', from: ben, readStatus: 'Read' }),
        aMessage({ type: 'Fax', from: ada, readStatus: 'Read' }),
      );
      for (const filter of [{}, { direction: 'Inbound' }] satisfies MessageFilter[]) {
        for (const level of ['type', 'thread', 'party', 'date'] as const) {
          const groups = store.groups(alive(filter), level, ALL);
          expect(groups).toHaveLength(store.groupCount(alive(filter), level));
          for (const { key, newest, total, unread } of groups) {
            const query = { ...alive(filter), group: key };
            const messages = store.messages(query, ALL);
            expect(messages[0]).toEqual(newest);
            expect(idsOf(messages)).toEqual(store.ids(query));
            expect({ total, unread }).toEqual(store.tally(query));
            expect(total).toBe(messages.length);
            for (const below of ['type', 'thread', 'party', 'date'] as const) {
              const totals = store.groups(query, below, ALL).map((group) => group.total);
              expect(totals.reduce((sum, each) => sum + each, 0)).toBe(total);
            }
          }
        }
      }
    });

    it('count what is shown while changes are made, undone, done and removed', () => {
      const [a, b, c] = [aMessage({ from: ada }), aMessage({ from: ada }), aMessage({ from: ben })];
      put(a, b, c);
      const id = enqueue('delete', b, c);
      expect(outline(store, ALIVE, 'party')).toEqual(['+16505550101 1/1']);
      expect(outline(store, DELETED, 'party')).toEqual(['+16505550102 1/1', '+16505550101 1/1']);
      expect(store.groups(ALIVE, 'party', ALL)[0]?.newest.id).toBe(a.id);
      store.settle(id, { done: [b.id], failed: [{ messageId: c.id, error: ERROR }] });
      expect(outline(store, ALIVE, 'party')).toEqual(['+16505550102 1/1', '+16505550101 1/1']);
      enqueue('markRead', a);
      expect(outline(store, ALIVE, 'party')).toEqual(['+16505550102 1/1', '+16505550101 0/1']);
      store.apply({ remove: [c.id] });
      expect(outline(store, ALIVE, 'party')).toEqual(['+16505550101 0/1']);
      expect(store.tally(ALIVE)).toEqual({ total: 1, unread: 0 });
      expect(store.tally(DELETED)).toEqual({ total: 1, unread: 1 });
    });
  });

  describe('filters', () => {
    const fields: Partial<Message>[] = [
      { readStatus: 'Read', creationTime: '2026-06-17T10:00:00.000Z' },
      { type: 'Fax', direction: 'Outbound', messageStatus: 'SendingFailed', readStatus: 'Read' },
      { type: 'VoiceMail', priority: 'High', owner: { extensionId: '12', name: 'Sales' } },
      { conversationId: '8234962969801171948', from: { phoneNumber: '(415) 555-0177' } },
      { conversationId: '8234962969801171948', attachments: [{ id: '1', type: 'MmsAttachment' }] },
      { conversationId: '8234962969801171949', attachments: [{ id: '1', type: 'Text' }] },
      { type: 'Pager', from: { extensionNumber: '102' } },
    ];

    it.each<[MessageFilter, number[]]>([
      [{}, [6, 5, 4, 3, 2, 1, 0]],
      [{ readStatus: 'Unread' }, [6, 5, 4, 3, 2]],
      [{ readStatus: 'Read' }, [1, 0]],
      [{ types: ['Fax', 'VoiceMail'] }, [2, 1]],
      [{ types: [] }, []],
      [{ direction: 'Outbound' }, [1]],
      [{ direction: 'Inbound', types: ['SMS'] }, [5, 4, 3, 0]],
      [{ until: Date.parse('2026-06-17T10:00:00.001Z') }, [0]],
      [{ until: Date.parse('2026-06-17T10:00:00.000Z') }, []],
      [{ since: Date.parse('2026-06-17T10:00:00.001Z') }, [6, 5, 4, 3, 2, 1]],
      [{ since: Date.parse('2026-06-17T10:00:00.000Z'), types: ['SMS'] }, [5, 4, 3, 0]],
      [{ phoneNumber: '415 555 0177' }, [3]],
      [{ phoneNumber: '+14155550177' }, [3]],
      [{ phoneNumber: '5550177' }, []],
      [{ phoneNumber: '650-555-0100', types: ['Fax'] }, [1]],
      [{ phoneNumber: '102' }, [6]],
      [{ conversationId: '8234962969801171948' }, [4, 3]],
      [{ conversationId: '8234962969801171000' }, []],
      [{ owner: 'Shared' }, [2]],
      [{ owner: 'Personal' }, [6, 5, 4, 3, 1, 0]],
      [{ owner: { extensionId: '12' } }, [2]],
      [{ owner: { extensionId: '13' } }, []],
      [{ hasAttachment: true }, [4]],
      [{ hasAttachment: false, types: ['SMS'] }, [5, 3, 0]],
      [{ priority: 'High' }, [2]],
      [{ failed: true }, [1]],
      [{ failed: false, readStatus: 'Read' }, [0]],
      [{ latestPerConversation: true, types: ['SMS'] }, [5, 4, 0]],
      [{ latestPerConversation: true, until: 7 }, []],
    ])('select the right messages by %j', (filter, expected) => {
      // Made here, so that they are in order whatever was made before.
      const start = Date.parse('2026-06-17T12:00:00.000Z');
      const messages = fields.map((own, index) =>
        aMessage({ creationTime: new Date(start + index).toISOString(), ...own }),
      );
      put(...messages);
      const query = alive(filter);
      expect(store.ids(query).map((id) => idsOf(messages).indexOf(id))).toEqual(expected);
      expect(idsOf(store.messages(query, ALL))).toEqual(store.ids(query));
      const unread = store.messages(query, ALL).filter(({ readStatus }) => readStatus === 'Unread');
      expect(store.tally(query)).toEqual({ total: expected.length, unread: unread.length });
      const totals = store.groups(query, 'thread', ALL).map(({ total }) => total);
      expect(totals.reduce((sum, each) => sum + each, 0)).toBe(expected.length);
    });

    it('select the latest of each conversation among the matching messages, before any grouping', () => {
      const conversationId = '8234962969801171948';
      const old = aMessage({ conversationId, creationTime: at(2026, 5, 1, 9) });
      const recent = aMessage({ conversationId, creationTime: at(2026, 5, 17, 9), readStatus: 'Read' });
      put(old, recent);
      expect(outline(store, alive({ latestPerConversation: true }), 'date')).toEqual(['today 0/1']);
      expect(store.ids(alive({ latestPerConversation: true, readStatus: 'Unread' }))).toEqual([old.id]);
      enqueue('delete', recent);
      expect(store.ids(alive({ latestPerConversation: true }))).toEqual([old.id]);
    });

    it('apply to what is shown, not to the record', () => {
      const message = aMessage();
      put(message);
      enqueue('markRead', message);
      expect(store.ids(alive({ readStatus: 'Unread' }))).toEqual([]);
      expect(store.ids(alive({ readStatus: 'Read' }))).toEqual([message.id]);
    });
  });
}
