import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
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

describe('every page has the pixels that libtiff sees in it:', () => {
  test.each(Object.keys(expected))('%s', async (name) => {
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

test('a page whose data are lost is said to be damaged, and the page after it is shown', async () => {
  const tiff = new TiffDocument(load('damaged.tif'));
  await expect(tiff.decode(0)).rejects.toThrow('damaged');
  const second = await tiff.decode(1);
  expect(createHash('sha256').update(second.rgba).digest('hex')).toBe(expected['g4.tif']?.[1]?.sha256);
});
