/** Takes TIFFs apart and puts them together again, so that what an encoder wrote can be made to contradict itself. */

export const Tag = {
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
  Planar: 284,
  Group3Options: 292,
  ResolutionUnit: 296,
  ColorMap: 320,
  TileWidth: 322,
  TileLength: 323,
  TileOffsets: 324,
  TileByteCounts: 325,
  JpegTables: 347,
  JpegOffset: 513,
  JpegLength: 514,
  Quantizations: 519,
  DcTables: 520,
  AcTables: 521,
  Subsampling: 530,
} as const;

export const Type = { Byte: 1, Short: 3, Long: 4, Rational: 5, Long8: 16 } as const;
const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 16: 8 };

export interface Values {
  readonly type: number;
  /** Of a rational, numerator and denominator one after the other. */
  readonly values: readonly number[];
}

export interface Page {
  /** By tag, without the places and lengths of strips or tiles unless they are to be other than they are. */
  readonly tags: Map<number, Values>;
  /** The data of its strips or tiles. */
  readonly blocks: Uint8Array[];
}

/** The pages of a TIFF that is as it should be. */
export function takeApart(bytes: Uint8Array): Page[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const pages: Page[] = [];
  for (let directory = view.getUint32(4, little); directory !== 0;) {
    const count = view.getUint16(directory, little);
    const tags = new Map<number, Values>();
    for (let index = 0; index < count; index++) {
      const entry = directory + 2 + index * 12;
      const type = view.getUint16(entry + 2, little);
      const size = SIZES[type] ?? 0;
      const length = view.getUint32(entry + 4, little) * size;
      const start = length > 4 ? view.getUint32(entry + 8, little) : entry + 8;
      const step = type === Type.Rational ? 4 : size;
      const values = Array.from({ length: length / step }, (_, place) =>
        read(view, start + place * step, step, little),
      );
      tags.set(view.getUint16(entry, little), { type, values });
    }
    const offsets = (tags.get(Tag.StripOffsets) ?? tags.get(Tag.TileOffsets))?.values ?? [];
    const counts = (tags.get(Tag.StripByteCounts) ?? tags.get(Tag.TileByteCounts))?.values ?? [];
    const blocks = offsets.map((offset, index) => bytes.slice(offset, offset + (counts[index] ?? 0)));
    for (const tag of [Tag.StripOffsets, Tag.StripByteCounts, Tag.TileOffsets, Tag.TileByteCounts])
      tags.delete(tag);
    pages.push({ tags, blocks });
    directory = view.getUint32(directory + 2 + count * 12, little);
  }
  return pages;
}

export interface WriteOptions {
  readonly little?: boolean;
  /** BigTIFF. */
  readonly big?: boolean;
  /** Pages whose directories the last one leads to, counted from 0; the end if there is none. */
  readonly next?: number;
  /** Tags that are left out, or whose values are made of the true ones. */
  readonly change?: Readonly<Record<number, (values: readonly number[]) => readonly number[] | undefined>>;
  /** What the file has behind its last directory. */
  readonly tail?: Uint8Array;
}

/** Puts a TIFF together: for each page its data, then its directory. */
export function putTogether(pages: readonly Page[], options: WriteOptions = {}): Uint8Array<ArrayBuffer> {
  const { little = true, big = false, change = {} } = options;
  const out = new Writer(little);
  out.text(little ? 'II' : 'MM');
  out.number(big ? 43 : 42, 2);
  if (big) {
    out.number(8, 2);
    out.number(0, 2);
  }
  const word = big ? 8 : 4;
  let link = out.length;
  out.number(0, word);
  const directories: number[] = [];
  for (const { tags, blocks } of pages) {
    const offsets = blocks.map((block) => {
      out.align();
      const at = out.length;
      out.bytes(block);
      return at;
    });
    const isTiled = tags.has(Tag.TileWidth);
    const all = new Map(tags);
    all.set(isTiled ? Tag.TileOffsets : Tag.StripOffsets, { type: Type.Long, values: offsets });
    all.set(isTiled ? Tag.TileByteCounts : Tag.StripByteCounts, {
      type: Type.Long,
      values: blocks.map(({ length }) => length),
    });
    const entries = [...all]
      .toSorted(([one], [other]) => one - other)
      .flatMap(([tag, { type, values }]) => {
        const changed = change[tag] ? change[tag](values) : values;
        return changed ? [{ tag, type, values: changed }] : [];
      });
    out.align();
    const places = entries.map(({ type, values }) => {
      const size = valueBytes(type, values.length);
      if (size <= word) return undefined;
      out.align();
      const at = out.length;
      out.values(type, values);
      return at;
    });
    out.align();
    directories.push(out.length);
    out.patch(link, out.length, word);
    out.number(entries.length, big ? 8 : 2);
    entries.forEach(({ tag, type, values }, index) => {
      out.number(tag, 2);
      out.number(type, 2);
      out.number(type === Type.Rational ? values.length / 2 : values.length, word);
      const at = places[index];
      if (at !== undefined) {
        out.number(at, word);
      } else {
        out.values(type, values);
        out.bytes(new Uint8Array(word - valueBytes(type, values.length)));
      }
    });
    link = out.length;
    out.number(0, word);
  }
  if (options.next !== undefined) out.patch(link, directories[options.next] ?? 0, word);
  if (options.tail) out.bytes(options.tail);
  return out.done();
}

function valueBytes(type: number, count: number): number {
  return type === Type.Rational ? count * 4 : count * (SIZES[type] ?? 0);
}

function read(view: DataView, at: number, size: number, little: boolean): number {
  if (size === 1) return view.getUint8(at);
  return size === 2 ? view.getUint16(at, little) : view.getUint32(at, little);
}

class Writer {
  #out: number[] = [];

  constructor(private readonly little: boolean) {}

  get length(): number {
    return this.#out.length;
  }

  align(): void {
    if (this.#out.length % 2 === 1) this.#out.push(0);
  }

  text(text: string): void {
    for (const character of text) this.#out.push(character.charCodeAt(0));
  }

  bytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.#out.push(byte);
  }

  number(value: number, size: number): void {
    this.#out.push(...this.#bytesOf(value, size));
  }

  values(type: number, values: readonly number[]): void {
    const size = type === Type.Rational ? 4 : (SIZES[type] ?? 0);
    for (const value of values) this.number(value, size);
  }

  patch(at: number, value: number, size: number): void {
    this.#out.splice(at, size, ...this.#bytesOf(value, size));
  }

  done(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#out);
  }

  #bytesOf(value: number, size: number): number[] {
    const bytes = Array.from({ length: size }, (_, place) => Math.floor(value / 256 ** place) % 256);
    return this.little ? bytes : bytes.toReversed();
  }
}

export const short = (...values: number[]): Values => ({ type: Type.Short, values });
export const long = (...values: number[]): Values => ({ type: Type.Long, values });
