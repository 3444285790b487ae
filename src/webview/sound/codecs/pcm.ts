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

/** A WAV file that every browser plays. */
export function wavOf({ channels, rate, pieces }: Pcm): Blob {
  const bytes = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const head = new DataView(new ArrayBuffer(44));
  const name = (at: number, letters: string): void =>
    new TextEncoder().encode(letters).forEach((byte, index) => head.setUint8(at + index, byte));
  name(0, 'RIFF');
  head.setUint32(4, 36 + bytes, true);
  name(8, 'WAVEfmt ');
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, channels, true);
  head.setUint32(24, rate, true);
  head.setUint32(28, rate * channels * 2, true);
  head.setUint16(32, channels * 2, true);
  head.setUint16(34, 16, true);
  name(36, 'data');
  head.setUint32(40, bytes, true);
  return new Blob([head, ...pieces]);
}
