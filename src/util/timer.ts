/** Milliseconds; longer waits would make a Node timer fire at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;
