import { TooLargeError } from '../tooLarge';
import { bytesPerLine, Compression, type TiffImage } from './image';

/** A strip or tile of a page. */
export interface Block {
  /** Where its data are in the file, in bytes. */
  readonly offset: number;
  readonly length: number;
  /** How long its data may be if `length` is wrong: up to what is next in the file, or to its end. */
  readonly room: number;
  /** Whether the file ends before its data do. */
  readonly isCut: boolean;
  /** Where it belongs on the page, in pixels; it may go over the page's right and lower edge. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of which samples it is, if each has blocks of its own. */
  readonly plane: number | undefined;
}

export interface Layout {
  /** Of each plane one after the other. */
  readonly blocks: readonly Block[];
  /** How many more there should be, of which there is nothing in the file. */
  readonly missing: number;
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
 * The strips or tiles of a page.
 * @param starts where blocks, and whatever else the file has, begin, in order
 * @param fileSize bytes
 * @throws Error if the page says nothing of them
 * @throws TooLargeError if they are larger than what they are parts of, or more than any page has
 */
export function layoutOf(image: TiffImage, starts: Float64Array, fileSize: number): Layout {
  const { isTiled, isPlanar, blockWidth: width, blockHeight: height, byteCounts } = image;
  if (width < 1 || height < 1 || image.offsets.length === 0) throw new Error('The page has no pixels.');
  if (
    width > Math.max(image.width + TILE_UNIT, LARGEST_TILE) ||
    height > Math.max(image.height + TILE_UNIT, LARGEST_TILE)
  )
    throw new TooLargeError('A tile is larger than the page.');
  const across = Math.ceil(image.width / width);
  const perPlane = across * Math.ceil(image.height / height);
  const planes = isPlanar ? Math.min(image.samplesPerPixel, MOST_SAMPLES) : 1;
  const offsets = image.offsets.slice(0, perPlane * planes);
  if (offsets.length > MOST_BLOCKS) throw new TooLargeError('The page has too many parts.');
  // Lengths that the file has no room for are not believed; the last one may be so because the file was cut off.
  const areByteCountsImpossible =
    byteCounts.slice(0, offsets.length).reduce((sum, count) => sum + count, 0) > 2 * fileSize;
  const blocks = offsets.flatMap((offset, index): Block[] => {
    // Writers give an offset of 0 to blocks that they left out; other offsets are beyond the end of a file that was cut
    // off.
    if (offset === 0 || offset >= fileSize) return [];
    const place = index % perPlane;
    const y = Math.floor(place / across) * height;
    const room = Math.min(nextOf(starts, offset), fileSize) - offset;
    const lines = isTiled ? height : Math.min(height, image.height - y);
    const said = Math.max(byteCounts[index] ?? 0, leastBytes(image, lines, room));
    return [
      {
        offset,
        // Some writers leave lengths out.
        length: Math.min(areByteCountsImpossible ? room : said || room, fileSize - offset),
        room,
        isCut: !areByteCountsImpossible && said > fileSize - offset,
        x: (place % across) * width,
        y,
        width,
        height: lines,
        plane: isPlanar ? Math.floor(index / perPlane) : undefined,
      },
    ];
  });
  return { blocks, missing: perPlane * planes - blocks.length };
}

/** Bytes that a block has at least, whatever it says, for it is not compressed; no more than there is room. */
function leastBytes(image: TiffImage, lines: number, room: number): number {
  if (image.compression !== Compression.None) return 0;
  return Math.min(bytesPerLine(image.blockWidth, image) * lines, room);
}

/** The first of some numbers in order that is greater than another one. */
function nextOf(numbers: Float64Array, number: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > number) high = middle;
    else low = middle + 1;
  }
  return numbers[low] ?? Number.MAX_SAFE_INTEGER;
}
