/** JPEG in the old way, of which libtiff writes nothing: each is made of what it writes in the new way. */
import type { Add } from './cases';
import { codedPage } from './libtiff';
import { long, putTogether, short, Tag, type Page, type Values, type WriteOptions } from './tiffParts';

/** A JPEG file, and what can be made of it in the old way. */
export function addOldJpeg(add: Add, picture: Page): void {
  const whole = codedPage(picture, '-c', 'jpeg:90', '-r', '32');
  const tables = Uint8Array.from(whole.tags.get(Tag.JpegTables)?.values ?? []);
  const [strip = new Uint8Array()] = whole.blocks;
  const jpeg = Uint8Array.from([...tables.subarray(0, -2), ...strip.subarray(2)]);
  const size = (tag: number): Values => picture.tags.get(tag) ?? short(0);
  const tags = (more: Record<number, Values>): Map<number, Values> =>
    new Map<number, Values>([
      [Tag.Width, size(Tag.Width)],
      [Tag.Height, size(Tag.Height)],
      [Tag.BitsPerSample, short(8, 8, 8)],
      [Tag.Compression, short(6)],
      [Tag.Photometric, short(6)],
      [Tag.SamplesPerPixel, short(3)],
      [Tag.RowsPerStrip, size(Tag.Height)],
      [Tag.Subsampling, short(2, 2)],
      ...Object.entries(more).map(([tag, values]): [number, Values] => [Number(tag), values]),
    ]);
  const START = 8;
  const old = (
    name: string,
    blocks: Uint8Array[],
    more: Record<number, Values>,
    change?: WriteOptions['change'],
  ): void =>
    add(
      'Old-style JPEG',
      name,
      putTogether([{ tags: tags(more), blocks }], change ? { change } : {}),
      undefined,
      true,
    );
  const gone = (): undefined => undefined;
  old('a JPEG file with its length', [jpeg], {
    [Tag.JpegOffset]: long(START),
    [Tag.JpegLength]: long(jpeg.length),
  });
  old('a JPEG file without its length', [jpeg], { [Tag.JpegOffset]: long(START) });
  old('a JPEG file with a length of 0', [jpeg], { [Tag.JpegOffset]: long(START), [Tag.JpegLength]: long(0) });
  old(
    'a JPEG file without strips',
    [jpeg],
    { [Tag.JpegOffset]: long(START), [Tag.JpegLength]: long(jpeg.length) },
    { [Tag.StripOffsets]: gone, [Tag.StripByteCounts]: gone },
  );
  old('a strip that is a JPEG file', [jpeg], {});
  old('a strip that is a JPEG file, without a byte count', [jpeg], {}, { [Tag.StripByteCounts]: gone });
  old(
    'a JPEG file, photometric missing',
    [jpeg],
    { [Tag.JpegOffset]: long(START) },
    { [Tag.Photometric]: gone },
  );
  old('a JPEG file, photometric RGB', [jpeg], { [Tag.JpegOffset]: long(START), [Tag.Photometric]: short(2) });
  old(
    'a JPEG file, BitsPerSample missing',
    [jpeg],
    { [Tag.JpegOffset]: long(START) },
    { [Tag.BitsPerSample]: gone },
  );
  old(
    'a JPEG file, SamplesPerPixel missing',
    [jpeg],
    { [Tag.JpegOffset]: long(START) },
    { [Tag.SamplesPerPixel]: gone },
  );
  // The beginning, with all tables, apart from the codes.
  const scan = scanStart(jpeg);
  const head = jpeg.subarray(0, scan);
  const codes = jpeg.subarray(scan, -2);
  // Blocks begin with even bytes.
  const second = START + head.length + (head.length % 2);
  const pair = [head, codes];
  const at = { [Tag.StripOffsets]: () => [second], [Tag.StripByteCounts]: () => [codes.length] };
  old(
    'tables in one place, codes in a strip',
    pair,
    { [Tag.JpegOffset]: long(START), [Tag.JpegLength]: long(head.length) },
    at,
  );
  const parts = tablePlaces(jpeg, START);
  old(
    'tables named one by one, codes in a strip',
    pair,
    {
      [Tag.Quantizations]: long(...parts.quantizations),
      [Tag.DcTables]: long(...parts.dc),
      [Tag.AcTables]: long(...parts.ac),
    },
    at,
  );
  const strips = codedPage(picture, '-c', 'jpeg:90', '-r', '16').blocks.map((each) =>
    each.subarray(scanStart(each), -2),
  );
  const lengths = strips.map(({ length }) => length);
  const starts = lengths.map((_, index) =>
    lengths.slice(0, index).reduce((sum, length) => sum + length + (length % 2), second),
  );
  old(
    'tables named one by one, codes in two strips',
    [head, ...strips],
    {
      [Tag.RowsPerStrip]: short(16),
      [Tag.Quantizations]: long(...parts.quantizations),
      [Tag.DcTables]: long(...parts.dc),
      [Tag.AcTables]: long(...parts.ac),
    },
    { [Tag.StripOffsets]: () => starts, [Tag.StripByteCounts]: () => lengths },
  );
  const files = codedPage(picture, '-c', 'jpeg:90', '-r', '16').blocks.map((each) =>
    Uint8Array.from([...tables.subarray(0, -2), ...each.subarray(2)]),
  );
  old('two strips, each a JPEG file', files, { [Tag.RowsPerStrip]: short(16) });
}

/** Where the codes of the only scan begin. */
function scanStart(jpeg: Uint8Array): number {
  for (let at = 2; ;) {
    const next = at + 2 + ((jpeg[at + 2] ?? 0) << 8) + (jpeg[at + 3] ?? 0);
    if (jpeg[at + 1] === 0xda) return next;
    at = next;
  }
}

/** Where the tables of a JPEG file are in a TIFF, in which it is at `start`: for luminance, and for both colors. */
function tablePlaces(jpeg: Uint8Array, start: number): Record<'quantizations' | 'dc' | 'ac', number[]> {
  const [quantizations, dc, ac]: number[][] = [[], [], []];
  for (let at = 2; jpeg[at + 1] !== 0xda;) {
    const next = at + 2 + ((jpeg[at + 2] ?? 0) << 8) + (jpeg[at + 3] ?? 0);
    for (let table = at + 4; table < next;) {
      if (jpeg[at + 1] === 0xdb) {
        quantizations?.push(start + table + 1);
        table += 65;
      } else if (jpeg[at + 1] === 0xc4) {
        ((jpeg[table] ?? 0) < 16 ? dc : ac)?.push(start + table + 1);
        table += 17 + jpeg.subarray(table + 1, table + 17).reduce((sum, count) => sum + count, 0);
      } else break;
    }
    at = next;
  }
  const three = (places: number[] = []): number[] => [
    places[0] ?? 0,
    places[1] ?? places[0] ?? 0,
    places[1] ?? places[0] ?? 0,
  ];
  return { quantizations: three(quantizations), dc: three(dc), ac: three(ac) };
}
