/** A moment by both clocks of the computer, each of which is wrong at times: see `longestSince`. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly wall: number;
  /** Milliseconds of a clock that is never set. */
  readonly monotonic: number;
}

export function currentMoment(): Moment {
  return { wall: Date.now(), monotonic: performance.now() };
}

/**
 * Milliseconds since `moment`, or more: the longer of what the two clocks tell. The wall clock can be set back, and the
 * other one may stand still while the computer sleeps; so nothing is taken for younger than it is.
 */
export function longestSince(moment: Moment): number {
  return Math.max(...bothSince(moment));
}

/** Milliseconds since `moment`, or less: the shorter of what the two clocks tell, so that no wait ends before its time. */
export function shortestSince(moment: Moment): number {
  return Math.min(...bothSince(moment));
}

function bothSince({ wall, monotonic }: Moment): [number, number] {
  return [Date.now() - wall, performance.now() - monotonic];
}
