import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { LoggedRequest } from '../../src/emulator/requestLog';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { accessibilityProblems } from './accessibility';
import { expect, test } from './emulated';
import { keptState } from './keptState';
import type { Workbench } from './pages/workbench';

test.use({ emulatorOptions: { messages: 0 } });

const FRIEND = { name: 'Lena Long', phoneNumber: '+14155550199' };
const CONVERSATION = '8234962969801171948';
const FIRST_ID = 5_000_000_000;
const MINUTE = 60_000;
/** Of the documents of a page; far less than one for each of ten thousand messages. */
const MOST_ELEMENTS = 5_000;

function idOf(index: number): string {
  return String(FIRST_ID + index);
}

/** A conversation of so many messages, of which every thousandth, and the last but two, is about a quokka. */
async function deliver(admin: EmulatorAdmin, count: number): Promise<void> {
  const messages = Array.from({ length: count }, (_, index) => ({
    id: idOf(index),
    conversationId: CONVERSATION,
    text: `Message ${String(index)}.${index % 1_000 === 500 || index === count - 3 ? ' A quokka!' : ''} ${'Well. '.repeat(index % 13)}`,
    readStatus: index >= count - 2 ? 'Unread' : 'Read',
    creationTime: new Date(Date.now() - (count - index) * 10 * MINUTE).toISOString(),
    ...(index % 3 === 1
      ? { direction: 'Outbound', to: [FRIEND], messageStatus: 'Delivered', readStatus: 'Read' }
      : { from: FRIEND }),
  }));
  for (let start = 0; start < count; start += 1_000)
    await admin.deliverAll(messages.slice(start, start + 1_000));
}

async function openLong(workbench: Workbench, signIn: () => Promise<void>): Promise<void> {
  await signIn();
  await workbench.messages.row(/^Lena Long/).pressAction('Open', { shows: workbench.tab('Lena Long') });
  await expect(workbench.webview.getByRole('heading', { name: 'Lena Long', level: 1 })).toBeVisible();
}

function message(webview: FrameLocator, index: number): Locator {
  return webview.getByRole('article').filter({ hasText: `Message ${String(index)}.` });
}

function elements(webview: FrameLocator): Promise<number> {
  return webview.locator('body').evaluate((body) => body.querySelectorAll('*').length);
}

/** The place of the first message that is loaded. */
async function firstPlace(webview: FrameLocator): Promise<number> {
  return Number(await webview.getByRole('article').first().getAttribute('aria-posinset'));
}

/** The ids that requests of a method name. */
function idsIn(requests: readonly LoggedRequest[], method: string): readonly string[] {
  return requests
    .filter((request) => request.method === method && request.path.includes('/message-store/'))
    .flatMap(({ path, body }) => {
      const named = path.slice(path.lastIndexOf('/') + 1);
      return named === '*' ? (JSON.parse(body) as string[]) : named.split(',');
    });
}

