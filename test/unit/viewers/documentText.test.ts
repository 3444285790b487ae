import { describe, expect, test } from 'vitest';
import { findSpans, joinPieces, piecesOf } from '../../../src/webview/document/pageText';

describe('finding text on a page', () => {
  const page = joinPieces([
    { text: 'Change ', endsLine: false },
    { text: 'order for', endsLine: true },
    { text: 'the kitchen. Order!', endsLine: false },
  ]);
  const found = (query: string): string[] =>
    findSpans(page.text, query).map(({ start, end }) => page.text.slice(start, end));

  test('finds every place, in any case', () => {
    expect(found('ORDER')).toEqual(['order', 'Order']);
  });

  test('goes on over the end of a line, and takes any space for space', () => {
    expect(found(' for  the ')).toEqual(['for the']);
  });

  test('takes signs as they are', () => {
    expect(found('kitchen.')).toEqual(['kitchen.']);
    expect(found('.')).toEqual(['.']);
    expect(found('[')).toEqual([]);
  });

  test('finds nothing for nothing', () => {
    expect(found('  ')).toEqual([]);
  });

  test('tells the pieces that a place goes over', () => {
    const [span] = findSpans(page.text, 'change order for the');
    expect(span && piecesOf(page, span)).toEqual([
      { piece: 0, start: 0, end: 7 },
      { piece: 1, start: 0, end: 9 },
      { piece: 2, start: 0, end: 3 },
    ]);
  });
});
