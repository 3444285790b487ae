/** The emulator's time: the given source of time, moved ahead by what the admin surface asks for. */
export class Clock {
  #ahead = 0;

  /** @param source ms since the epoch */
  constructor(private readonly source: () => number) {}

  /** ms since the epoch. */
  now(): number {
    return this.source() + this.#ahead;
  }

  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
