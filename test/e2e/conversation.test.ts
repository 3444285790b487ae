import type { Locator } from '@playwright/test';
import { expect, test } from './emulated';
import { keptState } from './keptState';
import { pixelsOf } from './pixels';

const MAYA = { name: 'Maya Okafor', phoneNumber: '+15415550114' };

test('a conversation in a tab keeps tree, badge and notifications in step, and comes back after a reload', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { messages, webview, activity, dialog, notifications } = workbench;
  const bubble = (text: string): Locator => webview.getByRole('article').filter({ hasText: text });
  await signIn();
  await expect(messages.row(/^Maya Okafor, 2 unread of/).locator).toBeVisible();
  const unread = Number(await activity.innerText());

  await test.step('what was opened is read', async () => {
    await messages
      .row(/^Maya Okafor, (2 unread of|\d+ messages)/)
      .pressAction('Open', { shows: workbench.tab('Maya Okafor') });
    await expect(messages.row(/^Maya Okafor, \d+ messages/).locator).toBeVisible();
    await expect(activity).toHaveText(String(unread - 2));
  });

  await test.step('a picture is in its place', async () => {
    const picture = webview.getByRole('button', { name: 'Open whiteboard.jpg' }).locator('img');
    await expect(picture).toBeInViewport();
    expect(await pixelsOf(picture)).toMatchObject({ width: 1200, height: 900 });
  });

  await test.step('a message that comes in is counted', async () => {
    await admin.deliver({ from: MAYA, text: 'Is anybody hungry?' });
    await messages.pressAction(/^Refresh/);
    await expect(bubble('Is anybody hungry?')).toBeInViewport();
    await expect(messages.row(/^Maya Okafor, .*Is anybody hungry/).locator).toBeVisible();
    await expect(activity).toHaveText(String(unread - 1));
  });

  await test.step('what comes while one reads there is read', async () => {
    await bubble('Is anybody hungry?').locator('.bubble-text').click();
    const { id } = await admin.deliver({ from: MAYA, text: 'Noodles at noon then' });
    await expect(bubble('Noodles at noon then')).toBeInViewport();
    const statusOf = async (): Promise<unknown> =>
      (await admin.state()).messages.find((message) => message.id === String(id))?.readStatus;
    await expect.poll(statusOf).toBe('Read');
    await expect(activity).toHaveText(String(unread - 1));
  });

  await test.step('what is deleted with a key is undone at the notification', async () => {
    await bubble('Noodles at noon then').locator('.bubble-text').click();
    await page.keyboard.press('Delete');
    await expect(bubble('Noodles at noon then')).toHaveCount(0);
    await notifications.press('Deleted the text message', 'Undo');
    await expect(bubble('Noodles at noon then')).toBeVisible();
  });

  await test.step('what is selected is so after the window was loaded anew', async () => {
    await bubble('Is anybody hungry?').locator('.bubble-text').click();
    await page.keyboard.press(' ');
    await expect(webview.getByText('1 selected')).toBeVisible();
    await expect.poll(() => keptState(page)).toMatch(/selected[\\"]+:\[[\\"]+\d/);
    await workbench.reload();
    await expect(workbench.tab('Maya Okafor')).toBeVisible();
    await expect(bubble('Is anybody hungry?').getByRole('checkbox')).toBeChecked();
    await expect(webview.getByText('1 selected')).toBeVisible();
  });

  await test.step('a link is opened after VS Code has asked, and once', async () => {
    await workbench.openMailbox();
    await messages.row(/^Noor Haddad/).pressAction('Open', { shows: workbench.tab('Noor Haddad') });
    await webview.getByRole('link', { name: 'https://plans.example/haddad/courtyard.pdf' }).click();
    await expect(dialog.message).toContainText('open the external website');
    await expect(dialog.box).toContainText('https://plans.example/haddad/courtyard.pdf');
    await dialog.press('Cancel');
    await expect(dialog.box).toBeHidden();
  });
});
