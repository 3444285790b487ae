import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Locator } from '@playwright/test';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { oddPictures } from '../builders/oddPictures';
import { boxOf, steadyBoxOf } from './boxOf';
import { mediaFolder } from '../e2e/mediaFolder';
import { colourAt, pixelsOf } from '../e2e/pixels';
import type { Editor, Webview } from './editor/editor';
import { expect, test } from './fixtures';
import { pressPlay } from '../e2e/pressPlay';

const media = mediaFolder('media');
const photo = readFileSync(path.join(media, 'upright.jpg')).toString('base64');
writeFileSync(
  path.join(media, 'photo.vcf'),
  [
    '\ufeffBEGIN:VCARD',
    'FN:Ann Card',
    'TEL;CELL;VOICE:+1 650-555-0101',
    `PHOTO;ENCODING=b;TYPE=JPEG:${photo}`,
    'BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-06',
    'item1.URL:http\\://maps.example.com/?ll=5\\,-5',
    'item1.X-ABLabel:map url',
    'URL:javascript:alert(1)',
    'NOTE;ENCODING=QUOTED-PRINTABLE:caf=C3=A9 \u202eexe',
    'a line without a colon',
    'END:VCARD',
    'BEGIN:VCARD',
    'ORG:Acme',
    'EMAIL:acme@example.com?subject=x',
  ].join('\r\n'),
  'utf16le',
);
writeFileSync(path.join(media, 'utf16.txt'), '\ufeffGrüße 😀', 'utf16le');
const odd = oddPictures();
for (const [name, { bytes }] of Object.entries(odd)) writeFileSync(path.join(media, name), bytes);
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });

const mms = (contentType: string, file: string, fileName = file): Attachment => ({
  type: 'MmsAttachment',
  contentType,
  file,
  fileName,
});

interface Attachment {
  readonly type: string;
  readonly contentType: string;
  readonly file: string;
  readonly fileName: string;
}

const plan = mms('image/png', 'site-plan.png');
const heic = mms('image/heic', 'materials.txt', 'IMG_0001.HEIC');
const video = mms('video/mp4', 'pendant.mp4');

/** Opens the first attachment of a message with these. */
async function open(
  editor: Editor,
  admin: EmulatorAdmin,
  ...attachments: readonly Attachment[]
): Promise<void> {
  await admin.deliver({
    from: { name: 'Mia Mms', phoneNumber: '+16505550101' },
    text: 'Files',
    attachments,
  });
  await editor.signIn();
  await editor.openMessage('Mia Mms');
  const first = `Open ${attachments[0]?.fileName ?? ''}`;
  await editor.openPage(() => editor.webview.getByRole('button', { name: first }).click());
  // What is shown has its size when it is laid out, and the page its place a frame later.
  if (attachments[0]?.contentType.startsWith('image/')) await expect(zoom(editor.webview)).toHaveText(/%/);
}

function thumbnail(webview: Webview, name: string): Locator {
  return webview.getByRole('button', { name: new RegExp(`^${name}, \\d+ of \\d+$`) });
}

function zoom(webview: Webview): Locator {
  return webview.locator('.zoom').filter({ visible: true });
}

function currentTime(player: Locator): Promise<number> {
  return player.evaluate((element: HTMLMediaElement) => element.currentTime);
}

async function expectColour(
  picture: Locator,
  [x, y]: readonly [number, number],
  colour: readonly [number, number, number],
): Promise<void> {
  await expect(async () => {
    const found = await colourAt(picture, x, y);
    for (const [index, part] of colour.entries())
      expect(Math.abs((found[index] ?? 0) - part)).toBeLessThan(40);
  }).toPass();
}

/** Of a picture that is red at its upper right and blue elsewhere. */
async function expectUpright(picture: Locator): Promise<void> {
  await expectColour(picture, [0.9, 0.1], [200, 0, 0]);
  await expectColour(picture, [0.1, 0.1], [0, 0, 200]);
  await expectColour(picture, [0.9, 0.9], [0, 0, 200]);
}

test('a picture opens fitted to the window, with its thumbnail marked and Next in view', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  await open(editor, admin, plan, video);
  const picture = webview.getByRole('img', { name: 'site-plan.png' });
  await expect(picture).toBeVisible();
  await expect(webview.getByRole('button', { name: 'Next', exact: true })).toBeInViewport();
  await expect(thumbnail(webview, 'site-plan.png')).toHaveAttribute('aria-current', 'true');
  const whole = await steadyBoxOf(picture);
  const room = await boxOf(webview.getByRole('group', { name: 'site-plan.png' }));
  expect(whole.width).toBeLessThanOrEqual(room.width + 1);
  expect(whole.height).toBeLessThanOrEqual(room.height + 1);
});

