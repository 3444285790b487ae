import { lookUp } from './lookUp';

/**
 * Other people's bytes made text, on pages and in the extension host alike: attachments, transcriptions, answers, parts of
 * contact cards. What the bytes say of themselves counts for more than what they are called, and nothing is ever thrown.
 */

/** What stands for bytes that are no character. */
const REPLACEMENT = '\ufffd';

/**
 * The text of a file, in this order: in the character set of its byte order mark, which is left out; in UTF-32, if its type
 * names that and it can be; in UTF-16, if it has the zeros of that, or its type names it and it can be nothing else; in UTF-8,
 * if it is valid; in the multi-byte character set that its type names, if it is valid; in UTF-8, if more of it is than is not;
 * in the character set that its type names; else in Windows-1252, which knows every byte. A sequence that is damaged or cut
 * costs one character.
 * @param contentType a media type, of which the parameter `charset` matters
 */
export function decodeText(bytes: Uint8Array, contentType?: string): string {
  const marked = decodeMarked(bytes);
  if (marked !== undefined) return marked;
  const isUtf32LittleEndian = utf32Of(bytes, contentType);
  if (isUtf32LittleEndian !== undefined) return decodeUtf32(bytes, isUtf32LittleEndian);
  const named = encodingOf(contentType);
  const utf16 = utf16Of(bytes, named);
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes);
  // Written with escape sequences of plain ASCII, it is always valid UTF-8, too.
  const inEscapes = named === 'iso-2022-jp' && bytes.includes(ESCAPE) ? strictly(bytes, named) : undefined;
  return inEscapes ?? strictly(bytes, 'utf-8') ?? decodeDamaged(bytes, named);
}

const ESCAPE = 0x1b;

/** In the character set of the byte order mark, without it; undefined if there is none. */
function decodeMarked(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf)
    return strictly(bytes, 'utf-8') ?? decodeMended(bytes.subarray(3), surveyUtf8(bytes.subarray(3)));
  // Before UTF-16, whose mark it begins with; no text begins with the character zero.
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0)
    return decodeUtf32(bytes.subarray(4), true);
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff)
    return decodeUtf32(bytes.subarray(4), false);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return undefined;
}

/** Other names of what `TextDecoder` knows by one. */
const ENCODING_NAMES: Readonly<Record<string, string>> = {
  '932': 'shift_jis',
  '936': 'gbk',
  '949': 'euc-kr',
  '950': 'big5',
};

/** What a media type says to be the character set. */
function labelOf(contentType: string | undefined): string | undefined {
  return /charset\s{0,9}=\s{0,9}["']?([^"';\s]{1,60})/i.exec(contentType ?? '')?.[1];
}

/** The name by which `TextDecoder` knows the character set of a media type; undefined if there is none, or it does not. */
function encodingOf(contentType: string | undefined): string | undefined {
  const label = labelOf(contentType);
  if (label === undefined) return undefined;
  const codePage = /^(?:cp|ms|windows)[-_]?(\d+)$/i.exec(label)?.[1];
  try {
    return new TextDecoder((codePage !== undefined && lookUp(ENCODING_NAMES, codePage)) || label).encoding;
  } catch {
    return undefined;
  }
}

/** Bytes of the beginning by which UTF-16 is known. */
const SAMPLE = 4096;

/**
 * Which UTF-16 the bytes are in, though they have no mark: in Latin text every other byte is zero, and other texts have no
 * zeros at all. Where the type says so, one zero is enough.
 */
function utf16Of(bytes: Uint8Array, named: string | undefined): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, SAMPLE);
  let even = 0;
  let odd = 0;
  for (let at = sample.indexOf(0); at >= 0; at = sample.indexOf(0, at + 1)) {
    if (at % 2 === 0) even++;
    else odd++;
  }
  const most = Math.max(even, odd);
  if (most === 0) return named?.startsWith('utf-16') ? utf16WithoutZeros(bytes, named) : undefined;
  const byZeros = odd >= even ? 'utf-16le' : 'utf-16be';
  if (named === 'utf-16be') return named;
  if (named === 'utf-16le') return byZeros;
  const isUnmistakable = most > 1 && 3 * most >= sample.length && 4 * Math.min(even, odd) <= most;
  return isUnmistakable ? byZeros : undefined;
}

