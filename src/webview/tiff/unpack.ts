import type { PageBudget } from './budget';
import { decodeCcitt, type CcittResult } from './ccitt';
import { unpackDeflate } from './deflate';
import { Tag, tagNumber } from './directory';
import {
  bytesPerLine,
  CCITT_SCHEMES,
  Compression,
  Photometric,
  samplesTogether,
  type TiffImage,
} from './image';
import { decodeJpeg, hasEnd } from './jpeg';
import { type Block, MOST_SAMPLES } from './layout';
import { unpackLzw } from './lzw';
import { unpackPackBits } from './packBits';
import { undoPredictor } from './predictor';

/** The samples of a block. */
export interface Samples extends Pick<CcittResult, 'badLines' | 'missingLines' | 'lines'> {
  readonly data: Uint8Array;
  /** Bytes from line to line. */
  readonly stride: number;
  /** Samples of a pixel in `data`. */
  readonly perPixel: number;
  readonly bits: number;
  /** What the samples mean, which decoding may have changed. */
  readonly photometric: number;
}

/** Whether all lines could be read, up to the proper end of the data. */
export function isComplete({ badLines, missingLines }: Pick<Samples, 'badLines' | 'missingLines'>): boolean {
  return badLines + missingLines === 0;
}

/** A JPEG image is as large as what it is a part of; some are padded. */
const LARGER = 2;
const SMALL = 65_536;

/** Bits of a sample that are known. */
const DEPTHS: readonly number[] = [1, 2, 4, 8, 16];

/** The file that a block is in. */
export interface BlockFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly littleEndian: boolean;
}

/**
 * @throws Error if the block is damaged, or compressed in a way that is not known
 * @throws TooLargeError if it takes more than `budget` has left; nothing is allocated before that is known
 */
export async function unpackBlock(
  file: BlockFile,
  image: TiffImage,
  block: Block,
  budget: PageBudget,
): Promise<Samples> {
  const { compression, bitsPerSample: bits } = image;
  const perPixel = samplesTogether(image);
  if (!DEPTHS.includes(bits) || perPixel < 1 || perPixel > MOST_SAMPLES)
    throw new Error(`${String(perPixel)} samples of ${String(bits)} bits are not known.`);
  budget.pixels.spend(block.width * block.height);
  if (compression === Compression.Jpeg || compression === Compression.OldJpeg)
    return unpackJpegBlock(file, image, block, budget);
  const samples = await unpackLines(file, image, block, block.length, budget);
  if (isComplete(samples) || block.room <= block.length) return samples;
  // Some writers give byte counts that are too small. What follows is taken to belong to the block only if all of it can
  // then be read; if that fails, or is too much, what was read before is kept.
  const longer = await unpackLines(file, image, block, block.room, budget).catch(() => samples);
  return isComplete(longer) ? longer : samples;
}

/** @param length bytes that are taken to be those of the block */
async function unpackLines(
  { bytes, littleEndian }: BlockFile,
  image: TiffImage,
  block: Block,
  length: number,
  budget: PageBudget,
): Promise<Samples> {
  const { compression, photometric, bitsPerSample: bits, tags } = image;
  const { width, height } = block;
  const perPixel = samplesTogether(image);
  const stored = bytes.subarray(block.offset, block.offset + length);
  budget.stored.spend(stored.length);
  const data = tagNumber(tags, Tag.FillOrder, 1) === 2 ? reversed(stored) : stored;
  const scheme = CCITT_SCHEMES[compression];
  if (scheme) {
    const stride = Math.ceil(width / 8);
    budget.unpacked.spend(stride * height);
    const twoDimensional = (tagNumber(tags, Tag.Group3Options) & 1) === 1;
    const decoded = decodeCcitt(data, { scheme, twoDimensional, width, height });
    return { ...decoded, data: decoded.bits, stride, perPixel: 1, bits: 1, photometric };
  }
  const stride = bytesPerLine(width, image);
  budget.unpacked.spend(stride * height);
  const unpacked = await unpackBytes(data, compression, stride * height);
  const absent = height - Math.floor(unpacked.length / stride);
  const predictor = tagNumber(tags, Tag.Predictor, 1);
  if (predictor > 1) undoPredictor(unpacked, { stride, perPixel, bits, predictor, littleEndian });
  // What has ended before its time was either cut off or cannot be read any further.
  const isMissing = block.isCut || compression === Compression.None;
  return {
    data: withWholeLines(unpacked, stride, photometric),
    stride,
    perPixel,
    bits,
    photometric,
    badLines: isMissing ? 0 : absent,
    missingLines: isMissing ? absent : 0,
    lines: height - absent,
  };
}

/** What is missing of the last line is white, as far as white is all zeros or all ones. */
function withWholeLines(data: Uint8Array, stride: number, photometric: number): Uint8Array {
  const size = Math.ceil(data.length / stride) * stride;
  if (size === data.length) return data;
  const isWhiteZero = photometric === Photometric.WhiteIsZero || photometric === Photometric.Cmyk;
  const whole = new Uint8Array(size).fill(isWhiteZero ? 0 : 0xff, data.length);
  whole.set(data);
  return whole;
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

function unpackJpegBlock({ bytes }: BlockFile, image: TiffImage, block: Block, budget: PageBudget): Samples {
  const named = bytes.subarray(block.offset, block.offset + block.length);
  const isShort = block.room > block.length && !hasEnd(named);
  const stored = isShort ? bytes.subarray(block.offset, block.offset + block.room) : named;
  budget.stored.spend(stored.length);
  return unpackJpeg(stored, image, block, budget);
}

/**
 * The samples of a JPEG image.
 * @param block where it belongs
 * @throws Error if it is damaged
 * @throws TooLargeError if it takes more than `budget` has left
 */
export function unpackJpeg(
  stored: Uint8Array,
  image: TiffImage,
  block: Pick<Block, 'width' | 'height' | 'isCut'>,
  budget: PageBudget,
): Samples {
  const { photometric, tags } = image;
  const tables = tags.get(Tag.JpegTables);
  // They are put before each block of the page.
  if (tables) budget.unpacked.spend(tables.length + stored.length);
  const transform = photometric === Photometric.YCbCr;
  const largest = LARGER * block.width * block.height + SMALL;
  const decoded = decodeJpeg(stored, tables && new Uint8Array(tables), transform, largest, budget);
  const absent = Math.max(block.height - decoded.height, 0);
  return {
    data: decoded.data,
    stride: decoded.width * decoded.samplesPerPixel,
    perPixel: decoded.samplesPerPixel,
    bits: 8,
    photometric: transform ? Photometric.Rgb : photometric,
    badLines: 0,
    // The decoder does not tell what it has made up.
    missingLines: block.isCut && !hasEnd(stored) ? Math.max(absent, 1) : absent,
    lines: decoded.height,
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
