import type { PageBudget } from './budget';
import { decodeCcitt, type CcittScheme } from './ccitt';
import { unpackDeflate } from './deflate';
import { Tag, tagNumber, type Directory } from './directory';
import { decodeJpeg } from './jpeg';
import { type Block, MOST_SAMPLES } from './layout';
import { unpackLzw } from './lzw';
import { unpackPackBits } from './packBits';
import { undoPredictor } from './predictor';

/** The samples of a block. */
export interface Samples {
  readonly data: Uint8Array;
  /** Bytes from line to line. */
  readonly stride: number;
  /** Samples of a pixel in `data`. */
  readonly perPixel: number;
  readonly bits: number;
  /** What the samples mean, which decoding may have changed. */
  readonly photometric: number;
  /** Lines that are missing. */
  readonly badLines: number;
}

const Compression = {
  None: 1,
  Huffman: 2,
  Group3: 3,
  Group4: 4,
  Lzw: 5,
  OldJpeg: 6,
  Jpeg: 7,
  Deflate: 8,
  PackBits: 32773,
  OldDeflate: 32946,
} as const;

export const Photometric = { WhiteIsZero: 0, BlackIsZero: 1, Rgb: 2, Palette: 3, Cmyk: 5, YCbCr: 6 } as const;

const CCITT: Readonly<Record<number, CcittScheme>> = {
  [Compression.Huffman]: 'huffman',
  [Compression.Group3]: 'group3',
  [Compression.Group4]: 'group4',
};

/** A JPEG image is as large as what it is a part of; some are padded. */
const LARGER = 2;
const SMALL = 65_536;

/** Bits of a sample that are known. */
const DEPTHS: readonly number[] = [1, 2, 4, 8, 16];

/**
 * @throws Error if the block is damaged, or compressed in a way that is not known
 * @throws TooLargeError if it takes more than `budget` has left; nothing is allocated before that is known
 */
export async function unpackBlock(
  file: ArrayBuffer,
  page: Directory,
  block: Block,
  littleEndian: boolean,
  budget: PageBudget,
): Promise<Samples> {
  const compression = tagNumber(page, Tag.Compression, Compression.None);
  const photometric = tagNumber(page, Tag.Photometric);
  const bits = tagNumber(page, Tag.BitsPerSample, 1);
  const perPixel = block.plane === undefined ? tagNumber(page, Tag.SamplesPerPixel, 1) : 1;
  if (!DEPTHS.includes(bits) || perPixel < 1 || perPixel > MOST_SAMPLES)
    throw new Error(`${String(perPixel)} samples of ${String(bits)} bits are not known.`);
  const stored = new Uint8Array(file).subarray(block.offset, block.offset + block.length);
  budget.pixels.spend(block.width * block.height);
  budget.stored.spend(stored.length);
  if (compression === Compression.Jpeg || compression === Compression.OldJpeg)
    return unpackJpeg(file, page, block, stored, compression === Compression.OldJpeg, budget);
  const data = tagNumber(page, Tag.FillOrder, 1) === 2 ? reversed(stored) : stored;
  const stride = Math.ceil((block.width * perPixel * bits) / 8);
  budget.unpacked.spend(stride * block.height);
  const scheme = CCITT[compression];
  if (scheme) {
    const twoDimensional = (tagNumber(page, Tag.Group3Options) & 1) === 1;
    const { width, height } = block;
    const decoded = decodeCcitt(data, { scheme, twoDimensional, width, height });
    return { data: decoded.bits, stride, perPixel: 1, bits: 1, photometric, badLines: decoded.badLines };
  }
  const unpacked = await unpackBytes(data, compression, stride * block.height);
  const badLines = block.height - Math.floor(unpacked.length / stride);
  if (tagNumber(page, Tag.Predictor, 1) > 1)
    undoPredictor(unpacked, {
      stride,
      perPixel,
      bits,
      predictor: tagNumber(page, Tag.Predictor),
      littleEndian,
    });
  return { data: unpacked, stride, perPixel, bits, photometric, badLines };
}

function unpackBytes(
  data: Uint8Array<ArrayBuffer>,
  compression: number,
  size: number,
): Uint8Array | Promise<Uint8Array> {
  switch (compression) {
    case Compression.None:
      return data.slice(0, size);
    case Compression.Lzw:
      return unpackLzw(data, size);
    case Compression.PackBits:
      return unpackPackBits(data, size);
    case Compression.Deflate:
    case Compression.OldDeflate:
      return unpackDeflate(data, size);
    default:
      throw new Error(`The compression ${String(compression)} is not known.`);
  }
}

/** The old way put one whole JPEG file inside, where it was done well. */
function unpackJpeg(
  file: ArrayBuffer,
  page: Directory,
  block: Block,
  stored: Uint8Array,
  old: boolean,
  budget: PageBudget,
): Samples {
  const photometric = tagNumber(page, Tag.Photometric);
  const tables = page.get(Tag.JpegTables);
  const start = tagNumber(page, Tag.JpegOffset);
  const whole = old ? new Uint8Array(file).subarray(start, start + tagNumber(page, Tag.JpegLength)) : stored;
  const transform = photometric === Photometric.YCbCr;
  const area = old ? tagNumber(page, Tag.Width) * tagNumber(page, Tag.Height) : block.width * block.height;
  if (old) budget.stored.spend(whole.length);
  // They are put before each block of the page.
  if (tables) budget.unpacked.spend(tables.length + whole.length);
  const image = decodeJpeg(whole, tables && new Uint8Array(tables), transform, LARGER * area + SMALL, budget);
  return {
    data: image.data,
    stride: image.width * image.samplesPerPixel,
    perPixel: image.samplesPerPixel,
    bits: 8,
    photometric: transform ? Photometric.Rgb : photometric,
    badLines: 0,
  };
}

function reversed(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(data, reverseBits);
}

function reverseBits(byte: number): number {
  const pairs = ((byte & 0x55) << 1) | ((byte >> 1) & 0x55);
  const fours = ((pairs & 0x33) << 2) | ((pairs >> 2) & 0x33);
  return ((fours & 0x0f) << 4) | (fours >> 4);
}
