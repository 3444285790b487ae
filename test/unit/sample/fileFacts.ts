/** Just enough of the file formats to check what messages say of their attachments against the bytes. */

export interface WavFacts {
  /** 1: PCM, 7: µ-law, 49: GSM. */
  readonly format: number;
  readonly samplesPerSecond: number;
  readonly seconds: number;
}

function view(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** By the average rate of the format chunk and the length of the data chunk. */
export function wavFacts(bytes: Buffer): WavFacts {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF') throw new Error('Not a WAV file');
  const chunks = new Map<string, { start: number; length: number }>();
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    chunks.set(bytes.toString('latin1', at, at + 4), { start: at + 8, length });
    at += 8 + length + (length % 2);
  }
  const format = chunks.get('fmt ');
  const data = chunks.get('data');
  if (!format || !data) throw new Error('A WAV file without format or data');
  return {
    format: bytes.readUInt16LE(format.start),
    samplesPerSecond: bytes.readUInt32LE(format.start + 4),
    seconds: data.length / bytes.readUInt32LE(format.start + 8),
  };
}

/** Kilobits per second of layer III in MPEG 2 and 2.5, by the index in a frame's header. */
const BIT_RATES = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const MPEG_25_SAMPLE_RATES = [11_025, 12_000, 8_000];
const SAMPLES_PER_FRAME = 576;
/** Where the information frame of a mono file of MPEG 2 or 2.5 begins: after the header and the side information. */
const INFORMATION = 13;
/** Flags, frames, bytes, seek table and quality, then 21 bytes about the encoder. */
const PADDING = INFORMATION + 4 + 4 + 4 + 4 + 100 + 4 + 21;

/** Seconds of sound in a mono MP3 file of telephone quality (MPEG 2.5): its frames, less the padding it tells of. */
export function mp3Seconds(bytes: Buffer): number {
  const start = bytes.toString('latin1', 0, 3) === 'ID3' ? 10 + syncSafe(bytes, 6) : 0;
  let frames = 0;
  let sampleRate = 0;
  for (let at = start; at + 4 <= bytes.length; frames++) {
    const header = bytes.readUInt32BE(at);
    if (header >>> 17 !== 0b111_1111_1111_00_01) throw new Error(`No frame of MPEG 2.5, layer III, at ${at}`);
    const kilobits = BIT_RATES[(header >>> 12) & 15] ?? 0;
    sampleRate = MPEG_25_SAMPLE_RATES[(header >>> 10) & 3] ?? 0;
    const padding = (header >>> 9) & 1;
    at += Math.floor((SAMPLES_PER_FRAME / 8) * ((kilobits * 1000) / sampleRate)) + padding;
  }
  const mark = bytes.toString('latin1', start + INFORMATION, start + INFORMATION + 4);
  if (mark !== 'Xing' && mark !== 'Info') throw new Error('An MP3 file without an information frame');
  const padding = bytes.readUIntBE(start + PADDING, 3);
  const silence = (padding >>> 12) + (padding & 0xfff);
  return ((frames - 1) * SAMPLES_PER_FRAME - silence) / sampleRate;
}

function syncSafe(bytes: Buffer, at: number): number {
  return [0, 1, 2, 3].reduce((sum, index) => (sum << 7) | (bytes[at + index] ?? 0), 0);
}

export interface TiffPage {
  readonly width: number;
  readonly height: number;
  /** 3: Group 3, 4: Group 4. */
  readonly compression: number;
  readonly twoDimensional: boolean;
  readonly horizontalResolution: number;
  readonly verticalResolution: number;
}

/** The pages of a little-endian TIFF file. */
export function tiffPages(bytes: Buffer): TiffPage[] {
  if (bytes.toString('latin1', 0, 2) !== 'II') throw new Error('Not a little-endian TIFF file');
  const data = view(bytes);
  const pages: TiffPage[] = [];
  for (let directory = data.getUint32(4, true); directory !== 0;) {
    const entries = data.getUint16(directory, true);
    const values = new Map<number, number>();
    for (let index = 0; index < entries; index++) {
      const at = directory + 2 + 12 * index;
      values.set(data.getUint16(at, true), entryValue(data, at));
    }
    const value = (tag: number): number => values.get(tag) ?? 0;
    pages.push({
      width: value(256),
      height: value(257),
      compression: value(259),
      twoDimensional: (value(292) & 1) === 1,
      horizontalResolution: value(282),
      verticalResolution: value(283),
    });
    directory = data.getUint32(directory + 2 + 12 * entries, true);
  }
  return pages;
}

/** The first value of a directory entry: a short, a long or a rational. */
function entryValue(data: DataView, at: number): number {
  switch (data.getUint16(at + 2, true)) {
    case 3:
      return data.getUint16(at + 8, true);
    case 5: {
      const offset = data.getUint32(at + 8, true);
      return data.getUint32(offset, true) / data.getUint32(offset + 4, true);
    }
    default:
      return data.getUint32(at + 8, true);
  }
}

/** Pages of a PDF file whose page tree is not compressed, else undefined. */
export function pdfPages(bytes: Buffer): number | undefined {
  const count = /\/Count (\d+)/.exec(bytes.toString('latin1'))?.[1];
  return count === undefined ? undefined : Number(count);
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Of a PNG, GIF or baseline/progressive JPEG file. */
export function imageSize(bytes: Buffer): Size {
  if (bytes.toString('latin1', 1, 4) === 'PNG') {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes.toString('latin1', 0, 3) === 'GIF') {
    return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  for (let at = 2; bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1];
    if (marker === 0xc0 || marker === 0xc2) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
  }
  throw new Error('Not an image of a known kind');
}
