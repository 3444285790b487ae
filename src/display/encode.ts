/**
 * Other people's words on their way to where they are shown: one function for each kind of place. What they hold never
 * acts, is never taken for our own words, and never says to the eye what it is not.
 */
import { shorten, UNITS_PER_CHARACTER } from '../util/shorten';

/** Characters of a label; nothing that shows one has room for more. */
const LABEL_LENGTH = 200;

/** Characters of a notification; VS Code shows no more of it. */
const MESSAGE_LENGTH = 900;

/** What stands for something that must not be there, and that people should know to have been. */
const REPLACEMENT = '\ufffd';

/** Turned-around reading makes "exe" look like another ending; control characters do worse. White space is none of them. */
const HARMFUL = /[\u202d\u202e]|(?![\t\n\v\f\r\u0085])\p{Cc}/gu;

/** Flags of regions are spelled by characters that are invisible everywhere else. */
const REGION_FLAG = /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f}/u;

/** Nothing is seen of it. Emoji are joined by some that are, and scripts written; see `cleaned`. */
const INVISIBLE =
  /[\u00ad\u200b\u202a-\u202c\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\u115f\u1160]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\u{e0000}-\u{e00ff}]|[\u{e01f0}-\u{e0fff}]/u;

const REGION_FLAGS_AND_INVISIBLE = new RegExp(`(${REGION_FLAG.source})|${INVISIBLE.source}`, 'gu');

/** Joiners do their work once, between two characters. */
const IDLE_JOINERS = /^[\u200c\u200d]+|[\u200c\u200d]+(?=[\s\u200c\u200d]|$)/gu;

/** More accents on one character than any script has. */
const PILED_MARKS = /(\p{M}{6})\p{M}+/gu;

/** Letters that are read from right to left, and marks by which people say so. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A name, a title, a file name, a line of a list, in one line: cut before anything else is done with it, without what is
 * invisible or turns the reading direction around, and kept apart from its surroundings if it is read from right to left.
 * @param length characters as people count them
 */
export function encodeLabel(text: string | undefined, length = LABEL_LENGTH): string {
  if (!text) return '';
  const line = cleaned(beginningOf(text, length)).replace(/\s+/gu, ' ').trim();
  const label = shorten(line, length);
  return RIGHT_TO_LEFT.test(label) ? `\u2068${label}\u2069` : label;
}

/**
 * A text for where VS Code makes links of `[text](target)`, which run any command, and icons of `$(name)`, with or
 * without words of our own around it: notifications, progress, lists to pick from, questions, the status bar, titles of
 * tabs. What would be read so is broken by a character that is not seen.
 */
export function encodeInterpreted(text: string): string {
  return beginningOf(text, MESSAGE_LENGTH)
    .replace(HARMFUL, REPLACEMENT)
    .replace(/\](?=[[(:])/g, ']\u2060')
    .replace(/\$(?=\()/g, '$\u2060');
}

/** What means something to a dialect of Markdown wherever it stands. */
const MARKS = /[\\`*_[\]<>|~&$^{}]|:(?=[\w+-]+:)|(?<!\w)@(?=\w)/g;

/** What means something at the beginning of a line: headings, lists, rules, underlines, definitions. */
const BEGINNINGS = /^(?:[#+=:-]|(\d{1,9})(?=[.)]))/;

/** A line of Markdown that shows the text as it is, nothing in it taken for markup. Words stay words in the source, too. */
export function encodeMarkdownLine(text: string): string {
  return literalLine(cleaned(text).replace(/\s+/gu, ' ').trim());
}

/** As `encodeMarkdownLine`, with the lines and paragraphs of the text. */
export function encodeMarkdownBlock(text: string): string {
  const lines = cleaned(text)
    .trim()
    .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
    .map((line) => line.trimEnd());
  return lines
    .map((line, index) => {
      // Indented text would be code.
      const indented = line.replace(/^\s+/u, (space) => '\u00a0'.repeat(space.length));
      // A line break of the sender's, not a space.
      return literalLine(indented) + (line && lines[index + 1] ? '\\' : '');
    })
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

/** A text of several lines where nothing is interpreted: on the clipboard, in a file. */
export function encodePlainText(text: string): string {
  return text.toWellFormed().replace(HARMFUL, REPLACEMENT);
}

/** What turns the reading direction around, or is not seen and joins nothing, within a text of JSON. */
const ESCAPED_IN_JSON = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc]/g;

/** A value as JSON in several lines: programs read it as it is, and people do not read it wrongly. */
export function encodeJson(value: object): string {
  return JSON.stringify(value, undefined, 2).replace(
    ESCAPED_IN_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function literalLine(line: string): string {
  return line
    .replace(MARKS, '\\$&')
    .replace(BEGINNINGS, (mark, digits?: string) => (digits === undefined ? `\\${mark}` : `${digits}\\`));
}

function beginningOf(text: string, length: number): string {
  return text.trimStart().slice(0, length * UNITS_PER_CHARACTER);
}

function cleaned(text: string): string {
  return text
    .toWellFormed()
    .replace(HARMFUL, REPLACEMENT)
    .replace(REGION_FLAGS_AND_INVISIBLE, (_all, flag?: string) => flag ?? '')
    .replace(IDLE_JOINERS, '')
    .replace(PILED_MARKS, '$1');
}
