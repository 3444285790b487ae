import { TooLargeError } from './tooLarge';
import { Budget, type PageBudget } from './tiff/budget';
import { readDirectories, Tag, tagNumber, type Directory } from './tiff/directory';
import { blocksOf } from './tiff/layout';
import { liesOnSide, upright } from './tiff/orientation';
import { paintBlock, WHITE_PIXEL, type Canvas } from './tiff/paint';
import { unpackBlock } from './tiff/unpack';

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
const CENTIMETERS_PER_INCH = 2.54;
/** Real faxes go from 204 × 98 dpi (about 2) to 1; what is far beyond is a mistake in the file. */
const OBLONG_LIMIT = 5;
/** With less than this of a page, it is better to say that it is damaged than to show what is left. */
const LEAST_GOOD = 0.1;

/** A multi-page TIFF; pages are decoded one at a time, when they are asked for. */
export class TiffDocument {
  readonly #bytes: ArrayBuffer;
  readonly #littleEndian: boolean;
  readonly #pages: readonly Directory[];

  /** @throws Error if the bytes are no TIFF, or have no page */
  constructor(bytes: ArrayBuffer) {
    const { littleEndian, directories } = readDirectories(bytes);
    const images = directories.filter(
      (directory) => tagNumber(directory, Tag.Width) > 0 && tagNumber(directory, Tag.Height) > 0,
    );
    const pages = images.filter((directory) => !isThumbnail(directory));
    this.#bytes = bytes;
    this.#littleEndian = littleEndian;
    this.#pages = pages.length > 0 ? pages : images;
    if (this.#pages.length === 0) throw new Error('The TIFF has no pages.');
  }

  #budget(): PageBudget {
    return {
      pixels: new Budget(BLOCK_PIXEL_LIMIT),
      stored: new Budget(READ_LIMIT * this.#bytes.byteLength),
      unpacked: new Budget(UNPACKED_LIMIT),
    };
  }

  get pages(): readonly PageSize[] {
    return this.#pages.map(pageSize);
  }

  /**
   * @throws Error if the page is damaged, or compressed in a way that is not known
   * @throws TooLargeError if it takes more memory or work than any page that people send
   */
  async decode(index: number, budget = this.#budget()): Promise<Raster> {
    const page = this.#pages[index];
    if (!page) throw new RangeError(`The TIFF has no page ${String(index + 1)}.`);
    const width = tagNumber(page, Tag.Width);
    const height = tagNumber(page, Tag.Height);
    if (width * height > PIXEL_LIMIT) throw new TooLargeError('The page is too large.');
    const options = { palette: page.get(Tag.ColorMap), littleEndian: this.#littleEndian };
    const blocks = blocksOf(page, this.#bytes.byteLength);
    // A page of which nothing can be read takes no memory.
    let canvas: Canvas | undefined;
    let bad = 0;
    let failure: unknown;
    for (const block of blocks) {
      try {
        const samples = await unpackBlock(this.#bytes, page, block, this.#littleEndian, budget);
        canvas ??= blank(width, height);
        paintBlock(canvas, block, samples, options);
        bad += samples.badLines / block.height;
      } catch (error) {
        if (error instanceof TooLargeError) throw error;
        failure = error;
        bad += 1;
      }
    }
    if (!canvas || bad / blocks.length > 1 - LEAST_GOOD)
      throw new Error('The page is damaged.', { cause: failure });
    const turned = upright(canvas, tagNumber(page, Tag.Orientation, 1));
    return {
      width: turned.width,
      height: turned.height,
      rgba: new Uint8ClampedArray(turned.pixels.buffer),
      damaged: bad > 0,
    };
  }
}

function blank(width: number, height: number): Canvas {
  return { width, height, pixels: new Uint32Array(width * height).fill(WHITE_PIXEL) };
}

function isThumbnail(directory: Directory): boolean {
  return (tagNumber(directory, Tag.SubfileType) & 1) === 1;
}

function pageSize(directory: Directory): PageSize {
  const width = tagNumber(directory, Tag.Width);
  const height = tagNumber(directory, Tag.Height);
  const unit = tagNumber(directory, Tag.ResolutionUnit, 2) === 3 ? CENTIMETERS_PER_INCH : 1;
  const x = tagNumber(directory, Tag.XResolution) * unit;
  const y = tagNumber(directory, Tag.YResolution) * unit;
  const ratio = x / y;
  const stored =
    ratio <= OBLONG_LIMIT && ratio >= 1 / OBLONG_LIMIT
      ? { width: (width / x) * SCREEN_DPI, height: (height / y) * SCREEN_DPI }
      : { width, height };
  return liesOnSide(tagNumber(directory, Tag.Orientation, 1))
    ? { width: stored.height, height: stored.width }
    : stored;
}
