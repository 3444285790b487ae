import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { FrameLocator } from '@playwright/test';
import { expect, test } from './emulated';
import { mediaFolder } from './mediaFolder';
import { pixelsOf } from './pixels';
import { pressPlay } from './pressPlay';

/** Bytes; more than are handed over at once. */
const PADDING = 5_000_000;

const media = mediaFolder('fax');

/** The same video, with a box at its end that means nothing (ISO/IEC 14496-12, 8.1.2). */
function largeVideo(): Buffer {
  const free = Buffer.alloc(PADDING);
  free.writeUInt32BE(PADDING, 0);
  free.write('free', 4, 'ascii');
  return Buffer.concat([readFileSync(path.join(media, 'pendant.mp4')), free]);
}

/** The same document, with comments before what tells where its table is. */
function largePdf(): Buffer {
  const small = readFileSync(path.join(media, 'text.pdf'));
  const at = small.lastIndexOf('startxref');
  const comments = Buffer.from(`%${'x'.repeat(78)}\n`.repeat(PADDING / 80));
  return Buffer.concat([small.subarray(0, at), comments, small.subarray(at)]);
}

writeFileSync(path.join(media, 'large.mp4'), largeVideo());
writeFileSync(path.join(media, 'large.pdf'), largePdf());
writeFileSync(
  path.join(media, 'large.tif'),
  Buffer.concat([readFileSync(path.join(media, 'g4.tif')), Buffer.alloc(PADDING)]),
);

test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });

/** The address that the page in front has loaded an attachment from, other than those that are known. */
async function addressOf(webview: FrameLocator, known: readonly string[] = []): Promise<string> {
  const find = async (): Promise<string[]> => {
    const loaded = await webview
      .locator('body')
      .evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    return [...new Set(loaded)].filter(
      (address) => new URL(address).pathname.includes('/opened/') && !known.includes(address),
    );
  };
  await expect.poll(async () => (await find()).length).toBe(1);
  return (await find())[0] ?? '';
}

function fileAt(address: string): string {
  return decodeURIComponent(new URL(address).pathname);
}

/** How VS Code answers the page in front when it asks for an address. */
function answerTo(address: string, webview: FrameLocator): Promise<number> {
  return webview
    .locator('body')
    .evaluate(async (_body, url) => (await fetch(url, { headers: { Range: 'bytes=0-' } })).status, address);
}

/** What the browser has put aside of what pages have loaded. */
function keptByBrowser(webview: FrameLocator): Promise<string[]> {
  return webview.locator('body').evaluate(async () => {
    const urls: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) urls.push(url);
    return urls;
  });
}

