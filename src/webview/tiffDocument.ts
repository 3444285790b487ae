import { TooLargeError } from './tooLarge';
import { Budget, type PageBudget } from './tiff/budget';
import { readDirectories, Tag, tagNumber } from './tiff/directory';
import { Compression, readImage, blocksPerPlane, type TiffImage } from './tiff/image';
import { layoutOf, type Block, type Layout } from './tiff/layout';
import { oldJpegStream } from './tiff/oldJpeg';
import { liesOnSide, upright } from './tiff/orientation';
import { paintBlock, paletteOf, WHITE_PIXEL, type Canvas } from './tiff/paint';
import { isComplete, unpackBlock, unpackJpeg, type BlockFile, type Samples } from './tiff/unpack';

export interface PageSize {
  /** CSS pixels at the page's own size; only the ratio is sure, since faxes lie about their resolution at times. */
  readonly width: number;
  readonly height: number;
}

export interface Raster {
  /** Pixels as stored, which need not be square. */
  readonly width: number;
  readonly height: number;
  /** Four bytes for each pixel. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** Whether a part of the page could not be read. */
  readonly damaged: boolean;
  /** Whether that is because it is not in the file, and all that is in it could be read. */
  readonly incomplete: boolean;
}

/** A broken header must not make us ask for gigabytes. The largest fax page, 1.3 m long at 408 by 391 dpi, has 70 million. */
const PIXEL_LIMIT = 80_000_000;
/** Pixels of all blocks of a page, which may go over its edges. */
const BLOCK_PIXEL_LIMIT = 2 * PIXEL_LIMIT;
/** Bytes of all blocks; a large page has a bit or a byte for each pixel. */
const UNPACKED_LIMIT = 4 * PIXEL_LIMIT;
/** How often the bytes of the file may be read for one page, which has them once. */
const READ_LIMIT = 4;
const SCREEN_DPI = 96;
const Unit = { Inch: 2, Centimeter: 3 } as const;
const MEASURES: readonly number[] = [Unit.Inch, Unit.Centimeter];
/** Dots per inch of what machines scan, send and make; others are mistakes. */
const LEAST_DPI = 30;
const MOST_DPI = 4800;
const CENTIMETERS_PER_INCH = 2.54;
/** Real faxes go from 204 × 98 dpi (about 2) to 1; what is far beyond is a mistake in the file. */
const OBLONG_LIMIT = 5;
/** With less than this of a page, it is better to say that it is damaged than to show what is left. */
const LEAST_GOOD = 0.1;

/** A block of a page, with its samples once they are needed. */
interface Part {
  readonly block: Block;
  readonly unpack: () => Samples | Promise<Samples>;
}

/** A multi-page TIFF; pages are decoded one at a time, when they are asked for. */
export class TiffDocument {
  readonly #file: BlockFile;
  readonly #images: readonly TiffImage[];
  /** Where everything that is known begins in the file, in order. */
  readonly #starts: Float64Array;

