import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { TiffDocument } from '../../../src/webview/tiffDocument';

const folder = path.join(import.meta.dirname, '../../fixtures/brokenFaxes');

/** Beginnings of hashes of the pixels that libtiff reads in pages, which are the same in several files. */
const WHOLE = '0f963c33d0a31f8f';
const UPPER_HALF = '19a00d08fdf5dd12';

function load(name: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path.join(folder, name))).buffer;
}

describe('a fax whose tags contradict its data is shown', () => {
  test.each([
    ['counts-zero-g4.tif', 'with a strip of 0 bytes', WHOLE],
    ['counts-short-none.tif', 'with a strip of too few bytes', WHOLE],
    ['next-ifd-self.tif', 'with a directory that leads to itself', WHOLE],
    ['palette-8-bit-colors.tif', 'with a color map of 8 bits', WHOLE],
    ['ojpeg-without-length.tif', 'with an old-style JPEG file without a length', 'e498e3277aedd987'],
    ['g3-no-eol-byte-aligned.tif', 'with Group 3 lines that begin with bytes, not with EOLs', WHOLE],
    ['g3-header-1728-data-1724.tif', 'with lines that are too short, padded', '9bc3d2de68bcf008'],
    ['g3-header-1700-data-1728.tif', 'with lines that are too long, cut', '146f5ba53c35654f'],
    ['g3-header-206-data-205.tif', 'with one pixel too little in each line', '79706ca3fbc954d2'],
    ['g4-eofb-early.tif', 'with a page that ends properly before its height', UPPER_HALF],
  ])('and not called damaged: %s, %s', async (name, _what, sha256) => {
    const document = new TiffDocument(load(name));
    expect(document.pages).toHaveLength(1);
    const raster = await document.decode(0);
    expect(createHash('sha256').update(raster.rgba).digest('hex').slice(0, 16)).toBe(sha256);
    expect(raster).toMatchObject({ damaged: false, incomplete: false });
  });

  test('as far as there are strips, and called incomplete: strips-missing.tif', async () => {
    const raster = await new TiffDocument(load('strips-missing.tif')).decode(0);
    expect(createHash('sha256').update(raster.rgba).digest('hex').slice(0, 16)).toBe(UPPER_HALF);
    expect(raster).toMatchObject({ damaged: true, incomplete: true });
  });
});

test('a page of Group 4 that is called Group 3 is damaged, not white', async () => {
  const file = load('next-ifd-self.tif');
  const view = new DataView(file);
  const directory = view.getUint32(4, true);
  const compression = directory + 2 + 3 * 12;
  expect(view.getUint16(compression, true)).toBe(259);
  view.setUint16(compression + 8, 3, true);
  await expect(new TiffDocument(file).decode(0)).rejects.toThrow('The page is damaged.');
});
