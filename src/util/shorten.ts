const segmenter = new Intl.Segmenter();

/** UTF-16 units that one character may have; an emoji of a family has eleven. */
export const UNITS_PER_CHARACTER = 16;

/**
 * `text` with at most `length` characters as people count them, so that no emoji or accent is cut in half. Only as much of it
 * is looked at as that many characters can have: what is longer is no text that people write, and is cut anywhere.
 */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const beginning = text.slice(0, length * UNITS_PER_CHARACTER);
  const kept: string[] = [];
  for (const { segment } of segmenter.segment(beginning)) {
    if (kept.length === length) return `${kept.slice(0, -1).join('')}…`;
    kept.push(segment);
  }
  return beginning.length === text.length ? text : `${beginning.toWellFormed()}…`;
}
