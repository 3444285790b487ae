import type { MessageFilter, TextTerm } from '../query';
import { formatDate } from './searchDates';
import { NO_NUMBER, type Search } from './searchQuery';
import { IS_WORDS, TYPE_WORDS } from './searchWords';

/**
 * Writes a search as a query that `parseSearch` reads the same. The language has no words for what is not attached or did
 * not fail, nor for no type at all, nor for what is in the text alone, so these are left out.
 */
export function formatSearch({ filter, availability }: Search): string {
  const { types, since, until, phoneNumber, conversationId, owner, hasAttachment, terms } = filter;
  return [
    ...(availability === 'Deleted' ? ['in:deleted'] : []),
    ...(types ?? []).map((type) => `type:${typeWord(type)}`),
    ...isWords(filter).map((word) => `is:${word}`),
    ...(hasAttachment ? ['has:attachment'] : []),
    ...(since === undefined ? [] : [`after:${formatDate(since)}`]),
    ...(until === undefined ? [] : [`before:${formatDate(until)}`]),
    ...(owner === undefined ? [] : [`owner:${ownerWord(owner)}`]),
    ...(phoneNumber === undefined ? [] : [`number:${numberWord(phoneNumber)}`]),
    ...(conversationId === undefined ? [] : [`conversation:${conversationId}`]),
    ...(terms ?? []).map(formatTerm),
  ].join(' ');
}

function typeWord(type: string): string {
  const word = Object.entries(TYPE_WORDS).find(([, types]) => types.length === 1 && types[0] === type)?.[0];
  return word ?? quoted(type);
}

function isWords(filter: MessageFilter): string[] {
  return Object.entries(IS_WORDS).flatMap(([word, part]) => {
    const wanted = Object.entries(part) as [keyof MessageFilter, unknown][];
    return wanted.every(([key, value]) => filter[key] === value) ? [word] : [];
  });
}

function ownerWord(owner: NonNullable<MessageFilter['owner']>): string {
  if (owner === 'Personal') return 'me';
  return owner === 'Shared' ? 'shared' : owner.extensionId;
}

function formatTerm({ in: place, text, phrase }: TextTerm): string {
  const value = phrase ? quoted(text) : text;
  return place === 'anywhere' || place === 'text' ? value : `${place}:${value}`;
}

/** A quotation mark within a word is a part of it. */
function numberWord(text: string): string {
  return /\s|^"/.test(text) || text.toLowerCase() === NO_NUMBER ? quoted(text) : text;
}

/** There is no way to write a quotation mark within a quotation; none is ever looked for. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', ' ')}"`;
}
