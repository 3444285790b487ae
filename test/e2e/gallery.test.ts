import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { FrameLocator, Locator } from '@playwright/test';
import { boxOf } from './boxOf';
import { expect, test } from './emulated';
import { keptState } from './keptState';
import { mediaFolder } from './mediaFolder';
import { colourAt, pixelsOf } from './pixels';

const media = mediaFolder('media');
const photo = readFileSync(path.join(media, 'upright.jpg')).toString('base64');
writeFileSync(
  path.join(media, 'photo.vcf'),
  `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Card\r\nPHOTO;ENCODING=b;TYPE=JPEG:${photo}\r\nEND:VCARD\r\n`,
);
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });
test.afterAll(() => rmSync(media, { recursive: true, force: true }));

const mms = (contentType: string, file: string, fileName = file): object => ({
  type: 'MmsAttachment',
  contentType,
  file,
  fileName,
});

async function expectColour(
  picture: Locator,
  [x, y]: readonly [number, number],
  colour: readonly [number, number, number],
): Promise<void> {
  await expect(async () => {
    const found = await colourAt(picture, x, y);
    for (const [index, part] of colour.entries())
      expect(Math.abs((found[index] ?? 0) - part)).toBeLessThan(40);
  }).toPass({ timeout: 5_000 });
}

const zoom = (webview: FrameLocator): Locator => webview.locator('.zoom').filter({ visible: true });