/**
 * Which UTF-16 the bytes are in whose type says so, though there is no zero: texts without any space or line break have none.
 * @param named `utf-16le` also for a label that does not say which byte is first
 */
function utf16WithoutZeros(bytes: Uint8Array, named: string): 'utf-16le' | 'utf-16be' | undefined {
  const utf8 = strictly(bytes, 'utf-8');
  if (bytes.length % 2 !== 0 || (utf8 !== undefined && isPlausible(utf8))) return undefined;
  const candidates = named === 'utf-16be' ? (['utf-16be'] as const) : (['utf-16le', 'utf-16be'] as const);
  return candidates.find((each) => /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u.test(strictly(bytes, each) ?? ''));
}

/** Whether valid UTF-8 is that, and not UTF-16, the bytes of which are other characters and, for some letters, control characters. */
function isPlausible(text: string): boolean {
  const breaks = text.match(/[\t\n\f\r]/g)?.length ?? 0;
  return !/[^\P{Cc}\t\n\f\r]/u.test(text) && 2 * breaks < text.length;
}

/** Whether UTF-32 whose type says so has the lowest byte first; undefined if it is none. */
function utf32Of(bytes: Uint8Array, contentType: string | undefined): boolean | undefined {
  const label = labelOf(contentType)?.toLowerCase();
  if (label === undefined || !/^utf-?32(?:le|be)?$/.test(label)) return undefined;
  const candidates = label.endsWith('be') ? [false, true] : [true, false];
  return candidates.find((isLittleEndian) => isUtf32(bytes, isLittleEndian));
}

function isUtf32(bytes: Uint8Array, isLittleEndian: boolean): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.length; at += 4)
    if (view.getUint32(at, isLittleEndian) > LARGEST_CODE_POINT) return false;
  return bytes.length >= 4;
}

/** What is neither UTF-16 nor valid UTF-8. */
function decodeDamaged(bytes: Uint8Array, named: string | undefined): string {
  const strict = named === undefined || named.startsWith('utf-') ? undefined : strictly(bytes, named);
  // Every byte is a character in other sets, so that it says nothing that they know all of them.
  if (strict !== undefined && strict.length < bytes.length) return strict;
  const survey = surveyUtf8(bytes);
  // Where both are as likely, the type decides.
  const least = named === undefined || named === 'utf-8' ? survey.other : survey.other + 1;
  if (survey.utf8 >= least) return decodeMended(bytes, survey);
  if (named === undefined || named === 'utf-8' || named === 'windows-1252') return decodeWindows1252(bytes);
  const text = strict ?? new TextDecoder(named).decode(bytes);
  return isMostlyReplaced(text) ? decodeWindows1252(bytes) : text;
}

/** Undefined if the bytes are not in this character set. */
function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether of what is no ASCII more was lost than was read. */
function isMostlyReplaced(text: string): boolean {
  let replaced = 0;
  let read = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === REPLACEMENT) replaced++;
    else if (text.charCodeAt(at) > 0x7f) read++;
  }
  return replaced > read;
}

/** What the bytes 80 to 9F are in Windows-1252. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The `TextDecoder` of Node 22 reads Windows-1252 as Latin 1, with control characters in place of quotation marks. */
function decodeWindows1252(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252')
    .decode(bytes)
    .replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
}

const LARGEST_CODE_POINT = 0x10ffff;

function decodeUtf32(bytes: Uint8Array, isLittleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // As UTF-16, which has no more bytes than that.
  const units = new Uint16Array(Math.ceil(bytes.length / 4) * 2);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const point = at + 4 <= bytes.length ? view.getUint32(at, isLittleEndian) : LARGEST_CODE_POINT + 1;
    if (point > LARGEST_CODE_POINT || (point >= 0xd800 && point < 0xe000)) {
      units[length++] = 0xfffd;
    } else if (point > 0xffff) {
      units[length++] = 0xd800 + ((point - 0x10000) >> 10);
      units[length++] = 0xdc00 + (point & 0x3ff);
    } else {
      units[length++] = point;
    }
  }
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(units.subarray(0, length));
}

