import { describe, expect, it } from 'vitest';
import { type Group, groupMessages } from '../../../src/mailbox/grouping';
import { aMessage } from '../../builders/message';

const NOW = new Date(2026, 5, 17, 15, 0).getTime();
const at = (...date: [number, number, number, number]): string => new Date(...date).toISOString();
const outline = (groups: readonly Group[]): unknown =>
  groups.map(({ id, groups: below, messages, unread }) =>
    below.length > 0 ? { [id]: outline(below) } : `${id} ${String(unread)}/${String(messages.length)}`,
  );

describe('grouping by type and conversation', () => {
  it('puts texts of one conversation together and voicemail of one caller, types in a fixed order', () => {
    const ada = { phoneNumber: '+16505550101' };
    const messages = [
      aMessage({ type: 'Fax', from: ada }),
      aMessage({ conversationId: '8234962969801171948', from: ada }),
      aMessage({ conversationId: '8234962969801171949', from: ada }),
      aMessage({ conversationId: '8234962969801171948', from: ada, readStatus: 'Read' }),
      aMessage({ type: 'VoiceMail', from: ada }),
      aMessage({ type: 'VoiceMail', from: { phoneNumber: '(650)555-0101' } }),
      aMessage({ type: 'Telegram', from: ada }),
    ];
    expect(outline(groupMessages(messages, 'typeAndConversation', NOW))).toEqual([
      { 'type:VoiceMail': ['type:VoiceMail/with:+16505550101 2/2'] },
      {
        'type:SMS': ['type:SMS/with:8234962969801171948 1/2', 'type:SMS/with:8234962969801171949 1/1'],
      },
      { 'type:Fax': ['type:Fax/with:+16505550101 1/1'] },
      { 'type:Telegram': ['type:Telegram/with:+16505550101 1/1'] },
    ]);
  });

  it('falls back to the other party for a text without a conversation', () => {
    const [sms] = groupMessages([aMessage({ from: { extensionNumber: '102' } })], 'typeAndConversation', NOW);
    expect(sms?.groups[0]?.subject.kind).toBe('party');
  });
});

describe('grouping by date', () => {
  it('names the last days, then months, by local midnight', () => {
    const messages = [
      aMessage({ creationTime: at(2026, 5, 17, 0) }),
      aMessage({ creationTime: at(2026, 5, 16, 23) }),
      aMessage({ creationTime: at(2026, 5, 16, 0) }),
      aMessage({ creationTime: at(2026, 5, 12, 9) }),
      aMessage({ creationTime: at(2026, 5, 1, 9) }),
      aMessage({ creationTime: at(2025, 11, 31, 9) }),
      aMessage({ creationTime: 'not a date' }),
    ];
    expect(groupMessages(messages, 'date', NOW).map(({ id, messages }) => [id, messages.length])).toEqual([
      ['date:today', 1],
      ['date:yesterday', 2],
      ['date:lastWeek', 1],
      ['date:2026-06', 1],
      ['date:2025-12', 1],
      ['date:undated', 1],
    ]);
  });

  it('tells yesterday from the day before across a change to daylight-saving time', () => {
    const noon = new Date(2026, 2, 30, 12, 0).getTime();
    const dayBefore = aMessage({ creationTime: at(2026, 2, 29, 0) });
    expect(groupMessages([dayBefore], 'date', noon)[0]?.id).toBe('date:yesterday');
  });
});

describe('grouping by other party', () => {
  it('puts everything with one party together, of whatever type and direction', () => {
    const ada = { phoneNumber: '+16505550101' };
    const groups = groupMessages(
      [
        aMessage({ type: 'Fax', from: ada }),
        aMessage({ direction: 'Outbound', to: [ada] }),
        aMessage({ type: 'VoiceMail', from: { phoneNumber: '+16505550109' } }),
      ],
      'otherParty',
      NOW,
    );
    expect(groups.map(({ messages }) => messages.length)).toEqual([2, 1]);
  });
});
