import { JpegImage } from 'pdfjs-dist/image_decoders/pdf.image_decoders.mjs';

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

/**
 * Decodes a JPEG image.
 * @param tables an image without pixels, that holds what the images of a file have in common
 * @param transform whether it is in luminance and chrominance and is to become RGB
 * @throws Error if it is damaged
 */
export function decodeJpeg(data: Uint8Array, tables: Uint8Array | undefined, transform: boolean): JpegPixels {
  const image = new JpegImage({ colorTransform: transform ? 1 : 0 });
  image.parse(tables ? joined(tables, data) : data);
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
