import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { manyPages } from '../builders/manyPages';
import { boxOf } from './boxOf';
import { mediaFolder } from '../e2e/mediaFolder';
import { pixelsOf } from '../e2e/pixels';
import { projectRoot } from '../workbench/paths';
import type { Editor, Webview } from './editor/editor';
import { expectAccessible } from './expectAccessible';
import { expect, test } from './fixtures';

const media = mediaFolder('fax', 'brokenFaxes');
writeFileSync(
  path.join(media, 'many.tif'),
  manyPages(new Uint8Array(readFileSync(path.join(projectRoot, 'media/sample/fax-timber-quote.tif'))), 200),
);

test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });

function fax(file: string): Record<string, unknown> {
  const contentType = file.endsWith('.pdf') ? 'application/pdf' : 'image/tiff';
  return {
    type: 'Fax',
    from: { name: 'Fay Fax', phoneNumber: '+16505550101' },
    attachments: [{ type: 'RenderedDocument', contentType, file, fileName: file }],
  };
}

/** Opens a fax with this document, and waits for its first page. */
async function open(editor: Editor, admin: EmulatorAdmin, file: string): Promise<void> {
  await admin.deliver(fax(file));
  await editor.signIn();
  await editor.openMessage('Fay Fax');
  await expect(sheet(editor.webview, 1)).toBeVisible();
}

function sheet(webview: Webview, page: number): Locator {
  return webview.getByRole('img', { name: new RegExp(`^Page ${String(page)} of `) });
}

/** Whether a page lies on its side, as one of upright paper does that is turned. */
async function isOblong(target: Locator): Promise<boolean> {
  const { width, height } = await pixelsOf(target);
  return width / height > 1.2;
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

test('a fax of 200 pages opens at its first page and is navigated by keys, page field and thumbnails', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  const pageField = webview.getByRole('textbox', { name: 'Page number' });
  await open(editor, admin, 'many.tif');
  expect((await pixelsOf(sheet(webview, 1))).ink).toBeGreaterThan(0.005);

  await webview.getByRole('region', { name: 'Document many.tif' }).press('End');
  await expect(sheet(webview, 200)).toBeVisible();
  await expect(pageField).toHaveValue('200');
  await expect(webview.getByRole('button', { name: 'Next Page' })).toBeDisabled();

  await webview.locator('body').press('7');
  await pageField.press('3');
  await pageField.press('Enter');
  await expect(sheet(webview, 73)).toBeVisible();
  await expect(webview.getByRole('status').filter({ hasText: 'Page 73 of 200' })).toBeAttached();
  await webview.locator('body').press('PageUp');
  await expect(pageField).toHaveValue('72');
  const thumbnail = webview.getByRole('button', { name: 'Page 72 of 200' });
  await expect(thumbnail).toHaveAttribute('aria-current', 'page');

  await thumbnail.press('ArrowDown');
  await expect(pageField).toHaveValue('73');
  await webview.getByRole('region', { name: 'Document many.tif' }).press('Home');
  await expect(sheet(webview, 1)).toBeVisible();
});

test('a fax of 200 pages keeps only the pages near the visible part in memory', async ({ editor, admin }) => {
  const { webview } = editor;
  const drawn = webview.locator('.sheet canvas');
  await open(editor, admin, 'many.tif');
  await expect(sheet(webview, 50)).toHaveCount(0);
  for (const [key, first, other] of [
    ['End', 200, 1],
    ['Home', 1, 200],
  ] as const) {
    await webview.getByRole('region', { name: 'Document many.tif' }).press(key);
    await expect(sheet(webview, first)).toBeVisible();
    await expect(sheet(webview, other), 'its memory is given back').toHaveCount(0);
    await expect.poll(() => drawn.count()).toBeLessThan(8);
  }
});

test('Ctrl and the mouse wheel zoom a fax at the pointer and redraw it sharply', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await open(editor, admin, 'fax-timber-quote.tif');
  const first = sheet(webview, 1);
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
  await expect.poll(async () => (await pixelsOf(first)).width).toBeGreaterThan(widthBefore * 1.3);
});

