import { foldCharacter } from './fold';

/** A piece of text that is found as a whole or by its beginning. */
export interface Token {
  /** Folded: letters and digits of one word, or one single character. */
  readonly text: string;
  /** Where it is in the original: UTF-16 units, the end not included. */
  readonly start: number;
  readonly end: number;
}

const IN_WORDS = /[\p{L}\p{N}\p{M}]/u;

/** Scripts that put no spaces between words: each character is a token, so that any part of a text is found. */
const WITHOUT_SPACES =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]/u;

const PICTOGRAPH = /\p{Extended_Pictographic}/u;

/** Splits text into what can be looked for. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let word: { text: string; start: number; end: number } | undefined;
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    const folded = foldCharacter(character);
    // A mark of its own belongs to the letter before it.
    if (folded === '' && word) word.end = end;
    for (const part of folded) {
      const kind = kindOf(part);
      if (kind === 'word') {
        if (word) {
          word.text += part;
          word.end = end;
        } else {
          word = { text: part, start, end };
          tokens.push(word);
        }
      } else {
        word = undefined;
        if (kind === 'single') tokens.push({ text: part, start, end });
      }
    }
    start = end;
  }
  return tokens;
}

function kindOf(character: string): 'word' | 'single' | 'gap' {
  if (character < '\u0080') return /[a-z\d]/.test(character) ? 'word' : 'gap';
  if (PICTOGRAPH.test(character)) return 'single';
  if (!IN_WORDS.test(character)) return 'gap';
  return WITHOUT_SPACES.test(character) ? 'single' : 'word';
}
