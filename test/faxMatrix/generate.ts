/**
 * Makes the files of the fax matrix anew, and writes down what libtiff reads in them: `npm run fax-matrix`. It needs libtiff's
 * tools `tiffcp` and `tiff2rgba` on the PATH (libtiff-tools 4.5.0 of Debian 12); tests need none of them. Everything is coded
 * by libtiff; what contradicts itself or is damaged is made of that, bit by bit.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Add, Case, Seen } from './cases';
import { addColors } from './colorCases';
import { addContradictions } from './contradictionCases';
import { addDamage } from './damageCases';
import { addFaxes } from './faxCases';
import { readByLibtiff } from './libtiff';
import { addLines } from './lineCases';
import { projectRoot } from '../workbench/paths';
import { putTogether } from './tiffParts';

const folder = path.join(projectRoot, 'test/fixtures/faxMatrix');

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

const store: Uint8Array[] = [];
let stored = 0;

function keep(bytes: Uint8Array): readonly [number, number] {
  store.push(bytes);
  stored += bytes.length;
  return [stored - bytes.length, bytes.length];
}

const cases: Case[] = [];

const add: Add = (group, name, file, sent, rounds = false) => {
  const libtiff = readByLibtiff(file).map(({ width, height, rgba }): Seen => {
    const rgb = rgba.filter((_, index) => index % 4 < 3);
    return { width, height, sha256: hash(rgba), ...(rounds && { pixels: keep(rgb) }) };
  });
  const [whole] = sent ? readByLibtiff(putTogether([sent])) : [];
  cases.push({ group, name, file: keep(file), libtiff, ...(whole && { sent: hash(whole.rgba) }) });
};

addFaxes(add);
addColors(add);
addLines(add);
addContradictions(add);
addDamage(add);
const quality = { params: { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS } };
writeFileSync(path.join(folder, 'files.br'), brotliCompressSync(Buffer.concat(store), quality));
writeFileSync(
  path.join(folder, 'cases.json'),
  `[\n${cases.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`,
);
console.log(`${cases.length} files of ${stored} bytes`);
