import { expect, it, vi } from 'vitest';
import { searchProblemText } from '../../../src/display/searchProblemText';
import { parseSearch } from '../../../src/mailbox/search/searchQuery';
import { SEARCH_KEYS } from '../../../src/mailbox/search/searchWords';

vi.mock('vscode', () => import('../viewers/fakeVscode'));

const problemOf = (query: string): string => {
  const [problem] = parseSearch(query, 0).problems;
  return problem ? searchProblemText(problem) : '';
};

it.each([
  ['lunch', ''],
  ['foo:bar', '"foo:" isn\'t a filter; searching for it as text.'],
  ['type:letter', '"type:" needs voicemail, fax, sms, mms, text, or pager.'],
  ['before:soon', '"before:" needs a date, such as 2026-06-17, 2026-06, yesterday, or 7d.'],
  ['word '.repeat(1_000), 'The query is too long. Only its beginning is used.'],
  ['FROM:', '"FROM:" needs a name or a number.'],
])('the search “%s” has the problem text “%s”', (query, text) => {
  expect(problemOf(query)).toBe(text);
});

it('each search key without a value has a text that says what the key needs', () => {
  for (const key of Object.keys(SEARCH_KEYS)) expect(problemOf(`${key}:`)).toMatch(/^"\w+:" needs \S+/);
});
