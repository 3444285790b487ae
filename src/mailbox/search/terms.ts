import type { TextTerm } from '../query';
import { NUMBER_ENDING, NUMBER_WHOLE, type Place } from './searchable';
import { tokenize } from './tokens';

/** Tokens that must follow each other. */
export interface Sequence {
  readonly tokens: readonly string[];
  /** The beginning of the last one is enough. */
  readonly prefix: boolean;
}

/** A term made ready: one of the sequences must be in one of the places. */
export interface PreparedTerm {
  readonly places: readonly Place[];
  readonly sequences: readonly Sequence[];
}

const PLACES_OF: Readonly<Record<TextTerm['in'], readonly Place[]>> = {
  anywhere: ['body', 'sender', 'recipients'],
  text: ['body'],
  from: ['sender', 'ownSender'],
  to: ['recipients', 'ownRecipients'],
};

/** Fewer digits than this are somewhere in nearly every number, so they must be at its end or beginning. */
const SOME_DIGITS = 3;

/** Terms in which there is nothing to be looked for, such as a lone quotation mark, are left out. */
export function prepareTerms(terms: readonly TextTerm[]): readonly PreparedTerm[] {
  return terms.flatMap((term) => {
    const tokens = tokenize(term.text).map(({ text }) => text);
    if (tokens.length === 0) return [];
    const words: Sequence = { tokens, prefix: !term.phrase };
    return [{ places: PLACES_OF[term.in], sequences: [words, ...numberSequences(term.text)] }];
  });
}

/** The digits of what may be a part of a number, however it is written; undefined for anything else. */
export function dialledDigits(text: string): string | undefined {
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
