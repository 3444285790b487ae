import { beforeEach, describe, expect, test, vi } from 'vitest';
import { aMessage } from '../../builders/message';
import type { FakePanel } from './fakeVscode';
import { ACCOUNT, lastPanel, recording, resetWindow, said, setUp } from './openViewers';

vi.mock('vscode', () => import('./fakeVscode'));

describe('Viewers', () => {
  const voicemail = aMessage({ type: 'VoiceMail', attachments: [recording] });

  beforeEach(resetWindow);

  describe('with a conversation', () => {
    const conversationId = '8234962969801171948';
    const read = aMessage({ conversationId, readStatus: 'Read' });
    const unread = aMessage({ conversationId });
    const deleted = aMessage({ conversationId, availability: 'Deleted' });
    const elsewhere = aMessage({ conversationId: '5' });

    function ask(panel: FakePanel, id: number, asked: object): void {
      panel.say({ kind: 'request', id, request: asked });
    }

    test('sends the requested part', async () => {
      const { viewers } = setUp(read, unread, deleted, elsewhere);
      viewers.openConversation(ACCOUNT, conversationId);
      ask(lastPanel(), 1, { kind: 'readPart', place: { kind: 'end' }, before: 9, after: 0, deleted: true });
      expect(await said(lastPanel(), 'answer')).toMatchObject({
        conversation: {
          kind: 'part',
          total: 3,
          bubbles: [{ messageId: read.id }, { messageId: unread.id }, { messageId: deleted.id }],
        },
      });
    });

    test('counts messages as shown that the page has seen, except those of another conversation', () => {
      const { viewers, actions } = setUp(read, unread, elsewhere);
      viewers.openConversation(ACCOUNT, conversationId);
      lastPanel().say({ kind: 'seen', messageIds: [unread.id, elsewhere.id, 'unknown'] });
      expect(actions.shown.mock.calls).toEqual([[ACCOUNT, unread.id]]);
    });

    test('changes exactly the named messages of the conversation, and refuses a change of none', async () => {
      const { viewers, actions } = setUp(read, unread, deleted, elsewhere);
      viewers.openConversation(ACCOUNT, conversationId);
      ask(lastPanel(), 1, { kind: 'change', change: 'delete', messageIds: [read.id, elsewhere.id] });
      expect(await said(lastPanel(), 'answer')).toEqual({ kind: 'answer', id: 1 });
      expect(actions.change.mock.calls).toEqual([[ACCOUNT, 'delete', [read.id]]]);
      ask(lastPanel(), 2, { kind: 'change', change: 'delete', messageIds: [elsewhere.id] });
      expect(await said(lastPanel(), 'failure')).toMatchObject({ id: 2 });
      ask(lastPanel(), 3, { kind: 'change', change: 'delete', messageIds: [] });
      await expect.poll(() => lastPanel().posted.at(-1)).toMatchObject({ kind: 'failure', id: 3 });
      expect(actions.change).toHaveBeenCalledTimes(1);
    });

    test('exports the selected messages, or copies all', async () => {
      const { viewers, actions } = setUp(read, unread, elsewhere);
      viewers.openConversation(ACCOUNT, conversationId);
      const messageIds = [read.id, elsewhere.id];
      ask(lastPanel(), 1, { kind: 'export', messageIds, deleted: false });
      ask(lastPanel(), 2, { kind: 'copyAs', deleted: true });
      await expect.poll(() => actions.copyConversation).toHaveBeenCalled();
      const whole = { accountId: ACCOUNT, conversationId };
      expect(actions.exportConversation.mock.calls).toEqual([
        [{ ...whole, messageIds: [read.id], deleted: false }],
      ]);
      expect(actions.copyConversation.mock.calls).toEqual([[{ ...whole, deleted: true }]]);
    });

    test('refuses requests for a conversation from the page of a message', async () => {
      const { viewers, actions } = setUp(read, voicemail);
      viewers.openMessage(ACCOUNT, voicemail.id);
      ask(lastPanel(), 1, { kind: 'change', change: 'delete', messageIds: [voicemail.id] });
      expect(await said(lastPanel(), 'failure')).toMatchObject({ id: 1 });
      expect(actions.change).not.toHaveBeenCalled();
    });

    test('keeps what was unread when it was opened, and determines it again when it is opened again', async () => {
      const { viewers, change } = setUp(read, unread);
      viewers.openConversation(ACCOUNT, conversationId);
      change({ ...unread, readStatus: 'Read' });
      lastPanel().say({ kind: 'ready' });
      expect(await said(lastPanel(), 'start')).toMatchObject({
        view: { conversation: { unread: { count: 1, messageId: unread.id } } },
      });
      const next = aMessage({ conversationId });
      change(next);
      viewers.openConversation(ACCOUNT, conversationId);
      expect(await said(lastPanel(), 'update')).toMatchObject({
        view: { conversation: { unread: { count: 1, messageId: next.id } } },
      });
    });

    test('tells the page of the other side if that can be reached, and reaches it by any of its messages', async () => {
      const { viewers, source, actions } = setUp(read, unread, elsewhere);
      source.isDialable.mockImplementation((_account, { id }) => id === unread.id);
      viewers.openConversation(ACCOUNT, conversationId);
      lastPanel().say({ kind: 'ready' });
      expect(await said(lastPanel(), 'start')).toMatchObject({
        view: { conversation: { dialable: { messageId: unread.id, name: 'Ada Park' } } },
      });
      lastPanel().say({ kind: 'reply', messageId: elsewhere.id });
      lastPanel().say({ kind: 'reply', messageId: unread.id });
      expect(actions.reply.mock.calls).toEqual([[ACCOUNT, unread.id]]);
    });

    test('sends a new revision after each change', async () => {
      const { viewers, change } = setUp(read, unread);
      viewers.openConversation(ACCOUNT, conversationId);
      lastPanel().say({ kind: 'ready' });
      change({ ...read, messageStatus: 'Delivered' });
      expect(await said(lastPanel(), 'update')).toMatchObject({ view: { conversation: { revision: 2 } } });
    });

    test('shows it while only deleted messages are left, and reports it as gone without any', async () => {
      const { viewers, remove } = setUp(deleted);
      viewers.openConversation(ACCOUNT, conversationId);
      lastPanel().say({ kind: 'ready' });
      expect(await said(lastPanel(), 'start')).toMatchObject({
        view: { conversation: { title: 'Ada Park', alive: 0, deleted: 1 } },
      });
      remove(deleted.id);
      expect(await said(lastPanel(), 'update')).toEqual({ kind: 'update', view: { kind: 'gone' } });
    });
  });
});
