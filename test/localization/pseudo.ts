/**
 * A language that is English with other letters: `Reply` is `⟦Ŕéƥļŷ⟧`. It shows what is not translated, because that has
 * letters of English, and what is put together from parts, because a sentence then has several pairs of brackets.
 */
import { textOf, type Bundle } from './bundles';

/**
 * The language for which it is put in: Japanese, whose dates, numbers and plurals have no letter of English and differ from
 * English ones.
 */
export const PSEUDO_LOCALE = 'ja';

const LETTERS = new Map(
  Object.entries({
    ...{
      a: 'á',
      b: 'ƀ',
      c: 'ç',
      d: 'ð',
      e: 'é',
      f: 'ƒ',
      g: 'ĝ',
      h: 'ĥ',
      i: 'í',
      j: 'ĵ',
      k: 'ķ',
      l: 'ļ',
      m: 'ɱ',
    },
    ...{
      n: 'ñ',
      o: 'ó',
      p: 'ƥ',
      q: 'ɋ',
      r: 'ŕ',
      s: 'š',
      t: 'ţ',
      u: 'ú',
      v: 'ṽ',
      w: 'ŵ',
      x: 'ẋ',
      y: 'ŷ',
      z: 'ž',
    },
    ...{
      A: 'Á',
      B: 'Ɓ',
      C: 'Ç',
      D: 'Ð',
      E: 'É',
      F: 'Ƒ',
      G: 'Ĝ',
      H: 'Ĥ',
      I: 'Í',
      J: 'Ĵ',
      K: 'Ķ',
      L: 'Ļ',
      M: 'Ṁ',
    },
    ...{
      N: 'Ñ',
      O: 'Ó',
      P: 'Ƥ',
      Q: 'Ɋ',
      R: 'Ŕ',
      S: 'Š',
      T: 'Ţ',
      U: 'Ú',
      V: 'Ṽ',
      W: 'Ŵ',
      X: 'Ẋ',
      Y: 'Ŷ',
      Z: 'Ž',
    },
  }),
);

/** Placeholders, icons, targets of links, tags, names of settings and code, which mean something as they are. */
const KEPT =
  /(\{\d+\}|\$\([\w-]+(?:~\w+)?\)|\]\([^)]*\)|https?:\/\/[\w./:-]*[\w/]|`[^`]+`|#[\w.]+#|<\/?[a-z]+>)/;

/** The text with other letters; within brackets, of which a link has its own. */
export function pseudoText(text: string): string {
  const other = text
    .split(KEPT)
    .map((part, index) => (index % 2 === 1 ? part : otherLetters(part)))
    .join('');
  // A translation ends with “…” where the original does; brackets of Markdown would make a link.
  const [, words = other, ellipsis = ''] = /^(.*?)(…?)$/s.exec(other) ?? [];
  return `⟦${words}⟧${ellipsis}`;
}

function otherLetters(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => LETTERS.get(letter) ?? letter);
}

export function pseudoBundle(bundle: Bundle): Record<string, string> {
  return Object.fromEntries(Object.entries(bundle).map(([key, entry]) => [key, pseudoText(textOf(entry))]));
}

/** Names that are the same in every language. */
const NAMES =
  /\b(?:RingCentral Mailbox|Mailbox for RingCentral|RingCentral|VS Code|JSON|Markdown|JWT|HTML|CSV|PDF|TIFF|MMS|SMS|MB|kB|ID|URL|Ctrl|Shift|Alt|API|OAuth)\b/g;

/**
 * Words of English in a text that should have none, apart from `data`, what people wrote and are called. Numbers and units
 * of one letter are no words.
 */
export function englishIn(text: string, data: readonly string[] = []): string[] {
  const rest = [...data]
    .sort((a, b) => b.length - a.length)
    .reduce((left, each) => (each === '' ? left : left.replaceAll(each, ' ')), text)
    .replace(NAMES, ' ');
  // A letter beside one of the other letters is part of a word that has been translated.
  return rest.match(/(?<![\p{L}\p{M}])[A-Za-z][A-Za-z’']+(?![\p{L}\p{M}])/gu) ?? [];
}