test('buttons and keys fit a fax to width or page and zoom it', async ({ editor, admin }) => {
  const { webview } = editor;
  const scale = webview.locator('.scale');
  const scroller = webview.locator('.scroller');
  await open(editor, admin, 'fax-timber-quote.tif');
  const first = sheet(webview, 1);
  const automatic = (await scale.textContent()) ?? '';

  await scroller.press('-');
  await expect(scale).not.toHaveText(automatic);
  await scroller.press('0');
  await expect(scale).toHaveText(automatic);

  const fitWidth = webview.getByRole('button', { name: 'Fit Width' });
  await fitWidth.click();
  await expect(fitWidth).toHaveAttribute('aria-pressed', 'true');
  const room = await scroller.evaluate(({ clientWidth }) => clientWidth);
  await expect.poll(async () => (await boxOf(first)).width).toBeGreaterThan(room * 0.9);
  expect((await boxOf(first)).width).toBeLessThanOrEqual(room);

  const fitPage = webview.getByRole('button', { name: 'Fit Page' });
  await fitPage.click();
  await expect(fitPage).toHaveAttribute('aria-pressed', 'true');
  const height = await scroller.evaluate(({ clientHeight }) => clientHeight);
  await expect.poll(async () => (await boxOf(first)).height).toBeLessThanOrEqual(height);
});

test('Rotate turns the pages of a fax on their side', async ({ editor, admin }) => {
  await open(editor, admin, 'fax-timber-quote.tif');
  const first = sheet(editor.webview, 1);
  expect(await isOblong(first)).toBe(false);
  await editor.webview.getByRole('button', { name: 'Rotate' }).click();
  await expect.poll(() => isOblong(first)).toBe(true);
});

test('Invert Colors inverts the pages of a fax', async ({ editor, admin, page }) => {
  await open(editor, admin, 'fax-timber-quote.tif');
  const first = sheet(editor.webview, 1);
  await editor.webview.getByRole('button', { name: 'Fit Page' }).click();
  // A page of a fax is drawn anew in another size, perhaps while its picture is taken.
  await expect(async () => expect(await brightness(first, page)).toBeGreaterThan(0.8)).toPass();
  await editor.webview.getByRole('button', { name: 'Invert Colors' }).click();
  await expect(async () => expect(await brightness(first, page)).toBeLessThan(0.3)).toPass();
});

test('a fax keeps its page, size, rotation and colors after a restart', async ({ editor, admin, page }) => {
  const { webview } = editor;
  await open(editor, admin, 'fax-timber-quote.tif');
  for (const name of ['Fit Page', 'Rotate', 'Invert Colors'])
    await webview.getByRole('button', { name }).click();
  await webview.locator('body').press('PageDown');
  await expect(webview.getByRole('status').filter({ hasText: 'Page 2 of 3' })).toBeAttached();
  await expect.poll(() => editor.activePanel.state).toContain('"page":2');

  await editor.restart();
  const second = sheet(webview, 2);
  await expect(second).toBeVisible();
  await expect(webview.getByRole('textbox', { name: 'Page number' })).toHaveValue('2');
  await expect(webview.getByRole('button', { name: 'Fit Page' })).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => isOblong(second)).toBe(true);
  await expect(async () => expect(await brightness(second, page)).toBeLessThan(0.3)).toPass();
});

test('find steps through the matches in a PDF fax in both directions', async ({ editor, admin, page }) => {
  const { webview } = editor;
  const find = webview.getByRole('textbox', { name: 'Find in document' });
  await open(editor, admin, 'text.pdf');
  await webview.locator('.scroller').press('Control+f');
  await expect(find).toBeFocused();
  await page.keyboard.insertText('oak');
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
});

test('the text of a PDF fax is available to a screen reader', async ({ editor, admin }) => {
  await open(editor, admin, 'text.pdf');
  await expect(editor.webview.getByText('Change order for the kitchen')).toBeAttached();
});

test('find in a TIFF fax says that there is no text to search', async ({ editor, admin }) => {
  const { webview } = editor;
  await open(editor, admin, 'fax-timber-quote.tif');
  await webview.locator('.scroller').press('Control+f');
  await expect(webview.getByText('an image without searchable text')).toBeVisible();
});

