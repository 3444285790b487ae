import { describe, expect, test } from 'vitest';
import { findSpans, joinPieces, piecesOf } from '../../../src/webview/document/pageText';

describe('findSpans', () => {
  const page = joinPieces([
    { text: 'Change ', endsLine: false },
    { text: 'order for', endsLine: true },
    { text: 'the kitchen. Order!', endsLine: false },
  ]);
  const found = (query: string): string[] =>
    findSpans(page.text, query).map(({ start, end }) => page.text.slice(start, end));

  test('finds every match, regardless of case', () => {
    expect(found('ORDER')).toEqual(['order', 'Order']);
  });

  test('finds a match across lines, whatever spaces separate its words', () => {
    expect(found(' for  the ')).toEqual(['for the']);
  });

  test('takes punctuation and brackets literally', () => {
    expect(found('kitchen.')).toEqual(['kitchen.']);
    expect(found('.')).toEqual(['.']);
    expect(found('[')).toEqual([]);
  });

  test('finds nothing for a blank query', () => {
    expect(found('  ')).toEqual([]);
  });

  test('returns a match that piecesOf divides into the pieces of the page', () => {
    const [span] = findSpans(page.text, 'change order for the');
    expect(span && piecesOf(page, span)).toEqual([
      { piece: 0, start: 0, end: 7 },
      { piece: 1, start: 0, end: 9 },
      { piece: 2, start: 0, end: 3 },
    ]);
  });
});
