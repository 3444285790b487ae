import type { Locator } from '@playwright/test';

/** How much of a canvas is dark, from 0 to 1: a written page has some ink and is mostly paper. */
export async function inkOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new TypeError('Not a canvas.');
    const pixels = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data;
    if (!pixels) throw new TypeError('The canvas has no 2D context.');
    let dark = 0;
    for (let index = 0; index < pixels.length; index += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(index, index + 4);
      if (alpha > 128 && red + green + blue < 384) dark++;
    }
    return dark / (pixels.length / 4);
  });
}
