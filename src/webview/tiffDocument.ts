import * as UTIF from 'utif2';

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
}

const Tag = {
  SubfileType: 't254',
  Width: 't256',
  Height: 't257',
  Compression: 't259',
  XResolution: 't282',
  YResolution: 't283',
  ResolutionUnit: 't296',
} as const;

/** What UTIF decodes: none, CCITT (three kinds), LZW, JPEG (two kinds), Deflate (two numbers), PackBits. */
const COMPRESSIONS = new Set([1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946]);

/** A broken header must not make us ask for gigabytes. The largest fax page, 1.3 m long at 408 by 391 dpi, has 70 million. */
const PIXEL_LIMIT = 120_000_000;
const PAGE_LIMIT = 5_000;
const SCREEN_DPI = 96;
const CENTIMETERS_PER_INCH = 2.54;
/** Real faxes go from 204 × 98 dpi (about 2) to 1; what is far beyond is a mistake in the file. */
const OBLONG_LIMIT = 5;

/** A multi-page TIFF; pages are decoded one at a time, when they are asked for. */
export class TiffDocument {
  readonly #bytes: ArrayBuffer;
  readonly #pages: readonly UTIF.IFD[];

  /** @throws Error if the bytes are no TIFF, or have no page */
  constructor(bytes: ArrayBuffer) {
    checkStructure(new DataView(bytes));
    this.#bytes = bytes;
    const images = UTIF.decode(bytes).filter(
      (ifd) => number(ifd, Tag.Width) > 0 && number(ifd, Tag.Height) > 0,
    );
    const pages = images.filter((ifd) => !isThumbnail(ifd));
    this.#pages = pages.length > 0 ? pages : images;
    if (this.#pages.length === 0) throw new Error('The TIFF has no pages.');
  }

  get pages(): readonly PageSize[] {
    return this.#pages.map(pageSize);
  }

  /** @throws Error if the page is damaged, too large, or compressed in a way that is not known */
  decode(index: number): Raster {
    const page = this.#pages[index];
    if (!page) throw new RangeError(`The TIFF has no page ${String(index + 1)}.`);
    if (number(page, Tag.Width) * number(page, Tag.Height) > PIXEL_LIMIT)
      throw new Error('The page is too large.');
    if (!COMPRESSIONS.has(number(page, Tag.Compression, 1))) throw new Error('The compression is not known.');
    // Decoded into a copy, because UTIF keeps the pixels in the directory it is given.
    const decoded = { ...page };
    UTIF.decodeImage(this.#bytes, decoded);
    const { buffer } = UTIF.toRGBA8(decoded);
    return {
      width: decoded.width,
      height: decoded.height,
      rgba: new Uint8ClampedArray(buffer as ArrayBuffer),
    };
  }
}

/** UTIF follows the chain of directories wherever it leads; one that leads back would keep it busy forever. */
function checkStructure(view: DataView): void {
  const order = view.byteLength >= 8 ? view.getUint16(0) : 0;
  const little = order === 0x4949;
  if ((!little && order !== 0x4d4d) || view.getUint16(2, little) !== 42) throw new Error('Not a TIFF.');
  const seen = new Set<number>();
  let offset = view.getUint32(4, little);
  while (offset !== 0) {
    if (seen.has(offset) || seen.size >= PAGE_LIMIT) throw new Error('The TIFF refers to itself.');
    seen.add(offset);
    const end = offset + 2 + view.getUint16(offset, little) * 12;
    offset = view.getUint32(end, little);
  }
}

function isThumbnail(ifd: UTIF.IFD): boolean {
  return (number(ifd, Tag.SubfileType) & 1) === 1;
}

function pageSize(ifd: UTIF.IFD): PageSize {
  const width = number(ifd, Tag.Width);
  const height = number(ifd, Tag.Height);
  const unit = number(ifd, Tag.ResolutionUnit, 2) === 3 ? CENTIMETERS_PER_INCH : 1;
  const x = number(ifd, Tag.XResolution) * unit;
  const y = number(ifd, Tag.YResolution) * unit;
  const ratio = x / y;
  if (!(ratio <= OBLONG_LIMIT && ratio >= 1 / OBLONG_LIMIT)) return { width, height };
  return { width: (width / x) * SCREEN_DPI, height: (height / y) * SCREEN_DPI };
}

/** A tag's first number; fractions come as numerator and denominator. */
function number(ifd: UTIF.IFD, tag: string, missing = 0): number {
  const values: unknown = ifd[tag];
  const value: unknown = Array.isArray(values) ? values[0] : undefined;
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return Number(value[0]) / Number(value[1]);
  return missing;
}
