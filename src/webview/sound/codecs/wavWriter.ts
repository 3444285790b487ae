import type { Pcm } from './pcm';

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
  const padding = format.length % 2;
  const data = 20 + format.length + padding;
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
