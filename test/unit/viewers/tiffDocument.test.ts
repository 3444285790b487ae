import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { TiffDocument, type Raster } from '../../../src/webview/tiffDocument';
import { TooLargeError } from '../../../src/webview/tooLarge';
import { page } from '../../faxMatrix/pictures';
import { putTogether, short, Tag } from '../../faxMatrix/tiffParts';

const fixtures = path.join(__dirname, '../../fixtures/tiff');

function load(name: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path.join(fixtures, name))).buffer;
}

/** The smallest rectangle that holds every pixel that is not nearly white. */
function block({ rgba, width, height }: Raster): number[] {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if ((rgba[(y * width + x) * 4 + 1] ?? 255) < 128) {
        xs.push(x);
        ys.push(y);
      }
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

describe('TiffDocument', () => {
  test.each(['group3', 'group3-2d', 'group4', 'group4-lsb', 'group4-strips', 'packbits'])(
    'decodes every page of a fax in %s',
    async (name) => {
      const tiff = new TiffDocument(load(`${name}.tif`));
      expect(tiff.pages).toHaveLength(2);
      expect(block(await tiff.decode(0))).toEqual([8, 4, 23, 11]);
      expect(block(await tiff.decode(1))).toEqual([24, 12, 39, 19]);
      expect(block(await tiff.decode(0)), 'a page decoded again').toEqual([8, 4, 23, 11]);
    },
  );

  test.each(['lzw', 'deflate', 'jpeg'])('decodes the colours of a picture in %s', async (name) => {
    const raster = await new TiffDocument(load(`${name}.tif`)).decode(0);
    const [red = 0, green = 0, blue = 0, alpha] = raster.rgba.subarray((7 * 48 + 15) * 4, (7 * 48 + 16) * 4);
    expect(red).toBeGreaterThan(180);
    expect(green).toBeLessThan(30);
    expect(blue).toBeLessThan(30);
    expect(alpha).toBe(255);
  });

  test('concludes the height of a page from the tiles of one plane', async () => {
    const [red, green, blue] = [200, 100, 50].map((value) => new Uint8Array(16 * 16).fill(value));
    const { tags } = page(32, 32, new Uint8Array(0), {
      [Tag.BitsPerSample]: short(8, 8, 8),
      [Tag.SamplesPerPixel]: short(3),
      [Tag.Photometric]: short(2),
      [Tag.Planar]: short(2),
      [Tag.TileWidth]: short(16),
      [Tag.TileLength]: short(16),
    });
    const blocks = [red, green, blue].flatMap((plane) =>
      Array.from({ length: 4 }, () => plane ?? new Uint8Array(0)),
    );
    const file = putTogether([{ tags, blocks }], { change: { [Tag.Height]: () => undefined } });
    const tiff = new TiffDocument(file.buffer);
    expect(tiff.pages).toEqual([{ width: 32, height: 32 }]);
    const raster = await tiff.decode(0);
    expect(raster).toMatchObject({ width: 32, height: 32, damaged: false });
    expect([...raster.rgba.subarray(-4)]).toEqual([200, 100, 50, 255]);
  });

  test('gives pages the proportions of paper where pixels are not square', () => {
    const [page] = new TiffDocument(load('group3.tif')).pages;
    // 48 by 24 pixels at 204 by 98 dpi are nearly square.
    expect(page?.width).toBeCloseTo((48 / 204) * 96);
    expect(page?.height).toBeCloseTo((24 / 98) * 96);
  });

  test('assumes square pixels where the file gives no resolution', () => {
    const bytes = load('group4.tif');
    for (const tag of [282, 283]) clearTag(bytes, tag);
    expect(new TiffDocument(bytes).pages[0]).toEqual({ width: 48, height: 24 });
  });

  test.each([
    ['none', 1],
    ['one that is not known', 7],
  ])('takes only the ratio from resolutions whose unit is %s', (_unit, unit) => {
    const bytes = load('group3.tif');
    new DataView(bytes).setUint16(findTag(bytes, 296) + 8, unit, true);
    const [page] = new TiffDocument(bytes).pages;
    expect(page).toEqual({ width: 48, height: expect.closeTo((24 * 204) / 98) as number });
  });

  test('refuses a file that is not a TIFF', () => {
    expect(() => new TiffDocument(new TextEncoder().encode('%PDF-1.4 not a tiff').buffer)).toThrow(
      'Not a TIFF',
    );
    expect(() => new TiffDocument(new ArrayBuffer(0))).toThrow('Not a TIFF');
  });

  test.each([
    ['the first one', 0],
    ['themselves', 1],
  ])('has each page of a file once if its directories lead back to %s', async (_where, target) => {
    const bytes = load('group4.tif');
    const directories = directoriesOf(bytes);
    const [, second = 0] = directories;
    const view = new DataView(bytes);
    view.setUint32(second + 2 + view.getUint16(second, true) * 12, directories[target] ?? 0, true);
    const tiff = new TiffDocument(bytes);
    expect(tiff.pages).toHaveLength(2);
    expect(block(await tiff.decode(1))).toEqual([24, 12, 39, 19]);
  });

  test('refuses a file that has more pages than any fax', () => {
    const pages = 5_001;
    const view = new DataView(new ArrayBuffer(8 + pages * 6));
    view.setUint32(0, 0x49492a00);
    for (let page = 0; page <= pages; page++) {
      const directory = page < pages ? 8 + page * 6 : 0;
      view.setUint32(page === 0 ? 4 : 8 + page * 6 - 4, directory, true);
    }
    expect(() => new TiffDocument(view.buffer)).toThrow(TooLargeError);
  });

  test('has no page of infinite height if samples have no bits and the height is missing', () => {
    const bytes = load('group4.tif');
    new DataView(bytes).setUint16(findTag(bytes, 258) + 8, 0, true);
    new DataView(bytes).setUint16(findTag(bytes, 259) + 8, 1, true);
    for (const tag of [257, 278]) clearTag(bytes, tag);
    for (const { height } of new TiffDocument(bytes).pages) expect(height).toBeLessThan(1e6);
  });

  test('refuses a page of an excessive size before it allocates memory', async () => {
    const bytes = load('group4.tif');
    const entry = findTag(bytes, 257);
    new DataView(bytes).setUint16(entry + 2, 4, true);
    new DataView(bytes).setUint32(entry + 8, 0x7fffffff, true);
    await expect(new TiffDocument(bytes).decode(0)).rejects.toThrow('too large');
  });

  test('refuses an unknown compression instead of returning an empty page', async () => {
    const bytes = load('group4.tif');
    new DataView(bytes).setUint16(findTag(bytes, 259) + 8, 34712, true);
    await expect(new TiffDocument(bytes).decode(0)).rejects.toThrow('damaged');
  });

  test('refuses a file that ends within a page', () => {
    const bytes = readFileSync(path.join(fixtures, 'group4.tif'));
    const cut = new Uint8Array(bytes.subarray(0, 120)).buffer;
    expect(() => new TiffDocument(cut)).toThrow();
  });
});

/** Offsets of the directories of a little-endian file. */
function directoriesOf(bytes: ArrayBuffer): readonly number[] {
  const view = new DataView(bytes);
  const found: number[] = [];
  for (let at = view.getUint32(4, true); at !== 0;) {
    found.push(at);
    at = view.getUint32(at + 2 + view.getUint16(at, true) * 12, true);
  }
  return found;
}

/** Offset of a tag's entry in the first directory of a little-endian file. */
function findTag(bytes: ArrayBuffer, tag: number): number {
  const view = new DataView(bytes);
  const first = view.getUint32(4, true);
  for (let i = 0; i < view.getUint16(first, true); i++) {
    const entry = first + 2 + i * 12;
    if (view.getUint16(entry, true) === tag) return entry;
  }
  throw new Error(`The fixture has no tag ${String(tag)}.`);
}

/** Makes a tag one that nobody knows. */
function clearTag(bytes: ArrayBuffer, tag: number): void {
  new DataView(bytes).setUint16(findTag(bytes, tag), 60_000 + (tag % 1000), true);
}
