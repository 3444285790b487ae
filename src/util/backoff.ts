import { LONGEST_TIMER } from './timer';

/** Waits that double from try to try, each a little different, so that many clients do not come back at the same time. */
export class Backoff {
  #tries = 0;

  /** @param first ms; @param longest ms */
  constructor(
    private readonly first: number,
    private readonly longest: number,
    private readonly random: () => number = Math.random,
  ) {}

  /** Milliseconds to wait before the next try. @param atLeast ms that somebody asked for */
  next(atLeast = 0): number {
    const wait = Math.min(this.first * 2 ** this.#tries++, this.longest);
    return Math.min(jittered(Math.max(wait, atLeast), this.random), LONGEST_TIMER);
  }

  reset(): void {
    this.#tries = 0;
  }
}

/** Up to a fifth longer than `milliseconds`. */
export function jittered(milliseconds: number, random: () => number = Math.random): number {
  return milliseconds * (1 + random() / 5);
}
