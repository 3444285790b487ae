import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/api/schema';
import type { Group } from '../../../../src/mailbox/group';
import type { NewOperation, OperationKind, StoredError } from '../../../../src/mailbox/outbox/operation';
import type { MessageFilter, MessageQuery } from '../../../../src/mailbox/query';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';
import { aMessage } from '../../../builders/message';
import { describeSearch } from './searchContract';

export const ALL = { offset: 0, limit: 1_000 };
export const ALIVE: MessageQuery = { availability: 'Alive', filter: {} };
export const DELETED: MessageQuery = { availability: 'Deleted', filter: {} };

/** Local time, in the middle of a day. */
const NOW = new Date(2026, 5, 17, 15, 0).getTime();
const ERROR: StoredError = { kind: 'forbidden', message: 'No', status: 403, errorCode: 'CMN-402' };

export function alive(filter: MessageFilter): MessageQuery {
  return { availability: 'Alive', filter };
}

export function idsOf(messages: readonly Message[]): string[] {
  return messages.map(({ id }) => id);
}

function at(...date: [number, number, number, number]): string {
  return new Date(...date).toISOString();
}

/** A record as it comes of a deleted or purged message: with nothing but this. */
function tombstone(id: string, availability: Message['availability']): Message {
  return { id, availability, to: [], attachments: [] };
}

function operation(kind: OperationKind, ...messages: readonly Message[]): NewOperation {
  return { kind, window: 'this', messageIds: idsOf(messages) };
}

