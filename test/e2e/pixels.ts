import type { JSHandle, Locator } from '@playwright/test';

/** What is to be seen on a canvas, an image or a video. */
export interface Picture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Share of the pixels that are dark, from 0 to 1. */
  readonly ink: number;
  /** How many colours there are, of 4096. */
  readonly colours: number;
  /** The same for the same pixels. */
  readonly checksum: number;
}

/** Reads the pixels of an element that draws some. */
export async function pixelsOf(target: Locator): Promise<Picture> {
  const copy = await copyOf(target);
  return copy.evaluate((context) => {
    const { width, height } = context.canvas;
    const { data } = context.getImageData(0, 0, width, height);
    const seen = new Uint8Array(4096);
    let dark = 0;
    let checksum = 0;
    for (let at = 0; at < data.length; at += 4) {
      const red = data[at] ?? 0;
      const green = data[at + 1] ?? 0;
      const blue = data[at + 2] ?? 0;
      const opacity = data[at + 3] ?? 0;
      if (opacity > 0 && red + green + blue < 384) dark += 1;
      const colour = ((red >> 4) << 8) | (green & 0xf0) | (blue >> 4);
      seen[colour] = 1;
      checksum = (Math.imul(checksum, 31) + colour) | 0;
    }
    const colours = seen.reduce((sum, each) => sum + each, 0);
    return { width, height, ink: dark / (width * height), colours, checksum };
  });
}

/** Red, green, blue and opacity at a place given in shares of the picture's size. */
export async function colourAt(target: Locator, x: number, y: number): Promise<readonly number[]> {
  const copy = await copyOf(target);
  return copy.evaluate(
    (context, [shareX, shareY]) => {
      const { width, height } = context.canvas;
      return [...context.getImageData(Math.floor(shareX * width), Math.floor(shareY * height), 1, 1).data];
    },
    [x, y] as const,
  );
}

/** What an element draws, in the size that it has by itself. One that is drawn anew is empty for a moment, and then another. */
async function copyOf(target: Locator): Promise<JSHandle<CanvasRenderingContext2D>> {
  for (;;) {
    const copy = await tryToCopy(target);
    if (await copy.evaluate((context) => context !== undefined))
      return copy as JSHandle<CanvasRenderingContext2D>;
  }
}

function tryToCopy(target: Locator): Promise<JSHandle<CanvasRenderingContext2D | undefined>> {
  return target.evaluateHandle((element: HTMLCanvasElement | HTMLImageElement | HTMLVideoElement) => {
    const [width, height] =
      element instanceof HTMLVideoElement
        ? [element.videoWidth, element.videoHeight]
        : element instanceof HTMLImageElement
          ? [element.naturalWidth, element.naturalHeight]
          : [element.width, element.height];
    if (width === 0 || height === 0) return undefined;
    const copy = document.createElement('canvas');
    copy.width = width;
    copy.height = height;
    const context = copy.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('There is no canvas.');
    context.drawImage(element, 0, 0);
    return context;
  });
}
