import { expect, test } from './emulated';

test('a mailbox that cannot be loaded says why and can be tried again; one that is open stays when the server goes', async ({
  workbench,
  emulator,
  admin,
  signIn,
}) => {
  const { messages, notifications } = workbench;

  await test.step('a refusal is explained, with what can be done about it', async () => {
    await admin.setPermissions({ app: { ReadMessages: false } });
    await signIn();
    await expect(messages.welcome).toContainText('The messages could not be loaded.');
    await expect(
      notifications.withText('The app you signed in with lacks a permission: ReadMessages.'),
    ).toBeVisible();
    await expect(messages.welcome.getByRole('button', { name: 'Sign Out' })).toBeVisible();
    await expect(messages.rows).toHaveCount(0);
  });

  await test.step('Try Again loads, and says so while it does', async () => {
    await admin.setPermissions({ app: { ReadMessages: true } });
    await admin.fail({ kind: 'delay', milliseconds: 2_000, path: 'message-sync' });
    await messages.welcome.getByRole('button', { name: 'Try Again' }).click();
    await expect(messages.message).toHaveText('Loading messages…');
    await expect(messages.row(/^Voicemail/).locator).toBeVisible();
    await expect(messages.welcome).toBeHidden();
    await expect(messages.message).toBeHidden();
  });

  await test.step('without the server, what is known stays on screen', async () => {
    await emulator.stop();
    await messages.pressAction(/^Refresh/);
    await expect(messages.message).toContainText(`${new URL(emulator.url).host} could not be reached.`);
    await expect(messages.row(/^Voicemail, 5 unread/).locator).toBeVisible();
    await expect(notifications.withText('could not be reached')).toBeVisible();
  });
});
