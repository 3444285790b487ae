import { decodeText } from '../util/decodeText';

/** What a server may send in place of a file: a page for people, such as one to sign in to, or an answer for programs. */
export type Markup = 'page' | 'data';

export const ALL_MARKUP: readonly Markup[] = ['page', 'data'];

/** Bytes at the beginning of a file in which it is looked for: some servers write many empty lines before it. */
export const MARKUP_HEAD = 4096;

/** Characters that are looked at to see whether it is a text; a page may have anything further below. */
const TEXT_SAMPLE = 512;

const PAGE = /^<(?:(?:!doctype\s+html|html|head|body|title|meta|script|style|h1)\b|!--)/i;
const DATA = /^(?:<\?xml\b|<[a-z][\w:.-]*[\s/>]|\{\s*(?:"|\})|\[\s*(?:"|\{\s*"))/i;

/**
 * Which markup a file begins with; undefined if it is something else.
 * @param head the beginning of the file
 */
export function markupIn(head: Uint8Array): Markup | undefined {
  const text = decodeText(head).trimStart();
  // Text has no control characters, whatever it begins with.
  if (/[^\P{Cc}\t\n\v\f\r]/u.test(text.slice(0, TEXT_SAMPLE))) return undefined;
  if (PAGE.test(text) || /^<\?xml\b[^>]*>\s*<(?:!doctype\s+)?html\b/i.test(text)) return 'page';
  return DATA.test(text) ? 'data' : undefined;
}
