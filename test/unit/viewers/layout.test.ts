import { describe, expect, test } from 'vitest';
import { canvasSize, scaleFor, turned } from '../../../src/webview/document/zoom';

const letter = { width: 800, height: 1000 };

describe('scaleFor', () => {
  test('fits the width, up to a limit in a very wide window unless the whole width is requested', () => {
    expect(scaleFor('auto', letter, { width: 400, height: 100 })).toBe(0.5);
    expect(scaleFor('auto', letter, { width: 3200, height: 100 })).toBe(1.25);
    expect(scaleFor('width', letter, { width: 3200, height: 100 })).toBe(4);
  });

  test('fits the whole page, whether its width or its height is the limit', () => {
    expect(scaleFor('page', letter, { width: 800, height: 500 })).toBe(0.5);
    expect(scaleFor('page', letter, { width: 400, height: 2000 })).toBe(0.5);
  });

  test('returns a requested scale, up to a maximum of 8', () => {
    expect(scaleFor(2, letter, { width: 1, height: 1 })).toBe(2);
    expect(scaleFor(1000, letter, { width: 1, height: 1 })).toBe(8);
  });
});

test('turned swaps width and height for a quarter turn only', () => {
  expect(turned(letter, 90)).toEqual({ width: 1000, height: 800 });
  expect(turned(letter, 180)).toEqual(letter);
});

describe('canvasSize', () => {
  test('has as many pixels as the screen', () => {
    expect(canvasSize({ width: 400, height: 600 }, 2)).toEqual({ width: 800, height: 1200 });
  });

  test('is limited to what browsers allow, in the same proportions', () => {
    const { width, height } = canvasSize({ width: 1000, height: 20_000 }, 3);
    expect(height).toBeLessThanOrEqual(16_000);
    expect(height / width).toBeCloseTo(20, 0);
  });
});