test('Ctrl and the mouse wheel zoom a picture at the pointer, and dragging pans it', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await open(editor, admin, plan, video);
  const picture = webview.getByRole('img', { name: 'site-plan.png' });
  const whole = await steadyBoxOf(picture);
  const pointer = { x: whole.x + whole.width * 0.75, y: whole.y + whole.height * 0.25 };
  await page.mouse.move(pointer.x, pointer.y);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -500);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await boxOf(picture)).width).toBeGreaterThan(whole.width * 2);
  const zoomed = await steadyBoxOf(picture);
  expect((pointer.x - zoomed.x) / zoomed.width).toBeCloseTo(0.75, 2);
  expect((pointer.y - zoomed.y) / zoomed.height).toBeCloseTo(0.25, 2);

  await page.mouse.down();
  await page.mouse.move(pointer.x - 80, pointer.y + 30, { steps: 4 });
  await page.mouse.up();
  const dragged = await boxOf(picture);
  expect(dragged.x - zoomed.x).toBeCloseTo(-80, 0);
  expect(dragged.y - zoomed.y).toBeCloseTo(30, 0);
});

test('keys zoom and pan a picture and fit it to the window again', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(editor, admin, plan, video);
  const picture = webview.getByRole('img', { name: 'site-plan.png' });
  const stage = webview.getByRole('group', { name: 'site-plan.png' });
  const whole = await steadyBoxOf(picture);
  await stage.press('1');
  await expect(zoom(webview)).toHaveText('100%');
  expect((await boxOf(picture)).width).toBeCloseTo(1000, 0);
  const before = await boxOf(picture);
  await stage.press('ArrowLeft');
  expect((await boxOf(picture)).x - before.x).toBeCloseTo(60, 0);
  await stage.press('-');
  await expect(zoom(webview)).toHaveText('80%');
  await stage.press('0');
  expect(await boxOf(picture)).toEqual(whole);
  await stage.press('1');
  await webview.getByRole('button', { name: 'Fit', exact: true }).click();
  expect(await boxOf(picture)).toEqual(whole);
});

test('a photograph and its thumbnail follow the orientation that the camera recorded', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  await open(editor, admin, plan, mms('image/jpeg', 'upright.jpg'));
  await webview.getByRole('group', { name: 'site-plan.png' }).press('ArrowRight');
  const picture = webview.getByRole('img', { name: 'upright.jpg' });
  await expect(picture).toBeVisible();
  expect(await pixelsOf(picture)).toMatchObject({ width: 80, height: 120 });
  await expectUpright(picture);
  const box = await boxOf(picture);
  expect(box.height / box.width).toBeCloseTo(1.5, 2);
  await expectUpright(thumbnail(webview, 'upright.jpg').locator('canvas'));
});

const RED = [200, 0, 0] as const;
const GREEN = [0, 150, 0] as const;
const BLUE = [0, 0, 200] as const;
const WHITE = [255, 255, 255] as const;

test.describe('without reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  for (const [what, attachment, colours] of [
    ['a GIF', mms('image/gif', 'blink.gif'), [RED, GREEN, BLUE, WHITE]],
    ['an animated WebP', mms('image/webp', 'blink.webp'), [RED, BLUE]],
  ] as const)
    test(`${what} plays, pauses at the current frame and continues from there`, async ({
      editor,
      admin,
      page,
    }) => {
      const { webview } = editor;
      /** Milliseconds that each of its pictures lasts. */
      const duration = 250;
      await page.clock.install();
      await open(editor, admin, attachment, plan);
      const picture = webview.getByRole('img', { name: attachment.fileName });
      await expect(picture).toBeVisible();
      const drawn = await picture.evaluateHandle((canvas) => {
        const draws: { frame: number; at: number }[] = [];
        new MutationObserver(() =>
          draws.push({ frame: Number(canvas.dataset['frame']), at: Date.now() }),
        ).observe(canvas, { attributeFilter: ['data-frame'] });
        return draws;
      });
      // From now on time goes by only when it is told to. The leap draws one more picture, which is
      // decoded meanwhile: only after it is it known which of them is the current one.
      const pausedAt = Date.now() + 60_000;
      await page.clock.pauseAt(pausedAt);
      await expect
        .poll(async () => (await drawn.jsonValue()).filter(({ at }) => at >= pausedAt).length)
        .toBe(1);
      const frame = async (): Promise<number> => Number(await picture.getAttribute('data-frame'));
      const expectNext = async (): Promise<void> => {
        const next = ((await frame()) + 1) % colours.length;
        await page.clock.runFor(duration);
        await expect.poll(frame).toBe(next);
      };
      // Each of them, and the first again.
      const count = colours.length;
      for (let shown = 0; shown < count; shown++) await expectNext();

      await webview.getByRole('button', { name: 'Pause Animation' }).click();
      const stopped = await frame();
      await expectColour(picture, [0.5, 0.5], colours[stopped] ?? [0, 0, 0]);
      const before = (await drawn.jsonValue()).length;
      await page.clock.runFor(duration);
      await webview.getByRole('button', { name: 'Play Animation' }).click();
      await expect
        .poll(
          async () => (await drawn.jsonValue()).slice(before).map((draw) => draw.frame),
          'it goes on with the picture at which it stopped',
        )
        .toEqual([stopped]);
      await expectNext();
    });
});