  /** @throws Error if the bytes are no TIFF, or have no page */
  constructor(bytes: ArrayBuffer) {
    const { littleEndian, directories, starts } = readDirectories(bytes);
    const described = directories.map(readImage);
    const images = described.filter(({ width, height }) => width > 0 && height > 0);
    const pages = images.filter((image) => !isThumbnail(image));
    this.#file = { bytes: new Uint8Array(bytes), littleEndian };
    this.#images = pages.length > 0 ? pages : images;
    this.#starts = Float64Array.from(starts.concat(...described.map(({ offsets }) => offsets))).toSorted();
    if (this.#images.length === 0) throw new Error('The TIFF has no pages.');
  }

  #budget(): PageBudget {
    return {
      pixels: new Budget(BLOCK_PIXEL_LIMIT),
      stored: new Budget(READ_LIMIT * this.#file.bytes.length),
      unpacked: new Budget(UNPACKED_LIMIT),
    };
  }

  get pages(): readonly PageSize[] {
    return this.#images.map(pageSize);
  }

  /**
   * @throws Error if the page is damaged, or compressed in a way that is not known
   * @throws TooLargeError if it takes more memory or work than any page that people send
   */
  async decode(index: number, budget = this.#budget()): Promise<Raster> {
    const described = this.#images[index];
    if (!described) throw new RangeError(`The TIFF has no page ${String(index + 1)}.`);
    const { width, height, tags } = described;
    if (width * height > PIXEL_LIMIT) throw new TooLargeError('The page is too large.');
    const colorMap = tags.get(Tag.ColorMap);
    const options = { palette: colorMap && paletteOf(colorMap), littleEndian: this.#file.littleEndian };
    const image = described.isBlockHeightDoubtful ? await this.#withTrueRows(described, budget) : described;
    const { parts, missing: absent } = this.#parts(image, budget);
    // A page of which nothing can be read takes no memory.
    let canvas: Canvas | undefined;
    let bad = 0;
    let missing = absent;
    /** Shares of the strips so far that are empty because their data end properly. They are missing only if lines follow below. */
    let emptyEnds = 0;
    let failure: unknown;
    for (const { block, unpack } of parts) {
      try {
        const samples = await unpack();
        canvas ??= blank(width, height);
        paintBlock(canvas, block, samples, options);
        // A page that does not say how high it is ends with its data.
        if (image.isHeightGuessed && block.y + block.height >= height) continue;
        bad += samples.badLines / block.height;
        missing += samples.missingLines / block.height;
        if (image.isTiled) continue;
        if (samples.lines > 0) missing += emptyEnds;
        emptyEnds = (samples.lines > 0 ? 0 : emptyEnds) + properEnd(samples, block);
      } catch (error) {
        if (error instanceof TooLargeError) throw error;
        failure = error;
        bad += 1;
      }
    }
    if (!canvas || (bad + missing) / (parts.length + absent) > 1 - LEAST_GOOD)
      throw new Error('The page is damaged.', { cause: failure });
    const turned = upright(canvas, tagNumber(tags, Tag.Orientation, 1));
    return {
      width: turned.width,
      height: turned.height,
      rgba: new Uint8ClampedArray(turned.pixels.buffer),
      damaged: bad + missing > 0,
      incomplete: bad === 0 && missing > 0,
    };
  }

  /** Finds out how many lines the strips of a page have, by the first of them. */
  async #withTrueRows(image: TiffImage, budget: PageBudget): Promise<TiffImage> {
    const { height } = image;
    const whole = { ...image, blockHeight: height };
    const [first] = layoutOf(whole, this.#starts, this.#file.bytes.length).blocks;
    // If the first strip cannot be read, or is too much, what the tags say stands, and decoding the page tells what is
    // wrong.
    const samples = first && (await unpackBlock(this.#file, whole, first, budget).catch(() => undefined));
    const lines = samples?.lines ?? 0;
    return Math.ceil(height / lines) === blocksPerPlane(image) ? { ...image, blockHeight: lines } : image;
  }

  /** What a page is put together from, and how much more of it there should be. */
  #parts(image: TiffImage, budget: PageBudget): { parts: readonly Part[]; missing: number } {
    const isOldJpeg = image.compression === Compression.OldJpeg;
    // A page of the old way need have nothing but one JPEG file.
    const isOneFile = isOldJpeg && image.offsets.length === 0;
    const layout: Layout = isOneFile
      ? { blocks: [], missing: 0 }
      : layoutOf(image, this.#starts, this.#file.bytes.length);
    const whole = isOldJpeg ? this.#oldJpeg(image, layout.blocks, budget) : undefined;
    if (whole) return { parts: [whole], missing: 0 };
    const parts = layout.blocks.map((block) => ({
      block,
      unpack: () => unpackBlock(this.#file, image, block, budget),
    }));
    return { parts, missing: layout.missing };
  }

  #oldJpeg(image: TiffImage, blocks: readonly Block[], budget: PageBudget): Part | undefined {
    const { bytes } = this.#file;
    for (const { length } of blocks) budget.stored.spend(length);
    const strips = blocks.map(({ offset, length }) => bytes.subarray(offset, offset + length));
    const stream = oldJpegStream(bytes, image, strips);
    if (!stream) return undefined;
    budget.stored.spend(stream.length);
    const { width, height } = image;
    const place = { offset: 0, length: stream.length, room: stream.length, x: 0, y: 0, plane: undefined };
    const block: Block = { ...place, width, height, isCut: blocks.some(({ isCut }) => isCut) };
    return {
      block,
      unpack: () => {
        budget.pixels.spend(width * height);
        return unpackJpeg(stream, image, block, budget);
      },
    };
  }
}

/** The share of a block that is empty because its data have come to a proper end. */
function properEnd(samples: Samples, { height }: Block): number {
  return isComplete(samples) ? Math.max(height - samples.lines, 0) / height : 0;
}

function blank(width: number, height: number): Canvas {
  return { width, height, pixels: new Uint32Array(width * height).fill(WHITE_PIXEL) };
}

function isThumbnail({ tags }: TiffImage): boolean {
  return (tagNumber(tags, Tag.SubfileType) & 1) === 1;
}

function dotsPerInch(unit: number, resolution: number): number {
  return unit === Unit.Centimeter ? resolution * CENTIMETERS_PER_INCH : resolution;
}

function pageSize({ width, height, tags }: TiffImage): PageSize {
  const unit = tagNumber(tags, Tag.ResolutionUnit, Unit.Inch);
  const x = dotsPerInch(unit, tagNumber(tags, Tag.XResolution));
  const y = dotsPerInch(unit, tagNumber(tags, Tag.YResolution));
  const ratio = x / y;
  const isSane = ratio <= OBLONG_LIMIT && ratio >= 1 / OBLONG_LIMIT;
  const isKnown = isSane && MEASURES.includes(unit) && x >= LEAST_DPI && x <= MOST_DPI;
  const stored = isKnown
    ? { width: (width / x) * SCREEN_DPI, height: (height / y) * SCREEN_DPI }
    : { width, height: isSane ? height * ratio : height };
  return liesOnSide(tagNumber(tags, Tag.Orientation, 1))
    ? { width: stored.height, height: stored.width }
    : stored;
}
