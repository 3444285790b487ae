import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/api/schema';
import type { TextTerm } from '../../../../src/mailbox/query';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';
import { aMessage } from '../../../builders/message';

function words(text: string, place: TextTerm['in'] = 'anywhere'): TextTerm[] {
  return text.split(' ').map((word) => ({ in: place, text: word, phrase: false }));
}

function phrase(text: string, place: TextTerm['in'] = 'anywhere'): TextTerm[] {
  return [{ in: place, text, phrase: true }];
}

/** What every store finds by words. */
export function describeSearch(store: () => MessageStore): void {
  const finds = (terms: readonly TextTerm[], message: Message): boolean => {
    store().apply({ put: [message] });
    return store().ids({ availability: message.availability, filter: { terms } }).includes(message.id);
  };

  describe('search terms', () => {
    it.each<[string, TextTerm[], Partial<Message>]>([
      ['a word', words('five'), {}],
      ['the beginning of a word', words('fiv'), {}],
      ['words in any order', words('five see'), {}],
      ['words without regard to case', words('FIVE'), {}],
      ['words without regard to diacritics', words('cafe'), { subject: 'Meet at the Café' }],
      ['words with diacritics that the text has not', words('café'), { subject: 'Meet at the CAFE' }],
      [
        'letters with strokes and ligatures as they are typed',
        words('ﬁve strasse'),
        { subject: 'five Straße' },
      ],
      ['Greek', words('οδος'), { subject: 'ΟΔΌΣ' }],
      ['Cyrillic', words('еж'), { subject: 'Ёжик' }],
      ['Turkish', words('istanbul isik'), { subject: 'İstanbul ışık' }],
      ['Arabic without its vowel signs', words('كتب'), { subject: 'كَتَبَ' }],
      ['Hebrew', words('שלום'), { subject: 'שָׁלוֹם' }],
      ['Hindi', words('नमस्ते'), { subject: 'नमस्ते दुनिया' }],
      ['Korean', words('안녕'), { subject: '안녕하세요' }],
      ['any part of Chinese', words('明天'), { subject: '我们明天下午见面' }],
      ['any part of Japanese', words('メン食'), { subject: 'ラーメン食べたい' }],
      ['any part of Thai', words('พรุ่ง'), { subject: 'เจอกันพรุ่งนี้' }],
      ['Chinese beyond the basic plane', words('𠮷野'), { subject: '在𠮷野家' }],
      ['Latin within Chinese', words('pdf'), { subject: '请看PDF文件' }],
      ['full-width letters', words('fax'), { subject: 'ＦＡＸ' }],
      ['an emoji', words('🎉'), { subject: 'Done🎉!' }],
      ['a phrase', phrase('see you at'), {}],
      ['text: a word that was written', words('five', 'text'), {}],
      ['a phrase across punctuation', phrase('plan b'), { subject: 'The plan: B.' }],
      ['the cover page text', words('attached'), { type: 'Fax', coverPageText: 'Attached you find' }],
      ['a file name', words('plan.pdf'), { attachments: [{ id: '1', fileName: 'Site plan.pdf' }] }],
      ['the owner', words('sales'), { owner: { name: 'Sales' } }],
      ['a name', words('ada par'), {}],
      ['a recipient', words('ben'), { direction: 'Outbound', to: [{ name: 'Ben' }] }],
      ['a place that stands for a name', words('reno'), { from: { location: 'Reno, NV' } }],
      ['the end of a number', words('555-0101'), {}],
      ['the last digits of a number', words('0101'), {}],
      ['the last digit of a number', words('1'), {}],
      ['the beginning of a formatted number', words('(650) 555'), {}],
      ['the beginning of a formatted number, quoted', phrase('(650) 555'), {}],
      ['the beginning of an international number', words('+1650'), {}],
      ['the first digits of a number', words('16'), {}],
      ['the whole number', words('+16505550101'), {}],
      ['the whole number as people write it', words('650.555.0101'), {}],
      [
        'a number that the record has formatted',
        words('6505550101'),
        { from: { phoneNumber: '(650) 555-0101' } },
      ],
      [
        'a number as it is dialled in its country',
        words('0207946'),
        { from: { phoneNumber: '+442079460958' } },
      ],
      ['an extension number', words('102'), { type: 'Pager', from: { extensionNumber: '102' } }],
      ['a number in a text', words('4711'), { subject: 'Your code is 4711' }],
      ['nothing but punctuation', words('...'), { subject: 'Well...' }],
      ['an ellipsis in either spelling', words('…'), { subject: 'Well...' }],
      ['nothing that is seen, as if nothing was looked for', words('\u200b'), {}],
      ['a currency', words('€'), { subject: 'It is 5 €' }],
      ['a currency beside digits', words('€5'), { subject: 'Give me €50' }],
      ['a sign beside letters', words('C++'), { subject: 'I like C++.' }],
      ['a sign beside letters, in brackets', words('(c#)'), { subject: 'Write it in C#, please' }],
      ['a sign before digits', words('#1'), { subject: 'We are #1!' }],
      ['an arrow', words('->'), { subject: 'This -> that' }],
      ['an arrow between words', words('->'), { subject: 'this->that' }],
      ['a sign of letters', words('№'), { subject: 'Take № 5' }],
      ...['ℹ️', 'Ⓜ️', '①', '⑫', '㊗️', 'ª', 'º', '⒜', '🄰', '㈱', '™'].map(
        (sign): [string, TextTerm[], Partial<Message>] => [
          `the sign ${sign}`,
          words(sign),
          { subject: `Before${sign} and after` },
        ],
      ),
      ['a sign with or without what gives it colors', words('ℹ'), { subject: 'An ℹ️ here' }],
      ['a unit that is one character', words('kg'), { subject: 'It has 5 ㎏' }],
      ['a letter of another form', words('hello'), { subject: '𝓗ello ℌi' }],
      ['a word with a sign behind it', phrase('acme'), { subject: 'Acme™ glue' }],
      ['a degree in either spelling', words('°C'), { subject: 'It has 25℃' }],
      ['a quotation mark', words('"'), { subject: 'the "lease"' }],
      ['an accent that stands alone', words('´'), { subject: 'it´s' }],
      ['a private character', words('\uF8FF'), { subject: 'An \uF8FF' }],
      ['an address', words('ada@exa'), { subject: 'Write to ada@example.com' }],
      ['several words with a sign', phrase('c++ is old'), { subject: 'Well, C++ is old.' }],
      ['a flag', words('🇺🇸'), { subject: 'go 🇨🇦🇺🇸!' }],
      ['a flag of a region', words('🏴󠁧󠁢󠁥󠁮󠁧󠁿'), { subject: 'go 🏴󠁧󠁢󠁥󠁮󠁧󠁿' }],
      ['a flag with something on it', words('🏳️‍🌈'), { subject: 'go 🏳‍🌈' }],
      ['a heart without what makes it red', words('❤️'), { subject: 'love ❤' }],
      ['a heart with what makes it red', words('❤'), { subject: 'love ❤️' }],
      ['an emoji that has the color of a skin', words('👍'), { subject: 'ok 👍🏽' }],
      ['an emoji with the color of a skin', words('👍🏽'), { subject: 'ok👍🏽' }],
      ['somebody of a profession', words('👩‍💻'), { subject: 'a 👩‍💻' }],
      ['a key', words('1️⃣'), { subject: 'press 1️⃣' }],
      ['a sign in a name', words('&'), { from: { name: 'Whitlock & Vale' } }],
      ['a code of the network', words('*62', 'from'), { from: { phoneNumber: '*62' } }],
      ['a sender that is a name', words('myshop'), { from: { phoneNumber: 'MYSHOP24' } }],
      ['a sender of digits and a sign', words('1&1', 'from'), { from: { phoneNumber: '1&1' } }],
      [
        'the name of a caller who is not known',
        words('unknown'),
        { from: { name: 'Unknown', phoneNumber: '+16505550103' } },
      ],
      [
        'the number of a caller who is not known',
        words('(650) 555-0103'),
        { from: { name: 'Unknown', phoneNumber: '+16505550103' } },
      ],
      ['a number without its plus', words('+447700900123'), { from: { phoneNumber: '447700900123' } }],
      ['from: a name', words('ada', 'from'), {}],
      ['from: a number', words('555-0101', 'from'), {}],
      ['to: a name', words('ben', 'to'), { direction: 'Outbound', to: [{ name: 'Ben' }] }],
      ['to: ourselves', words('rosa', 'to'), {}],
      ['from: ourselves', words('rosa', 'from'), { direction: 'Outbound', from: { name: 'Rosa' } }],
      [
        'to: somebody else of a group',
        words('ben', 'to'),
        { to: [{ name: 'Rosa', target: true }, { name: 'Ben' }] },
      ],
    ])('find %s', (_, terms, fields) => {
      expect(finds(terms, aMessage(fields))).toBe(true);
    });

    it.each<[string, TextTerm[], Partial<Message>]>([
      ['a message that has only some of them', words('five six'), {}],
      ['the middle or end of a word', words('ive'), {}],
      ['a phrase of which the last word goes on', phrase('see yo'), {}],
      ['a phrase in another order', phrase('you see'), {}],
      ['a phrase that only two texts have together', phrase('five ada'), {}],
      [
        'a phrase across two files',
        phrase('a b'),
        {
          attachments: [
            { id: '1', fileName: 'a' },
            { id: '2', fileName: 'b' },
          ],
        },
      ],
      ['Chinese characters that do not follow each other', words('天我'), { subject: '我们明天下午见面' }],
      ['two digits within a number', words('05'), { from: { phoneNumber: '+12125055675' } }],
      ['a number of other digits', words('555-0102'), {}],
      ['a flag where there is none', words('🇺🇸'), { subject: 'text without any flag' }],
      ['a flag of another country', words('🇺🇸'), { subject: 'go 🇨🇦' }],
      ['a flag across two others', words('🇸🇬'), { subject: 'go 🇺🇸🇬🇧' }],
      ['a letter of a flag', words('🇺'), { subject: 'go 🇺🇸' }],
      ['a flag of another region', words('🏴󠁧󠁢󠁥󠁮󠁧󠁿'), { subject: 'go 🏴󠁧󠁢󠁳󠁣󠁴󠁿' }],
      ['a flag that others are made of', words('🏳️'), { subject: 'go 🏳️‍🌈' }],
      ['a color of a skin that it has not', words('👍🏽'), { subject: 'ok 👍🏿' }],
      ['a currency where there is none', words('€'), { subject: 'ten dollars' }],
      ['letters of which a sign is drawn', words('№'), { subject: 'no, I do not' }],
      ...[
        ['ℹ️', 'it is i'],
        ['Ⓜ️', 'my m'],
        ['①', '1 of 12'],
        ['㊗️', '祝日'],
        ['ª', 'a as'],
        ['1', '① first'],
        ['i', 'ℹ️ there'],
        ['①', '②'],
      ].map(([sign = '', subject = '']): [string, TextTerm[], Partial<Message>] => [
        `${sign} in “${subject}”`,
        words(sign),
        { subject, from: {} },
      ]),
      ['another currency', words('€5'), { subject: 'It is $5' }],
      ['punctuation where there is none', words('...'), {}],
      ['less punctuation', words('...'), { subject: 'Well..' }],
      ['signs apart from each other', words('->'), { subject: 'a - > b' }],
      ['letters without the sign', words('C++'), { subject: 'C is not C+, but ++' }],
      ['digits without the sign', words('#1'), { subject: 'We are 1 #' }],
      ['dashes of a number, which are ours', words('-'), {}],
      ['a private character where there is none', words('\uE001'), {}],
      ['a sender of digits and a sign by digits alone', words('11'), { from: { phoneNumber: '1&1' } }],
      ['the digits of a sender that is a name', words('24', 'from'), { from: { phoneNumber: 'MYSHOP24' } }],
      [
        'the layout of a message',
        words('smil'),
        { attachments: [{ id: '1', contentType: 'application/smil', fileName: 'smil.xml' }] },
      ],
      ['ourselves, of whom every message is', words('rosa'), {}],
      ['text: who wrote it', words('ada', 'text'), {}],
      ['from: who is only in the text', words('five', 'from'), {}],
      ['from: the recipient', words('rosa', 'from'), {}],
      ['to: the sender', words('ada', 'to'), {}],
    ])('do not find %s', (_, terms, fields) => {
      expect(finds(terms, aMessage(fields))).toBe(false);
    });

    it.each(
      readFileSync('test/fixtures/search/pairs.txt', 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split(' | ')),
    )('“%s” in “%s” %s', (query = '', subject = '', result = '') => {
      expect(finds(words(query), aMessage({ subject }))).toBe(result === 'must be found');
    });

    it('are found in the whole text and in the transcription as soon as these are known', () => {
      const message = aMessage({ subject: 'The beginning' });
      store().apply({ put: [message] });
      const found = (text: string): string[] =>
        store().ids({ availability: 'Alive', filter: { terms: words(text) } });
      expect(found('end')).toEqual([]);
      store().putDetails([{ id: message.id, text: 'The beginning and the end', transcription: 'Spoken' }]);
      expect(found('end')).toEqual([message.id]);
      expect(found('spoken')).toEqual([message.id]);
      store().apply({ put: [{ ...message, readStatus: 'Read', coverPageText: 'Cover' }] });
      expect(found('end spoken cover')).toEqual([message.id]);
    });

    it('are found in the current record, not in an earlier one', () => {
      const message = aMessage({ subject: 'Before' });
      store().apply({ put: [message] });
      store().apply({ put: [{ ...message, subject: 'After' }] });
      const found = (text: string): number =>
        store().tally({ availability: 'Alive', filter: { terms: words(text) } }).total;
      expect([found('before'), found('after')]).toEqual([0, 1]);
      store().apply({ remove: [message.id] });
      expect(found('after')).toBe(0);
      store().apply({ put: [message] });
      expect(found('before')).toBe(1);
    });

    it('are found among deleted messages too, and only where a message is shown', () => {
      const message = aMessage();
      store().apply({ put: [message] });
      store().enqueue({ kind: 'delete', window: 'this', messageIds: [message.id] });
      const filter = { terms: words('five') };
      expect(store().ids({ availability: 'Alive', filter })).toEqual([]);
      expect(store().ids({ availability: 'Deleted', filter })).toEqual([message.id]);
    });

    it('of a number find a sender that is a name, in any case', () => {
      const numbers = ['Amazon', 'INFO@BANK', 'Free Mobile', '1&1', '50%', '11'];
      store().apply({
        put: numbers.map((phoneNumber, index) => aMessage({ id: String(index + 1), from: { phoneNumber } })),
      });
      for (const [index, phoneNumber] of numbers.entries())
        for (const each of [phoneNumber, phoneNumber.toUpperCase()])
          expect(store().ids({ availability: 'Alive', filter: { phoneNumber: each } })).toEqual([
            String(index + 1),
          ]);
    });

    it('apply to groups and tallies too', () => {
      store().apply({
        put: [aMessage({ conversationId: '1' }), aMessage({ conversationId: '2', subject: 'No' })],
      });
      const query = { availability: 'Alive', filter: { terms: words('five') } } as const;
      expect(store().tally(query)).toEqual({ total: 1, unread: 1 });
      expect(
        store()
          .groups(query, 'thread', { offset: 0, limit: 9 })
          .map(({ key }) => key),
      ).toEqual([{ kind: 'thread', type: 'SMS', thread: '1' }]);
      expect(store().groupCount(query, 'date')).toBe(1);
    });

    it('are not taken for syntax of SQLite', () => {
      for (const text of [
        '"',
        '*',
        'a"b',
        'NOT',
        'OR',
        'NEAR(a b)',
        'body:x',
        '-x',
        "'",
        '\u0000',
        '\uD800',
      ]) {
        expect(() => finds(words(text), aMessage())).not.toThrow();
        expect(() => finds(phrase(text), aMessage())).not.toThrow();
      }
      expect(finds(words('OR'), aMessage({ subject: 'This or that' }))).toBe(true);
    });
  });
}
