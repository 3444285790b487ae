import type { TextTerm } from '../query';
import { startsAt } from './findTerms';
import { foldCharacter } from './fold';
import { dialledDigits, type WrittenSequence, writtenSequences } from './terms';
import { isWord, type Token, tokenize } from './tokens';

/** A part of a text: UTF-16 units, the end not included. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What may be a number, as people or the server write it. */
const NUMBER = /\+?\(?\d[\d\s()./\u2010-\u2015-]*/g;

/** Fewer digits than this are not looked for within a number. */
const SOME_DIGITS = 3;

/** The parts of `text` that the terms are found by, in order and apart from each other, to be highlighted. */
export function matchRanges(text: string, terms: readonly TextTerm[]): readonly TextRange[] {
  if (text === '') return [];
  const tokens = tokenize(text);
  const places = { words: tokens.filter(({ kind }) => isWord(kind)), chunks: tokens };
  const ranges = terms.flatMap((term) => {
    const written = writtenSequences(term).map((each) => rangesOf(text, places[each.among], each));
    // What is found has all of them.
    const found = written.every((each) => each.length > 0) ? written.flat() : [];
    return [...found, ...digitRanges(text, term)];
  });
  return merged(ranges);
}

function rangesOf(text: string, tokens: readonly Token[], sequence: WrittenSequence): TextRange[] {
  const last = sequence.tokens.at(-1) ?? '';
  const length = sequence.tokens.length;
  const texts = tokens.map((token) => token.text);
  return tokens.flatMap(({ start }, index) => {
    const end = tokens[index + length - 1];
    if (!end || !startsAt(sequence, texts, index)) return [];
    // What stands together has no space in it.
    const isTogether = tokens.slice(index + 1, index + length).every(({ joined }) => joined);
    if (sequence.among === 'chunks' && !isTogether) return [];
    return [{ start, end: end.text === last ? end.end : endOfPrefix(text, end, last.length) }];
  });
}

/** Where in the original the beginning of a token ends that is so long when it is folded. */
function endOfPrefix(text: string, { start, end }: Token, length: number): number {
  let position = start;
  let folded = 0;
  for (const character of text.slice(start, end)) {
    const added = foldCharacter(character).length;
    // Marks that follow belong to the last letter.
    if (folded >= length && added > 0) break;
    folded += added;
    position += character.length;
  }
  return position;
}

function digitRanges(text: string, term: TextTerm): TextRange[] {
  const wanted = dialledDigits(term.text) ?? '';
  if (wanted.length < SOME_DIGITS) return [];
  return Array.from(text.matchAll(NUMBER)).flatMap((match) => {
    const positions = Array.from(match[0].matchAll(/\d/g), ({ index }) => match.index + index);
    const index = match[0].replace(/\D/g, '').indexOf(wanted);
    const [first, last] = [positions[index], positions[index + wanted.length - 1]];
    return first === undefined || last === undefined ? [] : [{ start: first, end: last + 1 }];
  });
}

function merged(ranges: readonly TextRange[]): TextRange[] {
  const result: TextRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last && range.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else {
      result.push(range);
    }
  }
  return result;
}
