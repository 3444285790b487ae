import type { Locator } from '@playwright/test';

export interface Box {
  /** CSS pixels in the window. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where an element is. One that is made anew is another element, and for a moment neither may be found. */
export async function boxOf(target: Locator): Promise<Box> {
  await target.waitFor();
  return (await target.boundingBox()) ?? boxOf(target);
}

/** Where an element is that does not move any more. */
export async function steadyBoxOf(target: Locator): Promise<Box> {
  const before = await boxOf(target);
  await target
    .page()
    .evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const { x, y, width, height } = await boxOf(target);
  const isSteady = x === before.x && y === before.y && width === before.width && height === before.height;
  return isSteady ? before : steadyBoxOf(target);
}