/** What the sequences of several bytes say. */
interface Survey {
  /** Those that are valid in UTF-8, or so nearly that they are nothing else. */
  readonly utf8: number;
  /** Those that speak against UTF-8. */
  readonly other: number;
  /** Those, of either, that are no character. */
  readonly damaged: number;
}

function surveyUtf8(bytes: Uint8Array): Survey {
  let utf8 = 0;
  let other = 0;
  let damaged = 0;
  for (let at = 0; at < bytes.length;) {
    const length = sequenceAt(bytes, at);
    if (length < 0) damaged++;
    if (length > 1 || (length <= -3 && (bytes[at] ?? 0) >= 0xe0)) utf8++;
    else if (length < 0 && !isCut(bytes, at, -length)) other++;
    at += Math.abs(length);
  }
  return { utf8, other, damaged };
}

/** In Windows-1252 punctuation with which a text ends: a dash, a quotation mark, dots. */
const ENDING_MARKS = new Set([0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x9b, 0xa0, 0xbb]);

/** Whether a damaged sequence is the beginning of one that the end of the text cuts off. */
function isCut(bytes: Uint8Array, at: number, length: number): boolean {
  const [lead = 0, second = 0] = bytes.subarray(at, at + 2);
  return length > 1 && at + length === bytes.length && lead >= 0xe0 && !ENDING_MARKS.has(second);
}

/** As UTF-8, with a replacement character for each damaged sequence, and pairs of surrogates put together. */
function decodeMended(bytes: Uint8Array, { damaged }: Survey): string {
  const mended = new Uint8Array(bytes.length + 2 * damaged);
  let end = 0;
  for (let at = 0; at < bytes.length;) {
    const length = sequenceAt(bytes, at);
    if (length < 0) {
      mended.set([0xef, 0xbf, 0xbd], end);
      end += 3;
    } else if (length === SURROGATE_PAIR) {
      const unit = (from: number): number =>
        0xd000 | (((bytes[from] ?? 0) & 0x3f) << 6) | ((bytes[from + 1] ?? 0) & 0x3f);
      const point = 0x10000 + ((unit(at + 1) & 0x3ff) << 10) + (unit(at + 4) & 0x3ff);
      mended.set([0xf0 | (point >> 18), ...[12, 6, 0].map((shift) => 0x80 | ((point >> shift) & 0x3f))], end);
      end += 4;
    } else {
      for (let index = 0; index < length; index++) mended[end++] = bytes[at + index] ?? 0;
    }
    at += Math.abs(length);
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(mended.subarray(0, end));
}

/** Bytes of a character beyond U+FFFF in CESU-8, which writes each half of its UTF-16 by itself: MUTF-8 of Java does, too. */
const SURROGATE_PAIR = 6;

/** The bytes of the sequence that begins there; negative if it is damaged. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  // Continuation bytes without a lead byte may be the rest of one character.
  const most = lead < 0xc0 ? 3 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 1;
  let length = 1;
  while (length < most && isContinuationByte(bytes[at + length])) length++;
  if (lead < 0xc2 || lead > 0xf4 || length < most) return -length;
  const second = bytes[at + 1] ?? 0;
  if (lead === 0xed && second >= 0xa0) return isSurrogatePair(bytes, at) ? SURROGATE_PAIR : -length;
  // Overlong, or beyond U+10FFFF.
  const isOverlongOrTooLarge =
    (lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second >= 0x90);
  return isOverlongOrTooLarge ? -length : length;
}

/** Whether a byte is one of a character of UTF-8, but not its first. */
export function isContinuationByte(byte = 0): boolean {
  return byte >> 6 === 0b10;
}

function isSurrogatePair(bytes: Uint8Array, at: number): boolean {
  const [, high = 0, , lead, low = 0, last] = bytes.subarray(at, at + SURROGATE_PAIR);
  return high < 0xb0 && lead === 0xed && low >= 0xb0 && isContinuationByte(low) && isContinuationByte(last);
}
