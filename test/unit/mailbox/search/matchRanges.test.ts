import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TextTerm } from '../../../../src/mailbox/query';
import { findsAll } from '../../../../src/mailbox/search/findTerms';
import { matchRanges } from '../../../../src/mailbox/search/matchRanges';
import { searchableOf } from '../../../../src/mailbox/search/searchable';
import { prepareTerms } from '../../../../src/mailbox/search/terms';
import { aMessage } from '../../../builders/message';
import { checkProperty } from '../../../builders/property';

const word = (text: string): TextTerm => ({ in: 'anywhere', text, phrase: false });
const phrase = (text: string): TextTerm => ({ in: 'anywhere', text, phrase: true });

it.each<[string, TextTerm[], string[]]>([
  ['See you at five', [word('five')], ['five']],
  ['See you at five', [word('fi'), word('see')], ['See', 'fi']],
  ['See you at five', [phrase('you at')], ['you at']],
  ['See you at five', [word('ive')], []],
  ['Meet at the Café!', [word('cafe')], ['Café']],
  ['Meet at the Cafe\u0301!', [word('caf')], ['Caf']],
  ['Meet at the Cafe\u0301s', [word('cafe')], ['Cafe\u0301']],
  ['Straße', [word('stras')], ['Straß']],
  ['我们明天下午见面', [word('明天')], ['明天']],
  ['在𠮷野家', [word('𠮷')], ['𠮷']],
  ['Done🎉!', [word('🎉')], ['🎉']],
  ['(650) 555-0101', [word('5550101')], ['555-0101']],
  ['(650) 555-0101', [word('+1650')], []],
  ['+1 650 555 0101', [word('+1650')], ['1 650']],
  ['code 4711', [word('47')], ['47']],
  ['aaa', [word('a'), word('aa')], ['aa']],
  ['a b a', [word('a')], ['a', 'a']],
  ['anything', [word('"')], []],
  ['go 🇨🇦🇺🇸', [word('🇺🇸')], ['🇺🇸']],
  ['love ❤️!', [word('❤')], ['❤️']],
  ['love ❤', [word('❤️')], ['❤']],
  ['ok 👍🏽 👍', [word('👍🏽')], ['👍🏽']],
  ['It is 5 €', [word('€')], ['€']],
  ['1 and ① and ②', [word('①')], ['①']],
  ['C, C++ and (C++)', [word('c++')], ['C++', 'C++']],
  ['We are #12', [word('#1')], ['#1']],
  ['a - > b -> c', [word('->')], ['->']],
  ['Well… yes...', [word('...')], ['…', '...']],
  ['c++ is old', [phrase('c++ is')], ['c++ is']],
])('the matches in “%s” are right for the search %j', (text, terms, expected) => {
  expect(matchRanges(text, terms).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
});

it('every text in which words are found has something to highlight', async () => {
  const unit = fc.constantFrom(
    ...[
      'a',
      'b',
      'é',
      ' ',
      '-',
      'ß',
      'İ',
      '日',
      '本',
      'ก',
      'e\u0301',
      '🎉',
      '+',
      '€',
      '①',
      'ª',
      'ℹ️',
      '…',
      '.',
      '🇺',
      '🇸',
      '❤️',
      '🏽',
    ],
  );
  await checkProperty(
    'matches that are highlighted',
    fc.property(
      fc.string({ unit }),
      fc.string({ unit, minLength: 1 }),
      fc.boolean(),
      (text, wanted, isPhrase) => {
        const term = { in: 'anywhere', text: wanted, phrase: isPhrase } as const;
        const prepared = prepareTerms([term]);
        const message = aMessage({ subject: text, to: [], direction: 'Outbound' });
        const isFound = prepared.length > 0 && findsAll(prepared, searchableOf(message));
        expect(matchRanges(text, [term]).length > 0).toBe(isFound);
      },
    ),
  );
});
