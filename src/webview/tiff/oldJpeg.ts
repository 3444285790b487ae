import { Tag, tagNumber } from './directory';
import { Photometric, type TiffImage } from './image';
import { concatenated, Marker, PREFIX, segmentsOf } from './jpegSegments';

/** Of a table of quantization, and of how many codes there are of each length. */
const QUANTIZATION_BYTES = 64;
const CODE_LENGTHS = 16;
const MOST_COMPONENTS = 4;
const RESTARTS = 8;

/**
 * The whole JPEG image of a page in the old way (TIFF 6.0, compression 6), of which there are many kinds: a JPEG file in one
 * piece; its beginning in one piece, and the rest in strips; strips that are parts of one file; and strips of nothing but
 * codes, the tables for which are somewhere else in the TIFF.
 * @param strips the data of the strips, or tiles, in their order
 * @returns undefined if nothing tells how the strips are coded, or each is a JPEG file of its own
 */
export function oldJpegStream(
  file: Uint8Array,
  image: TiffImage,
  strips: readonly Uint8Array[],
): Uint8Array | undefined {
  const [first = new Uint8Array(0)] = strips;
  const head = interchangeOf(file, image);
  if (head) {
    const { hasFrame, hasScan, end, isComplete } = segmentsOf(head);
    if (isComplete) return head;
    const beginning = head.subarray(0, end);
    if (isMarker(first, Marker.Start))
      return concatenated([beginning, first.subarray(2), ...strips.slice(1)]);
    if (hasScan || startsWithMarker(first)) return concatenated([beginning, ...strips]);
    return concatenated([beginning, ...(hasFrame ? [] : [frameHeader(image)]), ...scanOf(image, strips)]);
  }
  if (isMarker(first, Marker.Start))
    return strips.length > 1 && strips.every((strip) => isMarker(strip, Marker.Start))
      ? undefined
      : concatenated(strips);
  const tables = tablesOf(file, image);
  return (
    tables &&
    concatenated([
      Uint8Array.of(PREFIX, Marker.Start),
      ...tables,
      frameHeader(image),
      ...scanOf(image, strips),
    ])
  );
}

/** The JPEG file, or the beginning of one, that the page names. Its length may be missing. */
function interchangeOf(file: Uint8Array, { tags }: TiffImage): Uint8Array | undefined {
  const offset = tagNumber(tags, Tag.JpegOffset);
  const length = tagNumber(tags, Tag.JpegLength);
  const found = file.subarray(offset, length > 0 ? offset + length : undefined);
  return offset > 0 && isMarker(found, Marker.Start) ? found : undefined;
}

function isMarker(data: Uint8Array, marker: number): boolean {
  return data[0] === PREFIX && data[1] === marker;
}

function startsWithMarker(data: Uint8Array): boolean {
  return data[0] === PREFIX && (data[1] ?? 0) >= 0xc0 && data[1] !== PREFIX;
}

function segment(marker: number, bytes: readonly number[]): Uint8Array {
  const length = bytes.length + 2;
  return Uint8Array.of(PREFIX, marker, length >> 8, length & 0xff, ...bytes);
}

/** Tables of quantization and of codes, each of which is named by where it is in the file. */
function tablesOf(file: Uint8Array, { tags }: TiffImage): readonly Uint8Array[] | undefined {
  const places = [Tag.JpegQuantizations, Tag.JpegDcTables, Tag.JpegAcTables].map(
    (tag) => tags.get(tag)?.slice(0, MOST_COMPONENTS) ?? [],
  );
  const [quantizations = [], dc = [], ac = []] = places;
  if (places.some((offsets) => offsets.length === 0)) return undefined;
  const codes = (offset: number, id: number): Uint8Array => {
    const lengths = file.subarray(offset, offset + CODE_LENGTHS);
    const total = lengths.reduce((sum, count) => sum + count, 0);
    return segment(Marker.HuffmanTables, [id, ...file.subarray(offset, offset + CODE_LENGTHS + total)]);
  };
  return [
    ...quantizations.map((offset, id) =>
      segment(Marker.QuantizationTables, [id, ...file.subarray(offset, offset + QUANTIZATION_BYTES)]),
    ),
    ...dc.map((offset, id) => codes(offset, id)),
    ...ac.map((offset, id) => codes(offset, 0x10 | id)),
  ];
}

/** Horizontal and vertical subsampling of chroma: how many samples of luma there are for each. */
function subsampling({ tags, photometric }: TiffImage): readonly [number, number] {
  if (photometric !== Photometric.YCbCr) return [1, 1];
  const [across = 2, down = 2] = tags.get(Tag.ChromaSubsampling) ?? [];
  return [across & 7 || 1, down & 7 || 1];
}

function componentsOf({ samplesPerPixel }: TiffImage): readonly number[] {
  return Array.from({ length: Math.min(samplesPerPixel, MOST_COMPONENTS) }, (_, index) => index);
}

function frameHeader(image: TiffImage): Uint8Array {
  const { width, height } = image;
  const [across, down] = subsampling(image);
  const last = (image.tags.get(Tag.JpegQuantizations)?.length ?? MOST_COMPONENTS) - 1;
  const components = componentsOf(image);
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff].map((byte) => byte & 0xff);
  return segment(Marker.Frame, [
    8,
    ...size,
    components.length,
    ...components.flatMap((index) => [
      index + 1,
      index === 0 ? (across << 4) | down : 0x11,
      Math.min(index, last),
    ]),
  ]);
}

/** The header of the only scan, and its data, between whose strips decoding begins anew. */
function scanOf(image: TiffImage, strips: readonly Uint8Array[]): readonly Uint8Array[] {
  const { tags, width, blockHeight } = image;
  const components = componentsOf(image);
  const [dc, ac] = [Tag.JpegDcTables, Tag.JpegAcTables].map(
    (tag) => (tags.get(tag)?.length ?? MOST_COMPONENTS) - 1,
  );
  const header = segment(Marker.Scan, [
    components.length,
    ...components.flatMap((index) => [index + 1, (Math.min(index, dc ?? 0) << 4) | Math.min(index, ac ?? 0)]),
    0,
    63,
    0,
  ]);
  const [across, down] = subsampling(image);
  const unitsOfStrip = Math.ceil(width / (8 * across)) * Math.ceil(blockHeight / (8 * down));
  const interval = strips.length > 1 ? unitsOfStrip : tagNumber(tags, Tag.JpegRestartInterval);
  const restart = interval > 0 ? [segment(Marker.RestartInterval, [interval >> 8, interval & 0xff])] : [];
  return [
    ...restart,
    header,
    ...strips.flatMap((strip, index) =>
      index === 0 ? [strip] : [Uint8Array.of(PREFIX, Marker.Restart + ((index - 1) % RESTARTS)), strip],
    ),
    Uint8Array.of(PREFIX, Marker.End),
  ];
}
