import type { CcittScheme } from './ccitt';
import { Tag, tagNumber, type Directory } from './directory';

export const Compression = {
  None: 1,
  Huffman: 2,
  Group3: 3,
  Group4: 4,
  Lzw: 5,
  OldJpeg: 6,
  Jpeg: 7,
  Deflate: 8,
  HuffmanWords: 32771,
  PackBits: 32773,
  OldDeflate: 32946,
} as const;

export const Photometric = { WhiteIsZero: 0, BlackIsZero: 1, Rgb: 2, Palette: 3, Cmyk: 5, YCbCr: 6 } as const;

/** The compressions of faxes. */
export const CCITT_SCHEMES: Readonly<Record<number, CcittScheme>> = {
  [Compression.Huffman]: 'huffman',
  [Compression.HuffmanWords]: 'huffmanWords',
  [Compression.Group3]: 'group3',
  [Compression.Group4]: 'group4',
};

/** What a directory says of its image, with what it leaves out, and without what contradicts itself, as libtiff reads it. */
export interface TiffImage {
  /** Pixels; 0 if the directory has no image. */
  readonly width: number;
  readonly height: number;
  /** Whether it was concluded from the strips or tiles; it may be some lines too much then. */
  readonly isHeightGuessed: boolean;
  readonly compression: number;
  readonly photometric: number;
  readonly bitsPerSample: number;
  readonly samplesPerPixel: number;
  /** Whether the samples of a pixel are apart from each other, each in strips or tiles of its own. */
  readonly isPlanar: boolean;
  /** Size of each strip or tile, in pixels. */
  readonly blockWidth: number;
  readonly blockHeight: number;
  /** Whether the strips may have another number of lines than `blockHeight`, for there are more or fewer of them than fits it. */
  readonly isBlockHeightDoubtful: boolean;
  readonly isTiled: boolean;
  /** Of the strips or tiles, in bytes; some may be missing. */
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
  readonly tags: Directory;
}

/** Reads what the directory of a page says. Nothing is too wrong to be read. */
export function readImage(tags: Directory): TiffImage {
  const width = tagNumber(tags, Tag.Width);
  const compression = tagNumber(tags, Tag.Compression, Compression.None);
  const isJpeg = compression === Compression.Jpeg || compression === Compression.OldJpeg;
  const bitsPerSample = tagNumber(tags, Tag.BitsPerSample, isJpeg ? 8 : 1);
  const samplesPerPixel = readSamplesPerPixel(tags, compression);
  const tileWidth = tagNumber(tags, Tag.TileWidth);
  const tileHeight = tagNumber(tags, Tag.TileLength);
  const isTiled = tileWidth > 0 && tileHeight > 0;
  // Some writers put the offsets of tiles where those of strips belong.
  const offsets = isTiled
    ? valuesOf(tags, Tag.TileOffsets, Tag.StripOffsets)
    : valuesOf(tags, Tag.StripOffsets, Tag.TileOffsets);
  const byteCounts = isTiled
    ? valuesOf(tags, Tag.TileByteCounts, Tag.StripByteCounts)
    : valuesOf(tags, Tag.StripByteCounts, Tag.TileByteCounts);
  const isPlanar = tagNumber(tags, Tag.PlanarConfiguration, 1) === 2 && samplesPerPixel > 1;
  const stored = { width, bitsPerSample, samplesPerPixel, isPlanar, compression, offsets, byteCounts };
  const rows = tagNumber(tags, Tag.RowsPerStrip);
  const namedHeight = tagNumber(tags, Tag.Height);
  const height =
    namedHeight ||
    (isTiled
      ? Math.ceil(blocksPerPlane(stored) / Math.ceil(width / tileWidth)) * tileHeight
      : heightOfStrips(stored, rows));
  return {
    ...stored,
    height,
    isHeightGuessed: namedHeight === 0,
    photometric: readPhotometric(tags, compression, samplesPerPixel),
    isTiled,
    blockWidth: isTiled ? tileWidth : width,
    blockHeight: isTiled ? tileHeight : Math.min(rows || rowsOfStrips(stored, height), height),
    isBlockHeightDoubtful:
      !isTiled && compression !== Compression.OldJpeg && isDoubtful(stored, rows, height),
    tags,
  };
}

