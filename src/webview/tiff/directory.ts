import { Budget } from './budget';

/** The tags that we know (TIFF 6.0). */
export const Tag = {
  SubfileType: 254,
  Width: 256,
  Height: 257,
  BitsPerSample: 258,
  Compression: 259,
  Photometric: 262,
  FillOrder: 266,
  StripOffsets: 273,
  Orientation: 274,
  SamplesPerPixel: 277,
  RowsPerStrip: 278,
  StripByteCounts: 279,
  XResolution: 282,
  YResolution: 283,
  PlanarConfiguration: 284,
  Group3Options: 292,
  ResolutionUnit: 296,
  Predictor: 317,
  ColorMap: 320,
  TileWidth: 322,
  TileLength: 323,
  TileOffsets: 324,
  TileByteCounts: 325,
  JpegTables: 347,
  JpegOffset: 513,
  JpegLength: 514,
} as const;

/** Bytes of a value, by its type; 0 for those that none of our tags has. */
const TYPE_SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8];
const TYPE_SHORT = 3;
const TYPE_LONG = 4;
const TYPE_RATIONAL = 5;

const ENTRY_BYTES = 12;
/** Pages; a fax has some hundreds at most. */
const PAGE_LIMIT = 5_000;
/** Values of a tag: a broken one must not make us ask for gigabytes. */
const VALUE_LIMIT = 1_000_000;
/** Values of all tags of a file, which may name the same bytes again and again. */
const TOTAL_VALUE_LIMIT = 4_000_000;

/** The tags that may be fractions. */
const FRACTIONS: readonly number[] = [Tag.XResolution, Tag.YResolution];

/** The tags of a page; those we do not know are left out. */
export type Directory = ReadonlyMap<number, readonly number[]>;

export interface Tiff {
  readonly littleEndian: boolean;
  readonly directories: readonly Directory[];
}

/** A tag's first value. */
export function tagNumber(directory: Directory, tag: number, missing = 0): number {
  return directory.get(tag)?.[0] ?? missing;
}

const KNOWN: ReadonlySet<number> = new Set(Object.values(Tag));

/**
 * The directories of a file, one for each image. A file that was cut off has those before the cut.
 * @throws Error if it is no TIFF, or its directories lead in a circle
 * @throws TooLargeError if there is more in them than in those of any fax
 */
export function readDirectories(bytes: ArrayBuffer): Tiff {
  const view = new DataView(bytes);
  const order = view.byteLength >= 8 ? view.getUint16(0) : 0;
  const littleEndian = order === 0x4949;
  if ((!littleEndian && order !== 0x4d4d) || view.getUint16(2, littleEndian) !== 42)
    throw new Error('Not a TIFF.');
  const directories: Directory[] = [];
  const seen = new Set<number>();
  const values = new Budget(TOTAL_VALUE_LIMIT);
  let offset = view.getUint32(4, littleEndian);
  while (offset !== 0 && offset + 2 <= view.byteLength) {
    if (seen.has(offset) || seen.size >= PAGE_LIMIT) throw new Error('The TIFF refers to itself.');
    seen.add(offset);
    const end = offset + 2 + view.getUint16(offset, littleEndian) * ENTRY_BYTES;
    if (end > view.byteLength) break;
    directories.push(readDirectory(view, offset + 2, end, littleEndian, values));
    offset = end + 4 <= view.byteLength ? view.getUint32(end, littleEndian) : 0;
  }
  return { littleEndian, directories };
}

function readDirectory(
  view: DataView,
  start: number,
  end: number,
  littleEndian: boolean,
  values: Budget,
): Directory {
  const directory = new Map<number, readonly number[]>();
  for (let entry = start; entry < end; entry += ENTRY_BYTES) {
    const tag = view.getUint16(entry, littleEndian);
    if (KNOWN.has(tag) && !directory.has(tag))
      directory.set(tag, readValues(view, entry, littleEndian, values));
  }
  return directory;
}

function readValues(view: DataView, entry: number, littleEndian: boolean, values: Budget): readonly number[] {
  const type = view.getUint16(entry + 2, littleEndian);
  const count = view.getUint32(entry + 4, littleEndian);
  const size = TYPE_SIZES[type] ?? 0;
  if (size === 0 || count > VALUE_LIMIT) return [];
  // Half a pixel is none.
  if (type === TYPE_RATIONAL && !FRACTIONS.includes(view.getUint16(entry, littleEndian))) return [];
  const start = size * count <= 4 ? entry + 8 : view.getUint32(entry + 8, littleEndian);
  if (start + size * count > view.byteLength) return [];
  values.spend(count);
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * size;
    switch (type) {
      case TYPE_SHORT:
        return view.getUint16(at, littleEndian);
      case TYPE_LONG:
        return view.getUint32(at, littleEndian);
      case TYPE_RATIONAL:
        return view.getUint32(at, littleEndian) / view.getUint32(at + 4, littleEndian);
      default:
        return view.getUint8(at);
    }
  });
}
