import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../../src/api/decode';
import type { MessageFilter, TextTerm } from '../../../../src/mailbox/query';
import type * as format from '../../../../src/mailbox/search/formatSearch';
import type * as ranges from '../../../../src/mailbox/search/matchRanges';
import type * as searchQuery from '../../../../src/mailbox/search/searchQuery';
import type * as snippets from '../../../../src/mailbox/search/snippet';
import { formatSearch } from '../../../../src/mailbox/search/formatSearch';
import { parseSearch } from '../../../../src/mailbox/search/searchQuery';
import { MemoryMessageStore } from '../../../../src/mailbox/store/memoryMessageStore';
import { SqliteMessageStore } from '../../../../src/mailbox/store/sqliteMessageStore';
import { openDatabase } from '../../../../src/storage/sqlite';
import { loadCounted } from '../../../builders/countedCode';
import { aMessage } from '../../../builders/message';
import { checkProperty } from '../../../builders/property';

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
    ['number:Amazon', { phoneNumber: 'Amazon' }],
    ['number:INFO@BANK', { phoneNumber: 'INFO@BANK' }],
    ['number:"Free Mobile"', { phoneNumber: 'Free Mobile' }],
    ['number:"none"', { phoneNumber: 'none' }],
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
      phoneNumber: fc.constantFrom(
        ...['+16505550101', '(650) 555-0101', '102', 'Amazon', 'INFO@BANK', 'Free Mobile', 'None', '$'],
      ),
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

  it('is parsed as the same filter again', async () => {
    await checkProperty(
      'filters written as queries',
      fc.property(aFilter, fc.constantFrom('Alive' as const, 'Deleted' as const), (filter, availability) => {
        const { problems, ...search } = parseSearch(formatSearch({ filter, availability }), NOW);
        expect(search).toEqual({ filter, availability });
        expect(problems).toEqual([]);
      }),
    );
  });

  it('has a quotation mark in a number as it was typed', () => {
    const search = parseSearch('number:5"7', NOW);
    expect(formatSearch(search)).toBe('number:5"7');
    expect(parseSearch(formatSearch(search), NOW)).toEqual(search);
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

describe('any query', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        'a',
        'lunch',
        'é',
        'ß',
        '日本',
        'ก',
        '🎉',
        '650',
        '+1',
        '0',
        '(650) 555-0101',
        '\u0301',
        '\ud83d',
        '\0',
      ],
      ...['🇺🇸', '🇺', '🇸🇬', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏳️‍🌈', '❤️', '👍🏽', '€', '…', '->', 'C++', '#1', '\ufe0f', '\ufffc', '\uf8ff'],
      ...[
        '"',
        '""',
        ':',
        '-',
        '*',
        '^',
        '(',
        ')',
        '{',
        '}',
        'NEAR(',
        ' AND ',
        ' OR ',
        ' NOT ',
        "'",
        '\\',
        '\u200b',
      ],
      ...[' ', '  ', '\n', '\t', '\u00a0', '\u3000', '\ufeff', '\ue000', '\ue001', '\ue003'],
      ...['from:', 'to:', 'type:', 'type:fax', 'is:', 'is:latest', 'has:attachment', 'in:deleted', 'number:'],
      ...[
        'on:',
        'before:2026',
        'after:',
        '7d',
        'yesterday',
        '2026-06-31',
        'owner:me',
        'owner:7',
        'conversation:1',
      ],
      ...['constructor:', '__proto__', 'x:y', 'К:', 'İ:', 'type:"', 'number:"'],
    ),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const pieces = (most: number): fc.Arbitrary<string> =>
    fc
      .array(
        fc.tuple(
          piece,
          fc.oneof({ weight: 40, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: most })),
        ),
        { maxLength: 10 },
      )
      .map((parts) => parts.map(([text, count]) => text.repeat(count)).join(''));
  /** Now and then so long that whatever is not linear is seen, and what is left out. */
  const query = pieces(600);
  const text = pieces(60);

  it('is read, written and found in texts in steps linear in its length, with a bounded number of words', async () => {
    const { module, within } = await loadCounted<
      typeof searchQuery & typeof format & typeof ranges & typeof snippets
    >(
      'src/mailbox/search/searchQuery.ts',
      'src/mailbox/search/formatSearch.ts',
      'src/mailbox/search/matchRanges.ts',
      'src/mailbox/search/snippet.ts',
    );
    await checkProperty(
      'search queries',
      fc.property(query, text, (typed, message) => {
        const limits = { steps: 15 * typed.length + 10_000, bytes: 15 * typed.length + 10_000 };
        const { result: search } = within(limits, () => module.parseSearch(typed, NOW));
        const terms = search.filter.terms ?? [];
        expect(terms.length).toBeLessThanOrEqual(50);
        expect(terms.reduce((sum, term) => sum + term.text.length, 0)).toBeLessThanOrEqual(1_000);
        expect(search.problems.length).toBeLessThanOrEqual(51);
        for (const { start, end } of search.problems) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(typed.length);
        }
        // What is left of it is never longer than what is read.
        const { result: written } = within({ steps: 10_000, bytes: 20_000 }, () =>
          module.formatSearch(search),
        );
        if (written.length <= 1_000) {
          expect(module.parseSearch(written, NOW).filter).toEqual(search.filter);
        }
        const wanted = terms.reduce((sum, term) => sum + term.text.length, 0);
        const most = 200 * (message.length + 100) * (terms.length + 1) + 100 * wanted;
        within({ steps: most, bytes: most }, () => module.snippetOf(message, terms, 100));
      }),
    );
  });

  it('finds the same messages in memory and in SQLite, and throws in neither', async () => {
    const texts = fc.array(text, { minLength: 4, maxLength: 8 });
    let found = 0;
    const runs = await checkProperty(
      'search queries in stores',
      fc.property(
        texts,
        fc.array(fc.tuple(text, fc.nat(7), fc.nat(40)), { minLength: 24, maxLength: 24 }),
        (subjects, queries) => {
          const put = subjects.map((subject, index) =>
            aMessage({
              ...(decodeMessage({ id: index + 1, subject, from: { name: subject.slice(0, 20) } }) ?? {}),
              availability: index % 4 === 3 ? 'Deleted' : 'Alive',
            }),
          );
          const stores = [
            new MemoryMessageStore(() => NOW),
            new SqliteMessageStore(openDatabase(':memory:'), () => NOW),
          ];
          for (const store of stores) store.apply({ put });
          for (const [other, index, start] of queries) {
            // Half of them are about what there is.
            const text = `${subjects[index]?.slice(start, start + 12) ?? ''}${index % 2 ? other : ''}`;
            const [memory, sqlite] = stores.map((store) => new Set(store.ids(parseSearch(text, NOW))));
            expect(sqlite).toEqual(memory);
            found += Math.min(1, memory?.size ?? 0);
          }
          for (const store of stores) store.dispose();
        },
      ),
    );
    // Queries that find nothing would try little.
    expect(found).toBeGreaterThan(runs);
  });
});
