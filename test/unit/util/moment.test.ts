import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { currentMoment, longestSince, shortestSince } from '../../../src/util/moment';

/** Sets the clock of this computer, and lets the one go on that is never set. */
function setClocks(wall: number, monotonic: number): void {
  const spies = [
    vi.spyOn(Date, 'now').mockReturnValue(wall),
    vi.spyOn(performance, 'now').mockReturnValue(monotonic),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
}

describe('the time since a moment', () => {
  test.each([
    ['nothing has happened to the clocks', 5_000, 5_000, 5_000, 5_000],
    ['the clock was set back', -3_600_000, 5_000, 5_000, -3_600_000],
    ['the clock was set forward', 3_600_000, 5_000, 3_600_000, 5_000],
    ['the computer slept, and one clock stood still', 3_600_000, 5, 3_600_000, 5],
  ])(
    'is taken for no less, or no more, than it may be when %s',
    (_what, wall, monotonic, longest, shortest) => {
      setClocks(1_000_000_000, 1_000);
      const moment = currentMoment();
      setClocks(1_000_000_000 + wall, 1_000 + monotonic);
      expect(longestSince(moment)).toBe(longest);
      expect(shortestSince(moment)).toBe(shortest);
    },
  );
});
