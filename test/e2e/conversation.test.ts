import type { Locator } from '@playwright/test';
import { boxOf } from './boxOf';
import { expect, test } from './emulated';
import { pixelsOf } from './pixels';

const MAYA = { name: 'Maya Okafor', phoneNumber: '+15415550114' };

/** Left and right edge on screen, in CSS pixels. */
async function edges(target: Locator): Promise<{ left: number; right: number }> {
  const box = await boxOf(target);
  return { left: box.x, right: box.x + box.width };
}

function direction(text: Locator): Promise<string> {
  return text.evaluate((element) => getComputedStyle(element).direction);
}

test('a conversation shows who said what, with its pictures, whatever way it is written', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { messages, webview, activity, dialog } = workbench;
  const bubble = (text: string): Locator => webview.getByRole('article').filter({ hasText: text });
  await signIn();
  await expect(messages.row(/^Maya Okafor, 2 unread of/).locator).toBeVisible();
  const unread = Number(await activity.innerText());

  await test.step('what was opened is read', async () => {
    await workbench.messages
      .row(/^Maya Okafor, (2 unread of|\d+ messages)/)
      .pressAction('Open', { shows: workbench.tab('Maya Okafor') });
    await expect(messages.row(/^Maya Okafor, \d+ messages/).locator).toBeVisible();
    await expect(activity).toHaveText(String(unread - 2));
  });

  await test.step('theirs is on the left and ours on the right', async () => {
    const body = (text: string): Locator => bubble(text).locator('.bubble-body');
    const page = await edges(bubble('can the lemon tree move in already?'));
    const theirs = await edges(body('can the lemon tree move in already?'));
    const ours = await edges(body('On our way with the oil for the counter.'));
    expect(theirs.left).toBeLessThan(page.left + 40);
    expect(theirs.right).toBeLessThan(page.right - 100);
    expect(ours.right).toBeCloseTo(page.right, 0);
    expect(ours.left).toBeGreaterThan(page.left + 100);
  });

  await test.step('a picture is in its place', async () => {
    const picture = webview.getByRole('button', { name: 'Open whiteboard.jpg' }).locator('img');
    await expect(picture).toBeInViewport();
    const { width, height, colours } = await pixelsOf(picture);
    expect([width, height]).toEqual([1200, 900]);
    expect(colours).toBeGreaterThan(100);
  });

  await test.step('a message that comes in is added at the end', async () => {
    await admin.deliver({
      from: MAYA,
      text: 'Is anybody hungry?',
    });
    await messages.pressAction(/^Refresh/);
    await expect(bubble('Is anybody hungry?')).toBeInViewport();
    await expect(messages.row(/^Maya Okafor, .*Is anybody hungry/).locator).toBeVisible();
    await expect(activity).toHaveText(String(unread - 1));
  });

  await test.step('what comes while one reads there is read', async () => {
    await bubble('Is anybody hungry?').locator('.bubble-text').click();
    const { id } = await admin.deliver({ from: MAYA, text: 'Noodles at noon then' });
    await expect(bubble('Noodles at noon then')).toBeInViewport();
    const statusOf = async (): Promise<unknown> =>
      (await admin.state()).messages.find((message) => message.id === String(id))?.readStatus;
    await expect.poll(statusOf).toBe('Read');
    await expect(activity).toHaveText(String(unread - 1));
  });

  await test.step('a video is played where it is, by its own keys', async () => {
    await admin.deliver({
      from: MAYA,
      text: 'Watch this pendant',
      attachments: [
        { type: 'MmsAttachment', contentType: 'video/mp4', file: 'pendant.mp4', fileName: 'pendant.mp4' },
        { type: 'MmsAttachment', contentType: 'audio/wav', file: 'voicemail-maya.wav', fileName: 'maya.wav' },
        { type: 'MmsAttachment', contentType: 'audio/amr', file: 'voicemail-maya.wav', fileName: 'maya.amr' },
      ],
    });
    await messages.pressAction(/^Refresh/);
    const isPaused = (player: Locator): Promise<boolean> =>
      player.evaluate((element: HTMLMediaElement) => element.paused);
    const video = bubble('Watch this pendant').locator('video');
    const sound = bubble('Watch this pendant').locator('audio');
    await expect(video).toBeInViewport();
    expect(await pixelsOf(video)).toMatchObject({ width: 360, height: 270 });
    await expect(sound, 'what cannot be played is its name alone').toHaveCount(1);
    await video.press(' ');
    await expect.poll(() => isPaused(video)).toBe(false);
    await expect(webview.getByText('1 selected')).toHaveCount(0);
    await sound.evaluate((element: HTMLMediaElement) => element.play());
    expect(await isPaused(video), 'one thing is heard at a time').toBe(true);
    await expect(bubble('Watch this pendant').getByRole('button', { name: 'Open maya.amr' })).toBeVisible();
  });

  await test.step('what becomes of a message is told, and its picture stays as it is', async () => {
    const { id } = await admin.deliver({
      direction: 'Outbound',
      to: [MAYA],
      text: 'Here it is',
      messageStatus: 'Sent',
      attachments: [{ type: 'MmsAttachment', contentType: 'image/jpeg', file: 'tile-samples.jpg' }],
    });
    await messages.pressAction(/^Refresh/);
    await expect(bubble('Here it is')).toContainText('Sent');
    const picture = bubble('Here it is').locator('img');
    await expect(picture).toBeInViewport();
    const shown = await picture.elementHandle();
    await admin.change(id, { messageStatus: 'DeliveryFailed', deliveryErrorCode: 'SMS-UP-430' });
    await messages.pressAction(/^Refresh/);
    await expect(bubble('Here it is')).toContainText('SMS-UP-430');
    expect(await shown.evaluate((image) => image.isConnected)).toBe(true);
  });

  await test.step('each text has the direction of its script', async () => {
    await workbench.messages.row(/^Noor Haddad/).pressAction('Open', { shows: workbench.tab('Noor Haddad') });
    await expect(bubble('Here they are')).toBeVisible();
    expect(await direction(webview.getByText('ممتاز، إلى اللقاء'))).toBe('rtl');
    expect(await direction(webview.getByText('He knows.'))).toBe('ltr');
  });

  await test.step('a link is opened after VS Code has asked, and once', async () => {
    await webview.getByRole('link', { name: 'https://plans.example/haddad/courtyard.pdf' }).click();
    await expect(dialog.message).toContainText('open the external website');
    await expect(dialog.box).toContainText('https://plans.example/haddad/courtyard.pdf');
    await dialog.press('Cancel');
    await expect(dialog.box).toBeHidden();
  });
});