test('pictures and videos of a message are looked at in a gallery', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { webview, messages } = workbench;
  await admin.deliver({
    from: { name: 'Mia Mms', phoneNumber: '+16505550101' },
    text: 'Eight files',
    attachments: [
      mms('image/png', 'site-plan.png'),
      mms('image/jpeg', 'upright.jpg'),
      mms('image/gif', 'blink.gif'),
      mms('image/bmp', 'green.bmp'),
      mms('image/heic', 'materials.txt', 'IMG_0001.HEIC'),
      mms('video/mp4', 'pendant.mp4'),
      mms('video/mpeg', 'materials.txt', 'CLIP.MPG'),
      mms('image/tiff', 'green.tif'),
    ],
  });
  await signIn();
  await messages.row(/^Mia Mms/).expand();
  await messages.row(/, from Mia Mms/).open({ shows: workbench.tab(/Mia Mms/) });
  await webview.getByRole('button', { name: 'Open site-plan.png' }).click();
  const thumbnail = (name: string): Locator =>
    webview.getByRole('button', { name: new RegExp(`^${name}, \\d of 7`) });
  const plan = webview.getByRole('img', { name: 'site-plan.png' });
  const stage = webview.getByRole('group', { name: 'site-plan.png' });

  await test.step('a picture is seen whole, zoomed at the pointer, panned, and fitted again', async () => {
    await expect(plan).toBeVisible();
    await expect(webview.getByRole('button', { name: 'Next', exact: true })).toBeInViewport();
    await expect(thumbnail('site-plan.png')).toHaveAttribute('aria-current', 'true');
    const whole = await boxOf(plan);
    const room = await boxOf(stage);
    expect(whole.width).toBeLessThanOrEqual(room.width + 1);
    expect(whole.height).toBeLessThanOrEqual(room.height + 1);

    const pointer = { x: whole.x + whole.width * 0.75, y: whole.y + whole.height * 0.25 };
    await page.mouse.move(pointer.x, pointer.y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -500);
    await page.keyboard.up('Control');
    await expect.poll(async () => (await boxOf(plan)).width).toBeGreaterThan(whole.width * 2);
    const zoomed = await boxOf(plan);
    expect((pointer.x - zoomed.x) / zoomed.width).toBeCloseTo(0.75, 2);
    expect((pointer.y - zoomed.y) / zoomed.height).toBeCloseTo(0.25, 2);

    await page.mouse.down();
    await page.mouse.move(pointer.x - 80, pointer.y + 30, { steps: 4 });
    await page.mouse.up();
    const dragged = await boxOf(plan);
    expect(dragged.x - zoomed.x).toBeCloseTo(-80, 0);
    expect(dragged.y - zoomed.y).toBeCloseTo(30, 0);

    await stage.press('ArrowLeft');
    expect((await boxOf(plan)).x - dragged.x).toBeCloseTo(60, 0);
    await stage.press('0');
    expect(await boxOf(plan)).toEqual(whole);
    await stage.press('1');
    await expect(zoom(webview)).toHaveText('100 %');
    expect((await boxOf(plan)).width).toBeCloseTo(1000, 0);
    await stage.press('-');
    await expect(zoom(webview)).toHaveText('80 %');
    await webview.getByRole('button', { name: 'Fit', exact: true }).click();
    expect(await boxOf(plan)).toEqual(whole);
  });

  await test.step('the next is as the camera was held', async () => {
    await stage.press('ArrowRight');
    const upright = webview.getByRole('img', { name: 'upright.jpg' });
    await expect(upright).toBeVisible();
    expect(await pixelsOf(upright)).toMatchObject({ width: 80, height: 120 });
    await expectColour(upright, [0.9, 0.1], [200, 0, 0]);
    await expectColour(upright, [0.1, 0.1], [0, 0, 200]);
    await expectColour(upright, [0.9, 0.9], [0, 0, 200]);
    const box = await boxOf(upright);
    expect(box.height / box.width).toBeCloseTo(1.5, 2);
    const small = thumbnail('upright.jpg').locator('canvas');
    await expectColour(small, [0.9, 0.1], [200, 0, 0]);
    await expectColour(small, [0.1, 0.1], [0, 0, 200]);
    await expectColour(small, [0.9, 0.9], [0, 0, 200]);
  });

  await test.step('a GIF plays, and can be stopped and played on', async () => {
    await thumbnail('blink.gif').click();
    const gif = webview.getByRole('img', { name: 'blink.gif' });
    const frame = (): Promise<string | null> => gif.getAttribute('data-frame');
    await gif.evaluate(
      (canvas) =>
        new Promise<void>((resolve) => {
          const seen = new Set<string | undefined>();
          const observer = new MutationObserver(() => {
            if (seen.add(canvas.dataset.frame).size < 4) return;
            observer.disconnect();
            resolve();
          });
          observer.observe(canvas, { attributeFilter: ['data-frame'] });
        }),
    );
    await webview.getByRole('button', { name: 'Pause Animation' }).click();
    const stopped = await frame();
    const colours = [
      [200, 0, 0],
      [0, 150, 0],
      [0, 0, 200],
      [255, 255, 255],
    ] as const;
    await expectColour(gif, [0.5, 0.5], colours[Number(stopped)] ?? [0, 0, 0]);
    // A picture lasts a quarter of a second: within a second each would have been seen.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)));
    expect(await frame()).toBe(stopped);
    await webview.getByRole('button', { name: 'Play Animation' }).click();
    await expect.poll(frame).not.toBe(stopped);
  });

  await test.step('BMP is shown', async () => {
    await thumbnail('green.bmp').click();
    await expectColour(webview.getByRole('img', { name: 'green.bmp' }), [0.5, 0.5], [0, 150, 0]);
  });

  await test.step('HEIC is offered to other programs', async () => {
    await thumbnail('IMG_0001.HEIC').click();
    await expect(webview.getByText('This file cannot be shown here.')).toBeVisible();
    await expect(
      webview.getByRole('button', { name: 'Open Externally: IMG_0001.HEIC' }).filter({ visible: true }),
    ).toBeVisible();
  });

  await test.step('MPEG is offered to other programs', async () => {
    await thumbnail('CLIP.MPG').click();
    await expect(webview.getByText('This video format cannot be played here.')).toBeVisible();
    await expect(
      webview.getByRole('button', { name: 'Save CLIP.MPG…' }).filter({ visible: true }),
    ).toBeVisible();
  });

  await test.step('a video plays until one goes on', async () => {
    await thumbnail('pendant.mp4').click();
    const video = webview.locator('video');
    await video.press(' ');
    await expect
      .poll(() => video.evaluate((player: HTMLVideoElement) => player.currentTime))
      .toBeGreaterThan(0.1);
    await thumbnail('site-plan.png').click();
    expect(await video.evaluate((player: HTMLVideoElement) => player.paused)).toBe(true);
  });

  await test.step('TIFF is shown as faxes are', async () => {
    const tiff = webview.getByRole('region', { name: 'green.tif' }).first();
    await tiff.scrollIntoViewIfNeeded();
    await expectColour(tiff.getByRole('img', { name: 'Page 1 of 1' }), [0.5, 0.5], [0, 150, 0]);
  });

  await test.step('after a restart, it is looked at in the same way', async () => {
    await webview.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
    await stage.press('1');
    await stage.press('ArrowRight');
    await stage.press('ArrowDown');
    const onStage = async (): Promise<readonly number[]> => {
      const [picture, frame] = [await boxOf(plan), await boxOf(stage)];
      return [picture.x - frame.x, picture.y - frame.y];
    };
    const before = await onStage();
    await expect.poll(() => keptState(page)).toMatch(/picture:.*position:/);
    await workbench.reload();
    await expect(zoom(webview)).toHaveText('100 %');
    const after = await onStage();
    // The sidebar may be wider or narrower by a pixel.
    for (const [index, edge] of before.entries())
      expect(Math.abs(edge - (after[index] ?? 0))).toBeLessThan(2);
    await thumbnail('pendant.mp4').click();
    await expect
      .poll(() => webview.locator('video').evaluate((player: HTMLVideoElement) => player.currentTime))
      .toBeGreaterThan(0.1);
  });
});

