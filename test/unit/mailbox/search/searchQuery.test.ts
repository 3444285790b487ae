import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageFilter, TextTerm } from '../../../../src/mailbox/query';
import { formatSearch } from '../../../../src/mailbox/search/formatSearch';
import { parseSearch } from '../../../../src/mailbox/search/searchQuery';

const NOW = new Date(2026, 5, 17, 15, 0).getTime();
const day = (...date: [number, number, number]): number => new Date(...date).getTime();
const word = (text: string, place: TextTerm['in'] = 'anywhere'): TextTerm => ({
  in: place,
  text,
  phrase: false,
});
const phrase = (text: string, place: TextTerm['in'] = 'anywhere'): TextTerm => ({
  in: place,
  text,
  phrase: true,
});

describe('a search query', () => {
  it.each<[string, MessageFilter]>([
    ['', {}],
    ['  ', {}],
    ['lunch  menu', { terms: [word('lunch'), word('menu')] }],
    ['"lunch menu"', { terms: [phrase('lunch menu')] }],
    ['"lunch menu', { terms: [phrase('lunch menu')] }],
    ['""', {}],
    ['from:ada to:"Rosa Lind"', { terms: [word('ada', 'from'), phrase('Rosa Lind', 'to')] }],
    ['FROM:Ada Type:FAX', { types: ['Fax'], terms: [word('Ada', 'from')] }],
    ['type:voicemail type:fax type:fax', { types: ['VoiceMail', 'Fax'] }],
    ['type:sms', { types: ['SMS'] }],
    ['type:text', { types: ['SMS', 'Pager', 'Text'] }],
    ['type:pager', { types: ['Pager'] }],
    ['type:mms', { types: ['SMS'], hasAttachment: true }],
    ['type:"Telegram"', { types: ['Telegram'] }],
    ['is:unread', { readStatus: 'Unread' }],
    ['is:read is:urgent is:failed', { readStatus: 'Read', priority: 'High', failed: true }],
    ['is:sent', { direction: 'Outbound' }],
    ['is:received', { direction: 'Inbound' }],
    ['is:latest', { latestPerConversation: true }],
    ['latest:yes', { latestPerConversation: true }],
    ['has:attachment', { hasAttachment: true }],
    ['owner:me', { owner: 'Personal' }],
    ['owner:shared', { owner: 'Shared' }],
    ['owner:1234', { owner: { extensionId: '1234' } }],
    ['number:"(650) 555-0101"', { phoneNumber: '(650) 555-0101' }],
    ['number:+16505550101', { phoneNumber: '+16505550101' }],
    ['conversation:8234962969801171948', { conversationId: '8234962969801171948' }],
    ['before:2026', { until: day(2026, 0, 1) }],
    ['before:2026-06', { until: day(2026, 5, 1) }],
    ['after:2026-06-17', { since: day(2026, 5, 17) }],
    ['on:2026-06-17', { since: day(2026, 5, 17), until: day(2026, 5, 18) }],
    ['on:2025-12', { since: day(2025, 11, 1), until: day(2026, 0, 1) }],
    ['on:2025', { since: day(2025, 0, 1), until: day(2026, 0, 1) }],
    ['on:today', { since: day(2026, 5, 17), until: day(2026, 5, 18) }],
    ['on:yesterday', { since: day(2026, 5, 16), until: day(2026, 5, 17) }],
    ['after:7d', { since: day(2026, 5, 10) }],
    ['after:2w', { since: day(2026, 5, 3) }],
    ['after:1m', { since: day(2026, 4, 17) }],
    ['after:1y', { since: day(2025, 5, 17) }],
    ['after:2025 on:2025-06 before:2026', { since: day(2025, 5, 1), until: day(2025, 6, 1) }],
    ['at 12:30 -x', { terms: [word('at'), word('12:30'), word('-x')] }],
  ])('is parsed: %s', (text, filter) => {
    expect(parseSearch(text, NOW)).toEqual({ filter, availability: 'Alive', problems: [] });
  });

  it('says whether to look in Deleted', () => {
    expect(parseSearch('in:deleted', NOW).availability).toBe('Deleted');
    expect(parseSearch('in:deleted in:messages', NOW).availability).toBe('Alive');
  });

  it.each([
    ['re:lunch', 'unknownKey', 're', 'lunch'],
    ['constructor:x', 'unknownKey', 'constructor', 'x'],
    ['type:letter', 'badValue', 'type', 'letter'],
    ['type:constructor', 'badValue', 'type', 'constructor'],
    ['is:constructor', 'badValue', 'is', 'constructor'],
    ['is:lost', 'badValue', 'is', 'lost'],
    ['has:soul', 'badValue', 'has', 'soul'],
    ['before:2026-06-31', 'badValue', 'before', '2026-06-31'],
    ['on:2026-13', 'badValue', 'on', '2026-13'],
    ['after:soon', 'badValue', 'after', 'soon'],
    ['in:heaven', 'badValue', 'in', 'heaven'],
    ['owner:nobody', 'badValue', 'owner', 'nobody'],
    ['number:none', 'badValue', 'number', 'none'],
    ['conversation:ours', 'badValue', 'conversation', 'ours'],
    ['latest:no', 'badValue', 'latest', 'no'],
    ['From:', 'badValue', 'From', ''],
  ])('that makes no sense is searched as plain words and reported: %s', (text, kind, key, value) => {
    const { filter, problems } = parseSearch(`a ${text} b`, NOW);
    expect(filter).toEqual({ terms: [word('a'), word(text), word('b')] });
    expect(problems).toEqual([expect.objectContaining({ kind, key, value, start: 2, end: 2 + text.length })]);
  });

  it('lists the values that could have been written in place of a wrong one', () => {
    expect(parseSearch('has:x', NOW).problems[0]?.known).toEqual(['attachment']);
    expect(parseSearch('x:y', NOW).problems[0]?.known).toContain('from');
  });
});

