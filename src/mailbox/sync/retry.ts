import { ApiError } from '../../api/errors';
import { Backoff } from '../../util/backoff';
import type { Disposable } from '../../util/disposable';

/** Milliseconds. */
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 5 * 60_000;

/** Tries something again that has failed: each time after a longer wait, and not before the server wants it. */
export class Retry implements Disposable {
  readonly #backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT);
  #timer: NodeJS.Timeout | undefined;

  /** Does `task` later, unless there is something to be tried already. */
  after(error: unknown, task: () => void): void {
    if (this.#timer) return;
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      task();
    }, this.#backoff.next(asked));
    this.#timer.unref();
  }

  /** It is tried now: nothing is done later. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** It went well: nothing is done later, and the next wait is short again. */
  reset(): void {
    this.cancel();
    this.#backoff.reset();
  }

  dispose(): void {
    this.cancel();
  }
}
