import { expect, test, vi } from 'vitest';
import { pickConversation } from '../../../src/commands/conversationCommands';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import type { MailboxViews } from '../../../src/tree/mailboxViews';
import { aMessage } from '../../builders/message';
import { answers, offers } from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

test('conversations are offered with how many messages each has, one in the singular', async () => {
  const store = new MemoryMessageStore();
  const of = (name: string, conversationId: string) =>
    aMessage({ type: 'SMS', conversationId, from: { name, phoneNumber: `+1650555010${conversationId}` } });
  const many = Array.from({ length: 1_234 }, () => of('Ben', '2'));
  store.apply({ put: [of('Ada', '1'), ...many] });
  const current = { id: '1', mailbox: { store } } as unknown as Account;
  const views = { queryOf: () => ({ availability: 'Alive', filter: {} }) } as unknown as MailboxViews;
  answers.push(['Ada']);
  const picked = await pickConversation({ current } as unknown as Accounts, views, 'Export Conversation');
  const offered = offers.at(-1)?.map(({ label, description }) => `${label}: ${description}`);
  expect(offered?.sort()).toEqual(['Ada: 1 message', 'Ben: 1,234 messages']);
  expect(picked?.conversationId).toBe('1');
});
