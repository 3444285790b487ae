import { onTestFinished, vi } from 'vitest';

/** Before any test has set it. */
const right = Date.now.bind(Date);

/** The clock of this computer, which somebody may set, until the test is finished. */
export class WallClock {
  /** What it would say if nobody had. */
  readonly right = right;

  /** @param offset milliseconds by which it goes ahead of what is right */
  set(offset: number): void {
    if (offset === 0 && !vi.isMockFunction(Date.now)) return;
    const spy = vi.spyOn(Date, 'now').mockImplementation(() => right() + offset);
    onTestFinished(() => spy.mockRestore());
  }
}
