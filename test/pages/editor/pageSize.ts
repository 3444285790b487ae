/** CSS pixels: what a page has in a VS Code window of 1280 × 900, beside and below what is around it. */
export const PAGE_SIZE = { width: 922, height: 803 };
const WINDOW_SIZE = { width: 1280, height: 900 };

/** What a page has when that window is zoomed; what is around it takes as many CSS pixels as before. */
export function zoomedPageSize(zoom: number): { readonly width: number; readonly height: number } {
  const left = (of: 'width' | 'height'): number =>
    Math.round(WINDOW_SIZE[of] / zoom) - (WINDOW_SIZE[of] - PAGE_SIZE[of]);
  return { width: left('width'), height: left('height') };
}
