import type { Locator } from '@playwright/test';
import type { LoggedRequest } from '../../src/emulator/requestLog';
import { idOf } from '../builders/conversation';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { enter, message, openConversationOf, press } from './conversation';
import { expect, test } from './fixtures';
import type { Editor, Webview } from './editor/editor';

/** Opens a conversation of 400 messages, of which those at the end are loaded, and goes to one of these. */
async function openLongConversation(editor: Editor, admin: EmulatorAdmin, index: number): Promise<void> {
  await openConversationOf(400, editor, admin);
  await enter(message(editor.webview, index));
}

function checkbox(webview: Webview, index: number): Locator {
  return message(webview, index).getByRole('checkbox');
}

/** Says how many messages are selected. */
function count(webview: Webview): Locator {
  return webview.locator('.selection-count');
}

function selectionBar(webview: Webview): Locator {
  return webview.getByRole('toolbar', { name: 'Selected messages' });
}

function findStatus(webview: Webview): Locator {
  return webview.getByRole('search').getByRole('status');
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

test('Delete deletes exactly the selected messages, and Undo restores them', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await openLongConversation(editor, admin, 399);
  // Far from those that were loaded at first.
  await press(page, 'ControlOrMeta+f');
  await page.keyboard.insertText('Message 100');
  await expect(findStatus(webview)).toHaveText('1 of 1');
  await press(page, 'Escape', ' ', 'Shift+ArrowDown', 'Shift+ArrowDown');
  await expect(webview.getByText('3 selected')).toBeVisible();
  await admin.resetRequests();
  await press(page, 'Delete');
  await expect(message(webview, 101)).toHaveCount(0);
  await expect(webview.getByText('3 selected')).toBeHidden();
  await editor.answer('Deleted 3 messages.', 'Undo');
  await expect(message(webview, 101)).toBeVisible();
  const requests = await admin.requests();
  expect(idsIn(requests, 'DELETE').toSorted()).toEqual([idOf(100), idOf(101), idOf(102)]);
  expect(requests.every(({ query }) => query['conversationId'] === undefined)).toBe(true);
});

test('keys pressed in the moment in which a match is found begin at that message', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await openLongConversation(editor, admin, 399);
  await press(page, 'ControlOrMeta+f');
  // The message is far from those that are loaded, and still on its way.
  await findStatus(webview).evaluate((status) => {
    const observer = new MutationObserver(() => {
      if (status.textContent !== '1 of 1') return;
      observer.disconnect();
      for (const key of ['Escape', ' ', 'ArrowDown', 'ArrowDown'])
        (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent('keydown', {
            key,
            shiftKey: key === 'ArrowDown',
            bubbles: true,
            cancelable: true,
          }),
        );
    });
    observer.observe(status, { childList: true, characterData: true, subtree: true });
  });
  await page.keyboard.insertText('Message 100');
  await expect(webview.getByText('3 selected')).toBeVisible();
  for (const index of [100, 101, 102]) await expect(checkbox(webview, index)).toBeChecked();
});

test('what is found in the moment in which a key leads elsewhere is found from there', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  await openLongConversation(editor, admin, 399);
  // The first message, where Home leads, is far from those that are loaded, and still on its way.
  await webview.locator('body').evaluate(() => {
    const press = (init: KeyboardEventInit): void => {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
    };
    press({ key: 'Home' });
    press({ key: 'f', ctrlKey: true });
    const input = document.activeElement as HTMLInputElement;
    input.value = 'Message';
    press({ key: 'Enter' });
  });
  await expect(findStatus(webview)).toHaveText('1 of 400');
});

test('a range selected with the mouse and Shift is marked as unread, except for our own messages', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  await openConversationOf(40, editor, admin);
  await message(webview, 30).hover();
  await checkbox(webview, 30).click();
  await checkbox(webview, 33).click({ modifiers: ['Shift'] });
  await expect(webview.getByText('4 selected')).toBeVisible();
  await webview.getByRole('button', { name: 'Mark as Unread' }).click();
  for (const theirs of [30, 32, 33]) await expect(message(webview, theirs)).toContainText('Unread');
  await expect(message(webview, 31), 'of ours there is nothing to be read').not.toContainText('Unread');
  await expect(message(webview, 29)).not.toContainText('Unread');
});

test('holding the Delete key down deletes one message, and the focus is then at the next one', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await openConversationOf(40, editor, admin);
  await enter(message(webview, 30));
  await page.keyboard.down('Delete');
  await expect(message(webview, 30)).toHaveCount(0);
  await expect(message(webview, 31)).toBeFocused();
  await page.keyboard.down('Delete');
  await page.keyboard.up('Delete');
  await press(page, ' ');
  await expect(checkbox(webview, 31)).toBeChecked();
});

test('after a deletion with the button the focus is at the next message, and the bar of the selection is gone', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  const bar = selectionBar(webview);
  await openConversationOf(40, editor, admin);
  await enter(message(webview, 30));
  await press(page, ' ');
  await bar.getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(message(webview, 30)).toHaveCount(0);
  await expect(bar).toBeHidden();
  await expect(message(webview, 31)).toBeFocused();
});

test('the number of selected messages is announced in a status element that exists before any is selected', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await openConversationOf(40, editor, admin);
  await enter(message(webview, 30));
  await expect(webview.getByRole('status').and(count(webview))).toHaveText('');
  await press(page, ' ');
  await expect(count(webview)).toHaveText('1 selected');
});

test('Escape also cancels a selection of all messages that is still under way', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await openLongConversation(editor, admin, 390);
  await press(page, 'ControlOrMeta+a', 'Escape', ' ');
  await expect(checkbox(webview, 390)).toBeChecked();
  await expect(count(webview)).toHaveText('1 selected');
});

test('a range that is selected with Shift begins at the message that was found before', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await openLongConversation(editor, admin, 390);
  await press(page, ' ', 'ControlOrMeta+f');
  await page.keyboard.insertText('Message 395');
  await expect(findStatus(webview)).toHaveText('1 of 1');
  await press(page, 'Escape', 'Shift+ArrowDown');
  await expect(message(webview, 396)).toBeFocused();
  await expect(count(webview)).toHaveText('2 selected');
  await expect(checkbox(webview, 395)).toBeChecked();
  await expect(checkbox(webview, 396)).toBeChecked();
});

test('found words are highlighted only as long as there are words to find', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  const highlights = (): Promise<number> => webview.locator('body').evaluate(() => CSS.highlights.size);
  await openLongConversation(editor, admin, 390);
  await press(page, 'ControlOrMeta+f');
  await page.keyboard.insertText('Message 395');
  await expect.poll(highlights).toBeGreaterThan(0);
  await press(page, 'ControlOrMeta+a', 'Backspace');
  await expect.poll(highlights).toBe(0);
});

test('searching for a text that is too long finds nothing and shows no error', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await openConversationOf(40, editor, admin);
  await enter(message(webview, 30));
  await press(page, 'ControlOrMeta+f');
  await page.keyboard.insertText('Nobody writes this much. '.repeat(40));
  await expect(findStatus(webview)).toHaveText('No matches');
  await expect(webview.getByRole('alert')).toBeHidden();
});

test('deleting all messages moves the focus to the button that shows deleted messages', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await openConversationOf(1, editor, admin);
  await enter(message(webview, 0));
  await press(page, 'Delete');
  const showDeleted = webview.getByRole('status').getByRole('button', { name: 'Show Deleted' });
  await expect(showDeleted).toBeFocused();
  await press(page, 'Enter');
  await expect(message(webview, 0)).toBeFocused();
});
