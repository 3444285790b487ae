import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { manyPages } from '../builders/manyPages';
import { projectRoot } from '../workbench/paths';
import { accessibilityProblems } from './accessibility';
import { boxOf } from './boxOf';
import { expect, test } from './emulated';
import { keptState } from './keptState';
import type { Workbench } from './pages/workbench';
import { pixelsOf } from './pixels';
import { chooseTheme, themes } from './themes';
import { zoomWindow } from './zoomWindow';

const media = mkdtempSync(path.join(os.tmpdir(), 'fax-media-'));
cpSync(path.join(projectRoot, 'media/sample'), media, { recursive: true });
cpSync(path.join(projectRoot, 'test/fixtures/fax'), media, { recursive: true });
writeFileSync(
  path.join(media, 'many.tif'),
  manyPages(new Uint8Array(readFileSync(path.join(projectRoot, 'media/sample/fax-timber-quote.tif'))), 200),
);

test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });
test.afterAll(() => rmSync(media, { recursive: true, force: true }));

const faxes: Readonly<Record<string, string>> = {
  'Tess Text': 'text.pdf',
  'Many Pages': 'many.tif',
  'Dan Damaged': 'damaged.tif',
  'Tina Fine': 'fax-timber-quote.tif',
};

function delivery(name: string, file: string, index: number): Record<string, unknown> {
  const contentType = file.endsWith('.pdf') ? 'application/pdf' : 'image/tiff';
  return {
    type: 'Fax',
    from: { name, phoneNumber: `+1650555010${String(index)}` },
    attachments: [{ type: 'RenderedDocument', contentType, file, fileName: file }],
  };
}

/** Delivers all faxes and signs in. */
async function setUp(signIn: () => Promise<void>, admin: EmulatorAdmin): Promise<void> {
  await admin.deliverAll(Object.entries(faxes).map(([name, file], index) => delivery(name, file, index)));
  await signIn();
}

async function open({ messages, webview }: Workbench, sender: string): Promise<void> {
  await messages.row(new RegExp(`^${sender}`)).expand();
  await messages
    .row(new RegExp(`, from ${sender}`))
    .open({ shows: webview.getByRole('heading', { name: sender, level: 1 }) });
  await expect(webview.getByRole('heading', { name: sender, level: 1 })).toBeVisible();
}

function sheet(webview: FrameLocator, page: number): Locator {
  return webview.getByRole('img', { name: new RegExp(`^Page ${String(page)} of `) });
}

/** How light an element looks on the screen, filters included, from 0 to 1. */
async function brightness(target: Locator, page: Page): Promise<number> {
  const picture = (await target.screenshot()).toString('base64');
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!context) throw new Error('There is no canvas.');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return (
      data.reduce((sum, value, index) => sum + (index % 4 === 3 ? 0 : value), 0) / (data.length * 0.75 * 255)
    );
  }, picture);
}

/** The element under a point of the window, and where in it that is, as shares of its size. */
async function shareOf(target: Locator, point: { x: number; y: number }): Promise<{ x: number; y: number }> {
  const box = await boxOf(target);
  return { x: (point.x - box.x) / box.width, y: (point.y - box.y) / box.height };
}

test('a fax of two hundred pages opens at its first, and holds only the pages in sight', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { webview } = workbench;
  await setUp(signIn, admin);
  await open(workbench, 'Many Pages');
  const pageField = webview.getByRole('textbox', { name: 'Page number' });
  const drawn = webview.locator('.sheet canvas');

  await expect(sheet(webview, 1)).toBeVisible();
  expect((await pixelsOf(sheet(webview, 1))).ink).toBeGreaterThan(0.005);
  await expect(sheet(webview, 50)).toHaveCount(0);

  await webview.getByRole('region', { name: 'Document many.tif' }).press('End');
  await expect(sheet(webview, 200)).toBeVisible();
  await expect(pageField).toHaveValue('200');
  await expect(webview.getByRole('button', { name: 'Next Page' })).toBeDisabled();
  await expect(sheet(webview, 1), 'the memory of page 1 is given back').toHaveCount(0);

  await webview.locator('body').press('7');
  await pageField.press('3');
  await pageField.press('Enter');
  await expect(sheet(webview, 73)).toBeVisible();
  await expect(webview.getByRole('status').filter({ hasText: 'Page 73 of 200' })).toBeAttached();
  await webview.locator('body').press('PageUp');
  await expect(pageField).toHaveValue('72');
  await expect(webview.getByRole('button', { name: 'Page 72 of 200' })).toHaveAttribute(
    'aria-current',
    'page',
  );

  await webview.getByRole('button', { name: 'Page 72 of 200' }).press('ArrowDown');
  await expect(pageField).toHaveValue('73');
  await webview.getByRole('region', { name: 'Document many.tif' }).press('Home');
  await expect(sheet(webview, 1)).toBeVisible();
  await expect.poll(() => drawn.count()).toBeLessThan(8);
});

