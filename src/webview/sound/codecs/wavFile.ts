/** What a WAV file says of its sound, and the sound as it is stored. */
export interface WavFile {
  /** One of the registered numbers of encodings, such as 1 for PCM. */
  readonly encoding: number;
  readonly channels: number;
  /** Samples a second. */
  readonly rate: number;
  /** Bytes that belong together. */
  readonly blockSize: number;
  /** What else the encoding needs to know. */
  readonly details: DataView;
  readonly data: Uint8Array;
}

const EXTENSIBLE = 0xfffe;

/** Bytes of a chunk's name and size. */
const CHUNK_HEAD = 8;

/**
 * Reads a WAV file, whose chunks may come in any order, may be cut off, and may say of their size that it was not known
 * yet when the file was begun.
 * @returns undefined if it is none, or has no sound
 */
export function readWavFile(file: Uint8Array): WavFile | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (!isNamed(view, 0, 'RIFF') || !isNamed(view, 8, 'WAVE')) return undefined;
  let format: DataView | undefined;
  for (let at = 12; at + CHUNK_HEAD <= file.length;) {
    const start = at + CHUNK_HEAD;
    const size = view.getUint32(at + 4, true);
    if (isNamed(view, at, 'data')) {
      // 0 and all ones stand for a length that was not known yet.
      const end = size === 0 || size === 0xffff_ffff ? file.length : start + size;
      return format && readFormat(format, file.subarray(start, end));
    }
    if (isNamed(view, at, 'fmt ')) format = part(file, start, size);
    // A chunk of an odd size is followed by a byte that does not count.
    at = start + size + (size % 2);
  }
  return undefined;
}

function readFormat(format: DataView, data: Uint8Array): WavFile | undefined {
  if (format.byteLength < 16) return undefined;
  const tag = format.getUint16(0, true);
  const isExtended = tag === EXTENSIBLE && format.byteLength >= 26;
  return {
    encoding: isExtended ? format.getUint16(24, true) : tag,
    channels: format.getUint16(2, true),
    rate: format.getUint32(4, true),
    blockSize: format.getUint16(12, true),
    details: new DataView(format.buffer, format.byteOffset + Math.min(18, format.byteLength)),
    data,
  };
}

function part(file: Uint8Array, start: number, size: number): DataView {
  const { buffer, byteOffset, byteLength } = file.slice(start, start + size);
  return new DataView(buffer, byteOffset, byteLength);
}

function isNamed(view: DataView, at: number, name: string): boolean {
  if (at + name.length > view.byteLength) return false;
  return new TextEncoder().encode(name).every((byte, index) => view.getUint8(at + index) === byte);
}
