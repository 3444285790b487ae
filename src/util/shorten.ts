const segmenter = new Intl.Segmenter();

/** `text` with at most `length` characters as people count them, so that no emoji or accent is cut in half. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept: string[] = [];
  for (const { segment } of segmenter.segment(text)) {
    if (kept.length === length) return `${kept.slice(0, -1).join('')}…`;
    kept.push(segment);
  }
  return text;
}
