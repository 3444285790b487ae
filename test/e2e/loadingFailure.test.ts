import { expect, test } from './emulated';

test('a mailbox that cannot be loaded says why and offers Try Again, and a loaded one stays without the server', async ({
  workbench,
  emulator,
  admin,
  signIn,
}) => {
  const { messages, notifications } = workbench;

  await test.step('a missing permission is named, and Sign Out is offered', async () => {
    await admin.setPermissions({ app: { ReadMessages: false } });
    await signIn();
    await expect(messages.welcome).toContainText('The messages could not be loaded.');
    await expect(
      notifications.withText('The app you signed in with lacks a permission: ReadMessages.'),
    ).toBeVisible();
    await expect(messages.welcome.getByRole('button', { name: 'Sign Out' })).toBeVisible();
    await expect(messages.rows).toHaveCount(0);
  });

  await test.step('Try Again loads the messages and says so meanwhile', async () => {
    await admin.setPermissions({ app: { ReadMessages: true } });
    await admin.fail({ kind: 'delay', milliseconds: 2_000, path: 'message-sync' });
    await messages.welcome.getByRole('button', { name: 'Try Again' }).click();
    await expect(messages.message).toHaveText('Loading messages…');
    await expect(messages.row(/^Voicemail/).locator).toBeVisible();
    await expect(messages.welcome).toBeHidden();
    await expect(messages.message).toBeHidden();
  });

  await test.step('messages that were loaded stay on screen when the server cannot be reached', async () => {
    await emulator.stop();
    await messages.pressAction(/^Refresh/);
    await expect(messages.message).toContainText(`${new URL(emulator.url).host} could not be reached.`);
    await expect(messages.row(/^Voicemail, 5 unread/).locator).toBeVisible();
    await expect(notifications.withText('could not be reached')).toBeVisible();
  });
});