/** The focus goes into the page as a click brings it there. */
async function enter(webview: FrameLocator, index: number): Promise<void> {
  await message(webview, index).locator('.bubble-text').click();
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('ten thousand messages are read, found, selected and deleted by keys, and only those near are there', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  test.setTimeout(300_000);
  const { webview, notifications } = workbench;
  await deliver(admin, 10_000);
  await openLong(workbench, signIn);
  await expect(message(webview, 9_999)).toBeInViewport();
  await expect(message(webview, 9_999)).toHaveAttribute('aria-posinset', '10000');
  await expect(message(webview, 9_999)).toHaveAttribute('aria-setsize', '10000');
  await expect(message(webview, 9_000)).toHaveCount(0);

  await test.step('older messages come as one scrolls', async () => {
    const box = await webview.getByRole('feed').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 200, 500);
    await expect(async () => {
      await page.mouse.wheel(0, -3_000);
      expect(await firstPlace(webview)).toBeLessThan(9_000);
    }).toPass();
    expect(await elements(webview)).toBeLessThan(MOST_ELEMENTS);
  });

  await test.step('keys go to either end', async () => {
    await webview.locator('.messages').evaluate((list) => list.scrollTo(0, list.scrollHeight / 2));
    await expect(webview.getByRole('article').and(webview.locator('[aria-posinset="5010"]'))).toBeAttached();
    await webview.getByRole('article').and(webview.locator('[aria-posinset="5005"]')).click();
    await press(page, 'Home');
    await expect(message(webview, 0)).toBeFocused();
    await expect(message(webview, 0)).toBeInViewport();
    await press(page, 'End');
    await expect(message(webview, 9_999)).toBeFocused();
    expect(await elements(webview)).toBeLessThan(MOST_ELEMENTS);
  });

  await test.step('words are found where no message is loaded', async () => {
    await press(page, 'Home', 'ControlOrMeta+f');
    await page.keyboard.type('quokka');
    const status = webview.getByRole('search').getByRole('status');
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

  await test.step('exactly what is selected is deleted, and undone', async () => {
    await admin.resetRequests();
    await press(page, ' ', 'Shift+ArrowDown', 'Shift+ArrowDown');
    await expect(webview.getByText('3 selected')).toBeVisible();
    await press(page, 'Delete');
    await expect(notifications.withText('Deleted 3 messages.')).toBeVisible();
    await expect(message(webview, 9_501)).toHaveCount(0);
    await expect(webview.getByText('3 selected')).toBeHidden();
    const requests = await admin.requests();
    expect(idsIn(requests, 'DELETE').toSorted()).toEqual([idOf(9_500), idOf(9_501), idOf(9_502)]);
    expect(requests.every(({ query }) => query['conversationId'] === undefined)).toBe(true);
    await notifications.press('Deleted 3 messages.', 'Undo');
    await expect(message(webview, 9_501)).toBeVisible();
  });

  await test.step('all are selected, whether they are loaded or not', async () => {
    await enter(webview, 9_500);
    await press(page, 'ControlOrMeta+a');
    await expect(webview.getByText('10,000 selected')).toBeVisible();
    await press(page, 'Escape');
    await expect(webview.getByText('10,000 selected')).toBeHidden();
  });
});

test('new messages, unread ones and deleted ones are where one looks for them', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { webview, messages, notifications } = workbench;
  await deliver(admin, 400);
  await openLong(workbench, signIn);

  await test.step('a line tells where the unread ones begin', async () => {
    await expect(message(webview, 398)).toContainText('2 unread messages');
    await expect(message(webview, 399)).not.toContainText('unread messages');
  });

  await test.step('what comes in does not take the reader away, and is a button away', async () => {
    await enter(webview, 397);
    await press(page, 'Home');
    await expect(message(webview, 0)).toBeFocused();
    await admin.deliver({ conversationId: CONVERSATION, from: FRIEND, text: 'Are you there?' });
    await messages.pressAction(/^Refresh/);
    await expect(webview.getByText('New message from Lena Long: Are you there?')).toBeAttached();
    await expect(message(webview, 0)).toBeInViewport();
    await webview.getByRole('button', { name: 'New messages' }).click();
    await expect(webview.getByRole('article').filter({ hasText: 'Are you there?' })).toBeInViewport();
  });

  await test.step('a deleted message is shown again if one wants, and restored', async () => {
    await enter(webview, 396);
    await press(page, 'Delete');
    await expect(message(webview, 396)).toHaveCount(0);
    await expect(notifications.withText('Deleted the text message')).toBeVisible();
    await webview.getByRole('button', { name: 'Show Deleted' }).click();
    await expect(message(webview, 396)).toContainText('Deleted');
    await message(webview, 396)
      .getByRole('button', { name: /^Restore/ })
      .click();
    await expect(message(webview, 396)).not.toContainText('Deleted');
    await expect
      .poll(async () => (await admin.state()).messages.find(({ id }) => id === idOf(396))?.availability)
      .toBe('Alive');
  });

  await test.step('with the mouse, a range is selected and marked', async () => {
    await message(webview, 390).hover();
    await message(webview, 390).getByRole('checkbox').click();
    await message(webview, 393)
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] });
    await expect(webview.getByText('4 selected')).toBeVisible();
    await webview.getByRole('button', { name: 'Mark as Unread' }).click();
    for (const theirs of [390, 392, 393]) await expect(message(webview, theirs)).toContainText('Unread');
    await expect(message(webview, 391), 'of ours there is nothing to be read').not.toContainText('Unread');
    await expect(message(webview, 389)).not.toContainText('Unread');
  });
});