test('a fax is zoomed at the pointer, turned, made dark, and shown so again after a reload', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { webview } = workbench;
  await setUp(signIn, admin);
  await open(workbench, 'Tina Fine');
  const first = sheet(webview, 1);
  await expect(first).toBeVisible();

  await test.step('ctrl and the wheel enlarge, and what is under the pointer stays there', async () => {
    const scroller = await boxOf(webview.locator('.scroller'));
    const point = { x: scroller.x + scroller.width * 0.6, y: scroller.y + scroller.height * 0.7 };
    await page.mouse.move(point.x, point.y);
    const [before, { width: widthBefore }] = [await shareOf(first, point), await boxOf(first)];
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    await expect.poll(async () => (await boxOf(first)).width).toBeGreaterThan(widthBefore * 1.3);
    const after = await shareOf(first, point);
    expect(Math.abs(after.x - before.x)).toBeLessThan(0.01);
    expect(Math.abs(after.y - before.y)).toBeLessThan(0.01);
    await expect
      .poll(async () => (await pixelsOf(first)).width, 'drawn anew, sharp')
      .toBeGreaterThan(widthBefore * 1.3);
  });

  await test.step('keys go back to the automatic size and make it smaller', async () => {
    const scale = webview.locator('.scale');
    await webview.locator('.scroller').press('0');
    const automatic = await scale.textContent();
    await webview.locator('body').press('-');
    await expect(scale).not.toHaveText(automatic ?? '');
    await webview.getByRole('button', { name: 'Fit Width' }).click();
    await expect(webview.getByRole('button', { name: 'Fit Width' })).toHaveAttribute('aria-pressed', 'true');
    const room = await webview.locator('.scroller').evaluate(({ clientWidth }) => clientWidth);
    await expect.poll(async () => (await boxOf(first)).width).toBeGreaterThan(room * 0.9);
    expect((await boxOf(first)).width).toBeLessThanOrEqual(room);
    await webview.getByRole('button', { name: 'Fit Page' }).click();
    await expect(webview.getByRole('button', { name: 'Fit Page' })).toHaveAttribute('aria-pressed', 'true');
    const height = await webview.locator('.scroller').evaluate(({ clientHeight }) => clientHeight);
    await expect.poll(async () => (await boxOf(first)).height).toBeLessThanOrEqual(height);
  });

  await test.step('turned, a sheet of paper lies on its side', async () => {
    await webview.getByRole('button', { name: 'Rotate' }).click();
    await expect
      .poll(async () => {
        const { width, height } = await pixelsOf(first);
        return width / height;
      })
      .toBeGreaterThan(1.2);
  });

  await test.step('dark paper is dark', async () => {
    expect(await brightness(first, page)).toBeGreaterThan(0.8);
    await webview.getByRole('button', { name: 'Light on Dark' }).click();
    await expect.poll(() => brightness(first, page)).toBeLessThan(0.3);
  });

  await test.step('the window comes back as it was', async () => {
    await webview.locator('body').press('PageDown');
    await expect(webview.getByRole('status').filter({ hasText: 'Page 2 of 3' })).toBeAttached();
    await expect.poll(() => keptState(page)).toMatch(/place[\\"]+:\{[\\"]+page[\\"]+:2/);
    await workbench.reload();
    const second = sheet(webview, 2);
    // The extension host starts anew, and signs in.
    await expect(second).toBeVisible();
    await expect(webview.getByRole('textbox', { name: 'Page number' })).toHaveValue('2');
    await expect(webview.getByRole('button', { name: 'Fit Page' })).toHaveAttribute('aria-pressed', 'true');
    const { width, height } = await pixelsOf(second);
    expect(width / height).toBeGreaterThan(1.2);
    expect(await brightness(second, page)).toBeLessThan(0.3);
  });
});

test('text is found in a PDF fax, and that there is none in a TIFF is said', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { webview } = workbench;
  await setUp(signIn, admin);
  await open(workbench, 'Tess Text');
  await expect(sheet(webview, 1)).toBeVisible();
  const find = webview.getByRole('textbox', { name: 'Find in document' });

  await webview.locator('.scroller').press('Control+f');
  await expect(find).toBeFocused();
  await page.keyboard.type('oak');
  const status = webview.getByRole('search').getByRole('status');
  await expect(status).toHaveText('1 of 3');
  await find.press('Enter');
  await expect(status).toHaveText('2 of 3');
  await find.press('Enter');
  await expect(status).toHaveText('3 of 3');
  await expect(webview.getByRole('textbox', { name: 'Page number' })).toHaveValue('3');
  await find.press('Shift+Enter');
  await expect(status).toHaveText('2 of 3');
  await find.fill('larch');
  await expect(status).toHaveText('No matches');
  await find.press('Escape');
  await expect(find).toBeHidden();
  await expect(webview.locator('.scroller')).toBeFocused();

  await test.step('the words of the page are there for a screen reader', async () => {
    await webview.locator('body').press('Home');
    await expect(webview.getByText('Change order for the kitchen')).toBeAttached();
  });

  await open(workbench, 'Tina Fine');
  await expect(sheet(webview, 1)).toBeVisible();
  await webview.locator('.scroller').press('Control+f');
  await expect(webview.getByText('there is no text to find')).toBeVisible();
});

