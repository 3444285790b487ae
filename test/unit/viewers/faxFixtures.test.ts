import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDirectories, Tag, tagNumber } from '../../../src/webview/tiff/directory';
import { TiffDocument, type Raster } from '../../../src/webview/tiffDocument';

const folder = path.join(__dirname, '../../fixtures/fax');

interface Expected {
  readonly width: number;
  readonly height: number;
  readonly sha256?: string;
  readonly pixels?: string;
}

const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as Record<
  string,
  readonly Expected[]
>;

function load(name: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path.join(folder, name))).buffer;
}

/** By how much the samples of two pictures differ, at most and on average. */
function difference({ rgba }: Raster, rgb: Uint8Array): { most: number; mean: number } {
  let most = 0;
  let sum = 0;
  rgb.forEach((value, index) => {
    const off = Math.abs(value - (rgba[Math.floor(index / 3) * 4 + (index % 3)] ?? 0));
    most = Math.max(most, off);
    sum += off;
  });
  return { most, mean: sum / rgb.length };
}

describe('TiffDocument decodes every page to the same pixels as libtiff', () => {
  test.each(Object.keys(expected))('in %s', async (name) => {
    const pages = expected[name] ?? [];
    const tiff = new TiffDocument(load(name));
    expect(tiff.pages).toHaveLength(pages.length);
    for (const [index, page] of pages.entries()) {
      const raster = await tiff.decode(index);
      expect(raster).toMatchObject({ width: page.width, height: page.height, damaged: false });
      if (page.pixels === undefined) {
        expect(createHash('sha256').update(raster.rgba).digest('hex')).toBe(page.sha256);
      } else {
        const { most, mean } = difference(raster, gunzipSync(readFileSync(path.join(folder, page.pixels))));
        // Decoders of JPEG differ in rounding, and in how they spread colours that are stored at half the resolution.
        expect(mean).toBeLessThan(3);
        expect(most).toBeLessThan(40);
      }
    }
  });
});

test('a page without its data is refused as damaged, and the next page is decoded', async () => {
  const tiff = new TiffDocument(load('damaged.tif'));
  await expect(tiff.decode(0)).rejects.toThrow('damaged');
  const second = await tiff.decode(1);
  expect(createHash('sha256').update(second.rgba).digest('hex')).toBe(expected['g4.tif']?.[1]?.sha256);
});

/** Overwrites some bytes in the middle of the first page's data. */
function withNoise(name: string): ArrayBuffer {
  const bytes = load(name);
  const [page = new Map<number, number[]>()] = readDirectories(bytes).directories;
  const start = tagNumber(page, Tag.StripOffsets) + tagNumber(page, Tag.StripByteCounts) / 2;
  new Uint8Array(bytes).fill(0, start, start + 12);
  return bytes;
}

describe('a page with damaged bytes', () => {
  /** How many lines are as they were sent. */
  const goodLines = async (name: string): Promise<number> => {
    const sent = await new TiffDocument(load(name)).decode(0);
    const come = await new TiffDocument(withNoise(name)).decode(0);
    expect(come.damaged).toBe(true);
    const line = (raster: Raster, y: number): string =>
      raster.rgba.subarray(y * raster.width * 4, (y + 1) * raster.width * 4).join();
    return Array.from({ length: sent.height }, (_, y) => line(sent, y) === line(come, y)).filter(Boolean)
      .length;
  };

  test('in Group 3 is marked as damaged and keeps more than 110 lines', async () => {
    expect(await goodLines('g3-1d.tif')).toBeGreaterThan(110);
  });

  test('in Group 4 is marked as damaged and keeps its lines down to the damage', async () => {
    const good = await goodLines('g4.tif');
    expect(good).toBeGreaterThan(40);
    expect(good).toBeLessThan(115);
  });
});

const decoded = async (bytes: ArrayBuffer): Promise<Raster> => new TiffDocument(bytes).decode(0);

test('a file with random wrong bytes is decoded to its full size or refused with an error', async () => {
  const names = [
    'g3-2d.tif',
    'g4-tiles.tif',
    'lzw.tif',
    'rgb-lzw-predictor.tif',
    'packbits.tif',
    'palette-lzw.tif',
  ];
  let pages = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.array(fc.tuple(fc.double({ min: 0, max: 0.9999, noNaN: true }), fc.nat(255)), { maxLength: 30 }),
      async (name, changes) => {
        const bytes = load(name);
        const view = new Uint8Array(bytes);
        for (const [at, value] of changes) view[Math.floor(at * view.length)] = value;
        const raster = await decoded(bytes).catch((error: unknown) => error);
        if (raster instanceof Error) {
          refused += 1;
        } else {
          const { rgba, width, height } = raster as Raster;
          expect(rgba).toHaveLength(width * height * 4);
          pages += 1;
        }
      },
    ),
    { numRuns: 300, seed: 4 },
  );
  expect(pages).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});
