import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectRoot } from '../workbench/paths';
import { pngOf } from './png';

/** Pictures as some cameras, scanners and programs make them. */

const fixture = (name: string): Buffer => readFileSync(path.join(projectRoot, 'test/fixtures/media', name));

export type Colour = readonly [red: number, green: number, blue: number];

/** What is to be seen of a picture: its size in pixels, and its colour at a place given in shares of its size. */
export interface Seen {
  readonly size: readonly [width: number, height: number];
  readonly at: readonly [x: number, y: number];
  readonly colour: Colour;
}

export interface OddPicture {
  readonly contentType: string;
  readonly bytes: Buffer;
  /** Or a sentence that says why it is not shown. */
  readonly seen: Seen | string;
}

const GREEN: Colour = [0, 150, 0];
const RED: Colour = [200, 0, 0];
const CANNOT = "This file can't be shown here.";
const TOO_LARGE = 'This file needs too much memory or time';

const green = (contentType: string, bytes: Buffer, width = 24, height = 16): OddPicture => ({
  contentType,
  bytes,
  seen: { size: [width, height], at: [0.5, 0.5], colour: GREEN },
});

/** A photograph that is 120 wide and 80 high as stored, red at its upper left, with another way to hold the camera. */
function turned(orientation: number, at: readonly [number, number]): OddPicture {
  const bytes = fixture('upright.jpg');
  // The value of the entry 0112 of Exif.
  bytes.writeUInt16BE(orientation, bytes.indexOf(Buffer.from('01120003', 'hex')) + 8);
  return {
    contentType: 'image/jpeg',
    bytes,
    seen: { size: orientation > 4 ? [80, 120] : [120, 80], at, colour: RED },
  };
}

/** Green in 16 bits for each colour. */
function deepGreen(): Buffer {
  const line = Buffer.concat([
    Buffer.alloc(1),
    ...Array.from({ length: 24 }, () => Buffer.from('000096960000', 'hex')),
  ]);
  return pngOf(
    { width: 24, height: 16, bits: 16, colours: 2 },
    Buffer.concat(Array.from({ length: 16 }, () => line)),
  );
}

/** Of 108 megapixels, black, in some kilobytes. */
function huge(): Buffer {
  const [width, height] = [12_000, 9_000];
  return pngOf({ width, height, bits: 1, colours: 0 }, Buffer.alloc((width / 8 + 1) * height));
}

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="16"><script>document.title = "Acted"</script></svg>';

/** By what is odd about each. */
export function oddPictures(): Readonly<Record<string, OddPicture>> {
  return {
    'inks.jpg': green('image/jpg', fixture('cmyk.jpg')),
    'progressive.jpg': green('image/pjpeg', fixture('progressive.jpg')),
    'deep.png': green('image/x-png', deepGreen()),
    'bitmap.bmp': green('image/x-ms-bmp', fixture('green.bmp'), 64, 48),
    'called another.gif': green('image/gif', fixture('cmyk.jpg')),
    'moving.webp': {
      contentType: 'IMAGE/WEBP; q=1',
      bytes: fixture('blink.webp'),
      seen: { size: [24, 16], at: [0.5, 0.5], colour: RED },
    },
    'turned 2.jpg': turned(2, [0.9, 0.1]),
    'turned 3.jpg': turned(3, [0.9, 0.9]),
    'turned 4.jpg': turned(4, [0.1, 0.9]),
    'turned 5.jpg': turned(5, [0.1, 0.1]),
    'turned 7.jpg': turned(7, [0.9, 0.9]),
    'turned 8.jpg': turned(8, [0.1, 0.9]),
    'cut off.jpg': {
      contentType: 'image/jpeg',
      bytes: fixture('upright.jpg').subarray(0, 560),
      // What there is of it.
      seen: { size: [80, 120], at: [0.9, 0.1], colour: RED },
    },
    'huge.png': { contentType: 'image/png', bytes: huge(), seen: TOO_LARGE },
    'empty.png': { contentType: 'image/png', bytes: Buffer.alloc(0), seen: CANNOT },
    'passed off.png': {
      contentType: 'image/png',
      bytes: Buffer.from(SVG),
      seen: "This isn't the file. The server sent a response meant for programs instead, and nothing was saved.",
    },
    'page.jpg': {
      contentType: 'image/jpeg',
      bytes: Buffer.from('<!DOCTYPE html><title>Sign in</title><script>document.title = "Acted"</script>'),
      seen: "This isn't an image. The server sent a web page instead.",
    },
    'drawing.svg': { contentType: 'image/svg+xml', bytes: Buffer.from(SVG), seen: CANNOT },
  };
}
