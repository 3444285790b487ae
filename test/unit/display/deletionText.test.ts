import { expect, test, vi } from 'vitest';
import { groupQuestion } from '../../../src/display/deletionText';
import { aMessage } from '../../builders/message';

vi.mock('vscode', () => import('../fakeVscode'));

test.each([
  ['SMS', 'Delete the conversation with Ada Park (2 messages)?'],
  ['Letter', 'Delete 2 messages exchanged with Ada Park?'],
])('a group of %s is called a conversation if it holds one conversation', (type, question) => {
  const newest = aMessage({ type, conversationId: '7' });
  const group = { key: { kind: 'thread', type, thread: '7' }, newest, total: 2, unread: 0 } as const;
  expect(groupQuestion(group, 2)).toBe(question);
});