test('a video whose sound cannot be played says so, and no other', async ({ workbench, admin, signIn }) => {
  const { webview, messages } = workbench;
  await admin.deliver({
    from: { name: 'Mia Mms', phoneNumber: '+16505550101' },
    text: 'Three videos',
    attachments: [mms('video/mp4', 'silent.mp4'), mms('video/3gpp', 'amr.3gp'), mms('video/mp4', 'aac.mp4')],
  });
  await signIn();
  await messages.row(/^Mia Mms/).expand();
  await messages.row(/, from Mia Mms/).open({ shows: workbench.tab(/Mia Mms/) });
  await webview.getByRole('button', { name: 'Open silent.mp4' }).click();

  const shown = async (name: string): Promise<Locator> => {
    await webview.getByRole('button', { name: new RegExp(`^${name}, `) }).click();
    const video = webview.locator('video').filter({ visible: true });
    await expectColour(video, [0.5, 0.5], [0, 150, 0]);
    // All of it is there.
    await expect.poll(() => video.evaluate((player: HTMLVideoElement) => player.readyState)).toBe(4);
    return video;
  };
  const note = webview.getByText('The sound of this video cannot be played here.').filter({ visible: true });
  await shown('silent.mp4');
  await expect(note).toHaveCount(0);
  await shown('amr.3gp');
  await expect(note).toBeVisible();
  const { width } = await boxOf(webview.locator('video').filter({ visible: true }));
  expect(width, 'its controls have room').toBeGreaterThanOrEqual(320);
  const aac = await shown('aac.mp4');
  const known = await aac.evaluate(
    (player: HTMLVideoElement) => player.canPlayType('audio/mp4; codecs="mp4a.40.2"') !== '',
  );
  await expect(note).toHaveCount(known ? 0 : 1);
});

test('a contact card shows the picture in it', async ({ workbench, admin, signIn }) => {
  const { webview, messages } = workbench;
  await admin.deliver({
    from: { name: 'Mia Mms', phoneNumber: '+16505550101' },
    text: 'A card',
    attachments: [mms('text/vcard', 'photo.vcf')],
  });
  await signIn();
  await messages.row(/^Mia Mms/).expand();
  await messages.row(/, from Mia Mms/).open({ shows: workbench.tab(/Mia Mms/) });
  await webview.getByRole('button', { name: 'Open photo.vcf' }).click();
  await expect(webview.getByRole('heading', { name: 'Ann Card' })).toBeVisible();
  const picture = webview.locator('.avatar img');
  await expectColour(picture, [0.9, 0.1], [200, 0, 0]);
  await expectColour(picture, [0.1, 0.9], [0, 0, 200]);
});
