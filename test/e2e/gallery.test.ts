import { expect, test } from './emulated';
import { keptState } from './keptState';
import { pixelsOf } from './pixels';
import { pressPlay } from './pressPlay';

test.use({ emulatorOptions: { messages: 0 } });

test('a picture opens in a second tab and keeps its zoom after a reload', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { webview, messages } = workbench;
  await admin.deliver({
    from: { name: 'Mia Mms', phoneNumber: '+16505550101' },
    text: 'Two files',
    attachments: [
      { type: 'MmsAttachment', contentType: 'image/png', file: 'site-plan.png', fileName: 'site-plan.png' },
      { type: 'MmsAttachment', contentType: 'video/mp4', file: 'pendant.mp4', fileName: 'pendant.mp4' },
    ],
  });
  await signIn();
  await messages.row(/^Mia Mms/).expand();
  const picture = webview.getByRole('img', { name: 'site-plan.png' });
  const stage = webview.getByRole('group', { name: 'site-plan.png' });
  const video = webview.locator('video');
  const zoom = webview.locator('.zoom').filter({ visible: true });
  const opens = webview.getByRole('button', { name: 'Open site-plan.png' });
  await messages.row(/, from Mia Mms/).open({ shows: opens });
  await opens.click();
  await expect(stage).toBeVisible();
  await expect(workbench.tab('Mia Mms'), 'of the conversation and of the picture').toHaveCount(2);
  expect(await pixelsOf(picture)).toMatchObject({ width: 1000, height: 750 });

  await webview.getByRole('button', { name: 'pendant.mp4, 2 of 2' }).click();
  await pressPlay(video);
  await expect
    .poll(() => video.evaluate((player: HTMLVideoElement) => player.currentTime))
    .toBeGreaterThan(0.1);
  await webview.getByRole('button', { name: 'site-plan.png, 1 of 2' }).click();
  await stage.press('1');
  await expect(zoom).toHaveText('100 %');
  await expect.poll(() => keptState(page)).toMatch(/position:.*picture:/);

  await workbench.reload();
  await expect(zoom).toHaveText('100 %');
  await expect(workbench.tab('Mia Mms')).toHaveCount(2);
  expect(await pixelsOf(picture)).toMatchObject({ width: 1000, height: 750 });
});
