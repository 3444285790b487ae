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