function valuesOf(tags: Directory, tag: number, otherTag: number): readonly number[] {
  return tags.get(tag) ?? tags.get(otherTag) ?? [];
}

function readSamplesPerPixel(tags: Directory, compression: number): number {
  const said = tagNumber(tags, Tag.SamplesPerPixel);
  if (said > 0) return said;
  switch (tagNumber(tags, Tag.Photometric, compression === Compression.OldJpeg ? Photometric.YCbCr : 0)) {
    case Photometric.Rgb:
    case Photometric.YCbCr:
      return 3;
    case Photometric.Cmyk:
      return 4;
    default:
      return 1;
  }
}

function readPhotometric(tags: Directory, compression: number, samples: number): number {
  const said = tags.get(Tag.Photometric)?.[0];
  if (compression === Compression.OldJpeg && (said ?? Photometric.Rgb) === Photometric.Rgb)
    return samples === 1 ? Photometric.BlackIsZero : Photometric.YCbCr;
  const hasColorMap = said === Photometric.Palette && tags.has(Tag.ColorMap);
  // Faxes have black and white, whatever is said of their colors.
  if (CCITT_SCHEMES[compression])
    return said === Photometric.BlackIsZero || hasColorMap ? said : Photometric.WhiteIsZero;
  // Without its colors, a palette is taken for what it most likely is.
  if (said === undefined || (said === Photometric.Palette && !hasColorMap))
    return samples >= 3 ? Photometric.Rgb : Photometric.BlackIsZero;
  return said;
}

interface Stored {
  readonly width: number;
  readonly bitsPerSample: number;
  readonly samplesPerPixel: number;
  readonly isPlanar: boolean;
  readonly compression: number;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
}

/** How many samples of a pixel are next to each other in a strip or tile. */
export function samplesTogether({
  isPlanar,
  samplesPerPixel,
}: Pick<Stored, 'isPlanar' | 'samplesPerPixel'>): number {
  return isPlanar ? 1 : samplesPerPixel;
}

/** Bytes of a line of a strip or tile that is so many pixels wide and not compressed; at least one. */
export function bytesPerLine(
  width: number,
  image: Pick<Stored, 'bitsPerSample' | 'samplesPerPixel' | 'isPlanar'>,
): number {
  return Math.max(Math.ceil((width * image.bitsPerSample * samplesTogether(image)) / 8), 1);
}

/** How many strips or tiles each plane of a page has, as far as the file says where they are. */
export function blocksPerPlane({ offsets, isPlanar, samplesPerPixel }: Stored): number {
  return Math.ceil(offsets.length / (isPlanar ? samplesPerPixel : 1));
}

/** How high a page is that does not say so. @param rows of a strip; 0 if that is not known either */
function heightOfStrips(stored: Stored, rows: number): number {
  const strips = blocksPerPlane(stored);
  const last = stored.byteCounts[strips - 1] ?? 0;
  const isLastMeasurable = last > 0 && stored.compression === Compression.None;
  const rowsOfLast = isLastMeasurable ? Math.floor(last / bytesPerLine(stored.width, stored)) : rows;
  // 2³²-1 means that there is one strip, however high.
  if (strips === 1) return rows > 0 && rows < 0xffffffff ? rows : isLastMeasurable ? rowsOfLast : 0;
  return rows > 0 && strips > 0 ? (strips - 1) * rows + Math.min(rowsOfLast, rows) : 0;
}

/** @param rows of a strip, as the page says; 0 if it does not */
function isDoubtful(stored: Stored, rows: number, height: number): boolean {
  const strips = blocksPerPlane(stored);
  const [first = 0, second = 0] = stored.offsets;
  if (strips === 1) return rows > 0 && rows < height;
  return rows === 0 || (rows >= height && second > 0 && second !== first);
}

/** Lines of each strip of a page that does not say so. */
function rowsOfStrips(stored: Stored, height: number): number {
  const strips = blocksPerPlane(stored);
  if (strips <= 1) return height;
  const rows = Math.floor((stored.byteCounts[0] ?? 0) / bytesPerLine(stored.width, stored));
  const fits = stored.compression === Compression.None && rows > 0 && Math.ceil(height / rows) === strips;
  return fits ? rows : Math.ceil(height / strips);
}