test('a GIF does not play by itself with reduced motion', async ({ editor, admin }) => {
  await open(editor, admin, mms('image/gif', 'blink.gif'), plan);
  await expect(editor.webview.getByRole('img', { name: 'blink.gif' })).toBeVisible();
  await expect(editor.webview.getByRole('button', { name: 'Play Animation' })).toBeVisible();
});

test('a BMP picture is shown', async ({ editor, admin }) => {
  await open(editor, admin, mms('image/bmp', 'green.bmp'), plan);
  await expectColour(editor.webview.getByRole('img', { name: 'green.bmp' }), [0.5, 0.5], [0, 150, 0]);
});

test('a TIFF picture is shown in the document viewer, as faxes are', async ({ editor, admin }) => {
  await open(editor, admin, plan, mms('image/tiff', 'green.tif'));
  const tiff = editor.webview.getByRole('region', { name: 'green.tif' }).first();
  await tiff.scrollIntoViewIfNeeded();
  await expectColour(tiff.getByRole('img', { name: 'Page 1 of 1' }), [0.5, 0.5], [0, 150, 0]);
});

test('odd pictures are shown, or it is said why they are not', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(
    editor,
    admin,
    plan,
    ...Object.entries(odd).map(([name, { contentType }]) => mms(contentType, name)),
  );
  const title = await webview.locator('body').evaluate(() => document.title);
  for (const [name, { seen, contentType }] of Object.entries(odd))
    await test.step(name, async () => {
      // A drawing is no picture of the gallery: it has a place of its own below.
      if (!contentType.includes('svg')) await thumbnail(webview, name).click();
      const card = webview.locator('.attachment').filter({ hasText: name, visible: true });
      if (typeof seen === 'string') {
        await card.scrollIntoViewIfNeeded();
        await expect(card).toContainText(seen);
        await expect(card.getByRole('img')).toHaveCount(0);
        return;
      }
      const picture = card.getByRole('img', { name });
      await expect(picture).toBeVisible();
      await expectColour(picture, seen.at, seen.colour);
      const { width, height } = await pixelsOf(picture);
      expect([width, height]).toEqual(seen.size);
    });
  expect(await webview.locator('body').evaluate(() => document.title), 'nothing acted').toBe(title);
});

test('a HEIC picture, which no browser shows, can be opened in another program', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  await open(editor, admin, plan, heic);
  await thumbnail(webview, 'IMG_0001.HEIC').click();
  await expect(webview.getByText("This file can't be shown here.")).toBeVisible();
  const offer = webview.getByRole('button', { name: 'Open Externally: IMG_0001.HEIC' });
  await expect(offer.filter({ visible: true })).toBeVisible();
});

test('an MPEG video, which no browser plays, can be saved', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(editor, admin, plan, mms('video/mpeg', 'materials.txt', 'CLIP.MPG'));
  await thumbnail(webview, 'CLIP.MPG').click();
  await expect(webview.getByText("This video format isn't supported.")).toBeVisible();
  const offer = webview.getByRole('button', { name: 'Save CLIP.MPG…' });
  await expect(offer.filter({ visible: true })).toBeVisible();
});

test('a video pauses when another picture is chosen', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(editor, admin, plan, video);
  await thumbnail(webview, 'pendant.mp4').click();
  const player = webview.locator('video');
  await pressPlay(player);
  await expect.poll(() => currentTime(player)).toBeGreaterThan(0.1);
  await thumbnail(webview, 'site-plan.png').click();
  expect(await player.evaluate((element: HTMLVideoElement) => element.paused)).toBe(true);
});

