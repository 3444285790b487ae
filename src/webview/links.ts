import { LinkifyIt } from 'linkify-it';

export interface TextPart {
  readonly text: string;
  /** Absolute address, if the part is a link. */
  readonly href?: string;
}

// Without a protocol only these endings make a link: people write "ok.so" more often than addresses under `.so`.
const linkify = new LinkifyIt({
  fuzzyLink: true,
  fuzzyEmail: true,
  tlds: ['com', 'org', 'net', 'edu', 'gov', 'info', 'biz', 'io'],
})
  .add('ftp:', null)
  .add('//', null);

/** Splits a text into links (http, https, e-mail) and what is between them; joined, the parts are the text. */
export function findLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { index, lastIndex, url } of linkify.match(text) ?? []) {
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: text.slice(index, lastIndex), href: url });
    end = lastIndex;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
