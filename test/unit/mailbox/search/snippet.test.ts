import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TextTerm } from '../../../../src/mailbox/query';
import { bracketed, snippetOf } from '../../../../src/mailbox/search/snippet';
import { checkProperty } from '../../../builders/property';

const word = (text: string): TextTerm => ({ in: 'anywhere', text, phrase: false });
const show = (text: string, terms: readonly TextTerm[], length = 60): string | undefined => {
  const snippet = snippetOf(text, terms, length);
  return snippet && bracketed(snippet);
};

const LONG =
  'Hello again, I have looked at everything that you sent me yesterday and the lease is fine by me, so sign it today.';

it.each<[string, TextTerm[], string | undefined]>([
  ['See you at five', [word('five')], 'See you at [five]'],
  ['See you\n  at five', [word('at'), word('see')], '[See] you [at] five'],
  ['See you at five', [word('six')], undefined],
  ['Meet at the Café!', [word('cafe')], 'Meet at the [Café]!'],
  [LONG, [word('lease')], '…sent me yesterday and the [lease] is fine by me, so sign it …'],
  ['日'.repeat(50) + '本', [word('本')], '…[本]'],
])('the snippet of “%s” is right for the search %j', (text, terms, expected) => {
  expect(show(text, terms)).toBe(expected);
});

it('a snippet shows at least one whole match, in one line within the requested length', async () => {
  const words = fc.array(fc.constantFrom('a', 'lunch', 'é', '日本', 'wordwordwordword', '\n', '🎉'));
  await checkProperty(
    'snippets',
    fc.property(words, words, (before, after) => {
      const snippet = snippetOf([...before, 'lease', ...after].join(' '), [word('lease')], 60);
      expect(snippet?.ranges.map(({ start, end }) => snippet.text.slice(start, end))).toContain('lease');
      expect(snippet?.text).not.toContain('\n');
      expect([...new Intl.Segmenter().segment(snippet?.text ?? '')].length).toBeLessThanOrEqual(60);
    }),
  );
});
