/** The text of a page, and the pieces that it was put together from. */
export interface PageText {
  readonly text: string;
  /** Where each piece begins in `text`. */
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
}

/** A part of a page's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Joins pieces; a line's end becomes a space, because sentences go on over it. */
export function joinPieces(
  pieces: readonly { readonly text: string; readonly endsLine: boolean }[],
): PageText {
  let text = '';
  const starts: number[] = [];
  for (const piece of pieces) {
    starts.push(text.length);
    text += piece.endsLine ? `${piece.text} ` : piece.text;
  }
  return { text, starts, lengths: pieces.map((piece) => piece.text.length) };
}

/** Where the words of `query` stand in a text, in any case, with any space between them. */
export function findSpans(text: string, query: string): readonly Span[] {
  const words = query.trim().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  const pattern = new RegExp(words.map((word) => RegExp.escape(word)).join('\\s+'), 'giu');
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

/** The pieces that a span goes over, each with the part of it that is inside. */
export function piecesOf(
  page: PageText,
  span: Span,
): readonly { piece: number; start: number; end: number }[] {
  return page.starts.flatMap((start, piece) => {
    const length = page.lengths[piece] ?? 0;
    const from = Math.max(span.start - start, 0);
    const to = Math.min(span.end - start, length);
    return from < to ? [{ piece, start: from, end: to }] : [];
  });
}
