import { TooLargeError } from '../tooLarge';
import { Tag, tagNumber, type Directory } from './directory';

/** A strip or tile of a page. */
export interface Block {
  /** Where its data are in the file, in bytes. */
  readonly offset: number;
  readonly length: number;
  /** Where it belongs on the page, in pixels; it may go over the page's right and lower edge. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of which samples it is, if each has blocks of its own. */
  readonly plane: number | undefined;
}

/** Pixels of a side of a tile: none is larger, unless the page is. */
const LARGEST_TILE = 4096;

/** Sides of tiles are multiples of it. */
const TILE_UNIT = 16;

/** Strips or tiles of a page, for each of which something is made ready: the longest faxes have some 20,000 lines. */
const MOST_BLOCKS = 65_536;

/** Samples of a pixel: red, green, blue and opacity, or as many inks. */
export const MOST_SAMPLES = 8;

/**
 * The strips or tiles of a page, of each plane one after the other.
 * @param fileSize bytes
 * @throws Error if the page says nothing of them
 * @throws TooLargeError if they are larger than what they are parts of, or more than any page has
 */
export function blocksOf(page: Directory, fileSize: number): readonly Block[] {
  const pageWidth = tagNumber(page, Tag.Width);
  const pageHeight = tagNumber(page, Tag.Height);
  const tiled = page.has(Tag.TileWidth);
  const width = tiled ? tagNumber(page, Tag.TileWidth) : pageWidth;
  const height = tiled
    ? tagNumber(page, Tag.TileLength)
    : Math.min(tagNumber(page, Tag.RowsPerStrip, pageHeight), pageHeight);
  const offsets = page.get(tiled ? Tag.TileOffsets : Tag.StripOffsets) ?? [];
  const lengths = page.get(tiled ? Tag.TileByteCounts : Tag.StripByteCounts) ?? [];
  if (width < 1 || height < 1 || offsets.length === 0) throw new Error('The page has no pixels.');
  if (
    width > Math.max(pageWidth + TILE_UNIT, LARGEST_TILE) ||
    height > Math.max(pageHeight + TILE_UNIT, LARGEST_TILE)
  )
    throw new TooLargeError('A tile is larger than the page.');
  const across = Math.ceil(pageWidth / width);
  const perPlane = across * Math.ceil(pageHeight / height);
  const separate =
    tagNumber(page, Tag.PlanarConfiguration, 1) === 2 && tagNumber(page, Tag.SamplesPerPixel, 1) > 1;
  const planes = separate ? Math.min(tagNumber(page, Tag.SamplesPerPixel, 1), MOST_SAMPLES) : 1;
  if (Math.min(offsets.length, perPlane * planes) > MOST_BLOCKS)
    throw new TooLargeError('The page has too many parts.');
  const ends = lengths.length < offsets.length ? offsets.toSorted((a, b) => a - b) : [];
  return offsets.slice(0, perPlane * planes).map((offset, index) => {
    const place = index % perPlane;
    const y = Math.floor(place / across) * height;
    return {
      offset,
      // Some writers leave lengths out: a strip goes on to the next one, or to the end.
      length: Math.min(lengths[index] ?? nextOf(ends, offset) - offset, Math.max(fileSize - offset, 0)),
      x: (place % across) * width,
      y,
      width,
      height: tiled ? height : Math.min(height, pageHeight - y),
      plane: separate ? Math.floor(index / perPlane) : undefined,
    };
  });
}

/** The first of the numbers, which are in order, that is greater. */
function nextOf(numbers: readonly number[], number: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > number) high = middle;
    else low = middle + 1;
  }
  return numbers[low] ?? Number.MAX_SAFE_INTEGER;
}
