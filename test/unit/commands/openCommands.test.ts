import type { LogOutputChannel } from 'vscode';
import { describe, expect, test, vi } from 'vitest';
import type { Message } from '../../../src/api/schema';
import { CommandRegistry } from '../../../src/commands/commandRegistry';
import { registerOpenCommands } from '../../../src/commands/openCommands';
import { Command } from '../../../src/ids';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import type { MessageFilter } from '../../../src/mailbox/query';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import type { MailboxViews } from '../../../src/tree/mailboxViews';
import type { Viewers } from '../../../src/viewers/viewers';
import { aMessage } from '../../builders/message';

const commands = vi.hoisted(() => new Map<string, (...args: unknown[]) => Promise<void>>());

vi.mock('vscode', async () => {
  const { l10n } = await import('../../fakes/l10n');
  return {
    l10n,
    env: { language: 'en' },
    CancellationError: class extends Error {},
    commands: {
      registerCommand: (id: string, handler: (...args: unknown[]) => Promise<void>) => {
        commands.set(id, handler);
        return { dispose: () => commands.delete(id) };
      },
    },
    window: {},
    // Nothing is marked by itself.
    workspace: { getConfiguration: () => ({ get: () => false }) },
  };
});

/** A voicemail of Cy from so many minutes ago. */
const voicemail = (minutes: number, readStatus: 'Read' | 'Unread'): Message =>
  aMessage({
    type: 'VoiceMail',
    from: { name: 'Cy Caller', phoneNumber: '+16505550177' },
    creationTime: new Date(Date.UTC(2026, 5, 17, 12, -minutes)).toISOString(),
    readStatus,
  });

/** Opens the row of the only group in a grouping, and tells what is opened. */
async function openRow(
  messages: readonly Message[],
  groupBy: 'thread' | 'party',
  filter: MessageFilter = {},
) {
  const store = new MemoryMessageStore();
  store.apply({ put: messages });
  const query = { availability: 'Alive', filter } as const;
  const account = { id: '1@example.com', mailbox: { store } } as unknown as Account;
  const [group] = store.groups(query, groupBy, { offset: 0, limit: 1 });
  const opened: string[] = [];
  const log = { error: () => undefined, warn: () => undefined } as unknown as LogOutputChannel;
  registerOpenCommands(
    new CommandRegistry(log),
    { all: [account], current: account } as unknown as Accounts,
    { queryOf: () => query, selectionIn: () => [] } as unknown as MailboxViews,
    {
      openMessage: (_account: string, id: string) => opened.push(id),
      openConversation: (_account: string, id: string) => opened.push(`conversation ${id}`),
    } as unknown as Viewers,
    log,
  );
  await commands.get(Command.Open)?.({ kind: 'group', account, group, parent: undefined });
  return opened;
}

test.each([
  ['the newest voicemail that nobody has heard', ['Read', 'Unread', 'Unread'], 1],
  ['the newest, if all were heard', ['Read', 'Read', 'Read'], 0],
] as const)('the row of a caller opens %s', async (_what, statuses, expected) => {
  const messages = statuses.map((status, index) => voicemail(index, status));
  expect(await openRow(messages, 'thread')).toEqual([messages[expected]?.id]);
});

describe('the row of a contact opens', () => {
  const text = aMessage({
    conversationId: '77',
    from: { name: 'Cy Caller', phoneNumber: '+16505550177' },
    creationTime: '2026-06-17T09:00:00.000Z',
    readStatus: 'Read',
  });

  test('what nobody has read', async () => {
    const unread = voicemail(5, 'Unread');
    expect(await openRow([voicemail(0, 'Read'), unread, text], 'party')).toEqual([unread.id]);
  });

  test('the conversation, if all was read, although a voicemail is newer', async () => {
    expect(await openRow([voicemail(0, 'Read'), text], 'party')).toEqual(['conversation 77']);
  });

  test('the newest message where there is no conversation, or the filter hides it', async () => {
    const calls = [voicemail(0, 'Read'), voicemail(1, 'Read')];
    expect(await openRow(calls, 'party')).toEqual([calls[0]?.id]);
    expect(await openRow([...calls, text], 'party', { types: ['VoiceMail'] })).toEqual([calls[0]?.id]);
  });
});
