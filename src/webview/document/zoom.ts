import type { Rotation } from '../../viewers/protocol';

/** How large pages are: as wide as there is room and reading is pleasant, as wide or as large as there is room, or a scale. */
export type Zoom = 'auto' | 'width' | 'page' | number;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Beyond this a page is easier to read with room around it. CSS pixels. */
const WIDEST = 1000;
const SMALLEST = 0.1;
const LARGEST = 8;
/** From one step of the buttons and keys to the next. */
export const ZOOM_STEP = 1.25;
/**
 * What a canvas may have: pixels on a side (a little below what browsers allow), pixels in all. Several are in sight at a
 * time, and each takes four bytes for a pixel.
 */
const CANVAS_SIDE = 16_000;
const CANVAS_AREA = 24_000_000;

/**
 * By how much pages are enlarged.
 * @param pages the largest page, as it lies, in CSS pixels
 * @param room what there is to fill
 */
export function scaleFor(zoom: Zoom, pages: Size, room: Size): number {
  const width = room.width / pages.width;
  switch (zoom) {
    case 'auto':
      return clampScale(Math.min(width, WIDEST / pages.width));
    case 'width':
      return clampScale(width);
    case 'page':
      return clampScale(Math.min(width, room.height / pages.height));
    default:
      return clampScale(zoom);
  }
}

export function clampScale(scale: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, scale));
}

/** How many pixels the canvas needs for the shown size to be sharp, as far as canvases go. */
export function canvasSize(shown: Size, pixelRatio: number): Size {
  const width = shown.width * pixelRatio;
  const height = shown.height * pixelRatio;
  const scale = Math.min(1, CANVAS_SIDE / Math.max(width, height), Math.sqrt(CANVAS_AREA / (width * height)));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export function turned(size: Size, rotation: Rotation): Size {
  return rotation % 180 === 0 ? size : { width: size.height, height: size.width };
}

export function turnedRight(rotation: Rotation): Rotation {
  switch (rotation) {
    case 0:
      return 90;
    case 90:
      return 180;
    case 180:
      return 270;
    case 270:
      return 0;
  }
}

/** Whether something that was kept is a zoom. */
export function isZoom(value: unknown): value is Zoom {
  return (
    value === 'auto' || value === 'width' || value === 'page' || (typeof value === 'number' && value > 0)
  );
}