test('messages and attachments open as files, and large ones can be loaded only by their own page and go with its tab', async ({
  workbench,
  admin,
  accessTokens,
  page,
  signIn,
}) => {
  const { webview, messages, quickInput } = workbench;
  const editors = page.locator('.part.editor > .content');
  const text = page.getByRole('tab', { name: /message\.md/ });
  const picture = page.getByRole('tab', { name: /site-plan\.png/ });
  const fax = (
    name: string,
    phoneNumber: string,
    file: string,
    contentType: string,
  ): Record<string, unknown> => ({
    type: 'Fax',
    from: { name, phoneNumber },
    attachments: [{ type: 'RenderedDocument', contentType, file, fileName: file }],
  });
  await admin.deliverAll([
    {
      from: { name: 'Mia Mms', phoneNumber: '+12065550100' },
      text: 'A plan',
      attachments: [
        { type: 'MmsAttachment', contentType: 'image/png', file: 'site-plan.png', fileName: 'site-plan.png' },
      ],
    },
    { from: { name: 'Ted Text', phoneNumber: '+12065550101' }, text: 'Only *words*' },
    {
      from: { name: 'Vera Video', phoneNumber: '+16505550101' },
      text: 'A video',
      attachments: [
        { type: 'MmsAttachment', contentType: 'video/mp4', file: 'large.mp4', fileName: 'large.mp4' },
      ],
    },
    fax('Tess Text', '+16505550102', 'large.pdf', 'application/pdf'),
    fax('Tina Tiff', '+16505550103', 'large.tif', 'image/tiff'),
  ]);
  await signIn();
  for (const who of ['Mia Mms', 'Ted Text']) await messages.row(new RegExp(`^${who}`)).expand();

  await test.step('Open With offers the editors that can show an attachment', async () => {
    await messages
      .row(/ from Mia Mms,/)
      .choose(['Open With', 'Open With Another Editor…'], { shows: quickInput.item('Image Preview') });
    await quickInput.pick('Image Preview');
    await expect(picture).toBeVisible();
    await expect(webview.locator('img')).toHaveJSProperty('naturalWidth', 1000);
    await workbench.palette('View: Close All Editors');
    await expect(picture).toHaveCount(0);
  });

  await test.step('messages dragged into the editor open as files', async () => {
    await messages.row(/ from Ted Text,/).dragTo(editors, { shows: text });
    await expect(editors.locator('.view-lines')).toContainText('Only \\*words\\*');
    await messages.row(/ from Mia Mms,/).dragTo(editors, { shows: picture });
    await workbench.palette('View: Close All Editors');
    await expect(text).toHaveCount(0);
  });

  await test.step('a search in open editors finds the text of an open message', async () => {
    await messages.row(/ from Ted Text,/).choose(['Open With', 'Open as Markdown'], { shows: text });
    await workbench.palette('Search: Find in Files');
    const search = page.locator('.search-view');
    await search.getByRole('button', { name: 'Toggle Search Details' }).click();
    await search.getByRole('checkbox', { name: 'Search only in Open Editors' }).click();
    const term = search.getByRole('textbox', { name: /^Search/ });
    await term.fill('words');
    await term.press('Enter');
    const found = search.getByRole('tree').getByRole('treeitem', { name: /message\.md/ });
    await expect(found).toBeVisible();
  });
  await workbench.palette('View: Close All Editors');
  await workbench.openMailbox();

  let video = '';
  await test.step('a large video plays and supports seeking', async () => {
    await messages.row(/^Vera Video/).expand();
    await messages.row(/ from Vera Video,/).open({ shows: workbench.tab(/Vera Video/) });
    await webview.getByRole('button', { name: 'Open large.mp4' }).click();
    const player = webview.locator('video');
    const time = (): Promise<number> => player.evaluate((each: HTMLVideoElement) => each.currentTime);
    await pressPlay(player);
    await expect.poll(time).toBeGreaterThan(0.1);
    const sought = await player.evaluate(async (each: HTMLVideoElement) => {
      each.pause();
      const there = new Promise((resolve) => each.addEventListener('seeked', resolve, { once: true }));
      each.currentTime = each.duration * 0.9;
      await there;
      return each.currentTime / each.duration;
    });
    expect(sought).toBeCloseTo(0.9, 1);
    expect((await pixelsOf(player)).colours).toBeGreaterThan(10);
    video = await addressOf(webview);
  });

  await test.step('the attachment is in a file that only the owner can read, at an address without a token', () => {
    const { size, mode } = statSync(fileAt(video));
    expect(size).toBe(largeVideo().byteLength);
    if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
    expect(accessTokens.size).toBeGreaterThan(0);
    for (const token of accessTokens) expect(decodeURIComponent(video)).not.toContain(token);
    expect(new URL(video).search).toBe('');
  });

  await test.step('the browser caches nothing of the attachment', async () => {
    const kept = await keptByBrowser(webview);
    expect(
      kept.some((url) => url.endsWith('.js')),
      'it does keep the code of the page',
    ).toBe(true);
    expect(kept).not.toContain(video);
  });
  await workbench.keepOpen();

  // In one tab after the other.
  const documents: string[] = [];
  for (const [name, pages] of [
    ['Tess Text', 'a PDF'],
    ['Tina Tiff', 'a TIFF'],
  ] as const) {
    await test.step(`${pages} is shown, and its page cannot load the video of another page`, async () => {
      await messages.row(new RegExp(` from ${name},`)).open({ shows: workbench.tab(name) });
      await expect(webview.getByRole('heading', { name, level: 1 })).toBeVisible();
      const sheet = webview.getByRole('img', { name: /^Page 1 of / });
      await expect.poll(async () => (await pixelsOf(sheet)).ink).toBeGreaterThan(0.005);
      const address = await addressOf(webview, [video, ...documents]);
      documents.push(address);
      expect([200, 206], 'its own').toContain(await answerTo(address, webview));
      expect(existsSync(fileAt(video))).toBe(true);
      expect(await answerTo(video, webview), 'that of another').toBe(401);
    });
  }

  await test.step('the file is deleted when its tab shows another message', async () => {
    await expect.poll(() => documents.map((each) => existsSync(fileAt(each)))).toEqual([false, true]);
  });

  await test.step('the files are deleted when their tabs are closed', async () => {
    await workbench.palette('View: Close All Editors');
    await expect.poll(() => [video, ...documents].filter((each) => existsSync(fileAt(each)))).toEqual([]);
  });
});
