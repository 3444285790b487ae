import { type Sleep, throwIfCancelled, unlessCancelled } from './cancellation';
import type { SharedRateLimit } from './sharedRateLimit';

/** What the server says of a group in `X-Rate-Limit-*`. */
export interface RateState {
  /** Requests in a window. */
  readonly limit: number;
  readonly remaining: number;
  /** Seconds. */
  readonly window: number;
}

export interface Clock {
  /** Milliseconds since some moment; for waits of a clock that is never set. */
  now(): number;
  readonly sleep: Sleep;
}

/** Who waits for a request: a person, or nobody. */
export type Lane = 'user' | 'background';

/** Milliseconds between two looks at what the other windows have left. */
const POLL_INTERVAL = 500;

/** The part of a group's limit that background requests leave for the user. */
const RESERVED_FOR_USER = 1 / 4;

/**
 * Lets requests of one rate group pass as the server allows. A request sent inside a penalty starts the penalty anew
 * (FACTS, Rate limits), so after one a single request goes ahead and the others wait for what it brings back. Background
 * requests wait while any of the user's waits, and use up no more than leaves the user room.
 */
export class RateLimiter {
  #limit: number;
  #remaining: number;
  /** Then the window has passed in which the requests were sent that made `#remaining` what it is. */
  #restoredAt = 0;
  #inFlight = 0;
  #waitingUsers = 0;
  #closedUntil = 0;
  /** After a penalty, until an answer tells how things are. */
  #isProbing = false;
  #isLearned = false;
  /** Of what all windows know: what was taken over into `#closedUntil`, so that setting the clock cannot shorten it. */
  #version = 0;
  /** Other windows have used up what there was. */
  #isShort = false;
  #changed = Promise.withResolvers<undefined>();

  constructor(
    defaultLimit: number,
    private readonly clock: Clock,
    /** What all windows know; undefined if this one is alone. */
    private readonly shared?: SharedRateLimit,
  ) {
    this.#limit = defaultLimit;
    this.#remaining = defaultLimit;
  }

  /**
   * Waits until a request may be sent; `leave` must follow.
   * @param onWait told how many milliseconds the group is closed, if it is
   * @throws CancelledError if the signal is aborted
   */
  async enter(
    signal: AbortSignal | undefined,
    onWait: (milliseconds: number) => void,
    lane: Lane = 'user',
  ): Promise<void> {
    throwIfCancelled(signal);
    const isUser = lane === 'user';
    if (isUser) this.#waitingUsers++;
    try {
      while (!this.#takePlace(lane)) await this.#wait(lane, signal, onWait);
    } finally {
      if (isUser) {
        this.#waitingUsers--;
        this.#wake();
      }
    }
  }

  /** The request that entered is answered, or has failed. */
  leave(): void {
    this.#inFlight--;
    this.#wake();
  }

  /** Takes note of an answer's headers; undefined if it had none. */
  learn(state: RateState | undefined): void {
    if (state) {
      this.#isLearned = true;
      this.#limit = Math.max(1, state.limit);
      this.#remaining = state.remaining;
      this.#restoredAt = this.clock.now() + state.window * 1000;
      this.#isProbing = false;
      if (state.remaining <= 0) this.#close(state.window, this.#limit);
      else this.#share(state);
    } else if (!this.#isLearned) {
      // A server that does not tell does not limit.
      this.#remaining = Infinity;
    }
  }

  /** The server refused a request for its rate. */
  penalize(seconds: number): void {
    this.#close(Math.max(1, seconds), 1);
    this.#isProbing = true;
  }

  #takePlace(lane: Lane): boolean {
    const now = this.clock.now();
    this.#heed(now);
    if (now < this.#closedUntil || this.#inFlight >= this.#room(lane, now)) return false;
    this.#isShort = this.shared?.take() === false;
    if (this.#isShort) return false;
    this.#inFlight++;
    return true;
  }

  /** Tells the other windows how it is, unless the answer has been on its way since before a penalty. */
  #share({ remaining, window }: RateState): void {
    const now = this.clock.now();
    this.#heed(now);
    if (!this.shared || now < this.#closedUntil) return;
    this.#version = this.shared.learn(this.#version, this.#limit, remaining, window * 1000);
  }

  /** Takes over what another window, or this one before a restart, was told. */
  #heed(now: number): void {
    const known = this.shared?.read();
    if (!known || known.version === this.#version) return;
    this.#version = known.version;
    const wait = Math.min(Math.max(known.closedUntil - Date.now(), 0), known.closedFor);
    this.#closedUntil = Math.max(this.#closedUntil, now + wait);
  }

  /** How many requests may be under way at once. */
  #room(lane: Lane, now: number): number {
    if (lane === 'user') return this.#remaining;
    if (this.#waitingUsers > 0) return 0;
    if (this.#isProbing) return this.#remaining;
    const remaining = now < this.#restoredAt ? this.#remaining : Math.max(this.#remaining, this.#limit);
    // A limit that leaves nothing for two lanes is shared.
    return Math.max(remaining - Math.ceil(this.#limit * RESERVED_FOR_USER), this.#limit < 2 ? remaining : 0);
  }

  async #wait(
    lane: Lane,
    signal: AbortSignal | undefined,
    onWait: (milliseconds: number) => void,
  ): Promise<void> {
    const now = this.clock.now();
    if (now < this.#closedUntil) {
      onWait(this.#closedUntil - now);
      await this.clock.sleep(this.#closedUntil - now, signal);
    } else if (this.#isShort) {
      await this.clock.sleep(POLL_INTERVAL, signal);
    } else if (lane === 'background' && this.#inFlight === 0 && this.#waitingUsers === 0) {
      // No answer is to come that could tell of more.
      await this.clock.sleep(Math.max(0, this.#restoredAt - now), signal);
    } else {
      await unlessCancelled(this.#changed.promise, signal);
    }
  }

  #wake(): void {
    this.#changed.resolve(undefined);
    this.#changed = Promise.withResolvers();
  }

  #close(seconds: number, remainingThen: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.clock.now() + seconds * 1000);
    this.#remaining = remainingThen;
    this.#version = this.shared?.close(seconds * 1000, remainingThen) ?? 0;
  }
}
