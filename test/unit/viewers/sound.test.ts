import { describe, expect, test } from 'vitest';
import { clock } from '../../../src/webview/sound/clock';
import { barsOf, peaksOf } from '../../../src/webview/sound/peaks';
import { findSilence, lengthOf, spanAt } from '../../../src/webview/sound/silence';
import { SoundSettings } from '../../../src/webview/sound/soundSettings';

const RATE = 8000;

/** A tone with some seconds at each loudness. */
function tones(...parts: readonly (readonly [seconds: number, loudness: number])[]): Float32Array {
  const samples = parts.flatMap(([seconds, loudness]) =>
    Array.from({ length: seconds * RATE }, (_, at) => loudness * Math.sin((2 * Math.PI * 440 * at) / RATE)),
  );
  return Float32Array.from(samples);
}

describe('peaks', () => {
  test('are the largest amplitude of each part, of either sign and of any channel', () => {
    const left = Float32Array.of(0.1, -0.5, 0, 0);
    const right = Float32Array.of(0, 0, 0.25, -0.25);
    expect([...peaksOf([left, right], 2)]).toEqual([0.5, 0.25]);
  });

  test('of fewer samples than parts repeat the samples', () => {
    expect([...peaksOf([Float32Array.of(0.25, 0.5)], 4)]).toEqual([0.25, 0.25, 0.5, 0.5]);
  });

  test('of samples beyond the range are 1', () => {
    expect([...peaksOf([Float32Array.of(-3)], 1)]).toEqual([1]);
  });

  test('of samples that are no numbers are 0', () => {
    expect([...peaksOf([Float32Array.of(NaN, 0.25)], 2)]).toEqual([0, 0.25]);
  });

  test('of no samples are 0', () => {
    expect([...peaksOf([], 2)]).toEqual([0, 0]);
    expect([...peaksOf([new Float32Array(0)], 2)]).toEqual([0, 0]);
  });

  test('become bars that fill the height even of a quiet recording', () => {
    expect([...barsOf(Float32Array.of(0.125, 0.0625, 0, 0), 2)]).toEqual([1, 0]);
    expect([...barsOf(new Float32Array(4), 2)]).toEqual([0, 0]);
  });
});

describe('silence', () => {
  test('is found in a long pause, less a margin at both ends', () => {
    const [pause, ...others] = findSilence([tones([1, 0.8], [2, 0], [1, 0.4])], RATE);
    expect(others).toEqual([]);
    expect(pause?.start).toBeCloseTo(1.15, 1);
    expect(pause?.end).toBeCloseTo(2.85, 1);
  });

  test('is not found in a short pause', () => {
    expect(findSilence([tones([1, 0.8], [0.5, 0], [1, 0.8])], RATE)).toEqual([]);
  });

  test('is found in noise that is quiet relative to the speech, and not in louder noise', () => {
    expect(findSilence([tones([1, 0.1], [1, 0.003], [1, 0.1])], RATE)).toHaveLength(1);
    expect(findSilence([tones([1, 0.1], [1, 0.02], [1, 0.1])], RATE)).toEqual([]);
  });

  test('is found at the beginning and at the end without a margin', () => {
    const spans = findSilence([tones([1, 0], [1, 0.8], [1, 0])], RATE);
    expect(spans.map(({ start }) => start)[0]).toBe(0);
    expect(spans.at(-1)?.end).toBe(3);
  });

  test('is found only where all channels are silent', () => {
    const left = tones([1, 0.8], [2, 0]);
    const right = tones([1, 0], [2, 0.8]);
    expect(findSilence([left, right], RATE)).toEqual([]);
  });

  test('is found where one channel goes on in silence after the other has ended', () => {
    const pauses = findSilence([tones([1, 0.8], [2, 0]), tones([1, 0.8], [1, 0])], RATE);
    expect(pauses).toHaveLength(1);
    expect(pauses[0]?.end).toBe(3);
  });

  test('is found between samples that are no numbers, or beyond the range', () => {
    const odd = Float32Array.of(NaN, Infinity, -Infinity, 3.4e38);
    const samples = Float32Array.of(...odd, ...tones([1, 0.8], [2, 0], [1, 0.4]), ...odd);
    expect(findSilence([samples], RATE)).toHaveLength(1);
  });

  test('is all of a recording without any sound', () => {
    expect(findSilence([new Float32Array(2 * RATE)], RATE)).toEqual([{ start: 0, end: 2 }]);
    expect(findSilence([], RATE)).toEqual([]);
  });

  test('has a total length, and is looked up by position', () => {
    const spans = [
      { start: 1, end: 2 },
      { start: 4, end: 4.5 },
    ];
    expect(lengthOf(spans)).toBe(1.5);
    expect(spanAt(spans, 4)).toBe(spans[1]);
    expect(spanAt(spans, 2)).toBeUndefined();
  });
});

describe('clock', () => {
  test.each([
    [0, '0:00'],
    [9.99, '0:09'],
    [75, '1:15'],
    [3600, '1:00:00'],
    [3671, '1:01:11'],
    [-1, '0:00'],
    [Infinity, '0:00'],
  ])('writes %d as %s', (seconds, text) => {
    expect(clock(seconds)).toBe(text);
  });
});

describe('SoundSettings', () => {
  test('steps through the speeds up to the limits, and remembers each', () => {
    const remembered: unknown[] = [];
    const settings = new SoundSettings(
      { volume: 1, muted: false, rate: 1.75, skipSilence: false },
      { remember: (change) => remembered.push(change) },
    );
    settings.stepRate(1);
    settings.stepRate(1);
    expect(settings.current.rate).toBe(2);
    for (let step = 0; step < 9; step++) settings.stepRate(-1);
    expect(remembered).toMatchObject(
      [2, 1.75, 1.5, 1.25, 1, 0.75, 0.5].map((rate) => ({ what: 'sound', sound: { rate } })),
    );
  });
});
