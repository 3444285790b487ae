import { describe, expect, test, vi } from 'vitest';
import { readFileSync } from 'node:fs';
import type { Message } from '../../../src/api/schema';
import { Command } from '../../../src/ids';
import type { ServerKind } from '../../../src/api/origins';
import type { Account } from '../../../src/mailbox/accounts';
import type { GroupKey } from '../../../src/mailbox/group';
import { groupItem } from '../../../src/tree/groupItem';
import { messageItem } from '../../../src/tree/messageItem';
import { aMessage } from '../../builders/message';

vi.mock('vscode', () => import('./fakeVscode'));

interface Entry {
  readonly command?: string;
  readonly when?: string;
  readonly group?: string;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly contributes: { readonly menus: { readonly 'view/item/context': readonly Entry[] } };
};
const menu = manifest.contributes.menus['view/item/context'];

const accountAt = (server: ServerKind): Account =>
  ({
    id: '1@example.com',
    label: 'Rosa Lind',
    server,
    mailbox: { store: { isPending: () => false } },
  }) as unknown as Account;

const ADA = { name: 'Ada Park', phoneNumber: '+16505550101' };
const conversationId = '8234962969801171948';
const text = aMessage({ from: ADA, conversationId });
const voicemail = aMessage({ type: 'VoiceMail', from: ADA, subject: '' });

function messageWords(message: Message, server: ServerKind = 'production'): string {
  const node = { kind: 'message', account: accountAt(server), message, parent: undefined } as const;
  return messageItem(node, Date.now()).contextValue ?? '';
}

function groupWords(key: GroupKey, newest: Message, server: ServerKind = 'production'): string {
  const group = { key, newest, total: 2, unread: 1 };
  const node = { kind: 'group', account: accountAt(server), group, parent: undefined } as const;
  return groupItem(node, Date.now()).contextValue ?? '';
}

/** Where the menus offer Reply and Call for a row of Messages, or of Deleted, with these words. */
function offered(words: string, view = 'messages'): string[] {
  return menu
    .filter(({ command }) => command === Command.Reply || command === Command.Call)
    .filter(({ when = '' }) => {
      const [, other] = /view == ringcentralMailbox\.(\w+)/.exec(when) ?? [];
      const [, pattern] = /viewItem =~ \/(.+)\//.exec(when) ?? [];
      return (other ?? view) === view && pattern !== undefined && new RegExp(pattern).test(words);
    })
    .map(
      ({ command, group = '' }) =>
        `${command === Command.Reply ? 'Reply' : 'Call'} ${group.replace(/@.*/, '')}`,
    );
}

describe('a row offers', () => {
  test('Reply at once for a text, Call for a voicemail, and both in its menu', () => {
    expect(offered(messageWords(text))).toEqual(['Reply inline', 'Reply 2_reply', 'Call 2_reply']);
    expect(offered(messageWords(voicemail))).toEqual(['Call inline', 'Reply 2_reply', 'Call 2_reply']);
  });

  test('the same for conversations and callers', () => {
    const conversation = groupWords({ kind: 'thread', type: 'SMS', thread: conversationId }, text);
    expect(offered(conversation)).toEqual(['Reply inline', 'Reply 2_reply', 'Call 2_reply']);
    for (const key of [
      { kind: 'thread', type: 'VoiceMail', thread: '+16505550101' },
      { kind: 'party', party: '+16505550101' },
    ] as const)
      expect(offered(groupWords(key, voicemail))).toEqual(['Call inline', 'Reply 2_reply', 'Call 2_reply']);
  });

  test('neither at once in Deleted', () => {
    const deleted = messageWords({ ...voicemail, availability: 'Deleted' });
    expect(offered(deleted, 'deleted')).toEqual(['Reply 2_reply', 'Call 2_reply']);
  });

  test('neither if it stands for messages of anybody, for a group or for an extension', () => {
    const ben = { name: 'Ben Ito', phoneNumber: '+16505550102' };
    const inGroup = aMessage({ from: ADA, to: [{ target: true, phoneNumber: '+16505550100' }, ben] });
    const colleague = aMessage({ type: 'Pager', from: { name: 'Cy', extensionNumber: '102' } });
    for (const words of [
      groupWords({ kind: 'type', type: 'SMS' }, text),
      groupWords({ kind: 'date', span: 'today' }, text),
      messageWords(inGroup),
      messageWords(colleague),
    ])
      expect(offered(words)).toEqual([]);
  });

  test.each<ServerKind>(['sample', 'sandbox', 'another'])(
    'neither in an account of this server: %s',
    (server) => {
      expect(offered(messageWords(text, server))).toEqual([]);
      expect(offered(groupWords({ kind: 'party', party: '1' }, text, server))).toEqual([]);
    },
  );
});
