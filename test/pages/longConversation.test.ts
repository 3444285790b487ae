import * as path from 'node:path';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { deliverConversation, FRIEND } from '../builders/conversation';
import { EmulatorAdmin } from '../builders/emulatorAdmin';
import { projectRoot } from '../workbench/paths';
import { boxOf } from './boxOf';
import { enter, message, press } from './conversation';
import { Editor, type Webview } from './editor/editor';
import { ExtensionStorage } from './editor/extensionStorage';
import { expect, test as base } from './fixtures';

/** Of the document of a page; far less than one for each of ten thousand messages. */
const MOST_ELEMENTS = 5_000;

/** A conversation of ten thousand messages; the tests only read it. */
let emulator: Emulator;
/** What the extension keeps once it has them. */
let kept: ExtensionStorage;

const test = base.extend({
  emulator: async ({}, use) => use(emulator),

  storage: async ({}, use) => {
    const storage = await kept.copy();
    await use(storage);
    storage.remove();
  },
});

// In one worker, because synchronizing so many messages takes seconds.
test.describe.configure({ mode: 'default' });

// Not by a fixture of the worker, for which Playwright would start another worker, with a browser of its own.
test.beforeAll(async ({ browser }) => {
  emulator = await startEmulator({ mediaDirectory: path.join(projectRoot, 'media/sample'), messages: 0 });
  await deliverConversation(new EmulatorAdmin(emulator), 10_000);
  kept = new ExtensionStorage();
  const page = await browser.newPage();
  const editor = await Editor.open(page, emulator, kept);
  await editor.signIn();
  await editor.close();
  await page.close();
});

test.afterAll(async () => {
  kept.remove();
  await emulator.stop();
});

test.beforeEach(async ({ editor }) => {
  await editor.waitForMessages();
  await editor.openConversation(FRIEND.name);
  await expect(message(editor.webview, 9_999)).toBeInViewport();
});

function elements(webview: Webview): Promise<number> {
  return webview.locator('body').evaluate((body) => body.querySelectorAll('*').length);
}

/** The place of the first message that is loaded. */
async function firstPlace(webview: Webview): Promise<number> {
  return Number(await webview.getByRole('article').first().getAttribute('aria-posinset'));
}

test('a conversation of 10,000 messages opens at its newest message', async ({ editor }) => {
  const { webview } = editor;
  await expect(message(webview, 9_999)).toHaveAttribute('aria-posinset', '10000');
  await expect(message(webview, 9_999)).toHaveAttribute('aria-setsize', '10000');
  await expect(message(webview, 9_000)).toHaveCount(0);
});

test('scrolling up loads older messages and removes those that are far away', async ({ editor, page }) => {
  const { webview } = editor;
  const box = await boxOf(webview.getByRole('feed'));
  await page.mouse.move(box.x + 200, 500);
  await expect(async () => {
    await page.mouse.wheel(0, -3_000);
    expect(await firstPlace(webview)).toBeLessThan(9_000);
  }).toPass({ intervals: [0] });
  expect(await elements(webview)).toBeLessThan(MOST_ELEMENTS);
  await expect(message(webview, 9_999)).toHaveCount(0);
});

test('Home and End move from the middle of a conversation to its first and its last message', async ({
  editor,
  page,
}) => {
  const { webview } = editor;
  const place = (number: number) =>
    webview.getByRole('article').and(webview.locator(`[aria-posinset="${String(number)}"]`));
  await webview.locator('.messages').evaluate((list) => list.scrollTo(0, list.scrollHeight / 2));
  await expect(place(5_010)).toBeAttached();
  await place(5_005).click();
  await press(page, 'Home');
  await expect(message(webview, 0)).toBeFocused();
  await expect(message(webview, 0)).toBeInViewport();
  await press(page, 'End');
  await expect(message(webview, 9_999)).toBeFocused();
  expect(await elements(webview)).toBeLessThan(MOST_ELEMENTS);
});

test('find steps through matches in messages that are not loaded and wraps around at the ends', async ({
  editor,
  page,
}) => {
  const { webview } = editor;
  const status = webview.getByRole('search').getByRole('status');
  await enter(message(webview, 9_999));
  await press(page, 'Home', 'ControlOrMeta+f');
  await page.keyboard.insertText('quokka');
  await expect(status).toHaveText('1 of 11');
  await expect(message(webview, 500)).toBeInViewport();
  await press(page, 'Enter');
  await expect(status).toHaveText('2 of 11');
  await expect(message(webview, 1_500)).toBeInViewport();
  await press(page, 'Shift+Enter', 'Shift+Enter');
  await expect(status).toHaveText('11 of 11');
  await expect(message(webview, 9_997)).toBeInViewport();
  await press(page, 'Shift+Enter');
  await expect(message(webview, 9_500)).toBeInViewport();
  await press(page, 'Escape');
  await expect(message(webview, 9_500)).toBeFocused();
});

test('Select All includes messages that are not loaded, and Escape clears the selection', async ({
  editor,
  page,
}) => {
  const { webview } = editor;
  await enter(message(webview, 9_999));
  await press(page, 'ControlOrMeta+a');
  await expect(webview.getByText('10,000 selected')).toBeVisible();
  await press(page, 'Escape');
  await expect(webview.getByText('10,000 selected')).toBeHidden();
});
