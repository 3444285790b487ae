import { expect, test, vi } from 'vitest';
import type { Message } from '../../../src/api/schema';
import { foundItem } from '../../../src/commands/searchItems';
import type { Account } from '../../../src/mailbox/accounts';
import { aMessage } from '../../builders/message';

vi.mock('vscode', () => import('./fakeVscode'));

const account = {
  label: 'Rosa Lind',
  mailbox: { store: { transcription: () => undefined } },
} as unknown as Account;

test.each([
  ['voicemail', 'voicemail-unread', { type: 'VoiceMail', readStatus: 'Unread', subject: '' }],
  ['fax', 'fax', { type: 'Fax', readStatus: 'Read', subject: '' }],
  ['text message', 'text-sent', { readStatus: 'Read', direction: 'Outbound', messageStatus: 'Sent' }],
  [
    'text message',
    'text-failed',
    { readStatus: 'Read', direction: 'Outbound', messageStatus: 'SendingFailed' },
  ],
  ['pager message', 'pager', { type: 'Pager', readStatus: 'Read' }],
] as const)('a %s that was found has the icon of its row: %s', (_, icon, fields: Partial<Message>) => {
  const { iconPath } = foundItem({ account, message: aMessage(fields) }, [], '', false);
  expect(iconPath).toMatchObject({ id: `ringcentral-mailbox-${icon}` });
});
