import { foldCharacter, isDrawnWithLetters } from './fold';

/**
 * A word is found by its beginning, a single character as a whole; signs mean something beside words ("C++", "#1", "€5"),
 * while punctuation matters only where nothing else is looked for.
 */
export type TokenKind = 'word' | 'single' | 'sign' | 'punctuation';

/** A piece of text that is found as a whole or by its beginning. */
export interface Token {
  /** Folded: letters and digits of one word, one character of a script without spaces, one emoji, flag or sign. */
  readonly text: string;
  /** Where it is in the original: UTF-16 units, the end not included. */
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
  /** Follows the token before it without a space. */
  readonly joined: boolean;
}

/**
 * Characters that no text leaves at the beginning of a token, to begin tokens of another kind with: an end of a number, the
 * whole of it from the country code on, its one spelling, and what separates texts that do not follow each other.
 */
export const NUMBER_ENDING = '\uE000';
export const NUMBER_WHOLE = '\uE001';
export const NUMBER_SPELLING = '\uE002';
export const SEPARATOR = '\uE003';

/** Begins the token of a character that is one of these, or half of one: its number follows. */
const NUMBERED = '\uE004';

/** SQLite would take signs of ASCII for spaces: these characters stand for them. */
const ASCII_SIGNS = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(0xe100 + code));

const IN_WORDS = /[\p{L}\p{N}\p{M}]/u;

/** What separates, without being anything to be looked for. */
const SPACES = /[\s\p{Z}\p{Cc}\p{Cf}]/u;

/** Not those that people type for apostrophes. */
const SIGNS = /[\p{Sc}\p{Sm}\p{So}#%&*@§¶†‡‰]/u;

/** Scripts that put no spaces between words: each character is a token, so that any part of a text is found. */
const WITHOUT_SPACES =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]/u;

/** Emoji, and what is drawn upon them: the color of a skin is a token of its own. */
const PICTOGRAPH = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u;

/** A flag is one token: two letters, a black flag that spells a region, or a flag with something on it. */
const FLAG =
  /^(?:\p{Regional_Indicator}{2}|\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f}|[\u{1f3f3}\u{1f3f4}]\ufe0f?\u200d\p{Extended_Pictographic}\ufe0f?)/u;

/** UTF-16 units of the longest one. */
const LONGEST_FLAG = 20;

/** Splits text into what can be looked for. */
export function tokenize(text: string): Token[] {
  const tokens: { text: string; start: number; end: number; kind: TokenKind; joined: boolean }[] = [];
  let last: (typeof tokens)[number] | undefined;
  let isJoined = false;
  const add = (token: string, kind: TokenKind, start: number, end: number): void => {
    if (kind === 'word' && last?.kind === 'word' && isJoined) {
      last.text += token;
      last.end = end;
    } else {
      last = { text: token, start, end, kind, joined: isJoined };
      tokens.push(last);
    }
    isJoined = true;
  };
  const extend = (end: number): void => {
    if (isJoined && last) last.end = end;
  };
  for (let start = 0; start < text.length;) {
    const ascii = ASCII[text.charCodeAt(start)];
    if (ascii) {
      if (ascii.kind === 'space') isJoined = false;
      else add(ascii.token, ascii.kind, start, start + 1);
      start += 1;
      continue;
    }
    const flag = flagAt(text, start);
    if (flag !== undefined) {
      const end = start + flag.length;
      add(flag.replace(/\ufe0f/g, ''), 'single', start, end);
      start = end;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
    const end = start + character.length;
    const folded = foldCharacter(character);
    // A mark of its own belongs to what is before it.
    if (folded === '') extend(end);
    for (const part of folded) {
      const kind = kindOf(part);
      if (kind === 'space') isJoined = false;
      else add(tokenOf(part, kind), kind, start, end);
    }
    start = end;
  }
  return tokens;
}

/** Whether something is looked for among the words of a text. */
export function isWord(kind: TokenKind | 'space'): boolean {
  return kind === 'word' || kind === 'single';
}

/** Tokens that follow each other without spaces. */
export function chunksOf(tokens: readonly Token[]): Token[][] {
  const chunks: Token[][] = [];
  for (const token of tokens) {
    const last = chunks.at(-1);
    if (token.joined && last) last.push(token);
    else chunks.push([token]);
  }
  return chunks;
}

/** The token of a folded character: a letter, a digit or an emoji is its own. */
function tokenOf(character: string, kind: TokenKind | 'space'): string {
  return isWord(kind) ? character : signToken(character);
}

/** The token of a sign that is neither letter, digit nor emoji. */
export function signToken(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const asIs = ASCII_SIGNS[code] ?? character;
  return code >= 0xd800 && code < 0xe200 ? NUMBERED + code.toString(16) : asIs;
}

function flagAt(text: string, start: number): string | undefined {
  const code = text.codePointAt(start) ?? 0;
  const length = isIn(REGIONAL_INDICATORS, code) ? 4 : isIn(FLAG_BASES, code) ? LONGEST_FLAG : 0;
  return length === 0 ? undefined : FLAG.exec(text.slice(start, start + length))?.[0];
}

function isIn([first, last]: readonly [number, number], code: number): boolean {
  return code >= first && code <= last;
}

/** Code points, from the first to the last: the letters that spell the flags of countries in pairs. */
const REGIONAL_INDICATORS = [0x1f1e6, 0x1f1ff] as const;
/** The white and the black flag, with which all other flags begin. */
const FLAG_BASES = [0x1f3f3, 0x1f3f4] as const;

/** @param character folded, see `foldCharacter` */
function kindOf(character: string): TokenKind | 'space' {
  if (character < '\u0080' && /[a-z\d]/.test(character)) return 'word';
  if (PICTOGRAPH.test(character)) return 'single';
  if (SPACES.test(character)) return 'space';
  if (isDrawnWithLetters(character)) return 'sign';
  if (!IN_WORDS.test(character)) return SIGNS.test(character) ? 'sign' : 'punctuation';
  return WITHOUT_SPACES.test(character) ? 'single' : 'word';
}

/** Kind and token of each character of ASCII, of which most texts consist: found out once, because it takes long. */
const ASCII = Array.from({ length: 0x80 }, (_, code) => {
  const character = foldCharacter(String.fromCharCode(code));
  const kind = kindOf(character);
  return { kind, token: tokenOf(character, kind) };
});
