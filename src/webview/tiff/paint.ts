import { Photometric } from './image';
import type { Block } from './layout';
import type { Samples } from './unpack';

/** A picture in the making: one number for each pixel, its bytes red, green, blue and opacity. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array<ArrayBuffer>;
}

/** Red, green and blue of each value of a sample, from 0 to 255: first all reds, then all greens, then all blues. */
export type Palette = readonly number[];

/** The colors of a color map, whose values have 16 bits; those of some writers have 8. */
export function paletteOf(colorMap: readonly number[]): Palette {
  const shift = colorMap.every((value) => value < 256) ? 0 : 8;
  return colorMap.map((value) => value >> shift);
}

const OPAQUE = 0xff000000;
export const WHITE_PIXEL = 0xffffffff;

/** Paints a block where it belongs. @throws Error if what its samples mean is not known */
export function paintBlock(
  canvas: Canvas,
  block: Block,
  samples: Samples,
  options: { readonly palette: Palette | undefined; readonly littleEndian: boolean },
): void {
  const { perPixel, bits, stride, data } = samples;
  const lines = Math.min(block.height, canvas.height - block.y, Math.floor(data.length / stride));
  const across = Math.min(block.width, canvas.width - block.x, Math.floor((stride * 8) / (bits * perPixel)));
  const single = perPixel === 1 && bits <= 8;
  if (single && block.plane === undefined) {
    const colors = Uint32Array.from({ length: 1 << bits }, (_, value) =>
      colorOf([value], samples, options.palette),
    );
    const shift = { 1: 3, 2: 2, 4: 1, 8: 0 }[bits];
    if (shift === undefined) throw new Error(`Samples of ${String(bits)} bits are not known.`);
    const inByte = (1 << shift) - 1;
    const mask = (1 << bits) - 1;
    for (let y = 0; y < lines; y++) {
      const line = y * stride;
      const target = (block.y + y) * canvas.width + block.x;
      for (let x = 0; x < across; x++) {
        const byte = data[line + (x >> shift)] ?? 0;
        const value = (byte >> ((inByte - (x & inByte)) * bits)) & mask;
        canvas.pixels[target + x] = colors[value] ?? WHITE_PIXEL;
      }
    }
    return;
  }
  const sample = sampleReader(samples, options.littleEndian);
  const values = new Array<number>(perPixel).fill(0);
  for (let y = 0; y < lines; y++)
    for (let x = 0; x < across; x++) {
      for (let index = 0; index < perPixel; index++) values[index] = sample(y, x * perPixel + index);
      const at = (block.y + y) * canvas.width + block.x + x;
      canvas.pixels[at] =
        block.plane === undefined
          ? colorOf(values, samples, options.palette)
          : withPlane(
              canvas.pixels[at] ?? 0,
              block.plane,
              to8Bits(values[0] ?? 0, bits),
              samples.photometric,
            );
    }
}

function sampleReader(
  { data, stride, bits }: Samples,
  littleEndian: boolean,
): (y: number, index: number) => number {
  if (bits === 8) return (y, index) => data[y * stride + index] ?? 0;
  if (bits === 16) {
    const high = littleEndian ? 1 : 0;
    return (y, index) => {
      const at = y * stride + index * 2;
      return ((data[at + high] ?? 0) << 8) | (data[at + 1 - high] ?? 0);
    };
  }
  if (bits > 8) throw new Error(`Samples of ${String(bits)} bits are not known.`);
  return (y, index) => {
    const bit = index * bits;
    return ((data[y * stride + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
  };
}

function to8Bits(value: number, bits: number): number {
  return bits === 8 ? value : Math.round((value * 255) / ((1 << bits) - 1));
}

/** Of 16 bits, libtiff cuts shades and rounds colors. */
function shadeOf(value: number, bits: number): number {
  return bits > 8 ? value >> (bits - 8) : to8Bits(value, bits);
}

function colorOf(values: readonly number[], { bits, photometric }: Samples, palette: Palette = []): number {
  const [first = 0, second = 0, third = 0, fourth = 0] = values;
  switch (photometric) {
    case Photometric.WhiteIsZero:
      return grey(255 - shadeOf(first, bits));
    case Photometric.BlackIsZero:
      return grey(shadeOf(first, bits));
    case Photometric.Rgb:
      return rgb(to8Bits(first, bits), to8Bits(second, bits), to8Bits(third, bits));
    case Photometric.Palette: {
      const size = Math.min(1 << bits, Math.floor(palette.length / 3));
      const entry = (part: number): number => (first < size ? (palette[part * size + first] ?? 0) : 0);
      return rgb(entry(0), entry(1), entry(2));
    }
    case Photometric.Cmyk: {
      const light = 255 - to8Bits(fourth, bits);
      const part = (ink: number): number => Math.floor(((255 - to8Bits(ink, bits)) * light) / 255);
      return rgb(part(first), part(second), part(third));
    }
    default:
      throw new Error(`The colors ${String(photometric)} are not known.`);
  }
}

/** @throws Error unless the planes are red, green and blue; any further one is left out */
function withPlane(pixel: number, plane: number, value: number, photometric: number): number {
  if (photometric !== Photometric.Rgb) throw new Error('Such planes are not known.');
  if (plane > 2) return pixel;
  const shift = plane * 8;
  return ((pixel & ~(0xff << shift)) | (value << shift) | OPAQUE) >>> 0;
}

function grey(value: number): number {
  return rgb(value, value, value);
}

function rgb(red: number, green: number, blue: number): number {
  return (OPAQUE | (blue << 16) | (green << 8) | red) >>> 0;
}
