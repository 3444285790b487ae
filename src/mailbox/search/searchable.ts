import type { Message, Party } from '../../api/schema';
import { otherParties, partyName } from '../message';
import { formatPhoneNumber, normalizePhoneNumber } from '../phoneNumber';
import { tokenize } from './tokens';

/** The places in which words can be found, apart from each other. */
export const PLACES = ['body', 'sender', 'recipients', 'ownSender', 'ownRecipients'] as const;

export type Place = (typeof PLACES)[number];

/** The tokens of a message, by place. Ourselves are apart: whoever looks for us anywhere does not mean every message. */
export type Searchable = Readonly<Record<Place, readonly string[]>>;

/**
 * Characters that no text leaves in a token, to begin tokens of another kind with: an end of a number, the whole of it
 * from the country code on, its one spelling, and what separates texts that do not follow each other.
 */
export const NUMBER_ENDING = '\uE000';
export const NUMBER_WHOLE = '\uE001';
export const NUMBER_SPELLING = '\uE002';
const SEPARATOR = '\uE003';

/** Digits of a number that is found by each of its endings: more than any has. */
const LONGEST_NUMBER = 20;

/** UTF-16 units of a text that are found. */
const LONGEST_TEXT = 100_000;

/** Recipients, and attachments, by which a message is found. */
const MOST_NAMES = 500;

/**
 * Everything by which a message can be found.
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
      ...message.attachments.slice(0, MOST_NAMES).map(({ fileName }) => fileName),
    ]),
    sender: from.filter(isOther).flatMap(partyTokens),
    recipients: to.filter(isOther).flatMap(partyTokens),
    ownSender: from.filter(isOwn).flatMap(partyTokens),
    ownRecipients: to.filter(isOwn).flatMap(partyTokens),
  };
}

/** The token that all ways of writing a number have in common. */
export function numberSpelling(number: string): string {
  return (
    NUMBER_SPELLING +
    tokenize(normalizePhoneNumber(number))
      .map(({ text }) => text)
      .join('')
  );
}

function partyTokens(party: Party): string[] {
  const numbers = [party.phoneNumber, party.extensionNumber].filter((number) => number !== undefined);
  const names = tokensOf([partyName(party), ...numbers.map(formatPhoneNumber)]);
  return [...names, ...numbers.flatMap(numberTokens)];
}

function numberTokens(number: string): string[] {
  const digits = normalizePhoneNumber(number).replace(/\D/g, '');
  if (digits.length > LONGEST_NUMBER) return [NUMBER_WHOLE + digits, SEPARATOR];
  const endings = Array.from(digits, (_, index) => NUMBER_ENDING + digits.slice(index));
  return [...endings, NUMBER_WHOLE + digits, numberSpelling(number), SEPARATOR];
}

function tokensOf(texts: readonly (string | undefined)[]): string[] {
  return texts.flatMap((text) =>
    text ? [...tokenize(text.slice(0, LONGEST_TEXT)).map((token) => token.text), SEPARATOR] : [],
  );
}
