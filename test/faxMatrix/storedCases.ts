import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { Case } from './cases';

/** The matrix as `generate.ts` has written it. */

const folder = path.join(import.meta.dirname, '../fixtures/faxMatrix');
const store = new Uint8Array(brotliDecompressSync(readFileSync(path.join(folder, 'files.br'))));

export const cases = JSON.parse(readFileSync(path.join(folder, 'cases.json'), 'utf8')) as readonly Case[];

/** A part of what is stored for all cases together. */
export function stored([start, length]: readonly [start: number, length: number]): Uint8Array<ArrayBuffer> {
  return store.slice(start, start + length);
}

/** The file of a case. */
export function bytesOf({ file }: Case): Uint8Array<ArrayBuffer> {
  return stored(file);
}