/** What every store does. `open` makes an empty one that takes the present moment from `now`. */
export function describeMessageStore(name: string, open: (now: () => number) => MessageStore): void {
  describe(name, () => {
    let store: MessageStore;
    let fired: (readonly string[] | undefined)[];

    beforeEach(() => {
      store = open(() => NOW);
      fired = [];
      store.onDidChange(({ ids }) => fired.push(ids && [...ids]));
    });
    afterEach(() => store.dispose());

    function put(...messages: readonly Message[]): void {
      store.apply({ put: messages });
    }

    function enqueue(kind: OperationKind, ...messages: readonly Message[]): string {
      const id = store.enqueue(operation(kind, ...messages));
      if (id === undefined) throw new Error('Nothing was queued.');
      return id;
    }

    /** Labels of groups with their tallies. */
    function outline(query: MessageQuery, level: 'type' | 'thread' | 'party' | 'date', page = ALL): string[] {
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
      return store
        .groups(query, level, page)
        .map((group) => `${label(group)} ${group.unread}/${group.total}`);
    }

    describe('records', () => {
      it('are returned exactly as they came', () => {
        const message = aMessage({
          conversationId: '8234962969801171948',
          lastModifiedTime: '2026-06-17T10:00:00.000Z',
          attachments: [{ id: '1', type: 'MmsAttachment', fileName: 'Ünï code.png', size: 3 }],
          owner: { extensionId: '7', name: 'Sales' },
        });
        put(message);
        expect(store.get(message.id)).toEqual(message);
        expect(store.confirmed(message.id)).toEqual(message);
        expect(store.messages(ALIVE, ALL)).toEqual([message]);
      });

      it('are returned even if the server has told next to nothing', () => {
        const message: Message = {
          id: '5',
          availability: 'Alive',
          subject: 'Odd',
          to: [],
          attachments: [],
          type: 'X',
        };
        put(message);
        expect(store.messages(ALIVE, ALL)).toEqual([message]);
        expect(outline(ALIVE, 'thread')).toEqual(['X/ 0/1']);
        expect(outline(ALIVE, 'date')).toEqual(['undated 0/1']);
      });

      it('are undefined for unknown and malformed ids', () => {
        expect(store.get('1')).toBeUndefined();
        expect(store.get('no id')).toBeUndefined();
        expect(store.confirmed('')).toBeUndefined();
        expect(store.isPending('no id')).toBe(false);
        expect(store.transcription('no id')).toBeUndefined();
      });

      it('are kept apart if their ids differ beyond 2^53', () => {
        const [a, b] = [aMessage({ id: '9007199254740993' }), aMessage({ id: '9007199254740992' })];
        put(a, b);
        expect(store.get('9007199254740993')?.id).toBe('9007199254740993');
        expect(store.ids(ALIVE)).toEqual(['9007199254740992', '9007199254740993'].sort(byTimeOf(a, b)));
      });

      it('keep what is known if only id and availability come', () => {
        const message = aMessage();
        put(message);
        put(tombstone(message.id, 'Deleted'));
        expect(store.messages(ALIVE, ALL)).toEqual([]);
        expect(store.messages(DELETED, ALL)).toEqual([{ ...message, availability: 'Deleted' }]);
      });

      it('are left out if nothing but the id is known', () => {
        put(tombstone('1', 'Deleted'));
        expect(store.isEmpty).toBe(true);
        expect(fired).toEqual([]);
      });

      it('are removed when they are purged', () => {
        const message = aMessage();
        put(message);
        put(tombstone(message.id, 'Purged'));
        expect(store.get(message.id)).toBeUndefined();
        expect(store.isEmpty).toBe(true);
      });

      it('are not replaced by an older state', () => {
        const newer = aMessage({ readStatus: 'Read', lastModifiedTime: '2026-06-17T10:00:01.000Z' });
        put(newer);
        put({ ...newer, readStatus: 'Unread', lastModifiedTime: '2026-06-17T10:00:00.999Z' });
        expect(store.get(newer.id)?.readStatus).toBe('Read');
        put({ ...newer, readStatus: 'Unread' });
        expect(store.get(newer.id)?.readStatus).toBe('Unread');
      });

      it('are removed when they are gone from the server', () => {
        const [a, b] = [aMessage(), aMessage()];
        put(a, b);
        store.apply({ remove: [a.id, '77', 'no id'] });
        expect(store.ids(ALIVE)).toEqual([b.id]);
      });

      it('make the store nonempty whatever their availability', () => {
        expect(store.isEmpty).toBe(true);
        put(aMessage({ availability: 'Deleted' }));
        expect(store.isEmpty).toBe(false);
      });
    });

    describe('events', () => {
      it('fire once for each batch, with the ids that were added, changed or removed', () => {
        const [a, b] = [aMessage(), aMessage()];
        put(a, b);
        put(a, { ...b, readStatus: 'Read' });
        store.apply({ remove: [b.id, '77'] });
        store.apply({ remove: ['77'] });
        store.apply({ sync: { generation: 1 } });
        expect(fired.map((ids) => ids && [...ids].sort())).toEqual([[a.id, b.id].sort(), [b.id], [b.id]]);
      });

      it('name no ids when there are more than a thousand', () => {
        put(...Array.from({ length: 1_001 }, () => aMessage()));
        expect(fired).toEqual([undefined]);
      });

      it('fire when the change can be read already', () => {
        const seen: (string | undefined)[] = [];
        const message = aMessage();
        store.onDidChange(() => seen.push(store.get(message.id)?.readStatus));
        put(message);
        enqueue('markRead', message);
        expect(seen).toEqual(['Unread', 'Read']);
      });
    });

    describe('synchronization', () => {
      it('stores its state together with the messages', () => {
        expect(store.syncState()).toBeUndefined();
        const sync = { syncToken: 'abc', generation: 2, backfill: { phase: 'alive', before: 5 } } as const;
        store.apply({ put: [aMessage()], sync });
        expect(store.syncState()).toEqual(sync);
        put(aMessage());
        expect(store.syncState()).toEqual(sync);
        store.apply({ sync: { generation: 3 } });
        expect(store.syncState()).toEqual({ generation: 3 });
      });

      it('sweeps away the messages that no batch has put since the generation began', () => {
        const [gone, same, changed, deleted] = [aMessage(), aMessage(), aMessage(), aMessage()];
        put(gone, same, changed, deleted);
        store.apply({ sync: { generation: 1 }, put: [same] });
        put({ ...changed, readStatus: 'Read' }, tombstone(deleted.id, 'Deleted'));
        store.apply({ sweep: 1 });
        expect(new Set(store.ids(ALIVE))).toEqual(new Set([same.id, changed.id]));
        expect(store.ids(DELETED)).toEqual([deleted.id]);
        expect(fired.at(-1)).toEqual([gone.id]);
      });

      it('sweeps away and forgets a part at a time', () => {
        const messages = Array.from({ length: 5 }, () =>
          aMessage({ creationTime: '2026-06-17T09:00:00.000Z' }),
        );
        put(...messages);
        const left = (): number => store.tally(ALIVE).total;
        const forgetBefore = Date.parse('2026-06-17T10:00:00.000Z');
        expect(store.removeSome({ forgetBefore: forgetBefore - 60 * 60 * 1000 }, 2)).toBe(false);
        expect(left()).toBe(5);
        expect(store.removeSome({ forgetBefore }, 2)).toBe(true);
        expect(left()).toBe(3);
        store.apply({ sync: { generation: 1 } });
        expect(store.removeSome({ sweep: 1 }, 2)).toBe(true);
        expect(store.removeSome({ sweep: 1 }, 2)).toBe(false);
        expect(left()).toBe(0);
        expect(store.isEmpty).toBe(true);
      });

      it('does not sweep away a message that came in an older state than the known one', () => {
        const newer = aMessage({ lastModifiedTime: '2026-06-17T10:00:01.000Z' });
        put(newer);
        store.apply({
          sync: { generation: 1 },
          put: [{ ...newer, lastModifiedTime: '2026-06-17T10:00:00.000Z' }],
        });
        store.apply({ sweep: 1 });
        expect(store.get(newer.id)).toEqual(newer);
      });

      it('does not sweep away a message that the user has changed since', () => {
        const message = aMessage({ availability: 'Deleted' });
        put(message);
        const id = enqueue('restore', message);
        store.apply({ sync: { generation: 1 } });
        store.settle(id, { done: [message.id] });
        store.apply({ sweep: 1 });
        expect(store.ids(ALIVE)).toEqual([message.id]);
      });

      it('forgets messages created before a moment, but none without a date', () => {
        const before = aMessage({ creationTime: '2026-06-17T09:59:59.999Z' });
        const after = aMessage({ creationTime: '2026-06-17T10:00:00.000Z' });
        const undated = aMessage({ creationTime: 'some day' });
        put(before, after, undated);
        store.apply({ forgetBefore: Date.parse('2026-06-17T10:00:00.000Z') });
        expect(store.ids(ALIVE)).toEqual([after.id, undated.id]);
      });

      it("leaves out records that may be older than the user's own changes since", () => {
        const [mine, other] = [aMessage(), aMessage()];
        put(mine, other);
        const since = store.mark();
        const id = enqueue('markRead', mine);
        store.settle(id, { done: [mine.id] });
        expect(store.apply({ put: [mine, { ...other, priority: 'High' }], since })).toEqual([mine.id]);
        expect(store.get(mine.id)?.readStatus).toBe('Read');
        expect(store.get(other.id)?.priority).toBe('High');
        expect(store.apply({ put: [{ ...mine, priority: 'High' }], since: store.mark() })).toEqual([]);
        expect(store.get(mine.id)).toMatchObject({ readStatus: 'Unread', priority: 'High' });
      });

      it('takes records of messages whose change has failed', () => {
        const message = aMessage();
        put(message);
        const since = store.mark();
        store.settle(enqueue('markRead', message), { failed: [{ messageId: message.id, error: ERROR }] });
        expect(store.apply({ put: [{ ...message, priority: 'High' }], since })).toEqual([]);
        expect(store.get(message.id)?.priority).toBe('High');
      });

      it('does not bring back messages that the user has deleted permanently or that were gone since', () => {
        const [purged, gone] = [aMessage(), aMessage()];
        put(purged, gone);
        const since = store.mark();
        store.settle(enqueue('deletePermanently', purged), { done: [purged.id] });
        store.settle(enqueue('markRead', gone), { gone: [gone.id] });
        expect(new Set(store.apply({ put: [purged, gone], since }))).toEqual(new Set([purged.id, gone.id]));
        expect(store.isEmpty).toBe(true);
      });
    });

    describe('details', () => {
      const cut = aMessage({
        subject: 'The beginning',
        attachments: [{ id: '1', type: 'Text', contentType: 'text/plain', size: 500 }],
      });
      const voicemail = aMessage({
        type: 'VoiceMail',
        vmTranscriptionStatus: 'Completed',
        attachments: [{ id: '1', type: 'AudioTranscription', contentType: 'text/plain' }],
      });

      it('are listed as missing, newest first', () => {
        put(
          aMessage(),
          cut,
          aMessage({ ...voicemail, id: '9', vmTranscriptionStatus: 'InProgress' }),
          voicemail,
        );
        expect(store.missingDetails(10)).toEqual([
          { message: voicemail, missing: 'transcription' },
          { message: cut, missing: 'text' },
        ]);
        expect(store.missingDetails(1)).toHaveLength(1);
      });

      it('show the whole text, and leave the record as the server has it', () => {
        put(cut);
        store.putDetails([{ id: cut.id, text: 'The beginning and the end' }]);
        expect(store.get(cut.id)?.subject).toBe('The beginning and the end');
        expect(store.messages(ALIVE, ALL)[0]?.subject).toBe('The beginning and the end');
        expect(store.confirmed(cut.id)).toEqual(cut);
        put({ ...cut, readStatus: 'Read' });
        expect(store.get(cut.id)).toMatchObject({ subject: 'The beginning and the end', readStatus: 'Read' });
        expect(store.missingDetails(10)).toEqual([]);
      });

      it('include transcriptions', () => {
        put(voicemail);
        store.putDetails([{ id: voicemail.id, transcription: 'Call me back' }]);
        expect(store.transcription(voicemail.id)).toBe('Call me back');
        expect(store.missingDetails(10)).toEqual([]);
        expect(fired.at(-1)).toEqual([voicemail.id]);
      });

      it('are not listed again if there are none, unless the message changes', () => {
        const partial: Message = { ...voicemail, vmTranscriptionStatus: 'CompletedPartially' };
        put(partial);
        store.putDetails([{ id: partial.id }, { id: '77', text: 'Of nothing' }]);
        expect(fired).toHaveLength(1);
        put({ ...partial, readStatus: 'Read' });
        expect(store.missingDetails(10)).toEqual([]);
        put(voicemail);
        expect(store.missingDetails(10)).toEqual([{ message: voicemail, missing: 'transcription' }]);
      });

      it('are removed together with the message', () => {
        put(voicemail);
        store.putDetails([{ id: voicemail.id, transcription: 'Call me back' }]);
        store.apply({ remove: [voicemail.id] });
        expect(store.transcription(voicemail.id)).toBeUndefined();
        put(voicemail);
        expect(store.missingDetails(10)).toHaveLength(1);
      });
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
        expect(
          store.enqueue({ kind: 'delete', window: 'this', messageIds: ['77', 'no id'] }),
        ).toBeUndefined();
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
        fired = [];
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
        fired = [];
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

      it("give the server's records of a conversation whatever their availability, oldest first", () => {
        const conversationId = '8234962969801171948';
        const a = aMessage({ conversationId, availability: 'Deleted' });
        const b = aMessage({ conversationId });
        put(b, a, aMessage({ conversationId: '8234962969801171949' }));
        enqueue('delete', b);
        expect(store.confirmedConversation(conversationId)).toEqual([a, b]);
        expect(store.confirmedConversation('1')).toEqual([]);
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
        expect(outline(ALIVE, 'type')).toEqual(['VoiceMail 2/2', 'SMS 3/4', 'Fax 1/1', 'Telegram 1/1']);
        const inType = (type: string): string[] =>
          outline({ ...ALIVE, group: { kind: 'type', type } }, 'thread');
        expect(inType('VoiceMail')).toEqual(['VoiceMail/+16505550101 2/2']);
        expect(inType('SMS')).toEqual([
          'SMS/ext:102 1/1',
          'SMS/8234962969801171948 1/2',
          'SMS/8234962969801171949 1/1',
        ]);
        expect(inType('Fax')).toEqual(['Fax/+16505550101 1/1']);
        expect(inType('Pager')).toEqual([]);
        expect(outline(DELETED, 'type')).toEqual(['Fax 1/1']);
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
        expect(outline(ALIVE, 'party')).toEqual(['+16505550101 1/2', '+16505550102 1/1']);
        expect(store.groups(ALIVE, 'party', ALL).map(({ newest }) => newest.id)).toEqual([
          third.id,
          second.id,
        ]);
        put(aMessage({ from: ben }));
        expect(outline(ALIVE, 'party')).toEqual(['+16505550102 2/2', '+16505550101 1/2']);
        expect(outline(ALIVE, 'party', { offset: 1, limit: 5 })).toEqual(['+16505550101 1/2']);
        expect(outline(ALIVE, 'party', { offset: 0, limit: 1 })).toEqual(['+16505550102 2/2']);
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
        expect(outline(ALIVE, 'date')).toEqual(expected);
        expect(outline(ALIVE, 'date', { offset: 2, limit: 2 })).toEqual(expected.slice(2, 4));
        expect(outline(alive({ direction: 'Inbound' }), 'date')).toEqual(expected);
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
        expect(outline(ALIVE, 'party')).toEqual(['+16505550101 1/1']);
        expect(outline(DELETED, 'party')).toEqual(['+16505550102 1/1', '+16505550101 1/1']);
        expect(store.groups(ALIVE, 'party', ALL)[0]?.newest.id).toBe(a.id);
        store.settle(id, { done: [b.id], failed: [{ messageId: c.id, error: ERROR }] });
        expect(outline(ALIVE, 'party')).toEqual(['+16505550102 1/1', '+16505550101 1/1']);
        enqueue('markRead', a);
        expect(outline(ALIVE, 'party')).toEqual(['+16505550102 1/1', '+16505550101 0/1']);
        store.apply({ remove: [c.id] });
        expect(outline(ALIVE, 'party')).toEqual(['+16505550101 0/1']);
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
        expect(outline(alive({ latestPerConversation: true }), 'date')).toEqual(['today 0/1']);
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

    describeSearch(() => store);
  });
}

/** Orders ids as their messages are shown, newest first. */
function byTimeOf(...messages: readonly Message[]): (a: string, b: string) => number {
  const time = (id: string): string => messages.find((message) => message.id === id)?.creationTime ?? '';
  return (a, b) => time(b).localeCompare(time(a));
}
