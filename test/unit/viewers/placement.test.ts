import { describe, expect, test } from 'vitest';
import {
  fitted,
  isCut,
  isLook,
  lookOf,
  panned,
  placedFor,
  zoomedAt,
} from '../../../src/webview/gallery/placement';

const picture = { width: 1000, height: 500 };
const stage = { width: 500, height: 400 };

describe('a picture on its stage', () => {
  test('is fitted whole and centred', () => {
    expect(fitted(picture, stage)).toEqual({ scale: 0.5, x: 0, y: 75 });
    expect(isCut(fitted(picture, stage), picture, stage)).toBe(false);
  });

  test('is not enlarged when it is fitted', () => {
    expect(fitted({ width: 100, height: 100 }, stage)).toEqual({ scale: 1, x: 200, y: 150 });
  });

  test('stays in place under the pointer while it is zoomed', () => {
    const point = { x: 400, y: 200 };
    const before = fitted(picture, stage);
    const after = zoomedAt(before, point, 2, picture, stage);
    const under = ({ scale, x, y }: typeof before): readonly number[] => [
      (point.x - x) / scale,
      (point.y - y) / scale,
    ];
    expect(under(after)).toEqual(under(before));
    expect(isCut(after, picture, stage)).toBe(true);
  });

  test('is zoomed between 5 % and 1600 % only', () => {
    const before = fitted(picture, stage);
    expect(zoomedAt(before, { x: 0, y: 0 }, 1000, picture, stage).scale).toBe(16);
    expect(zoomedAt(before, { x: 0, y: 0 }, 0, picture, stage).scale).toBe(0.05);
  });

  test('can be zoomed out until it fits, however large it is', () => {
    const huge = { width: 50_000, height: 50_000 };
    expect(zoomedAt(fitted(huge, stage), { x: 0, y: 0 }, 0, huge, stage).scale).toBeCloseTo(0.008);
  });

  test('is panned to its edges and no further', () => {
    const large = zoomedAt(fitted(picture, stage), { x: 250, y: 200 }, 1, picture, stage);
    expect(panned(large, { x: 9999, y: 9999 }, picture, stage)).toEqual({ scale: 1, x: 0, y: 0 });
    expect(panned(large, { x: -9999, y: -9999 }, picture, stage)).toEqual({ scale: 1, x: -500, y: -100 });
  });

  test('shows the same part at its centre on a stage of another size', () => {
    const before = zoomedAt(fitted(picture, stage), { x: 100, y: 300 }, 4, picture, stage);
    const look = lookOf(before, picture, stage);
    expect(placedFor(look, picture, stage)).toEqual(before);
    const narrow = { width: 200, height: 100 };
    const after = placedFor(look, picture, narrow);
    expect((100 - after.x) / after.scale).toBeCloseTo((250 - before.x) / before.scale);
    expect((50 - after.y) / after.scale).toBeCloseTo((200 - before.y) / before.scale);
  });

  test.each([
    ['a stored position', { scale: 2, x: 0.5, y: 0.25 }, true],
    ['nothing stored', undefined, false],
    ['a scale out of range', { scale: 100, x: 0.5, y: 0.5 }, false],
    ['a missing coordinate', { scale: 1, x: null, y: 0.5 }, false],
  ])('is restored only from a valid position: %s, %o', (_name, value, expected) => {
    expect(isLook(value)).toBe(expected);
  });

  test('stays centred when it is panned although it fits', () => {
    expect(panned(fitted(picture, stage), { x: 50, y: 50 }, picture, stage)).toEqual({
      scale: 0.5,
      x: 0,
      y: 75,
    });
  });
});
