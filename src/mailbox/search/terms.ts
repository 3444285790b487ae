import type { TextTerm } from '../query';
import type { Place } from './searchable';
import { chunksOf, isWord, NUMBER_ENDING, NUMBER_WHOLE, type Token, tokenize } from './tokens';

/** Tokens that must follow each other. */
export interface Sequence {
  readonly tokens: readonly string[];
  /** The beginning of the last one is enough. */
  readonly prefix: boolean;
}

/** A sequence of words, or of what stands together without a space, signs included. */
export interface WrittenSequence extends Sequence {
  readonly among: 'words' | 'chunks';
}

/** A term made ready: of each clause, one of the sequences must be in one of the places. */
export interface PreparedTerm {
  readonly places: readonly Place[];
  readonly clauses: readonly (readonly Sequence[])[];
}

const PLACES_OF: Readonly<Record<TextTerm['in'], readonly Place[]>> = {
  anywhere: ['body', 'sender', 'recipients'],
  text: ['body'],
  from: ['sender', 'ownSender'],
  to: ['recipients', 'ownRecipients'],
};

/** Fewer digits than this are somewhere in nearly every number, so they must be at its end or beginning. */
const SOME_DIGITS = 3;

/** Terms in which there is nothing to be looked for, such as an invisible character alone, are left out. */
export function prepareTerms(terms: readonly TextTerm[]): readonly PreparedTerm[] {
  return terms.flatMap((term) => {
    const written = writtenSequences(term);
    if (written.length === 0) return [];
    // Of what may be a number there is one sequence, of its words.
    const numbers = numberSequences(term.text);
    return [{ places: PLACES_OF[term.in], clauses: written.map((each) => [each, ...numbers]) }];
  });
}

/**
 * What of a term must be found, all of it: its words, and what signs stand with. Punctuation beside words does not matter;
 * where there are no words it is what is looked for.
 */
export function writtenSequences({ text, phrase }: TextTerm): readonly WrittenSequence[] {
  const tokens = tokenize(text);
  const words = tokens.filter(({ kind }) => isWord(kind));
  const hasSign = tokens.some(({ kind }) => kind === 'sign');
  const wordSequence: WrittenSequence = {
    among: 'words',
    tokens: words.map((token) => token.text),
    prefix: !phrase && words.at(-1)?.kind === 'word',
  };
  if (words.length > 0 && (!hasSign || dialledDigits(text) !== undefined)) return [wordSequence];
  const chunks = chunksOf(tokens);
  const exact = chunks.filter((chunk) => words.length === 0 || chunk.some(({ kind }) => kind === 'sign'));
  const sequences = exact.map((chunk): WrittenSequence => {
    const wanted = words.length === 0 ? chunk : withoutPunctuation(chunk);
    return {
      among: 'chunks',
      tokens: wanted.map((token) => token.text),
      prefix: !phrase && wanted.at(-1)?.kind === 'word',
    };
  });
  // In the order of the words, where there are several chunks.
  return words.length > 0 && chunks.length > 1 ? [wordSequence, ...sequences] : sequences;
}

/** Without what stands at either end, as brackets do. */
function withoutPunctuation(chunk: readonly Token[]): readonly Token[] {
  const isMeant = ({ kind }: Token): boolean => kind !== 'punctuation';
  return chunk.slice(chunk.findIndex(isMeant), chunk.findLastIndex(isMeant) + 1);
}

/** UTF-16 units of a number, however many spaces and brackets it is written with. */
const LONGEST_DIALLED = 100;

/** The digits of what may be a part of a number, however it is written; undefined for anything else. */
export function dialledDigits(text: string): string | undefined {
  if (text.length > LONGEST_DIALLED) return undefined;
  const plain = text.normalize('NFKC');
  if (!/^[\d\s()+./\u2010-\u2015-]*$/.test(plain)) return undefined;
  return plain.replace(/\D/g, '') || undefined;
}

function numberSequences(text: string): Sequence[] {
  const digits = dialledDigits(text);
  if (digits === undefined) return [];
  if (digits.length < SOME_DIGITS) {
    return [
      { tokens: [NUMBER_ENDING + digits], prefix: false },
      { tokens: [NUMBER_WHOLE + digits], prefix: true },
    ];
  }
  // Within many countries a number is dialled with a zero that is not part of it.
  const international = digits.replace(/^0+/, '');
  const runs = international.length >= SOME_DIGITS ? new Set([digits, international]) : [digits];
  return Array.from(runs, (run) => ({ tokens: [NUMBER_ENDING + run], prefix: true }));
}
