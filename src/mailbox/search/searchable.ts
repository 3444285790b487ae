import type { Message, Party } from '../../api/schema';
import { attachmentsOf, otherParties, partyLabels, partyNumber, readingOf } from '../message';
import { numberDigits, readPhoneNumber } from '../phoneNumber';
import {
  chunksOf,
  isWord,
  NUMBER_ENDING,
  NUMBER_SPELLING,
  NUMBER_WHOLE,
  SEPARATOR,
  signToken,
  type Token,
  tokenize,
} from './tokens';

/** The places in which words can be found, apart from each other. */
export const PLACES = ['body', 'sender', 'recipients', 'ownSender', 'ownRecipients'] as const;

export type Place = (typeof PLACES)[number];

/** The tokens of a message, by place. Ourselves are apart: whoever looks for us anywhere does not mean every message. */
export type Searchable = Readonly<Record<Place, readonly string[]>>;

/** Digits of a number that is found by each of its endings: more than any has. */
const LONGEST_NUMBER = 20;

/** UTF-16 units of a text that are found. */
const LONGEST_TEXT = 100_000;

/** Recipients, and attachments, by which a message is found. */
const MOST_NAMES = 500;

/**
 * Everything by which a message can be found, its numbers as they are read in it (`withReadings`).
 * @param text its whole text, where `subject` is cut
 */
export function searchableOf(message: Message, text?: string, transcription?: string): Searchable {
  const others = new Set(otherParties(message));
  const from = message.from ? [message.from] : [];
  const to = message.to.slice(0, MOST_NAMES);
  const isOther = (party: Party): boolean => others.has(party);
  const isOwn = (party: Party): boolean => !others.has(party);
  return {
    body: tokensOf([
      text ?? message.subject,
      message.coverPageText,
      transcription,
      message.owner?.name,
      ...attachmentsOf(message)
        .slice(0, MOST_NAMES)
        .map(({ fileName }) => fileName),
    ]),
    sender: from.filter(isOther).flatMap(partyTokens),
    recipients: to.filter(isOther).flatMap(partyTokens),
    ownSender: from.filter(isOwn).flatMap(partyTokens),
    ownRecipients: to.filter(isOwn).flatMap(partyTokens),
  };
}

/**
 * The token that all ways of writing a number have in common.
 * @param country the account's home country (ISO 3166), see `readPhoneNumber`
 */
export function numberSpelling(number: string, country?: string): string {
  return spellingOf(readPhoneNumber(number, country).key);
}

/** Of a number's key, whatever is in it; longer ones are none. */
function spellingOf(key: string): string {
  return (
    NUMBER_SPELLING +
    key
      .toLowerCase()
      .slice(0, LONGEST_SPELLING)
      .replace(/[^a-z\d]/gu, signToken)
  );
}

const LONGEST_SPELLING = 100;

function partyTokens(party: Party): string[] {
  const { extensionNumber } = party;
  const reading = readingOf(party);
  const number = partyNumber(party);
  const labels = partyLabels(party);
  // Brackets and dashes of a number are ours; those of what is none are its own.
  const isNumber = reading !== undefined && /^\d+$/.test(numberDigits(reading.key)) && !/[*#]/.test(number);
  return [
    ...tokensOf(labels.filter((label) => label !== number)),
    ...(isNumber ? [...wordsOf(tokenize(number)), SEPARATOR] : tokensOf([number])),
    ...(reading ? numberTokens(reading.key) : []),
    ...(extensionNumber
      ? [...tokensOf(reading ? [extensionNumber] : []), ...numberTokens(extensionNumber)]
      : []),
  ];
}

function numberTokens(key: string): string[] {
  const digits = numberDigits(key);
  if (digits === '') return [spellingOf(key), SEPARATOR];
  if (digits.length > LONGEST_NUMBER) return [NUMBER_WHOLE + digits, SEPARATOR];
  const endings = Array.from(digits, (_, index) => NUMBER_ENDING + digits.slice(index));
  return [...endings, NUMBER_WHOLE + digits, spellingOf(key), SEPARATOR];
}

/** The words of each text, and then what signs and punctuation stand with. */
function tokensOf(texts: readonly (string | undefined)[]): string[] {
  return texts.flatMap((text) => {
    if (!text) return [];
    const tokens = tokenize(text.slice(0, LONGEST_TEXT));
    return [...wordsOf(tokens), SEPARATOR, ...signsOf(tokens)];
  });
}

function wordsOf(tokens: readonly Token[]): string[] {
  return tokens.filter(({ kind }) => isWord(kind)).map(({ text }) => text);
}

/** Each once: a text has many commas. Beside a sign words matter, beside punctuation they do not. */
function signsOf(tokens: readonly Token[]): string[] {
  const runs = new Set<string>();
  for (const chunk of chunksOf(tokens)) {
    if (chunk.some(({ kind }) => kind === 'sign')) runs.add(chunk.map(({ text }) => text).join(' '));
    else for (const run of punctuationRuns(chunk)) runs.add(run);
  }
  return Array.from(runs).flatMap((run) => [...run.split(' '), SEPARATOR]);
}

function punctuationRuns(chunk: readonly Token[]): string[] {
  const runs: string[] = [];
  let isRun = false;
  for (const { kind, text } of chunk) {
    if (kind !== 'punctuation') isRun = false;
    else if (isRun) runs.push(`${runs.pop() ?? ''} ${text}`);
    else {
      runs.push(text);
      isRun = true;
    }
  }
  return runs;
}
