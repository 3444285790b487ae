import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bench, describe, expect } from 'vitest';
import { DecodedPages } from '../../src/webview/document/decodedPages';
import { TiffDocument, type Raster } from '../../src/webview/tiffDocument';
import { manyPages } from '../builders/manyPages';

/** Pages of 1728 by 2156 pixels. */
const fax = new Uint8Array(readFileSync(path.join(__dirname, '../../media/sample/fax-timber-quote.tif')));
const BUDGET = 80_000_000;

async function firstPage(bytes: ArrayBuffer): Promise<void> {
  await new TiffDocument(bytes).decode(0);
}

/** The figure to look at is the ratio: the first page of many is there as soon as that of two. */
describe('decoding the first page of a fax', () => {
  for (const pages of [2, 200]) {
    const { buffer } = manyPages(fax, pages);
    bench(`of ${String(pages)} pages`, () => firstPage(buffer), { iterations: 20, warmupIterations: 3 });
  }
});

describe('reading twenty of two hundred pages, and again the page before each', () => {
  bench(
    'keeps the decoded pages within the memory budget and decodes each page once',
    async () => {
      const tiff = new TiffDocument(manyPages(fax, 200).buffer);
      let decoded = 0;
      const pages = new DecodedPages<Raster>({
        decode: (number) => {
          decoded++;
          return tiff.decode(number - 1);
        },
        bytesOf: ({ rgba }) => rgba.byteLength,
        close: () => undefined,
        budget: BUDGET,
      });
      const { signal } = new AbortController();
      for (let number = 1; number <= 20; number++) {
        await pages.get(number, true, signal);
        await pages.get(Math.max(1, number - 1), true, signal);
        expect(pages.bytes).toBeLessThanOrEqual(BUDGET);
      }
      expect(decoded).toBe(20);
    },
    { iterations: 1, warmupIterations: 0 },
  );
});
