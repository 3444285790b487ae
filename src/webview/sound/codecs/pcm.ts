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
  const format = new DataView(new ArrayBuffer(16));
  format.setUint16(0, 1, true);
  format.setUint16(2, channels, true);
  format.setUint32(4, rate, true);
  format.setUint32(8, rate * channels * 2, true);
  format.setUint16(12, channels * 2, true);
  format.setUint16(14, 16, true);
  return wavOfChunks(new Uint8Array(format.buffer), pieces);
}

/** A WAV file of this chunk `fmt `, without its head, and these pieces of the sound. */
export function wavOfChunks(
  format: Uint8Array<ArrayBuffer>,
  pieces: readonly ArrayBufferView<ArrayBuffer>[],
): Blob {
  const bytes = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const fill = format.length % 2;
  const data = 20 + format.length + fill;
  const head = new DataView(new ArrayBuffer(data + 8));
  const name = (at: number, letters: string): void =>
    new TextEncoder().encode(letters).forEach((byte, index) => head.setUint8(at + index, byte));
  name(0, 'RIFF');
  head.setUint32(4, data + bytes + (bytes % 2), true);
  name(8, 'WAVEfmt ');
  head.setUint32(16, format.length, true);
  new Uint8Array(head.buffer).set(format, 20);
  name(data, 'data');
  head.setUint32(data + 4, bytes, true);
  return new Blob([head, ...pieces, new Uint8Array(bytes % 2)]);
}
