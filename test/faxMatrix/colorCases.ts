/** Shades and colors, and pictures in JPEG. */
import type { Add } from './cases';
import { coded, codedPage } from './libtiff';
import { addOldJpeg } from './oldJpegCases';
import { page, samples } from './pictures';
import { putTogether, short, Tag, type Page, type Values } from './tiffParts';

export function addColors(add: Add): void {
  const [width, height] = [47, 21];
  const ramp = (bits: number, part: number): number[] =>
    Array.from({ length: 1 << bits }, (_, index) => ((index * 37 + part * 91) % 256) * 257);
  const colorMap = (bits: number, shift = 0): Values =>
    short(...[0, 1, 2].flatMap((part) => ramp(bits, part)).map((value) => value >> shift));
  const grey = (bits: number, photometric: number): Page =>
    page(width, height, samples(width, height, 1, (1 << bits) - 1, bits), {
      [Tag.BitsPerSample]: short(bits),
      [Tag.Photometric]: short(photometric),
    });
  const palette = (bits: number, shift = 0): Page => {
    const of = grey(bits, 3);
    of.tags.set(Tag.ColorMap, colorMap(bits, shift));
    return of;
  };
  const inks = (count: number, photometric: number, bits = 8): Page =>
    page(width, height, samples(width, height, count, (1 << bits) - 1, bits), {
      [Tag.BitsPerSample]: short(...Array.from({ length: count }, () => bits)),
      [Tag.SamplesPerPixel]: short(count),
      [Tag.Photometric]: short(photometric),
    });
  for (const bits of [2, 4, 8, 16])
    for (const photometric of [0, 1])
      for (const compression of ['none', 'lzw'])
        add(
          'Grey and color',
          `grey, ${bits} bits, ${photometric === 0 ? 'white is 0' : 'black is 0'}, ${compression}`,
          coded([grey(bits, photometric)], '-c', compression),
        );
  for (const bits of [1, 2, 4, 8])
    for (const shift of [0, 8])
      add(
        'Grey and color',
        `palette, ${bits} bits, color map of ${shift === 8 ? 8 : 16} bits`,
        coded([palette(bits, shift)], '-c', 'lzw'),
      );
  const lost = palette(8);
  lost.tags.delete(Tag.ColorMap);
  add('Grey and color', 'palette, 8 bits, without a color map', putTogether([lost]));
  const lostSmall = palette(4);
  lostSmall.tags.delete(Tag.ColorMap);
  add('Grey and color', 'palette, 4 bits, without a color map', putTogether([lostSmall]));
  for (const compression of ['none', 'lzw:2', 'zip:2', 'packbits'])
    for (const layout of ['contig', 'separate'])
      add(
        'Grey and color',
        `RGB, ${compression}, ${layout}`,
        coded([inks(3, 2)], '-c', compression, '-p', layout, '-r', '5'),
      );
  add('Grey and color', 'RGB, 16 bits', coded([inks(3, 2, 16)], '-c', 'lzw:2', '-r', '5'));
  add('Grey and color', 'RGB, 16 bits, big-endian', coded([inks(3, 2, 16)], '-c', 'lzw:2', '-B', '-r', '5'));
  add('Grey and color', 'CMYK', coded([inks(4, 5)], '-c', 'lzw'));
  add('Grey and color', 'RGB, tiles', coded([inks(3, 2)], '-c', 'zip', '-t', '-w', '16', '-l', '16'));
  for (const compression of ['jpeg:r:90', 'jpeg:90'])
    add(
      'JPEG',
      compression === 'jpeg:90' ? 'YCbCr' : 'RGB',
      coded([inks(3, 2)], '-c', compression, '-r', '16'),
      undefined,
      true,
    );
  add('JPEG', 'grey', coded([grey(8, 1)], '-c', 'jpeg:90', '-r', '8'), undefined, true);
  add('JPEG', 'tiles', coded([inks(3, 2)], '-c', 'jpeg:90', '-t', '-w', '32', '-l', '16'), undefined, true);
  const jpeg = codedPage(inks(3, 2), '-c', 'jpeg:90', '-r', '16');
  const without = (tag: number): Page => ({
    blocks: jpeg.blocks,
    tags: new Map([...jpeg.tags].filter(([each]) => each !== tag)),
  });
  add('JPEG', 'without BitsPerSample', putTogether([without(Tag.BitsPerSample)]), undefined, true);
  for (const [name, values] of [
    ['byte counts of 0', (): number[] => [0, 0]],
    ['byte counts too short', (): number[] => [30, 30]],
    ['byte counts missing', (): undefined => undefined],
  ] as const)
    add('JPEG', name, putTogether([jpeg], { change: { [Tag.StripByteCounts]: values } }), undefined, true);
  addOldJpeg(add, inks(3, 2));
}
