import { JpegImage } from 'pdfjs-dist/image_decoders/pdf.image_decoders.mjs';
import { TooLargeError } from '../tooLarge';
import type { PageBudget } from './budget';

export interface JpegPixels {
  readonly width: number;
  readonly height: number;
  readonly samplesPerPixel: number;
  /** One byte for each sample. */
  readonly data: Uint8Array;
}

const MARKER = 0xff;
const START = 0xd8;
const END = 0xd9;

const STUFFING = 0x00;
const LINES = 0xdc;
const SCAN = 0xda;

/** Markers of frames, which tell the size: SOF0 to SOF15 but for three that mean something else. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

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
  const ends = tables.at(-2) === MARKER && tables.at(-1) === END;
  const starts = data[0] === MARKER && data[1] === START;
  const head = ends ? tables.subarray(0, -2) : tables;
  const body = starts ? data.subarray(2) : data;
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return whole;
}

/** Looks for what the image says of its size, wherever the decoder may find it, before that allocates anything. */
function spendOn(data: Uint8Array, largest: number, { pixels, unpacked }: PageBudget): void {
  let [width, height, components, scans] = [0, 0, 0, 0];
  const number = (at: number): number => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
  for (let at = 0; at + 1 < data.length; at++) {
    const marker = data[at + 1] ?? 0;
    if (data[at] !== MARKER || marker === MARKER || marker === STUFFING) continue;
    if (isFrame(marker)) {
      height = Math.max(height, number(at + 5));
      width = Math.max(width, number(at + 7));
      components = Math.max(components, data[at + 9] ?? 0);
    } else if (marker === LINES) {
      height = Math.max(height, number(at + 4));
    } else if (marker === SCAN) {
      scans++;
    }
  }
  if (components > MOST_COMPONENTS) throw new Error(`${String(components)} components are not known.`);
  if (scans > MOST_SCANS) throw new TooLargeError('The picture has too many passes.');
  if (width * height > largest) throw new TooLargeError('The picture is larger than its page.');
  pixels.spend(width * height);
  unpacked.spend(width * height * Math.max(components, 1));
}
