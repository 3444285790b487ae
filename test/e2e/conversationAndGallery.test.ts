import { CONVERSATION, deliverConversation, FRIEND, idOf } from '../builders/conversation';
import { message, press } from '../pages/conversation';
import { expect, test } from './emulated';
import { keptState } from './keptState';
import { pixelsOf } from './pixels';
import { pressPlay } from './pressPlay';
import { expectSafePage } from './safePage';

test.use({ emulatorOptions: { messages: 0 } });

test('a conversation and a picture of it open in two tabs, are used with the keyboard and are restored after a reload', async ({
  workbench,
  emulator,
  admin,
  accessTokens,
  violations,
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
  const tabs = workbench.tab('Lena Long');
  const picture = webview.getByRole('img', { name: 'site-plan.png' });
  const stage = webview.getByRole('group', { name: 'site-plan.png' });
  const zoom = webview.locator('.zoom').filter({ visible: true });
  const surroundings = { emulator, accessTokens, violations };
  await deliverConversation(admin, 400);
  await deliverToConversation({
    text: `See ${link}`,
    readStatus: 'Read',
    attachments: [
      { type: 'MmsAttachment', contentType: 'image/png', file: 'site-plan.png', fileName: 'site-plan.png' },
      { type: 'MmsAttachment', contentType: 'video/mp4', file: 'pendant.mp4', fileName: 'pendant.mp4' },
    ],
  });
  await admin.deliver({ from: { name: 'Noor Haddad', phoneNumber: '+12065550176' } });
  await signIn();

  await test.step('opening a conversation marks it as read', async () => {
    await expect(activity).toHaveText('3');
    await rowOf('2 unread of 401').pressAction('Open', { shows: tabs });
    await expect(webview.getByRole('heading', { name: 'Lena Long', level: 1 })).toBeVisible();
    await expect(rowOf('401 messages').locator).toBeVisible();
    await expect(activity).toHaveText('1');
    await expectSafePage(workbench, surroundings, 'Lena Long');
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

  await test.step('a picture opens in a second tab, beside the video of its message', async () => {
    await webview.getByRole('button', { name: 'Open site-plan.png' }).click();
    await expect(stage).toBeVisible();
    await expect(tabs).toHaveCount(2);
    expect(await pixelsOf(picture)).toMatchObject({ width: 1000, height: 750 });
    await expectSafePage(workbench, surroundings, 'site-plan.png');
    const video = webview.locator('video');
    await webview.getByRole('button', { name: 'pendant.mp4, 2 of 2' }).click();
    await pressPlay(video);
    await expect
      .poll(() => video.evaluate((player: HTMLVideoElement) => player.currentTime))
      .toBeGreaterThan(0.1);
    await webview.getByRole('button', { name: 'site-plan.png, 1 of 2' }).click();
    await stage.press('1');
    await expect(zoom).toHaveText('100 %');
  });

  await test.step('a message deleted in the page disappears from the tree, and Undo restores it', async () => {
    await tabs.first().click();
    await expect(webview.getByRole('article').first()).toBeVisible();
    await goToPage();
    await press(page, 'Home');
    await expect(message(webview, 0)).toBeFocused();
    await press(page, 'Delete');
    await expect(rowOf('1 unread of 402').locator).toBeVisible();
    await notifications.expectShown('Deleted the text message');
    await expect(message(webview, 1)).toBeFocused();
    await expect(dialog.box, 'one question for a link is enough').toBeHidden();
    await notifications.press('Deleted the text message', 'Undo');
    await expect(message(webview, 0)).toBeVisible();
    await expect(rowOf('1 unread of 403').locator).toBeVisible();
  });

  await test.step('a reload restores the scroll position and the selection of the conversation', async () => {
    await goToPage();
    await press(page, 'Home', ' ', 'ArrowDown', 'ControlOrMeta+ ');
    await expect(webview.getByText('2 selected')).toBeVisible();
    await expect.poll(() => keptState(page)).toMatch(/position:.*picture:/);
    await expect
      .poll(() => keptState(page))
      .toMatch(new RegExp(`selected[\\\\"]+:\\[[\\\\"]+${idOf(0)}[\\\\"]+,[\\\\"]+${idOf(1)}`));
    await workbench.reload();
    await expect(message(webview, 0)).toBeInViewport();
    await expect(webview.getByText('2 selected')).toBeVisible();
    await expect(message(webview, 1).getByRole('checkbox')).toBeChecked();
    await expect(message(webview, 2).getByRole('checkbox')).not.toBeChecked();
  });

  await test.step('and the picture with its zoom', async () => {
    await expect(tabs).toHaveCount(2);
    await tabs.last().click();
    await expect(zoom).toHaveText('100 %');
    expect(await pixelsOf(picture)).toMatchObject({ width: 1000, height: 750 });
  });
});
