export type Fit = 'width' | 'page';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Beyond this a page is easier to read with room around it. CSS pixels. */
const WIDEST = 1000;
/** What browsers allow a canvas: pixels on a side, pixels in all (a little below the true limits). */
const CANVAS_SIDE = 16_000;
const CANVAS_AREA = 100_000_000;

/**
 * How large to show a page, in CSS pixels.
 * @param room what there is to fill
 */
export function fitPage(page: Size, room: Size, fit: Fit): Size {
  const byWidth = Math.min(room.width, WIDEST) / page.width;
  const scale = fit === 'width' ? byWidth : Math.min(byWidth, room.height / page.height);
  return { width: Math.max(1, page.width * scale), height: Math.max(1, page.height * scale) };
}

/** How many pixels the canvas needs for the shown size to be sharp, as far as canvases go. */
export function canvasSize(shown: Size, pixelRatio: number): Size {
  const width = shown.width * pixelRatio;
  const height = shown.height * pixelRatio;
  const scale = Math.min(1, CANVAS_SIDE / Math.max(width, height), Math.sqrt(CANVAS_AREA / (width * height)));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
