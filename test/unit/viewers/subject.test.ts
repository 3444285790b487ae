import { expect, test, vi } from 'vitest';
import { Emitter } from '../../../src/util/emitter';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { conversationSubject } from '../../../src/viewers/subject';
import type { ViewerSource } from '../../../src/viewers/viewerSource';
import { aMessage } from '../../builders/message';

vi.mock('vscode', () => import('./fakeVscode'));

const conversationId = '8234962969801171948';

function setUp(isSignedIn: boolean) {
  const store = new MemoryMessageStore();
  const first = aMessage({ conversationId, readStatus: 'Unread' });
  const second = aMessage({ conversationId, readStatus: 'Unread' });
  store.apply({ put: [first, second] });
  const session = { isSignedIn };
  const source: ViewerSource = {
    message: (_account, id) => store.get(id),
    messages: () => (session.isSignedIn ? store : undefined),
    isDialable: () => false,
    unreadVoicemails: () => [],
    readContent: () => Promise.reject(new Error('Nothing is attached.')),
    settled: () => true,
    onDidChange: new Emitter<void>().event,
    revision: 1,
  };
  const readAll = (): void => {
    store.apply({ put: [first, second].map((message) => ({ ...message, readStatus: 'Read' as const })) });
  };
  return { source, session, readAll, first };
}

test('a conversation keeps what was unread when it was opened after it is marked as read', () => {
  const { source, readAll, first } = setUp(true);
  const subject = conversationSubject(source, 'a', conversationId);
  readAll();
  expect(subject.view()).toMatchObject({ conversation: { unread: { count: 2, messageId: first.id } } });
});

test('a restored conversation determines what is unread once its account is signed in', () => {
  const { source, session, readAll, first } = setUp(false);
  const subject = conversationSubject(source, 'a', conversationId);
  expect(subject.view()).toEqual({ kind: 'gone' });
  session.isSignedIn = true;
  const unread = { conversation: { unread: { count: 2, messageId: first.id } } };
  expect(subject.view()).toMatchObject(unread);
  readAll();
  expect(subject.view()).toMatchObject(unread);
});
