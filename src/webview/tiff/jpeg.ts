import { JpegImage } from 'pdfjs-dist/image_decoders/pdf.image_decoders.mjs';
import { TooLargeError } from '../tooLarge';
import type { PageBudget } from './budget';
import { concatenated, isFrame, Marker, PREFIX, STUFFING } from './jpegSegments';

export interface JpegPixels {
  readonly width: number;
  readonly height: number;
  readonly samplesPerPixel: number;
  /** One byte for each sample. */
  readonly data: Uint8Array;
}

/** Passes over a picture that is shown better and better; each decodes all of it. */
const MOST_SCANS = 64;
/** Red, green and blue, or four inks. */
const MOST_COMPONENTS = 4;

/**
 * Decodes a JPEG image.
 * @param tables an image without pixels, that holds what the images of a file have in common
 * @param transform whether it is in luminance and chrominance and is to become RGB
 * @throws Error if it is damaged
 * @param largest pixels
 * @throws TooLargeError if its size, which is its own, is more than that, or than `budget` has left
 */
export function decodeJpeg(
  data: Uint8Array,
  tables: Uint8Array | undefined,
  transform: boolean,
  largest: number,
  budget: PageBudget,
): JpegPixels {
  const image = new JpegImage({ colorTransform: transform ? 1 : 0 });
  const whole = tables ? joined(tables, data) : data;
  spendOn(whole, largest, budget);
  image.parse(whole);
  const { width, height } = image;
  const pixels = image.getData({ width, height, isSourcePDF: false });
  return { width, height, samplesPerPixel: pixels.length / (width * height), data: new Uint8Array(pixels) };
}

/** The tables without the marker of their end, the image without that of its start. */
function joined(tables: Uint8Array, data: Uint8Array): Uint8Array {
  const ends = tables.at(-2) === PREFIX && tables.at(-1) === Marker.End;
  const starts = data[0] === PREFIX && data[1] === Marker.Start;
  return concatenated([ends ? tables.subarray(0, -2) : tables, starts ? data.subarray(2) : data]);
}

/** Whether an image comes to its end, perhaps with something behind it. */
export function hasEnd(data: Uint8Array): boolean {
  for (let at = data.lastIndexOf(Marker.End); at > 0; at = data.lastIndexOf(Marker.End, at - 1))
    if (data[at - 1] === PREFIX) return true;
  return false;
}

/** Looks for what the image says of its size, wherever the decoder may find it, before that allocates anything. */
function spendOn(data: Uint8Array, largest: number, { pixels, unpacked }: PageBudget): void {
  let [width, height, components, scans] = [0, 0, 0, 0];
  const number = (at: number): number => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
  for (let at = 0; at + 1 < data.length; at++) {
    const marker = data[at + 1] ?? 0;
    if (data[at] !== PREFIX || marker === PREFIX || marker === STUFFING) continue;
    if (isFrame(marker)) {
      height = Math.max(height, number(at + 5));
      width = Math.max(width, number(at + 7));
      components = Math.max(components, data[at + 9] ?? 0);
    } else if (marker === Marker.NumberOfLines) {
      height = Math.max(height, number(at + 4));
    } else if (marker === Marker.Scan) {
      scans++;
    }
  }
  if (components > MOST_COMPONENTS) throw new Error(`${String(components)} components are not known.`);
  if (scans > MOST_SCANS) throw new TooLargeError('The picture has too many passes.');
  if (width * height > largest) throw new TooLargeError('The picture is larger than its page.');
  pixels.spend(width * height);
  unpacked.spend(width * height * Math.max(components, 1));
}