test('a damaged page says so, and a fax that is still being rendered comes by itself', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { webview } = workbench;
  const { id } = await admin.deliver({ ...delivery('Ren Dering', 'g4.tif', 9), rendering: true });
  await setUp(signIn, admin);
  await open(workbench, 'Dan Damaged');
  await expect(webview.getByRole('alert')).toHaveText('Page 1 is damaged and cannot be shown.');
  expect((await pixelsOf(sheet(webview, 2))).ink).toBeGreaterThan(0.005);

  await open(workbench, 'Ren Dering');
  await expect(webview.getByText('This fax is still being rendered.')).toBeVisible();
  await expect(webview.getByRole('button', { name: 'Try Now' })).toBeVisible();
  await admin.change(id, { rendering: false });
  await expect(sheet(webview, 1)).toBeVisible();
});

test('axe finds nothing wrong with documents, in any theme and at 200 %', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  test.setTimeout(180_000);
  const { webview } = workbench;
  await setUp(signIn, admin);
  for (const [sender, findsText] of [
    ['Tina Fine', false],
    ['Tess Text', true],
    ['Dan Damaged', false],
  ] as const) {
    await open(workbench, sender);
    await expect(sheet(webview, 2)).toBeVisible();
    await webview.locator('.scroller').press('Control+f');
    await expect(webview.getByRole('search')).toBeVisible();
    if (findsText) await page.keyboard.type('oak');
    for (const theme of themes) {
      await chooseTheme(workbench, theme);
      expect(await accessibilityProblems(webview), `${sender}, ${theme}`).toEqual([]);
    }
    await zoomWindow(page, 2);
    await expect.poll(() => webview.locator('body').evaluate(() => innerWidth)).toBeLessThan(400);
    expect(await accessibilityProblems(webview), `${sender}, at 200 %`).toEqual([]);
    const overflow = await webview
      .locator('body')
      .evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, 'nothing sticks out').toBeLessThanOrEqual(0);
    await zoomWindow(page, 1);
  }
});
