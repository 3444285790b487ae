/** Calls libtiff's tools, which have to be on the PATH. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { putTogether, Tag, takeApart, type Page } from './tiffParts';

const work = mkdtempSync(path.join(os.tmpdir(), 'fax-matrix-'));
process.once('exit', () => rmSync(work, { recursive: true, force: true }));

/** What libtiff makes of some pages. */
export function coded(pages: readonly Page[], ...options: readonly string[]): Uint8Array {
  const [from, to] = [path.join(work, 'from.tif'), path.join(work, 'to.tif')];
  writeFileSync(from, putTogether(pages));
  execFileSync('tiffcp', [...options, from, to], { stdio: ['ignore', 'ignore', 'pipe'] });
  return new Uint8Array(readFileSync(to));
}

export function codedPage(of: Page, ...options: readonly string[]): Page {
  const [first] = takeApart(coded([of], ...options));
  if (!first) throw new Error('libtiff wrote no page.');
  return first;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Four bytes each. */
  readonly rgba: Uint8Array;
}

/** The pages that libtiff reads, up to the first that it refuses. */
export function readByLibtiff(bytes: Uint8Array): readonly Picture[] {
  // It reads some pages only as a whole, and others only strip by strip.
  const whole = readBy(bytes, '-b');
  const byStrip = readBy(bytes);
  return byStrip.length > whole.length ? byStrip : whole;
}

function readBy(bytes: Uint8Array, ...options: readonly string[]): readonly Picture[] {
  const [from, to] = [path.join(work, 'read.tif'), path.join(work, 'rgba.tif')];
  rmSync(to, { force: true });
  writeFileSync(from, bytes);
  try {
    execFileSync('tiff2rgba', [...options, '-c', 'none', from, to], { stdio: 'ignore' });
  } catch {
    // It gives up, perhaps after some pages.
  }
  if (!existsSync(to) || readFileSync(to).length < 100) return [];
  const pictures = takeApart(new Uint8Array(readFileSync(to))).map(pictureOf);
  const refused = pictures.indexOf(undefined);
  return pictures.slice(0, refused < 0 ? undefined : refused).filter((picture) => picture !== undefined);
}

/** What it wrote, in strips or tiles; undefined if that is not all of the page. */
function pictureOf({ tags, blocks }: Page): Picture | undefined {
  const number = (tag: number): number => tags.get(tag)?.values[0] ?? 0;
  const [width, height, tileWidth, tileHeight] = [
    number(Tag.Width),
    number(Tag.Height),
    number(Tag.TileWidth),
    number(Tag.TileLength),
  ];
  const data = Uint8Array.from(Buffer.concat(blocks));
  if (tileWidth === 0) return data.length === width * height * 4 ? { width, height, rgba: data } : undefined;
  const across = Math.ceil(width / tileWidth);
  if (data.length !== across * Math.ceil(height / tileHeight) * tileWidth * tileHeight * 4) return undefined;
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const tile = Math.floor(y / tileHeight) * across + Math.floor(x / tileWidth);
      const at = (tile * tileHeight + (y % tileHeight)) * tileWidth + (x % tileWidth);
      rgba.set(data.subarray(at * 4, at * 4 + 4), (y * width + x) * 4);
    }
  return { width, height, rgba };
}
