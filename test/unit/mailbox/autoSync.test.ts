import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/api/errors';
import { AutoSync, type AutoSyncClock } from '../../../src/mailbox/sync/autoSync';

const MINUTE = 60_000;

/** Time that passes only when a test says so. */
class ManualClock implements AutoSyncClock {
  time = 0;
  #due: { readonly time: number; readonly callback: () => void }[] = [];

  readonly now = (): number => this.time;
  readonly random = (): number => 0.5;

  schedule(milliseconds: number, callback: () => void): { dispose(): void } {
    const entry = { time: this.time + milliseconds, callback };
    this.#due.push(entry);
    return { dispose: () => (this.#due = this.#due.filter((each) => each !== entry)) };
  }

  /** Lets time pass, with all that is due in it. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = this.#due.filter(({ time }) => time <= end).sort((a, b) => a.time - b.time);
      if (!next) break;
      this.#due = this.#due.filter((each) => each !== next);
      this.time = Math.max(this.time, next.time);
      next.callback();
      await new Promise(setImmediate);
    }
    this.time = end;
  }

  get scheduled(): number {
    return this.#due.length;
  }
}

describe('automatic synchronization', () => {
  let clock: ManualClock;
  let syncs: number[];
  let failure: Error | undefined;
  let auto: AutoSync;

  beforeEach(() => {
    clock = new ManualClock();
    syncs = [];
    failure = undefined;
    auto = new AutoSync(() => {
      syncs.push(clock.time);
      return failure ? Promise.reject(failure) : Promise.resolve();
    }, clock);
  });

  it('runs about once a minute while the window has the focus', async () => {
    auto.setFocused(true);
    await clock.pass(5 * MINUTE);
    expect(syncs).toEqual([66_000, 132_000, 198_000, 264_000]);
  });

  it('is rarer without the focus, and while push notifications arrive', async () => {
    await clock.pass(10 * MINUTE);
    expect(syncs).toHaveLength(1);
    auto.setFocused(true);
    auto.setPushed(true);
    await clock.pass(15 * MINUTE);
    const pushed = syncs.length;
    await clock.pass(15 * MINUTE);
    expect(syncs.length - pushed).toBeLessThanOrEqual(1);
  });

  it('runs at once when the window gets the focus, unless it has just run', async () => {
    await clock.pass(MINUTE);
    auto.setFocused(true);
    await clock.pass(0);
    expect(syncs).toEqual([MINUTE]);
    auto.setFocused(false);
    await clock.pass(5_000);
    auto.setFocused(true);
    await clock.pass(0);
    expect(syncs).toEqual([MINUTE]);
  });

  it('waits longer after each failure, and is back to normal after a success', async () => {
    auto.setFocused(true);
    failure = new Error('No');
    await clock.pass(30 * MINUTE);
    const waits = syncs.slice(1).map((time, index) => time - (syncs[index] ?? 0));
    expect(waits.slice(0, 4)).toEqual([16_500, 33_000, 66_000, 132_000]);
    failure = undefined;
    await clock.pass(20 * MINUTE);
    const last = syncs.at(-1) ?? 0;
    expect(last - (syncs.at(-2) ?? 0)).toBe(66_000);
  });

  it('waits as long as Retry-After says, even if the window gets the focus', async () => {
    auto.setFocused(true);
    failure = new ApiError({ status: 503, errorCode: 'CMN-201', retryAfter: 600 });
    await clock.pass(2 * MINUTE);
    expect(syncs).toHaveLength(1);
    auto.setFocused(false);
    auto.setFocused(true);
    await clock.pass(7 * MINUTE);
    expect(syncs).toHaveLength(1);
    await clock.pass(5 * MINUTE);
    expect(syncs).toHaveLength(2);
  });

  it('does not run in the very moment in which the computer wakes from sleep', async () => {
    auto.setFocused(true);
    clock.time = 60 * MINUTE;
    await clock.pass(0);
    expect(syncs).toEqual([]);
    await clock.pass(MINUTE);
    expect(syncs).toEqual([60 * MINUTE + 7_500]);
    await clock.pass(2 * MINUTE);
    expect(syncs).toHaveLength(3);
  });

  it('stops when it is disposed', async () => {
    auto.dispose();
    await clock.pass(60 * MINUTE);
    expect(syncs).toEqual([]);
    expect(clock.scheduled).toBe(0);
  });
});