test('a damaged page of a fax is reported, and the page after it is shown', async ({ editor, admin }) => {
  const { webview } = editor;
  await admin.deliver(fax('damaged.tif'));
  await editor.signIn();
  await editor.openMessage('Fay Fax');
  await expect(webview.getByRole('alert')).toHaveText("Page 1 is damaged and can't be shown.");
  expect((await pixelsOf(sheet(webview, 2))).ink).toBeGreaterThan(0.005);
});

test('a fax without one of its strips says so above the page, one that ends properly before its height says nothing', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  await admin.deliver({
    ...fax('g4-eofb-early.tif'),
    from: { name: 'Ed Early', phoneNumber: '+16505550102' },
  });
  await open(editor, admin, 'strips-missing.tif');
  const note = webview.getByText('Part of page 1 is missing from this file.');
  await expect(note).toBeVisible();
  const [said, paper] = [await boxOf(note), await boxOf(sheet(webview, 1))];
  expect(said.y + said.height, 'nothing of the page is covered').toBeLessThanOrEqual(paper.y);

  await editor.openMessage('Ed Early');
  expect((await pixelsOf(sheet(webview, 1))).ink).toBeGreaterThan(0.005);
  await expect(webview.getByText('Part of page 1')).toHaveCount(0);
});

test('a PDF fax with a password asks for it, says that one is wrong, and keeps none', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  const printed: string[] = [];
  page.on('console', (message) => void printed.push(message.text()));
  await admin.deliver(fax('password.pdf'));
  await editor.signIn();
  await editor.openMessage('Fay Fax');
  await expect(webview.getByText('This document is password protected.')).toBeVisible();
  await expect(webview.getByRole('button', { name: 'Save password.pdf…' })).toBeEnabled();
  await expect(webview.getByRole('button', { name: 'Open Externally: password.pdf' })).toBeEnabled();
  const heard: unknown[] = [];
  editor.activePanel.webview.onDidReceiveMessage((message) => void heard.push(message));

  const field = webview.locator('input[type="password"]');
  await field.focus();
  await page.keyboard.insertText('herring-7');
  await page.keyboard.press('Enter');
  await expect(webview.getByRole('alert')).toHaveText('Incorrect password. Try again.');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');
  await page.keyboard.insertText('swordfish');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(sheet(webview, 1)).toBeVisible();
  await expect(webview.locator('.scroller')).toBeFocused();
  await expect(webview.getByText('Change order for the kitchen')).toBeAttached();
  await page.keyboard.press('PageDown');
  await expect.poll(() => editor.activePanel.state).toContain('"page":2');
  await webview.getByRole('button', { name: 'Invert Colors' }).click();
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  const kept = JSON.stringify([editor.activePanel.state, heard, editor.logLines, printed]);
  expect(kept).not.toMatch(/swordfish|herring-7/);

  await editor.restart();
  await expect(webview.locator('input[type="password"]')).toBeVisible();
  await expectAccessible(editor);
});

test('a fax that is still being rendered is shown as soon as it is ready', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await page.clock.install();
  const { id } = await admin.deliver({ ...fax('g4.tif'), rendering: true });
  await editor.signIn();
  await editor.openMessage('Fay Fax');
  await expect(webview.getByText('This fax is still processing')).toBeVisible();
  await expect(webview.getByRole('button', { name: 'Try Now' })).toBeVisible();
  await admin.change(id, { rendering: false });
  await page.clock.fastForward(5_000);
  await expect(sheet(webview, 1)).toBeVisible();
});

for (const [what, file, findsText] of [
  ['a TIFF fax', 'fax-timber-quote.tif', false],
  ['a PDF fax', 'text.pdf', true],
  ['a damaged fax', 'damaged.tif', false],
] as const)
  test(`axe finds nothing wrong with ${what}, in any theme and at 200 %`, async ({ editor, admin, page }) => {
    const { webview } = editor;
    await admin.deliver(fax(file));
    await editor.signIn();
    await editor.openMessage('Fay Fax');
    await expect(sheet(webview, 2)).toBeVisible();
    await webview.locator('.scroller').press('Control+f');
    await expect(webview.getByRole('search')).toBeVisible();
    if (findsText) {
      await page.keyboard.insertText('oak');
      await expect(webview.getByRole('search').getByRole('status')).toHaveText('1 of 3');
    }
    await expectAccessible(editor);
  });
