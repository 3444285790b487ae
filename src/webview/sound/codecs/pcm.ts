/** Samples of 16 bits, those of all channels of one moment together. */
export interface Pcm {
  readonly channels: number;
  /** Samples a second, of each channel. */
  readonly rate: number;
  readonly pieces: readonly Int16Array<ArrayBuffer>[];
}

/** Samples of all channels together that are decoded at most: two hours on the telephone, in 120 MB. */
export const MOST_SAMPLES = 60_000_000;

/** Samples that are decoded before something else may have its turn: less than a second's work. */
export const SAMPLES_AT_ONCE = 400_000;

/** Lets the page do what else is to be done. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** The number as a sample of 16 bits, or the nearest there is. */
export function clip(value: number): number {
  return value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value;
}
