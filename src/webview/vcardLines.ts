/**
 * vCards as phones, companies and programs really send them: lines of version 2.1 in any version, folds that are none,
 * lines that are missing. Whatever line makes no sense is left out, and every other line is read. Versions do not matter.
 */
import { decodeText, isContinuationByte } from '../util/decodeText';
import { base64Bytes, isBase64, quotedPrintableBytes } from './vcardEncodings';

/** A line of a card, once it is whole. */
export interface VcardProperty {
  /** What joins properties, as `item1` does in `item1.TEL`, in small letters; empty if there is nothing. */
  readonly group: string;
  /** In capital letters. */
  readonly name: string;
  /** By their names in capital letters. What stands without a name, as it does in version 2.1, is a `TYPE`. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  /** Still escaped, but no longer quoted-printable. */
  readonly value: string;
}

export type Card = readonly VcardProperty[];

/** The text of a vCard file: where its type names no character set, or the wrong one, its own lines may name one. */
export function decodeVcard(bytes: Uint8Array, contentType: string | undefined): string {
  // Every byte is one character, so that nothing is lost of ASCII.
  const latin1 = String.fromCharCode(...bytes.subarray(0, 10_000));
  const own = /;\s*CHARSET\s*=\s*"?([\w.-]{1,40})/i.exec(latin1)?.[1];
  return decodeText(unfoldCharacters(bytes), own === undefined ? contentType : `text/vcard; charset=${own}`);
}

/** Undoes folds inside a character of UTF-8: RFC 2425 lets writers fold between any two bytes. */
function unfoldCharacters(bytes: Uint8Array): Uint8Array {
  const unfolded = new Uint8Array(bytes.length);
  let end = 0;
  /** Bytes that the character still lacks. */
  let lacking = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const fold = lacking > 0 ? lengthOfFold(bytes, at) : 0;
    if (fold > 0 && isContinuationByte(bytes[at + fold])) {
      at += fold - 1;
      continue;
    }
    if (isContinuationByte(byte)) lacking = Math.max(lacking - 1, 0);
    else lacking = byte < 0xc2 || byte > 0xf4 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    unfolded[end++] = byte;
  }
  return end === bytes.length ? bytes : unfolded.subarray(0, end);
}

/** Bytes of a line break and the indentation behind it; 0 if there is none. */
function lengthOfFold(bytes: Uint8Array, at: number): number {
  const afterReturn = bytes[at] === 0x0d ? at + 1 : at;
  const afterBreak = bytes[afterReturn] === 0x0a ? afterReturn + 1 : afterReturn;
  const isIndented = bytes[afterBreak] === 0x20 || bytes[afterBreak] === 0x09;
  return afterBreak > at && isIndented ? afterBreak + 1 - at : 0;
}

/** What there is time for; a picture of the largest size has two thirds of them. */
const MOST_LINES = 300_000;

/** The beginning of a file, with no more lines than can be read while somebody waits. */
export function firstLines(text: string): string {
  const ends = new RegExp(LINE_END, 'g');
  for (let count = 0; count < MOST_LINES; count++) if (!ends.test(text)) return text;
  return text.slice(0, ends.lastIndex);
}

/** The cards of a file, each by itself, and those inside others (`AGENT`) after them. */
export function readCards(text: string): readonly Card[] {
  const cards = cardsOf(text);
  return cards.flatMap((card) => [card, ...card.flatMap(cardsInside)]);
}

/** Since version 3.0 a card inside another is the value of a property, with everything in it escaped. */
function cardsInside({ name, value }: VcardProperty): readonly Card[] {
  return name === 'AGENT' && /^BEGIN\\?:VCARD/i.test(value) ? cardsOf(unescapeText(value)) : [];
}

