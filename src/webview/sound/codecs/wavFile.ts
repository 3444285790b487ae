/** What a WAV file says of its sound, and the sound as it is stored. */
export interface WavFile {
  /** One of the registered numbers of encodings, such as 1 for PCM. */
  readonly encoding: number;
  readonly channels: number;
  /** Samples a second. */
  readonly rate: number;
  /** Bytes that belong together. */
  readonly blockSize: number;
  /** The extension of the chunk `fmt `: what else the encoding needs to know. */
  readonly extension: DataView;
  readonly data: Uint8Array;
}

const EXTENSIBLE = 0xfffe;

/** Bytes of a chunk's name and size. */
const CHUNK_HEAD = 8;

/** Chunks that stand before the sound, or hold it. */
const CHUNKS = ['fmt ', 'data', 'fact', 'LIST'];

/** The chunks that matter of a WAV file, as far as they are there. */
export interface WavChunks<Buffer extends ArrayBufferLike> {
  readonly format?: Uint8Array<ArrayBuffer>;
  readonly data?: Uint8Array<Buffer>;
  /** Whether players that read strictly by the rules, and from the beginning to the end, find both. */
  readonly isRegular: boolean;
}

/**
 * Finds the chunks of a WAV file, which may come in any order, may be cut off, may lack the pad byte after an odd size,
 * and may say of their size that it was not known yet when the file was begun.
 * @returns undefined if it is none
 */
export function readWavChunks<Buffer extends ArrayBufferLike>(
  file: Uint8Array<Buffer>,
): WavChunks<Buffer> | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (!isNamed(view, 0, 'RIFF') || !isNamed(view, 8, 'WAVE')) return undefined;
  let format: Uint8Array<ArrayBuffer> | undefined;
  let data: Uint8Array<Buffer> | undefined;
  let isRegular = true;
  for (let at = 12; at + CHUNK_HEAD <= file.length && !(format && data);) {
    const start = at + CHUNK_HEAD;
    const size = view.getUint32(at + 4, true);
    let end = start + size;
    if (isNamed(view, at, 'data') && !data) {
      // 0 and all ones stand for a length that was not known yet.
      if (size === 0 || size === 0xffff_ffff) end = file.length;
      data = file.subarray(start, end);
      if (!format) isRegular = false;
    } else if (isNamed(view, at, 'fmt ')) {
      format = file.slice(start, end);
    }
    // A chunk of an odd size is followed by a pad byte, which its size does not count and some writers forget.
    const isPadded = size % 2 === 0 || !CHUNKS.some((name) => isNamed(view, end, name));
    if (!isPadded) isRegular = false;
    at = end + (isPadded ? size % 2 : 0);
  }
  return { ...(format && { format }), ...(data && { data }), isRegular };
}

/**
 * Reads a WAV file: see `readWavChunks`.
 * @returns undefined if it is none, or has no sound
 */
export function readWavFile(file: Uint8Array): WavFile | undefined {
  const { format, data } = readWavChunks(file) ?? {};
  return format && data && readFormat(new DataView(format.buffer), data);
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
    extension: new DataView(format.buffer, format.byteOffset + Math.min(18, format.byteLength)),
    data,
  };
}

function isNamed(view: DataView, at: number, name: string): boolean {
  if (at + name.length > view.byteLength) return false;
  return new TextEncoder().encode(name).every((byte, index) => view.getUint8(at + index) === byte);
}
