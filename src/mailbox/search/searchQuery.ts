import type { Availability, MessageType } from '../../api/schema';
import { hasVisible } from '../../util/hasVisible';
import type { MessageFilter, TextTerm } from '../query';
import { type DateValue, parseDate } from './searchDates';
import { IS_WORDS, SEARCH_KEYS, TYPE_WORDS } from './searchWords';

/** What somebody looks for. */
export interface Search {
  readonly filter: MessageFilter;
  readonly availability: Availability;
}

/** A part of a query that was not understood, and is looked for as plain words. */
export interface SearchProblem {
  /** Of `tooLong`, the rest of the query is not looked for at all. */
  readonly kind: 'unknownKey' | 'badValue' | 'tooLong';
  /** As written, without the colon. */
  readonly key: string;
  readonly value: string;
  /** What could have been written instead: keys, or values as far as they can be listed. */
  readonly known: readonly string[];
  /** Where it is in the query: UTF-16 units, the end not included. */
  readonly start: number;
  readonly end: number;
}

export interface ParsedSearch extends Search {
  readonly problems: readonly SearchProblem[];
}

interface Part {
  readonly key: string | undefined;
  readonly value: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

/** A key or none, and a value that is quoted, to the end if the quotation is not closed, or else one word. */
const PART = /(?:(\p{L}+):)?(?:"([^"]*)(?:"|$)|(\S+))/gu;

/**
 * Reads a query such as `from:ada type:fax before:2026-06 "lunch menu"`. Words are looked for everywhere, and all of them
 * must be found; several types mean any of them; `after:` begins with the beginning of its date, `before:` ends there.
 * @param now milliseconds since the epoch, for dates such as `yesterday`
 */
export function parseSearch(text: string, now: number): ParsedSearch {
  const builder = new SearchBuilder(now);
  const beginning = text.slice(0, LONGEST_QUERY);
  const parts = partsOf(beginning);
  for (const part of parts.slice(0, MOST_PARTS)) builder.add(part);
  const end = parts[MOST_PARTS]?.start ?? beginning.length;
  return builder.result(end < text.trimEnd().length ? [tooLong(end, text.length)] : []);
}

/** UTF-16 units of a query that are looked at, and parts of it: nobody writes more. */
const LONGEST_QUERY = 1_000;
const MOST_PARTS = 50;

function tooLong(start: number, end: number): SearchProblem {
  return { kind: 'tooLong', key: '', value: '', known: [], start, end };
}

function partsOf(text: string): Part[] {
  return Array.from(text.matchAll(PART), (match) => {
    const [whole, key, quoted, word] = match;
    return {
      key,
      value: quoted ?? word ?? '',
      quoted: quoted !== undefined,
      start: match.index,
      end: match.index + whole.length,
    };
  });
}

class SearchBuilder {
  #filter: MessageFilter = {};
  #availability: Availability = 'Alive';
  readonly #types = new Set<MessageType>();
  readonly #terms: TextTerm[] = [];
  readonly #problems: SearchProblem[] = [];

  constructor(private readonly now: number) {}

  add(part: Part): void {
    const key = part.key?.toLowerCase();
    if (part.key === undefined || key === undefined) {
      // A key of which the value is still to be typed.
      const [, bare] = part.quoted ? [] : (/^(\p{L}+):$/u.exec(part.value) ?? []);
      if (bare && Object.hasOwn(SEARCH_KEYS, bare.toLowerCase())) this.#reject(part, bare, '');
      else this.#addTerm('anywhere', part.value, part.quoted);
    } else if (!this.#take(key, part)) {
      this.#reject(part, part.key, part.value);
    }
  }

  /** @param others what is wrong with the query as a whole */
  result(others: readonly SearchProblem[]): ParsedSearch {
    return {
      filter: {
        ...this.#filter,
        ...(this.#types.size > 0 && { types: [...this.#types] }),
        ...(this.#terms.length > 0 && { terms: this.#terms }),
      },
      availability: this.#availability,
      problems: [...others, ...this.#problems],
    };
  }

  /** @returns whether the key and the value mean something */
  #take(key: string, { value, quoted }: Part): boolean {
    const word = value.toLowerCase();
    switch (key) {
      case 'from':
      case 'to':
        return this.#addTerm(key, value, quoted);
      case 'type':
        return this.#addType(value, quoted);
      case 'is':
        return this.#extend(Object.hasOwn(IS_WORDS, word) ? IS_WORDS[word] : undefined);
      case 'latest':
        return this.#extend(word === 'yes' ? IS_WORDS['latest'] : undefined);
      case 'has':
        return this.#extend(word === 'attachment' ? { hasAttachment: true } : undefined);
      case 'before':
      case 'after':
      case 'on':
        return this.#addDate(key, parseDate(word, this.now));
      case 'in':
        if (word !== 'deleted' && word !== 'messages') return false;
        this.#availability = word === 'deleted' ? 'Deleted' : 'Alive';
        return true;
      case 'owner':
        return this.#extend(ownerOf(word));
      case 'number':
        return this.#extend(
          hasVisible(value) && (quoted || word !== NO_NUMBER) ? { phoneNumber: value } : undefined,
        );
      case 'conversation':
        return this.#extend(/^\d+$/.test(value) ? { conversationId: value } : undefined);
      default:
        return false;
    }
  }

  #addTerm(place: TextTerm['in'], text: string, phrase: boolean): boolean {
    if (text.trim() === '') return place === 'anywhere';
    this.#terms.push({ in: place, text, phrase });
    return true;
  }

  /** In quotation marks it may be a name of the server's own, such as one that it adds later. */
  #addType(value: string, quoted: boolean): boolean {
    const word = quoted ? value : value.toLowerCase();
    const types = Object.hasOwn(TYPE_WORDS, word) ? TYPE_WORDS[word] : quoted && value ? [value] : undefined;
    for (const type of types ?? []) this.#types.add(type);
    if (word === 'mms') this.#extend({ hasAttachment: true });
    return types !== undefined;
  }

  /** Several dates narrow each other. */
  #addDate(key: 'before' | 'after' | 'on', date: DateValue | undefined): boolean {
    if (!date) return false;
    const { since = -Infinity, until = Infinity } = this.#filter;
    if (key !== 'before') this.#extend({ since: Math.max(since, date.start) });
    if (key === 'before') this.#extend({ until: Math.min(until, date.start) });
    if (key === 'on') this.#extend({ until: Math.min(until, date.end) });
    return true;
  }

  #extend(filter: MessageFilter | undefined): boolean {
    this.#filter = { ...this.#filter, ...filter };
    return filter !== undefined;
  }

  #reject({ quoted, start, end }: Part, key: string, value: string): void {
    const values = Object.hasOwn(SEARCH_KEYS, key.toLowerCase()) ? SEARCH_KEYS[key.toLowerCase()] : undefined;
    this.#problems.push({
      kind: values ? 'badValue' : 'unknownKey',
      key,
      value,
      known: values ?? Object.keys(SEARCH_KEYS),
      start,
      end,
    });
    this.#addTerm('anywhere', `${key}:${value}`, quoted);
  }
}

/** Not in quotation marks it asks for messages without a number, for which the language has no word. */
export const NO_NUMBER = 'none';

function ownerOf(word: string): MessageFilter | undefined {
  if (word === 'me') return { owner: 'Personal' };
  if (word === 'shared') return { owner: 'Shared' };
  return /^\d+$/.test(word) ? { owner: { extensionId: word } } : undefined;
}
