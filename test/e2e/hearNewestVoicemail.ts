import { expect } from '@playwright/test';
import type { Workbench } from './pages/workbench';

/**
 * Hears the newest voicemail as somebody does who has never seen the mailbox: a click on its row, the first below Voicemail, plays it.
 * What has the focus then is Play, so that the space bar pauses, and would have played where a browser had wanted a key.
 */
export async function hearNewestVoicemail({ messages, webview, page }: Workbench): Promise<void> {
  await messages.settle();
  const newest = messages.row(/^Unread voicemail from /);
  await expect(newest.locator).toHaveAttribute('aria-posinset', '1');
  await newest.click();
  const player = webview.locator('audio');
  const position = (): Promise<number> => player.evaluate(({ currentTime }: HTMLAudioElement) => currentTime);
  await expect.poll(position).toBeGreaterThan(0.2);
  await page.keyboard.press(' ');
  const play = webview.getByRole('button', { name: 'Play', exact: true });
  await expect(play).toBeFocused();
  const paused = await position();
  await page.keyboard.press(' ');
  await expect.poll(position).toBeGreaterThan(paused);
}
