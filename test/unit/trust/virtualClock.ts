import { onTestFinished, vi } from 'vitest';
import { sleep as realSleep } from '../../../src/api/cancellation';
import type { Clock } from '../../../src/api/rateLimiter';

/** Time in which every wait is over at once, and has nevertheless passed. */
export class VirtualClock implements Clock {
  #now = 1_000_000;

  readonly now = (): number => this.#now;

  readonly sleep: Clock['sleep'] = async (milliseconds, signal) => {
    const until = this.#now + milliseconds;
    await realSleep(0, signal);
    // Several may have waited at the same time.
    this.#now = Math.max(this.#now, until);
  };
}

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
