import { TooLargeError } from '../tooLarge';
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
  JpegRestartInterval: 515,
  JpegQuantizations: 519,
  JpegDcTables: 520,
  JpegAcTables: 521,
  ChromaSubsampling: 530,
} as const;

/** Bytes of a value, by its type; 0 for those that none of our tags has. */
const TYPE_SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
const Type = { Rational: 5, SignedRational: 10, Float: 11, Double: 12 } as const;
/** Of values that are not whole numbers. */
const FRACTION_TYPES: readonly number[] = Object.values(Type);

/** Pages; a fax has some hundreds at most. */
const PAGE_LIMIT = 5_000;
/** Values of a tag: a broken one must not make us ask for gigabytes. */
const VALUE_LIMIT = 1_000_000;
/** Values of all tags of a file, which may name the same bytes again and again. */
const TOTAL_VALUE_LIMIT = 4_000_000;

/** The tags that may be fractions. */
const FRACTIONS: readonly number[] = [Tag.XResolution, Tag.YResolution];

/** The tags of a page; those we do not know, or cannot read, are left out. */
export type Directory = ReadonlyMap<number, readonly number[]>;

export interface Tiff {
  readonly littleEndian: boolean;
  readonly directories: readonly Directory[];
  /** Where directories, and values that are outside of them, begin in the file; in no order. */
  readonly starts: readonly number[];
}

/** A tag's first value. */
export function tagNumber(directory: Directory, tag: number, missing = 0): number {
  return directory.get(tag)?.[0] ?? missing;
}

const KNOWN: ReadonlySet<number> = new Set(Object.values(Tag));

/** How a file writes numbers. */
interface Format {
  readonly littleEndian: boolean;
  /** BigTIFF, whose counts and offsets have eight bytes. */
  readonly big: boolean;
}

const CLASSIC = 42;
const BIG = 43;

/**
 * The directories of a file, one for each image. A file that was cut off has those before the cut, one whose directories lead
 * in a circle has each of them once.
 * @throws Error if it is no TIFF
 * @throws TooLargeError if there is more in them than in those of any fax
 */
export function readDirectories(bytes: ArrayBuffer): Tiff {
  const view = new DataView(bytes);
  const format = readFormat(view);
  const { littleEndian, big } = format;
  const directories: Directory[] = [];
  const starts: number[] = [];
  const seen = new Set<number>();
  const values = new Budget(TOTAL_VALUE_LIMIT);
  const [countBytes, entryBytes] = big ? [8, 20] : [2, 12];
  let offset = readOffset(view, big ? 8 : 4, format);
  while (offset !== 0 && offset + countBytes <= view.byteLength && !seen.has(offset)) {
    if (seen.size >= PAGE_LIMIT) throw new TooLargeError('The TIFF has too many pages.');
    seen.add(offset);
    const count = big ? readOffset(view, offset, format) : view.getUint16(offset, littleEndian);
    const end = offset + countBytes + count * entryBytes;
    if (end > view.byteLength) break;
    values.spend(count);
    starts.push(offset);
    const directory = new Map<number, readonly number[]>();
    for (let at = offset + countBytes; at < end; at += entryBytes) {
      const entry = readEntry(view, at, format);
      if (entry.isOutside) starts.push(entry.start);
      if (!KNOWN.has(entry.tag) || directory.has(entry.tag)) continue;
      const read = readValues(view, entry, littleEndian, values);
      if (read.length > 0) directory.set(entry.tag, read);
    }
    directories.push(directory);
    offset = readOffset(view, end, format);
  }
  return { littleEndian, directories, starts };
}

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Bytes of each value; 0 if they are of no type that we know. */
  readonly size: number;
  /** Where the values are in the file, and whether that is outside of the directory. */
  readonly start: number;
  readonly isOutside: boolean;
}

/** @throws Error if it is no TIFF */
function readFormat(view: DataView): Format {
  const order = view.byteLength >= 8 ? view.getUint16(0) : 0;
  const littleEndian = order === 0x4949;
  const version = littleEndian || order === 0x4d4d ? view.getUint16(2, littleEndian) : 0;
  if (version !== CLASSIC && version !== BIG) throw new Error('Not a TIFF.');
  return { littleEndian, big: version === BIG };
}

/** Where something is in the file, or how much there is; 0 behind the file's end. */
function readOffset(view: DataView, at: number, { littleEndian, big }: Format): number {
  if (at + (big ? 8 : 4) > view.byteLength) return 0;
  return big ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);
}

function readEntry(view: DataView, at: number, format: Format): Entry {
  const { littleEndian, big } = format;
  const type = view.getUint16(at + 2, littleEndian);
  const count = readOffset(view, at + 4, format);
  const size = TYPE_SIZES[type] ?? 0;
  const [place, room] = big ? [at + 12, 8] : [at + 8, 4];
  const isOutside = size * count > room;
  const start = isOutside ? readOffset(view, place, format) : place;
  return { tag: view.getUint16(at, littleEndian), type, count, size, start, isOutside };
}

/** None if they make no sense. */
function readValues(view: DataView, entry: Entry, littleEndian: boolean, values: Budget): readonly number[] {
  const { tag, type, count, size, start } = entry;
  if (size === 0 || count > VALUE_LIMIT) return [];
  // Half a pixel is none.
  if (FRACTION_TYPES.includes(type) && !FRACTIONS.includes(tag)) return [];
  if (start + size * count > view.byteLength) return [];
  values.spend(count);
  return Array.from({ length: count }, (_, index) =>
    readValue(view, start + index * size, type, size, littleEndian),
  );
}

function readValue(view: DataView, at: number, type: number, size: number, littleEndian: boolean): number {
  switch (type) {
    case Type.Rational:
    case Type.SignedRational:
      return view.getUint32(at, littleEndian) / view.getUint32(at + 4, littleEndian);
    case Type.Float:
      return view.getFloat32(at, littleEndian);
    case Type.Double:
      return view.getFloat64(at, littleEndian);
  }
  switch (size) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, littleEndian);
    case 4:
      return view.getUint32(at, littleEndian);
    default:
      return Number(view.getBigUint64(at, littleEndian));
  }
}
