import { expect, it } from 'vitest';
import { dialableNumbers, otherPartyKey, partyName } from '../../../src/mailbox/message';
import { isPlaceholderName } from '../../../src/mailbox/placeholderName';
import { hasVisible } from '../../../src/util/hasVisible';
import { aMessage } from '../../builders/message';

const PLACEHOLDERS = `
  Unknown|UNKNOWN CALLER|Unknown Name|UNKNOWN NUMBER|WIRELESS CALLER|CELL PHONE|Cell Phone   NY|Anonymous|Private Caller
  PRIVATE|Toll Free Call|UNAVAILABLE|No Name|Out of Area|OUT OF AREA  CA|N/A|(unknown)|Restricted|No Caller ID|Not Available
  NAME UNAVAILABLE|Mobile Phone|SAN MATEO    CA|RENO         NV|ST. LOUIS    MO|???|-
  Unbekannter Anrufer|Inconnu|Numéro masqué|Número desconocido|Onbekend|Okänd|非通知|알 수 없음|Неизвестный номер
`;

it.each(
  PLACEHOLDERS.trim()
    .split(/\n {2}|\|/)
    .map((name) => name.trim()),
)('“%s” is a placeholder, and does not hide the number', (name) => {
  expect(isPlaceholderName(name)).toBe(true);
  expect(partyName({ name, phoneNumber: '+16505550103' })).toBe(
    hasVisible(name) ? `(650) 555-0103 · ${name}` : '(650) 555-0103',
  );
  expect(partyName({ name, extensionNumber: '101' })).toContain('101');
});

it.each([
  ...['Ada Park', 'Unknown Pleasures Records', 'Cell Block Tango', 'Mobile Dentists LLC', 'Private Eye Ltd'],
  ...['Anonymous Coffee', 'BANK24', '李明', '🦊', 'No', 'Nobody Smith', 'Free Call Center', 'CA'],
])('“%s” is a name, and stands for the number', (name) => {
  expect(partyName({ name, phoneNumber: '+16505550103' })).toBe(name);
});

it.each([
  ['+16505550103', '6505550103'],
  ['+16505550103', '+1 (650) 555-0103'],
  ['+16505550103', '(650) 555-0103'],
  ['+447700900123', '07700 900123'],
  ['22395', '22395'],
  ['MYSHOP24', 'MYSHOP24'],
])('a name that is only the number %s over again is not said twice: %s', (phoneNumber, name) => {
  expect(partyName({ name, phoneNumber })).toBe(partyName({ phoneNumber }));
});

it.each(['\uf8ff', '\u{1faff}', '🦊', '…'])('of %j something is seen', (text) => {
  expect(hasVisible(text)).toBe(true);
});

it.each(['\u200b', '\u2060\ufeff', '\ufffc', '\u3164', ' \u00a0', '\u202e'])(
  'a name of which nothing is seen (%j) is none',
  (name) => {
    expect(partyName({ name, phoneNumber: '+16505550103' })).toBe('(650) 555-0103');
    expect(partyName({ name, location: 'Reno, NV' })).toBe('Reno, NV');
  },
);

it('what stands for a number that is withheld is not one to be dialled, nor worth a word beside a name', () => {
  for (const phoneNumber of ['anonymous', 'Restricted', 'Private', 'Unavailable', 'UNKNOWN']) {
    expect(dialableNumbers(aMessage({ from: { phoneNumber } }))).toEqual([]);
    expect(partyName({ phoneNumber, name: 'Anonymous' })).toBe('Anonymous');
    expect(partyName({ phoneNumber })).toBe(phoneNumber);
  }
});

it('numbers to be dialled are senders, short codes and extensions as they are, and numbers in one spelling', () => {
  const copied = (phoneNumber: string): readonly string[] =>
    dialableNumbers(aMessage({ from: { phoneNumber } }));
  expect(['22395', '*62', '911', 'MYSHOP24', '447700900123', '(650) 555-0101'].flatMap(copied)).toEqual([
    ...['22395', '*62', '911', 'MYSHOP24', '+447700900123', '+16505550101'],
  ]);
  expect(['1&1', '24/7', '50%', '+5215512345678'].flatMap(copied)).toEqual([
    ...['1&1', '24/7', '50%', '+5215512345678'],
  ]);
  expect(partyName({ phoneNumber: '1&1' })).toBe('1&1');
  expect(dialableNumbers(aMessage({ from: { extensionNumber: '101' } }))).toEqual(['101']);
});

it.each([
  ['anonymous', 'Anonymous', 'ANONYMOUS'],
  ['Amazon', 'AMAZON'],
])('a sender that is a name is the same in any case: %s', (...spellings) => {
  const messages = spellings.map((phoneNumber) => aMessage({ from: { phoneNumber } }));
  expect(new Set(messages.map(otherPartyKey)).size).toBe(1);
  for (const phoneNumber of spellings) expect(partyName({ phoneNumber })).toBe(phoneNumber);
});
