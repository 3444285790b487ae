import { describe, expect, test } from 'vitest';
import type { BubbleView } from '../../../src/viewers/protocol';
import { continuesRun, firstShown } from '../../../src/webview/bubbleRuns';
import { canvasSize, scaleFor, turned } from '../../../src/webview/document/zoom';

describe('scaleFor', () => {
  const letter = { width: 800, height: 1000 };

  test('fills the width, and stays readable in a very wide window unless the whole width is asked for', () => {
    expect(scaleFor('auto', letter, { width: 400, height: 100 })).toBe(0.5);
    expect(scaleFor('auto', letter, { width: 3200, height: 100 })).toBe(1.25);
    expect(scaleFor('width', letter, { width: 3200, height: 100 })).toBe(4);
  });

  test('shows the whole page, whichever side is short', () => {
    expect(scaleFor('page', letter, { width: 800, height: 500 })).toBe(0.5);
    expect(scaleFor('page', letter, { width: 400, height: 2000 })).toBe(0.5);
  });

  test('is what was asked for, within reason', () => {
    expect(scaleFor(2, letter, { width: 1, height: 1 })).toBe(2);
    expect(scaleFor(1000, letter, { width: 1, height: 1 })).toBe(8);
  });

  test('goes by the page as it lies', () => {
    expect(turned(letter, 90)).toEqual({ width: 1000, height: 800 });
    expect(turned(letter, 180)).toEqual(letter);
  });
});

describe('canvasSize', () => {
  test('has a pixel for each pixel of the screen', () => {
    expect(canvasSize({ width: 400, height: 600 }, 2)).toEqual({ width: 800, height: 1200 });
  });

  test('stays within what browsers allow, in the same shape', () => {
    const { width, height } = canvasSize({ width: 1000, height: 20_000 }, 3);
    expect(height).toBeLessThanOrEqual(16_000);
    expect(height / width).toBeCloseTo(20, 0);
  });
});

function bubbles(count: number): BubbleView[] {
  return Array.from({ length: count }, (_, index) => bubble(String(index), 'theirs'));
}

function bubble(messageId: string, side: BubbleView['side'], sender?: string): BubbleView {
  return { messageId, side, ...(sender && { sender }), text: { text: '' }, badges: [], attachments: [] };
}

describe('firstShown', () => {
  test('is the newest hundred', () => {
    expect(firstShown(bubbles(1000), undefined)).toBe(900);
    expect(firstShown(bubbles(5), undefined)).toBe(0);
  });

  test('reaches back to a little before the message asked for', () => {
    expect(firstShown(bubbles(1000), '500')).toBe(480);
    expect(firstShown(bubbles(1000), '3')).toBe(0);
    expect(firstShown(bubbles(1000), '999')).toBe(900);
  });

  test('is the end when the message asked for is not there', () => {
    expect(firstShown(bubbles(1000), 'gone')).toBe(900);
  });
});

test('continuesRun tells whether the same person goes on', () => {
  const ann = bubble('1', 'theirs', 'Ann');
  expect(continuesRun(ann, bubble('2', 'theirs', 'Ann'))).toBe(true);
  expect(continuesRun(ann, bubble('2', 'theirs', 'Ben'))).toBe(false);
  expect(continuesRun(ann, bubble('2', 'ours'))).toBe(false);
  expect(continuesRun(undefined, ann)).toBe(false);
});
