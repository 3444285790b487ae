import { CONVERSATION, deliverConversation, FRIEND, idOf } from '../builders/conversation';
import { message, press } from '../pages/conversation';
import { expect, test } from './emulated';
import { keptState } from './keptState';

test.use({ emulatorOptions: { messages: 0 } });

test('a conversation opens from its row, is used with the keyboard and is restored after a reload', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { webview, messages, notifications, activity, dialog } = workbench;
  const rowOf = (count: string) => messages.row(new RegExp(`^Lena Long, ${count}`));
  const link = 'https://plans.example/haddad/courtyard.pdf';
  const deliverToConversation = (fields: object) =>
    admin.deliver({ conversationId: CONVERSATION, from: FRIEND, ...fields });
  /** As somebody does who has no mouse. */
  const goToPage = async (): Promise<void> => {
    await press(page, 'ControlOrMeta+1');
    await expect.poll(() => webview.locator('body').evaluate(() => document.hasFocus())).toBe(true);
  };
  await deliverConversation(admin, 400);
  await deliverToConversation({ text: `See ${link}`, readStatus: 'Read' });
  await admin.deliver({ from: { name: 'Noor Haddad', phoneNumber: '+12065550176' } });
  await signIn();

  await test.step('opening a conversation marks it as read', async () => {
    await expect(activity).toHaveText('3');
    await rowOf('2 unread of 401').pressAction('Open', { shows: workbench.tab('Lena Long') });
    await expect(webview.getByRole('heading', { name: 'Lena Long', level: 1 })).toBeVisible();
    await expect(rowOf('401 messages').locator).toBeVisible();
    await expect(activity).toHaveText('1');
  });

  await test.step('a message that comes in while the tree has the focus stays unread', async () => {
    await deliverToConversation({ text: 'Hungry?' });
    await expect(rowOf('1 unread of 402').locator).toBeVisible();
    await expect(activity).toHaveText('2');
  });

  await test.step('a key moves the focus from the tree into the page, where it stays', async () => {
    const newest = webview.getByRole('article').filter({ hasText: 'Hungry?' });
    await goToPage();
    await press(page, 'End');
    await expect(newest).toBeFocused();
    const { id } = await deliverToConversation({ text: 'Noodles at noon' });
    const statusOf = async (): Promise<unknown> =>
      (await admin.state()).messages.find((each) => each.id === String(id))?.readStatus;
    await expect.poll(statusOf, 'it is read there').toBe('Read');
    await expect(rowOf('1 unread of 403').locator).toBeVisible();
    await expect(newest).toBeFocused();
  });

  await test.step('VS Code asks before it opens a link', async () => {
    await webview.getByRole('link', { name: link }).click();
    await expect(dialog.message).toContainText('open the external website');
    await expect(dialog.box).toContainText(link);
    await dialog.press('Cancel');
  });

  await test.step('a message deleted in the page disappears from the tree, and Undo restores it', async () => {
    await goToPage();
    await press(page, 'Home');
    await expect(message(webview, 0)).toBeFocused();
    await press(page, 'Delete');
    await expect(rowOf('1 unread of 402').locator).toBeVisible();
    await expect(notifications.withText('Deleted the text message')).toBeVisible();
    await expect(message(webview, 1)).toBeFocused();
    await expect(dialog.box, 'one question for a link is enough').toBeHidden();
    await notifications.press('Deleted the text message', 'Undo');
    await expect(message(webview, 0)).toBeVisible();
    await expect(rowOf('1 unread of 403').locator).toBeVisible();
  });

  await test.step('a reload restores the scroll position and the selection', async () => {
    await goToPage();
    await press(page, 'Home', ' ', 'ArrowDown', 'ControlOrMeta+ ');
    await expect(webview.getByText('2 selected')).toBeVisible();
    await expect
      .poll(() => keptState(page))
      .toMatch(new RegExp(`selected[\\\\"]+:\\[[\\\\"]+${idOf(0)}[\\\\"]+,[\\\\"]+${idOf(1)}`));
    await workbench.reload();
    await expect(message(webview, 0)).toBeInViewport();
    await expect(webview.getByText('2 selected')).toBeVisible();
    await expect(message(webview, 1).getByRole('checkbox')).toBeChecked();
    await expect(message(webview, 2).getByRole('checkbox')).not.toBeChecked();
  });
});