test('keys do what one means, and the focus is never lost', async ({ workbench, admin, page, signIn }) => {
  const { webview } = workbench;
  await deliver(admin, 400);
  await openLong(workbench, signIn);
  const checkbox = (index: number): Locator => message(webview, index).getByRole('checkbox');
  const count = webview.locator('.selection-count');
  const bar = webview.getByRole('toolbar', { name: 'Selected messages' });

  await test.step('a key that is held down deletes one message', async () => {
    await enter(webview, 390);
    await page.keyboard.down('Delete');
    await expect(message(webview, 390)).toHaveCount(0);
    await expect(message(webview, 391)).toBeFocused();
    await page.keyboard.down('Delete');
    await page.keyboard.up('Delete');
    await press(page, ' ');
    await expect(checkbox(391)).toBeChecked();
  });

  await test.step('what is deleted with a button leaves the focus at the next message', async () => {
    await bar.getByRole('button', { name: 'Delete' }).press('Enter');
    await expect(message(webview, 391)).toHaveCount(0);
    await expect(bar).toBeHidden();
    await expect(message(webview, 392)).toBeFocused();
  });

  await test.step('how many are selected is said where a screen reader listens already', async () => {
    await expect(webview.getByRole('status').and(count)).toHaveText('');
    await press(page, ' ');
    await expect(count).toHaveText('1 selected');
  });

  await test.step('Escape means also what was about to be selected', async () => {
    await press(page, 'Escape', 'ControlOrMeta+a', 'Escape', ' ');
    await expect(checkbox(392)).toBeChecked();
    await expect(count).toHaveText('1 selected');
  });

  await test.step('a range begins where one was led to', async () => {
    await press(page, 'ControlOrMeta+f');
    await page.keyboard.type('Message 395');
    await expect(webview.getByRole('search').getByRole('status')).toHaveText('1 of 1');
    await press(page, 'Escape', 'Shift+ArrowDown');
    await expect(message(webview, 396)).toBeFocused();
    await expect(count).toHaveText('2 selected');
    await expect(checkbox(395)).toBeChecked();
    await expect(checkbox(396)).toBeChecked();
  });

  await test.step('nothing stays highlighted when there is nothing to find', async () => {
    const highlights = (): Promise<number> => webview.locator('body').evaluate(() => CSS.highlights.size);
    await press(page, 'ControlOrMeta+f');
    await page.keyboard.type('Message 395');
    await expect.poll(highlights).toBeGreaterThan(0);
    await press(page, 'ControlOrMeta+a', 'Backspace');
    await expect.poll(highlights).toBe(0);
    await page.keyboard.insertText('Nobody writes this much. '.repeat(40));
    await expect(webview.getByRole('search').getByRole('status')).toHaveText('No matches');
    await expect(webview.getByRole('alert')).toBeHidden();
  });
});

test('where all messages are deleted, the focus is at the way to see them', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { webview } = workbench;
  await deliver(admin, 1);
  await openLong(workbench, signIn);
  await enter(webview, 0);
  await press(page, 'Delete');
  const showDeleted = webview.getByRole('status').getByRole('button', { name: 'Show Deleted' });
  await expect(showDeleted).toBeFocused();
  await press(page, 'Enter');
  await expect(message(webview, 0)).toBeFocused();
});

test('a conversation comes back as it was when the window is loaded anew', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  test.setTimeout(180_000);
  const { webview } = workbench;
  await deliver(admin, 400);
  await openLong(workbench, signIn);
  await enter(webview, 398);
  await press(page, 'Home', ' ', 'ArrowDown', 'ControlOrMeta+ ');
  await expect(webview.getByText('2 selected')).toBeVisible();
  await expect
    .poll(() => keptState(page))
    .toMatch(new RegExp(`selected[\\\\"]+:\\[[\\\\"]+${idOf(0)}[\\\\"]+,[\\\\"]+${idOf(1)}`));
  await workbench.reload();
  // The extension host starts anew, and signs in.
  await expect(message(webview, 0)).toBeInViewport();
  await expect(webview.getByText('2 selected')).toBeVisible();
  await expect(message(webview, 1).getByRole('checkbox')).toBeChecked();
  await expect(message(webview, 2).getByRole('checkbox')).not.toBeChecked();
});

test('axe finds nothing wrong with a conversation, in any theme, wide or narrow', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { webview, quickInput } = workbench;
  await deliver(admin, 60);
  await admin.deliver({
    conversationId: CONVERSATION,
    from: FRIEND,
    text: 'See https://plans.example/courtyard',
    attachments: [{ type: 'MmsAttachment', contentType: 'image/jpeg', file: 'tile-samples.jpg' }],
  });
  await admin.deliver({
    conversationId: CONVERSATION,
    direction: 'Outbound',
    to: [FRIEND],
    text: 'Thanks, see https://plans.example/too',
    messageStatus: 'DeliveryFailed',
    deliveryErrorCode: 'SMS-UP-430',
  });
  await openLong(workbench, signIn);
  await enter(webview, 59);
  await press(page, ' ', 'ControlOrMeta+f');
  await page.keyboard.type('message');
  await expect(webview.getByRole('search').getByRole('status')).toHaveText(/ of 60$/);
  for (const [theme, look] of [
    ['Light Modern', /vscode-light/],
    ['Dark Modern', /vscode-dark/],
    ['Dark High Contrast', /vscode-high-contrast/],
    ['Light High Contrast', /vscode-high-contrast-light/],
  ] as const) {
    await workbench.palette('Preferences: Color Theme');
    await quickInput.type(theme);
    await quickInput.pick(theme);
    await expect(webview.locator('body')).toHaveClass(look);
    expect(await accessibilityProblems(webview), theme).toEqual([]);
  }
  await page.setViewportSize({ width: 660, height: 700 });
  await expect.poll(() => webview.locator('body').evaluate(() => innerWidth)).toBeLessThan(400);
  expect(await accessibilityProblems(webview), 'narrow').toEqual([]);
  const overflow = await webview
    .locator('body')
    .evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, 'nothing sticks out').toBeLessThanOrEqual(0);
});
