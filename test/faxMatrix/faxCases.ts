/** Faxes in every way that libtiff codes them. */
import type { Add } from './cases';
import { coded } from './libtiff';
import { bilevel, FAXES, HEIGHT, plain, WIDTH } from './pictures';
import { short, Tag, Type } from './tiffParts';

export function addFaxes(add: Add): void {
  const resolutions = [
    undefined,
    [204, 98, 2],
    [204, 196, 2],
    [80, 38, 3],
    [1, 1, 1],
    [0, 0, 2],
    [408, 391, 7],
  ];
  let turn = 0;
  for (const compression of FAXES)
    for (const fill of ['msb2lsb', 'lsb2msb'])
      for (const photometric of [0, 1])
        for (const order of ['-L', '-B'])
          for (const blocks of [
            ['-r', String(HEIGHT)],
            ['-r', '7'],
            ['-t', '-w', '64', '-l', '32'],
          ]) {
            const picture = bilevel(WIDTH, HEIGHT, photometric);
            const resolution = resolutions[turn++ % resolutions.length];
            if (resolution) {
              const [x = 0, y = 0, unit = 2] = resolution;
              picture.tags.set(Tag.XResolution, { type: Type.Rational, values: [x, 1] });
              picture.tags.set(Tag.YResolution, { type: Type.Rational, values: [y, 1] });
              picture.tags.set(Tag.ResolutionUnit, short(unit));
            }
            const what = photometric === 0 ? 'white is 0' : 'black is 0';
            const layout =
              blocks[0] === '-t' ? 'tiles' : blocks[1] === '7' ? 'strips of 7 lines' : 'one strip';
            add(
              'Faxes',
              [compression, fill, what, order === '-L' ? 'little-endian' : 'big-endian', layout].join(', '),
              coded([picture], '-c', compression, '-f', fill, order, ...blocks),
            );
          }
  for (const compression of ['none', 'g3:1d', 'g3:2d', 'g4'])
    add('Faxes', `${compression}, 2,700 pixels wide`, coded([bilevel(2700, 6, 0)], '-c', compression));
  for (const compression of ['g3:2d', 'g4', 'lzw'])
    add('Faxes', `${compression}, three pages`, coded([plain, bilevel(90, 20, 1), plain], '-c', compression));
  for (const orientation of [1, 2, 3, 4]) {
    const turned = bilevel(WIDTH, HEIGHT, 0);
    turned.tags.set(Tag.Orientation, short(orientation));
    add('Faxes', `g4, orientation ${orientation}`, coded([turned], '-c', 'g4'));
  }
  for (const order of ['-L', '-B'])
    for (const compression of ['none', 'g3:1d', 'g4', 'lzw'])
      add(
        'BigTIFF',
        `${compression}, ${order === '-L' ? 'little-endian' : 'big-endian'}`,
        coded([plain], '-8', order, '-c', compression, '-r', '9'),
      );
}
