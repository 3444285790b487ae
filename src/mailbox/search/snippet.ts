import { shorten } from '../../util/shorten';
import type { TextTerm } from '../query';
import { matchRanges, type TextRange } from './matchRanges';

/** A piece of a text, in one line, around the first match. */
export interface Snippet {
  readonly text: string;
  /** What is to be highlighted in it. */
  readonly ranges: readonly TextRange[];
}

/** Characters of a match's surroundings that come before it. */
const LEAD = 30;

/** @returns undefined if nothing of `terms` is in `text` */
export function snippetOf(text: string, terms: readonly TextTerm[], length: number): Snippet | undefined {
  const line = text.replace(/\s+/gu, ' ').trim();
  const [first] = matchRanges(line, terms);
  if (!first) return undefined;
  const start = beginning(line, first.start);
  const shown = shorten(`${start > 0 ? '…' : ''}${line.slice(start)}`, length);
  return { text: shown, ranges: matchRanges(shown, terms) };
}

/** The beginning of a word not too far before `match`; the text's own if that is near. */
function beginning(line: string, match: number): number {
  if (match <= LEAD) return 0;
  const space = line.indexOf(' ', match - LEAD);
  // Scripts without spaces, and long words, begin with the match.
  return space >= 0 && space < match ? space + 1 : match;
}

/** `text` with brackets around what is to be highlighted, for where nothing can be drawn. */
export function bracketed({ text, ranges }: Snippet): string {
  let position = 0;
  let result = '';
  for (const { start, end } of ranges) {
    result += `${text.slice(position, start)}[${text.slice(start, end)}]`;
    position = end;
  }
  return result + text.slice(position);
}
