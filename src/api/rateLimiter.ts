import { type Sleep, throwIfCancelled, unlessCancelled } from './cancellation';

/** What the server says of a group in `X-Rate-Limit-*`. */
export interface RateState {
  /** Requests in a window. */
  readonly limit: number;
  readonly remaining: number;
  /** Seconds. */
  readonly window: number;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  readonly sleep: Sleep;
}

/**
 * Lets requests of one rate group pass as the server allows. A request sent inside a penalty starts the penalty anew
 * (FACTS, Rate limits), so after one a single request goes ahead and the others wait for what it brings back.
 */
export class RateLimiter {
  #limit: number;
  #remaining: number;
  #inFlight = 0;
  #closedUntil = 0;
  #isLearned = false;
  #changed = Promise.withResolvers<undefined>();

  constructor(
    defaultLimit: number,
    private readonly clock: Clock,
  ) {
    this.#limit = defaultLimit;
    this.#remaining = defaultLimit;
  }

  /**
   * Waits until a request may be sent; `leave` must follow.
   * @param onWait told how many milliseconds the group is closed, if it is
   * @throws CancelledError if the signal is aborted
   */
  async enter(signal: AbortSignal | undefined, onWait: (milliseconds: number) => void): Promise<void> {
    throwIfCancelled(signal);
    for (;;) {
      const wait = this.#closedUntil - this.clock.now();
      if (wait > 0) {
        onWait(wait);
        await this.clock.sleep(wait, signal);
      } else if (this.#inFlight < this.#remaining) {
        this.#inFlight++;
        return;
      } else {
        await unlessCancelled(this.#changed.promise, signal);
      }
    }
  }

  /** The request that entered is answered, or has failed. */
  leave(): void {
    this.#inFlight--;
    this.#changed.resolve(undefined);
    this.#changed = Promise.withResolvers();
  }

  /** Takes note of an answer's headers; undefined if it had none. */
  learn(state: RateState | undefined): void {
    if (state) {
      this.#isLearned = true;
      this.#limit = Math.max(1, state.limit);
      this.#remaining = state.remaining;
      if (state.remaining <= 0) this.#close(state.window, this.#limit);
    } else if (!this.#isLearned) {
      // A server that does not tell does not limit.
      this.#remaining = Infinity;
    }
  }

  /** The server refused a request for its rate. */
  penalize(seconds: number): void {
    this.#close(seconds, 1);
  }

  #close(seconds: number, remainingThen: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.clock.now() + seconds * 1000);
    this.#remaining = remainingThen;
  }
}
