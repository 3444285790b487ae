import { onTestFinished, vi } from 'vitest';

/** Lets time pass for whoever looks at the clocks of this computer, until the test is finished. */
export function pass(milliseconds: number): void {
  // Without a fraction, for what is added to one and taken off again is not always the same.
  const [wall, monotonic] = [Date.now(), Math.ceil(performance.now())];
  const spies = [
    vi.spyOn(Date, 'now').mockReturnValue(wall + milliseconds),
    vi.spyOn(performance, 'now').mockReturnValue(monotonic + milliseconds),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
}
