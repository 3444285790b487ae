/** Those ranges as one highlight, added one by one: there may be more than a call can have arguments. */
export function highlightOf(ranges: readonly Range[]): Highlight {
  const highlight = new Highlight();
  for (const range of ranges) highlight.add(range);
  return highlight;
}
