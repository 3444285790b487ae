/** What all windows know of one rate group. Kept across a restart, so its moments are those of the wall clock. */
export interface SharedRate {
  /** Grows with each change. */
  readonly version: number;
  /** Nothing may be sent before then (ms since the epoch) … */
  readonly closedUntil: number;
  /** … which was so long after (ms) when it was closed: more is never waited, whatever has become of the clock. */
  readonly closedFor: number;
}

/** The budget of a rate group that several windows use up together. */
export interface SharedRateLimit {
  /** Undefined while nothing is known. */
  read(): SharedRate | undefined;
  /** Takes one request of what remains; false if nothing does, at the moment. True while nothing is known. */
  take(): boolean;
  /**
   * Remembers what the server says: that many requests remain, of so many in a window of `window` milliseconds, and nothing
   * is closed. Nothing happens if another window has changed it since `version`.
   * @returns the version now
   */
  learn(version: number, limit: number, remaining: number, window: number): number;
  /**
   * Remembers that nothing may be sent for so long (ms), and then so many.
   * @returns the version of that
   */
  close(milliseconds: number, remainingThen: number): number;
}