/** Undoes what escapes: line breaks, and what separates elsewhere. */
export function unescapeText(value: string): string {
  return value.replace(/\\([\\,;:"nN])/g, (_escape, what: string) =>
    what === 'n' || what === 'N' ? '\n' : what,
  );
}

/** The components of a value, still escaped. */
export function components(value: string): readonly string[] {
  const parts: string[] = [];
  const marks = /[\\;]/g;
  let start = 0;
  for (let mark = marks.exec(value); mark; mark = marks.exec(value)) {
    if (mark[0] === '\\') {
      marks.lastIndex++;
    } else {
      parts.push(value.slice(start, mark.index));
      start = mark.index + 1;
    }
  }
  return [...parts, value.slice(start)];
}

/** A card whose end has not come yet. */
interface OpenCard {
  readonly hasBeginning: boolean;
  readonly properties: OpenProperty[];
  /** Something else inside it, which is left out as soon as its end has come. */
  inside?: { readonly name: string; readonly start: number; depth: number };
}

interface OpenProperty extends Omit<VcardProperty, 'value'> {
  /** Put together once: a picture has ten thousands of them. */
  readonly value: string[];
  /** No further line without a name belongs to it. */
  isClosed: boolean;
}

function cardsOf(text: string): readonly Card[] {
  const all: OpenCard[] = [];
  let open: OpenCard[] = [];
  const begin = (hasBeginning: boolean): OpenCard => {
    const card: OpenCard = { hasBeginning, properties: [] };
    all.push(card);
    open.push(card);
    return card;
  };
  for (const line of unfold(text)) {
    const last = open.at(-1)?.properties.at(-1);
    const property = parseLine(line);
    if (last && goesOn(last, line, property)) continue;
    if (!property) continue;
    const { name } = property;
    const what = name === 'BEGIN' || name === 'END' ? property.value.join('').trim().toUpperCase() : '';
    if (what !== 'VCARD') {
      const card = open.at(-1) ?? begin(false);
      if (what === '') card.properties.push(property);
      else if (name === 'BEGIN') beginInside(card, what);
      else endInside(card, what);
    } else if (name === 'END') {
      open.pop();
    } else {
      // In version 2.1 a card inside another follows its property; else the end of the one before is missing.
      if (last?.name === 'AGENT' && last.value.join('').trim() === '') open.at(-1)?.properties.pop();
      else open = [];
      begin(true);
    }
  }
  return all.filter(isCard).map(({ properties }) => properties.map(finished));
}

/** What has no beginning may be anything. */
function isCard({ hasBeginning, properties }: OpenCard): boolean {
  return hasBeginning || properties.some(({ name }) => TELLING_NAMES.has(name));
}

const TELLING_NAMES: ReadonlySet<string> = new Set(['FN', 'N', 'ORG', 'TEL', 'EMAIL']);

function beginInside(card: OpenCard, name: string): void {
  if (!card.inside) card.inside = { name, start: card.properties.length, depth: 1 };
  else if (card.inside.name === name) card.inside.depth++;
}

function endInside(card: OpenCard, name: string): void {
  if (card.inside?.name !== name || --card.inside.depth > 0) return;
  card.properties.length = card.inside.start;
  delete card.inside;
}

const FREE_TEXTS: ReadonlySet<string> = new Set(['NOTE', 'LABEL', 'ADR']);

const FILES: ReadonlySet<string> = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);

/** Whether a line belongs to the property before it, though it is not indented; it is added there if it does. */
function goesOn(last: OpenProperty, line: string, property: OpenProperty | undefined): boolean {
  if (property ? property.group !== '' || isKnown(property.name) : isNextProperty(line)) return false;
  const isFreeText = FREE_TEXTS.has(last.name);
  if (line.trim() === '') {
    if (isFreeText && !isEncoded(last, BASE64)) last.value.push('\n');
    else last.isClosed = true;
    return true;
  }
  // The name of something that is not known here, in capital letters; people write a space after their colons.
  if (property && /^[A-Z][A-Z\d-]*[;:]\S/.test(line)) return false;
  if (last.isClosed || (property && !isFreeText)) return false;
  const isSame = isEncoded(last, QUOTED_PRINTABLE)
    ? isBroken(last, line)
    : (FILES.has(last.name) || isEncoded(last, BASE64)) && isBase64(line.trimEnd());
  if (isSame) last.value.push(line);
  else if (isFreeText) last.value.push('\n', line);
  return isSame || isFreeText;
}

/** Whether a line was broken inside a byte that is quoted-printable, or between two. */
function isBroken({ value }: OpenProperty, line: string): boolean {
  return /=[\dA-F]?$/i.test((value.at(-1) ?? '').slice(-2)) || /^=[\dA-F]{2}/i.test(line);
}

/** Of all versions. */
const NAMES: ReadonlySet<string> = new Set(
  (
    'ADR AGENT ANNIVERSARY BDAY BEGIN CALADRURI CALURI CATEGORIES CLASS CLIENTPIDMAP EMAIL END FBURL FN GENDER GEO IMPP ' +
    'KEY KIND LABEL LANG LOGO MAILER MEMBER N NAME NICKNAME NOTE ORG PHOTO PRODID PROFILE RELATED REV ROLE ' +
    'SORT-STRING SOUND SOURCE TEL TITLE TZ UID URL VERSION XML'
  ).split(' '),
);

function isKnown(name: string): boolean {
  return NAMES.has(name) || name.startsWith('X-');
}

/** What ends a line; some mail programs write a carriage return too many. */
const LINE_END = /\r{1,2}\n|\r|\n/;

/** The indentation of the first line after a beginning, which cannot be a fold. */
const INDENTATION = /^[ \t]{0,40}BEGIN:VCARD[ \t]{0,40}(?:\r{1,2}\n|\r|\n)([ \t]{0,40})(?=\S)/im;

/** The lines as they were before they were folded: by indentation, or by the soft breaks of quoted-printable. */
function unfold(text: string): readonly string[] {
  const indentation = INDENTATION.exec(text)?.[1] ?? '';
  const lines: string[][] = [];
  let current: string[] | undefined;
  /** The current line, until its colon has come. */
  let head = '';
  let hasColon = false;
  let isQuoted = false;
  let isSoft = false;
  // Files are put together without a line break in between.
  for (const written of text.replace(/END:VCARD(?=[ \t]{0,40}BEGIN:VCARD)/gi, '$&\n').split(LINE_END)) {
    const part = (written.startsWith(indentation) ? written.slice(indentation.length) : written).replace(
      /^\ufeff{1,9}/,
      '',
    );
    if (current && isSoft && !isNextProperty(part)) addAfterSoftBreak(current, part);
    else if (current && /^[ \t]/.test(part)) current.push(part.slice(1));
    else {
      lines.push((current = [part]));
      head = '';
      hasColon = isQuoted = false;
    }
    if (!hasColon) {
      head += part;
      hasColon = part.includes(':');
      if (hasColon) isQuoted = /[;=]\s{0,9}"?QUOTED-PRINTABLE/i.test(head.slice(0, head.indexOf(':')));
    }
    isSoft = isQuoted && part.trimEnd().endsWith('=');
  }
  return lines.map((parts) => parts.join(''));
}

/** Whether a line is one by itself, though the one before seems to go on. */
function isNextProperty(line: string): boolean {
  const name = /^(?:[\w-]{1,60}\.)?([A-Z-]{1,60})[;:]/.exec(line)?.[1];
  return name !== undefined && isKnown(name);
}

/** The beginning of a character of UTF-8 in quoted-printable, of at most four bytes. */
const BEGUN_CHARACTER = /=([C-F][\dA-F])((?:=[89AB][\dA-F]){0,2})$/i;

/** Puts two lines together; the second may be indented, too, or what seems to be a soft break begin a byte. */
function addAfterSoftBreak(parts: string[], part: string): void {
  const before = (parts.pop() ?? '').trimEnd().slice(0, -1);
  const [, lead = '', rest = ''] = BEGUN_CHARACTER.exec(before.slice(-9)) ?? [];
  const bytes = { C: 2, D: 2, E: 3, F: 4 }[lead.charAt(0).toUpperCase()] ?? 0;
  const after = part.trimStart();
  const isInCharacter = 1 + rest.length / 3 < bytes;
  const isInByte = isInCharacter
    ? /^[89AB][\dA-F]/i.test(after)
    : /^[ \t][C-F][\dA-F]=[89AB][\dA-F]/i.test(part);
  if (isInByte) parts.push(before, '=', after);
  else parts.push(before, isInCharacter && after.startsWith('=') ? after : part);
}

/** Parameters of a line: more than any has. */
const MOST_PARAMETERS = 100;

/** Undefined if it is none. */
function parseLine(line: string): OpenProperty | undefined {
  // A quotation mark may be there by mistake.
  const [head, value] = splitLine(line, /[;:"]/g) ?? splitLine(line, /[;:]/g) ?? [];
  if (!head || value === undefined) return undefined;
  const [full = '', ...pieces] = head;
  const [, group = '', name] = /^(?:([\w-]{1,60})\.)?([\w-]{1,60})$/.exec(full.trim()) ?? [];
  if (name === undefined) return undefined;
  const parameters = new Map<string, string[]>();
  for (const piece of pieces) {
    const equals = piece.indexOf('=');
    const values = piece
      .slice(equals + 1)
      .replaceAll('"', '')
      .split(',')
      .map((each) => each.trim());
    const isEncoding = equals < 0 && /^(?:QUOTED-PRINTABLE|BASE64)$/i.test(values[0] ?? '');
    const key = equals < 0 ? (isEncoding ? 'ENCODING' : 'TYPE') : piece.slice(0, equals).trim().toUpperCase();
    const known = parameters.get(key);
    if (known) for (const each of values) known.push(each);
    else parameters.set(key, values);
  }
  return {
    group: group.toLowerCase(),
    name: name.toUpperCase(),
    parameters,
    value: [value],
    isClosed: false,
  };
}

/** What is before the colon, in parts, and what is behind it; undefined if there is none, or are too many parts. */
function splitLine(line: string, marks: RegExp): readonly [readonly string[], string] | undefined {
  const head: string[] = [];
  let start = 0;
  for (let mark = marks.exec(line); mark; mark = marks.exec(line)) {
    const { index } = mark;
    if (mark[0] === '"') {
      const end = line.indexOf('"', index + 1);
      if (end < 0) return undefined;
      marks.lastIndex = end + 1;
      continue;
    }
    head.push(line.slice(start, index));
    if (mark[0] === ':') return [head, line.slice(index + 1)];
    if (head.length > MOST_PARAMETERS) return undefined;
    start = index + 1;
  }
  return undefined;
}

const QUOTED_PRINTABLE = /^QUOTED-PRINTABLE$/i;

const BASE64 = /^(?:BASE64|B)$/i;

function isEncoded({ parameters }: OpenProperty, encoding: RegExp): boolean {
  return (parameters.get('ENCODING') ?? []).some((each) => encoding.test(each));
}

function finished(property: OpenProperty): VcardProperty {
  const { group, name, parameters } = property;
  return { group, name, parameters, value: decoded(property) };
}

/** A file in Base64 stays as it is. */
function decoded(property: OpenProperty): string {
  const { name, parameters } = property;
  const value = property.value.join('');
  const isQuoted = isEncoded(property, QUOTED_PRINTABLE);
  const isBase64 = !isQuoted && isEncoded(property, BASE64) && !FILES.has(name);
  const bytes = isQuoted ? quotedPrintableBytes(value) : isBase64 ? base64Bytes(value) : undefined;
  if (!bytes) return value;
  const charset = parameters.get('CHARSET')?.[0] ?? 'utf-8';
  return decodeText(bytes, `text/vcard; charset=${charset}`).replace(/\r\n?/g, '\n');
}
