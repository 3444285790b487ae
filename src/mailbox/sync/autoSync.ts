import { ApiError } from '../../api/errors';
import { Backoff, jittered } from '../../util/backoff';
import type { Disposable } from '../../util/disposable';

/** Milliseconds between two synchronizations of a window that is looked at. */
const INTERVAL = 60_000;

/** Likewise, of a window that is not. */
const UNSEEN_INTERVAL = 5 * INTERVAL;

/** Likewise, while the server says by itself when something is new. */
const PUSHED_INTERVAL = 15 * INTERVAL;

/** A window that gets the focus back is synchronized at once, unless it was less than this many milliseconds ago. */
const FRESH = 15_000;

const LONGEST_WAIT = 15 * INTERVAL;

/** A timer that is later than this many milliseconds has slept with the computer. */
const LATE = 30_000;

/** Within this many milliseconds after that, each at its own time, windows and accounts synchronize. */
const SPREAD = 15_000;

export interface AutoSyncClock {
  /** Milliseconds since some moment, of a clock that is never set. */
  now(): number;
  /** From 0 to 1. */
  random(): number;
  /** Calls back once, after that many milliseconds. */
  schedule(milliseconds: number, callback: () => void): Disposable;
}

const SYSTEM_CLOCK: AutoSyncClock = {
  now: () => performance.now(),
  random: Math.random,
  schedule: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return { dispose: () => clearTimeout(timer) };
  },
};

/** Synchronizes by itself: when the window gets the focus, and every now and then; less often after failures. */
export class AutoSync implements Disposable {
  readonly #backoff: Backoff;
  #timer: Disposable | undefined;
  #isFocused = false;
  #isPushed = false;
  #isRunning = false;
  #isDisposed = false;
  #last: number;
  /** Not before then (ms, by the clock), after a failure. */
  #notBefore = 0;

  constructor(
    private readonly sync: () => Promise<void>,
    private readonly clock: AutoSyncClock = SYSTEM_CLOCK,
  ) {
    this.#backoff = new Backoff(INTERVAL / 4, LONGEST_WAIT, () => clock.random());
    this.#last = clock.now();
    this.#schedule();
  }

  /** Whether somebody looks at the window. */
  setFocused(isFocused: boolean): void {
    if (isFocused === this.#isFocused) return;
    this.#isFocused = isFocused;
    const now = this.clock.now();
    if (isFocused && now - this.#last >= FRESH && now >= this.#notBefore) void this.#run();
    else this.#schedule();
  }

  /** Whether the server says by itself when something is new. */
  setPushed(isPushed: boolean): void {
    if (isPushed === this.#isPushed) return;
    this.#isPushed = isPushed;
    this.#schedule();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
  }

  #schedule(): void {
    this.#timer?.dispose();
    if (this.#isRunning || this.#isDisposed) return;
    const now = this.clock.now();
    const due =
      this.#notBefore > now
        ? this.#notBefore
        : this.#last + jittered(this.#interval, () => this.clock.random());
    this.#timer = this.clock.schedule(Math.max(0, due - now), () => this.#onTime(due));
  }

  /** All timers of a computer that has slept fire in the same moment, in every window: they do not all ask then. */
  #onTime(due: number): void {
    if (this.clock.now() - due <= LATE) void this.#run();
    else this.#timer = this.clock.schedule(this.clock.random() * SPREAD, () => void this.#run());
  }

  get #interval(): number {
    if (this.#isPushed) return PUSHED_INTERVAL;
    return this.#isFocused ? INTERVAL : UNSEEN_INTERVAL;
  }

  async #run(): Promise<void> {
    if (this.#isRunning || this.#isDisposed) return;
    this.#isRunning = true;
    this.#timer?.dispose();
    try {
      await this.sync();
      this.#backoff.reset();
      this.#notBefore = 0;
    } catch (error) {
      const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
      this.#notBefore = this.clock.now() + this.#backoff.next(asked);
    } finally {
      this.#isRunning = false;
      this.#last = this.clock.now();
      this.#schedule();
    }
  }
}
