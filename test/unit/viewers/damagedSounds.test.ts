import fc from 'fast-check';
import { expect, test } from 'vitest';
import type * as peaks from '../../../src/webview/sound/peaks';
import type * as silence from '../../../src/webview/sound/silence';
import { loadCounted } from '../../builders/countedCode';
import { checkProperty } from '../../builders/property';

/** A browser gives the samples of a WAV of floating-point numbers as they are in the file. */
const sample = fc.oneof(
  fc.float(),
  fc.float({ min: -1, max: 1, noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, 1e-45, -1e-45, 3.4e38, NaN, Infinity, -Infinity, 0.0016, 0.5),
);

/** Runs of equal samples, some of them long, so that there are pauses. */
const channel = fc
  .array(fc.tuple(sample, fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 2_500 }))), {
    maxLength: 12,
  })
  .map((runs) => Float32Array.from(runs.flatMap(([value, count]) => Array<number>(count).fill(value))));

/** Samples a second. */
const rate = fc.constantFrom(8_000, 8_000, 1, 3.7, 200, 11_025.5, 44_100, 384_000);

test('of a sound of any samples, peaks, bars and pauses are within their bounds, in steps linear in its length', async () => {
  const { module, within } = await loadCounted<typeof peaks & typeof silence>(
    'src/webview/sound/peaks.ts',
    'src/webview/sound/silence.ts',
  );
  let pauses = 0;
  const runs = await checkProperty(
    'sounds of any samples',
    fc.property(
      fc.array(channel, { maxLength: 3 }),
      fc.integer({ min: 1, max: 500 }),
      rate,
      (channels, count, perSecond) => {
        const samples = channels.reduce((sum, { length }) => sum + length, 0);
        const limits = {
          steps: 30 * (samples + 8 * count) + 2_000,
          bytes: 40 * (samples + 8 * count) + 2_000,
        };
        const { result } = within(limits, () => {
          const found = module.peaksOf(channels, count);
          return {
            peaks: found,
            bars: module.barsOf(found, count),
            fewer: module.barsOf(found, Math.ceil(count / 3)),
            spans: module.findSilence(channels, perSecond),
          };
        });
        expect(result.peaks).toHaveLength(count);
        expect(result.bars).toHaveLength(count);
        expect(result.fewer).toHaveLength(Math.ceil(count / 3));
        for (const drawn of [result.peaks, result.bars, result.fewer]) {
          expect(drawn.every((height) => height >= 0 && height <= 1)).toBe(true);
        }
        const longest = channels.reduce((most, { length }) => Math.max(most, length), 0) / perSecond;
        let before = 0;
        for (const { start, end } of result.spans) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          before = end;
        }
        expect(before).toBeLessThanOrEqual(longest);
        pauses += Math.min(1, result.spans.length);
      },
    ),
  );
  // Sounds in which there is nothing to be found would try nothing.
  expect(pauses).toBeGreaterThan(runs / 20);
});