test('a picture keeps its zoom and position, and a video its time, after a restart', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  await open(editor, admin, plan, video);
  const stage = (): Locator => webview.getByRole('group', { name: 'site-plan.png' });
  const player = (): Locator => webview.locator('video');
  await thumbnail(webview, 'pendant.mp4').click();
  await pressPlay(player());
  await expect.poll(() => currentTime(player())).toBeGreaterThan(0.1);
  await thumbnail(webview, 'site-plan.png').click();
  await webview.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  await stage().press('1');
  await stage().press('ArrowRight');
  await stage().press('ArrowDown');
  const onStage = async (): Promise<readonly number[]> => {
    const picture = webview.getByRole('img', { name: 'site-plan.png' });
    const [inner, outer] = [await boxOf(picture), await boxOf(stage())];
    return [inner.x - outer.x, inner.y - outer.y, inner.width];
  };
  const before = await onStage();
  // Each key has moved it by 60 of 1000 by 750 pixels.
  await expect
    .poll(() => editor.activePanel.state)
    .toMatch(/"position:.*"picture:\d+":\{"scale":1,"x":0\.56,"y":0\.58\}/);

  await editor.restart();
  await expect(zoom(webview)).toHaveText('100%');
  expect(await onStage()).toEqual(before);
  await thumbnail(webview, 'pendant.mp4').click();
  await expect.poll(() => currentTime(player())).toBeGreaterThan(0.1);
});

for (const [what, attachment, isHeard] of [
  ['a video without sound', mms('video/mp4', 'silent.mp4'), () => true],
  ['a video with sound that no browser plays', mms('video/3gpp', 'amr.3gp'), () => false],
  [
    'a video with sound that some browsers play',
    mms('video/mp4', 'aac.mp4'),
    (player: HTMLVideoElement) => player.canPlayType('audio/mp4; codecs="mp4a.40.2"') !== '',
  ],
] as const)
  test(`${what} says so exactly if its sound cannot be played`, async ({ editor, admin }) => {
    const { webview } = editor;
    await open(editor, admin, attachment);
    const player = webview.locator('video');
    await expectColour(player, [0.5, 0.5], [0, 150, 0]);
    // All of it is there.
    await expect.poll(() => player.evaluate((element: HTMLVideoElement) => element.readyState)).toBe(4);
    const note = webview.getByText("This video's audio format isn't supported.");
    const isFine = await player.evaluate(isHeard);
    await expect(note).toHaveCount(isFine ? 0 : 1);
    if (!isFine) await expect(note).toBeVisible();
    expect((await boxOf(player)).width, 'its controls have room').toBeGreaterThanOrEqual(320);
  });

test('a contact card in UTF-16 shows its picture and all its fields, and a text in UTF-16 is read beside it', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  await open(editor, admin, mms('text/vcard', 'photo.vcf'), mms('text/plain', 'utf16.txt'));
  await expect(webview.getByRole('heading', { name: 'Ann Card' })).toBeVisible();
  const picture = webview.locator('.avatar img');
  await expectColour(picture, [0.9, 0.1], [200, 0, 0]);
  await expectColour(picture, [0.1, 0.9], [0, 0, 200]);

  await test.step('and everything else in it, in UTF-16, with a line that is none', async () => {
    await expect(webview.getByRole('term')).toHaveText([
      'Phone (mobile)',
      'Website (map url)',
      'Website',
      'Birthday',
      'Note',
      'Email',
    ]);
    await expect(webview.getByRole('definition')).toHaveText([
      '+1 650-555-0101',
      'http://maps.example.com/?ll=5,-5',
      'javascript:alert(1)',
      'May 6',
      'café \ufffdexe\na line without a colon',
      'acme@example.com?subject=x',
    ]);
    const links = webview.getByRole('definition').getByRole('link');
    expect(await links.evaluateAll((found) => found.map((each) => each.getAttribute('href')))).toEqual([
      'tel:+16505550101',
      'http://maps.example.com/?ll=5,-5',
      'mailto:acme@example.com%3Fsubject=x',
    ]);
    await expect(webview.getByRole('heading', { name: 'Acme' })).toBeVisible();
  });

  await test.step('and the text in UTF-16 beside it', async () => {
    const text = webview.getByRole('region', { name: 'utf16.txt' });
    await text.scrollIntoViewIfNeeded();
    await expect(text).toContainText('Grüße 😀');
  });
});
