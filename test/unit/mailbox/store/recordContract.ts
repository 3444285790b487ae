import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/api/schema';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';
import { aMessage } from '../../../builders/message';
import { ALIVE, ALL, DELETED, ERROR, outline, type StoreUnderTest, tombstone } from './storeUnderTest';

/** How every store keeps records, in synchronization and with their details, and tells of changes. */
export function describeRecords(tested: StoreUnderTest): void {
  const { enqueue, put } = tested;
  let store: MessageStore;
  let fired: StoreUnderTest['fired'];
  beforeEach(() => {
    ({ fired, store } = tested);
  });

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
      expect(outline(store, ALIVE, 'thread')).toEqual(['X/ 0/1']);
      expect(outline(store, ALIVE, 'date')).toEqual(['undated 0/1']);
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

    it('tells which messages no batch has put since the generation began', () => {
      const [gone, same, changed, deleted, asked] = [
        aMessage(),
        aMessage(),
        aMessage(),
        aMessage(),
        aMessage(),
      ];
      put(gone, same, changed, deleted, asked);
      store.apply({ sync: { generation: 1 }, put: [same] });
      put({ ...changed, readStatus: 'Read' }, tombstone(deleted.id, 'Deleted'));
      expect(new Set(store.unseen(1, 9))).toEqual(new Set([gone.id, asked.id]));
      expect(store.unseen(1, 1)).toHaveLength(1);
      store.apply({ seen: [asked.id] });
      expect(store.unseen(1, 9)).toEqual([gone.id]);
      store.apply({ remove: [gone.id] });
      expect(store.unseen(1, 9)).toEqual([]);
      expect(fired.at(-1)).toEqual([gone.id]);
    });

    it('forgets a part at a time', () => {
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
      expect(store.removeSome({ forgetBefore }, 2)).toBe(true);
      expect(store.removeSome({ forgetBefore }, 2)).toBe(false);
      expect(left()).toBe(0);
      expect(store.isEmpty).toBe(true);
    });

    it('takes a message for seen that came in an older state than the known one', () => {
      const newer = aMessage({ lastModifiedTime: '2026-06-17T10:00:01.000Z' });
      put(newer);
      store.apply({
        sync: { generation: 1 },
        put: [{ ...newer, lastModifiedTime: '2026-06-17T10:00:00.000Z' }],
      });
      expect(store.unseen(1, 9)).toEqual([]);
      expect(store.get(newer.id)).toEqual(newer);
    });

    it('takes a message for seen that the user has changed since', () => {
      const message = aMessage({ availability: 'Deleted' });
      put(message);
      const id = enqueue('restore', message);
      store.apply({ sync: { generation: 1 } });
      store.settle(id, { done: [message.id] });
      expect(store.unseen(1, 9)).toEqual([]);
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
      const query = { availability: 'Alive', filter: {} } as const;
      const page = { offset: 0, limit: 10 };
      const shown = [
        store.get(voicemail.id),
        ...store.messages(query, page),
        ...(['thread', 'date'] as const).map((level) => store.groups(query, level, page)[0]?.newest),
      ];
      expect(shown).toHaveLength(4);
      for (const message of shown) expect(message?.transcription).toBe('Call me back');
      expect(store.confirmed(voicemail.id), 'the record of the server').not.toHaveProperty('transcription');
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
}

/** Orders ids as their messages are shown, newest first. */
function byTimeOf(...messages: readonly Message[]): (a: string, b: string) => number {
  const time = (id: string): string => messages.find((message) => message.id === id)?.creationTime ?? '';
  return (a, b) => time(b).localeCompare(time(a));
}
