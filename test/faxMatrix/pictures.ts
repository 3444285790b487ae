/** Pages that are drawn, and not compressed. */
import { short, Tag, type Page, type Values } from './tiffParts';

export const WIDTH = 150;
export const HEIGHT = 40;

/** Whether a pixel of a page is black: a rule, a slope, a box, a line all black, dots as of a dithered picture. */
export function isBlack(x: number, y: number): boolean {
  if (y === 3 || (x > 20 && x < 24)) return true;
  if (y > 8 && y < 16 && x > 30 && x < 110) return (x + y) % 9 < 4;
  if (y > 20 && y < 36 && x > 100 && x < 148) return (x * 7 + y * 13) % 11 < 4;
  return Math.abs(x - y * 3) < 2 || (y > 30 && x < 12);
}

export function bilevel(width: number, height: number, photometric: number, black = isBlack): Page {
  const stride = Math.ceil(width / 8);
  const data = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (black(x, y) === (photometric === 0)) {
        const at = y * stride + (x >> 3);
        data[at] = (data[at] ?? 0) | (0x80 >> (x & 7));
      }
  return page(width, height, data, { [Tag.BitsPerSample]: short(1), [Tag.Photometric]: short(photometric) });
}

/** A page that is not compressed. */
export function page(width: number, height: number, data: Uint8Array, tags: Record<number, Values>): Page {
  const all = {
    [Tag.Width]: short(width),
    [Tag.Height]: short(height),
    [Tag.Compression]: short(1),
    [Tag.SamplesPerPixel]: short(1),
    [Tag.RowsPerStrip]: short(height),
    [Tag.Planar]: short(1),
    ...tags,
  };
  return { tags: new Map(Object.entries(all).map(([tag, values]) => [Number(tag), values])), blocks: [data] };
}

/** A picture of samples from 0 to `most`. */
export function samples(
  width: number,
  height: number,
  count: number,
  most: number,
  bits: number,
): Uint8Array {
  const line = Math.ceil((width * count * bits) / 8);
  const data = new Uint8Array(line * height);
  for (let y = 0; y < height; y++)
    for (let index = 0; index < width * count; index++) {
      const [x, part] = [Math.floor(index / count), index % count];
      const wave = Math.sin(x / 9 + part) + Math.cos(y / 7 - part) + 2;
      const value = Math.round((wave / 4) * most);
      if (bits === 16) {
        data[y * line + index * 2] = value & 0xff;
        data[y * line + index * 2 + 1] = value >> 8;
      } else {
        const bit = index * bits;
        const at = y * line + (bit >> 3);
        data[at] = (data[at] ?? 0) | (value << (8 - bits - (bit & 7)));
      }
    }
  return data;
}

export const plain = bilevel(WIDTH, HEIGHT, 0);
export const FAXES = ['none', 'packbits', 'lzw', 'zip', 'g3:1d', 'g3:1d:fill', 'g3:2d', 'g3:2d:fill', 'g4'];

/** A page of fax data as they are. */
export function raw(data: Uint8Array, tags: Record<number, Values>, width = WIDTH, height = HEIGHT): Page {
  return page(width, height, data, { [Tag.BitsPerSample]: short(1), [Tag.Photometric]: short(0), ...tags });
}
