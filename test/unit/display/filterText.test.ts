import { expect, it, vi } from 'vitest';
import { filterText } from '../../../src/display/filterText';
import type { MessageFilter } from '../../../src/mailbox/query';

vi.mock('vscode', () => import('../viewers/fakeVscode'));

const SETTING = { countries: ['US'], now: new Date(2026, 5, 17, 15).getTime() };

it.each<[MessageFilter, string]>([
  [{}, ''],
  [{ readStatus: 'Unread' }, 'unread'],
  [{ readStatus: 'Read' }, 'read'],
  [{ types: ['Fax'] }, 'Faxes'],
  [{ types: ['VoiceMail', 'Fax', 'SMS'] }, 'Voicemail, Faxes, or Text Messages'],
  [{ direction: 'Inbound', hasAttachment: true }, 'received, with attachment'],
  [{ failed: true, priority: 'High', direction: 'Outbound' }, 'sent, urgent, failed'],
  [{ phoneNumber: '+16505550101' }, 'from or to (650) 555-0101'],
  [{ owner: 'Personal' }, 'owned by me'],
  [{ owner: { extensionId: '7' } }, 'shared by one owner'],
  [{ conversationId: '12', latestPerConversation: true }, 'one conversation, latest of each conversation'],
  [
    { since: new Date(2026, 4, 3).getTime(), until: new Date(2027, 0, 1).getTime() },
    'since May 3, before January 1, 2027',
  ],
  [
    {
      terms: [
        { in: 'anywhere', text: 'lease', phrase: false },
        { in: 'from', text: 'ada', phrase: false },
        { in: 'to', text: 'Rosa Lind', phrase: true },
      ],
    },
    '"lease", from "ada", to "Rosa Lind"',
  ],
])('the filter %j is described as “%s”', (filter, text) => {
  expect(filterText(filter, SETTING)).toBe(text);
});

it('a filter is described in the same order, whatever the order of its properties', () => {
  const chosen: MessageFilter = {
    terms: [{ in: 'anywhere', text: 'lease', phrase: false }],
    types: ['VoiceMail'],
    readStatus: 'Unread',
  };
  expect(filterText(chosen, SETTING)).toBe('unread, Voicemail, "lease"');
});

it.each([
  [['GB'], '020 7946 0018', 'from or to 020 7946 0018'],
  [['GB'], '+442079460018', 'from or to 020 7946 0018'],
  [['GB'], '+16505550101', 'from or to +1 650 555 0101'],
  [['GB', 'GB'], '+442079460018', 'from or to 020 7946 0018'],
  [['US', 'CA'], '6505550101', 'from or to (650) 555-0101'],
  // The accounts would show it differently.
  [['US', 'GB'], '+44 2079460018', 'from or to +44 2079460018'],
  [['US', 'DE'], '6505550101', 'from or to 6505550101'],
  [[], '6505550101', 'from or to 6505550101'],
])(
  'accounts in %j have the number of a filter, %s, shown as they read it',
  (countries, phoneNumber, text) => {
    expect(filterText({ phoneNumber }, { ...SETTING, countries })).toBe(text);
  },
);
