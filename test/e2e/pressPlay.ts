import { expect, type Locator } from '@playwright/test';

/** Of `readyState`. */
const HAVE_FUTURE_DATA = 3;

/** Presses the space bar on a player, as soon as it has something to play: before that it may not take keys. */
export async function pressPlay(player: Locator): Promise<void> {
  await expect
    .poll(() => player.evaluate((media: HTMLMediaElement) => media.readyState))
    .toBeGreaterThanOrEqual(HAVE_FUTURE_DATA);
  await player.press(' ');
}