describe('a filter written as a search query', () => {
  const aWord = fc.stringMatching(/^[^\s":\p{C}]+$/u);
  const aPhrase = fc.stringMatching(/^[^\s"]([^"]*[^\s"])?$/u);
  const aTerm: fc.Arbitrary<TextTerm> = fc.oneof(
    fc.record({ in: fc.constantFrom('anywhere', 'from', 'to'), text: aWord, phrase: fc.constant(false) }),
    fc.record({ in: fc.constantFrom('anywhere', 'from', 'to'), text: aPhrase, phrase: fc.constant(true) }),
  );
  const aMoment = fc.oneof(
    fc.integer({ min: day(1990, 0, 1), max: day(2100, 0, 1) }),
    fc.integer({ min: 0, max: 20_000 }).map((days) => day(2000, 0, days)),
  );
  const aFilter: fc.Arbitrary<MessageFilter> = fc.record(
    {
      readStatus: fc.constantFrom('Read', 'Unread'),
      types: fc.uniqueArray(fc.constantFrom('Fax', 'SMS', 'VoiceMail', 'Pager', 'Text', 'Telegram'), {
        minLength: 1,
      }),
      direction: fc.constantFrom('Inbound', 'Outbound'),
      since: aMoment,
      until: aMoment,
      phoneNumber: fc.constantFrom('+16505550101', '(650) 555-0101', '102'),
      conversationId: fc.constant('8234962969801171948'),
      owner: fc.oneof(
        fc.constantFrom('Personal' as const, 'Shared' as const),
        fc.constant({ extensionId: '1234' }),
      ),
      hasAttachment: fc.constant(true),
      priority: fc.constant('High' as const),
      failed: fc.constant(true),
      latestPerConversation: fc.constant(true),
      terms: fc.array(aTerm, { minLength: 1 }),
    },
    { requiredKeys: [] },
  );

  it('is parsed as the same filter again', () => {
    fc.assert(
      fc.property(aFilter, fc.constantFrom('Alive' as const, 'Deleted' as const), (filter, availability) => {
        const { problems, ...search } = parseSearch(formatSearch({ filter, availability }), NOW);
        expect(search).toEqual({ filter, availability });
        expect(problems).toEqual([]);
      }),
    );
  });

  it('is stable after one round of parsing and writing, whatever was typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ':', '"', ' ', '1', '-', 'from:', 'type:', 'é', '日') }),
        (text) => {
          const parsed = parseSearch(text, NOW);
          expect(parseSearch(formatSearch(parsed), NOW).filter).toEqual(parsed.filter);
        },
      ),
    );
  });

  it('is easy to read for people', () => {
    const search = parseSearch(
      '"lunch menu" FROM:"Ada Park" before:2026-06 is:unread type:fax in:deleted',
      NOW,
    );
    expect(formatSearch(search)).toBe(
      'in:deleted type:fax is:unread before:2026-06-01 "lunch menu" from:"Ada Park"',
    );
  });
});

describe('a query that nobody would write', () => {
  it.each([
    ['a megabyte of one word', 'x'.repeat(1_000_000)],
    ['a megabyte of words', 'word '.repeat(200_000)],
    ['a megabyte within a quotation', `"${'word '.repeat(200_000)}"`],
    ['a megabyte of keys', 'from:a '.repeat(150_000)],
    ['hundreds of words', 'a '.repeat(300)],
  ])('of %s is looked for by its beginning, and says so', (_what, text) => {
    const { filter, problems } = parseSearch(text, Date.now());
    expect(problems[0]?.kind).toBe('tooLong');
    expect(filter.terms?.length).toBeLessThanOrEqual(50);
    expect(filter.terms?.reduce((sum, term) => sum + term.text.length, 0)).toBeLessThanOrEqual(1_000);
  });

  it('of spaces is no query', () => {
    expect(parseSearch(' '.repeat(1_000_000), Date.now())).toMatchObject({ filter: {}, problems: [] });
  });
});
