import * as path from 'node:path';
import { startEmulator, type Emulator } from '../../src/emulator/emulator';
import { cuttable, type CuttableServer } from '../builders/cuttableServer';
import { EmulatorAdmin } from '../builders/emulatorAdmin';
import { projectRoot } from '../workbench/paths';
import { expect, test as base } from './emulated';

/** The emulator of a test is reached over a line that can be cut; its admin surface without. */
const test = base.extend<{ direct: Emulator; line: CuttableServer }>({
  direct: async ({ emulatorOptions }, use) => {
    const emulator = await startEmulator({
      ...emulatorOptions,
      mediaDirectory: path.join(projectRoot, 'media/sample'),
    });
    await use(emulator);
    await emulator.stop();
  },
  line: async ({ direct }, use) => {
    const line = await cuttable(direct.url);
    await use(line);
    await line.stop();
  },
  emulator: async ({ direct, line }, use) => use({ ...direct, url: line.url }),
  admin: async ({ direct }, use) => use(new EmulatorAdmin(direct)),
});

test('a mailbox that cannot be loaded says why, and one that was loaded can be used without a network', async ({
  workbench,
  admin,
  line,
  signIn,
}) => {
  const { messages, activity, notifications } = workbench;
  const unreachable = `Couldn't reach ${new URL(line.url).host}.`;
  const waiting = (count: number) => expect(messages.message).toContainText(`${count} changes are waiting`);

  await test.step('a missing permission is named, and Sign Out is offered', async () => {
    await admin.setPermissions({ app: { ReadMessages: false } });
    await signIn();
    await expect(messages.welcome).toContainText("The messages couldn't be loaded.");
    await notifications.expectShown('The app lacks a required permission: ReadMessages.');
    await expect(messages.welcome.getByRole('button', { name: 'Sign Out' })).toBeVisible();
    await expect(messages.rows).toHaveCount(0);
  });

  await test.step('Try Again loads the messages and says so meanwhile', async () => {
    await admin.setPermissions({ app: { ReadMessages: true } });
    await admin.fail({ kind: 'delay', milliseconds: 10_000, path: 'message-sync' });
    await messages.welcome.getByRole('button', { name: 'Try Again' }).click();
    await expect(messages.message).toHaveText('Loading messages…');
    await expect(messages.row(/^Voicemail, 5 unread/).locator).toBeVisible();
    await expect(messages.welcome).toBeHidden();
    await expect(messages.message).toBeHidden();
  });
  const unread = await admin.unreadCount();
  await expect(activity).toHaveText(String(unread));

  await test.step('messages that were loaded stay on screen when the server cannot be reached', async () => {
    await line.cut();
    await messages.chooseFromMenu('Refresh');
    await expect(messages.message).toContainText(unreachable);
    await expect(messages.row(/^Voicemail, 5 unread/).locator).toBeVisible();
    await notifications.expectShown("Couldn't reach");
  });

  await test.step('a change is shown at once and marked as pending', async () => {
    const row = messages.row(/^Maya Okafor, 2 unread of/);
    await row.expand();
    await row.pressAction(/^Mark .*as Read/, {
      shows: messages.row(/^Maya Okafor, \d+ messages/).locator,
    });
    await expect(activity).toHaveText(String(unread - 2));
    await waiting(2);
    await expect(messages.row(/^Text message from Maya Okafor.*change pending$/).locator).toBeVisible();
  });

  await test.step('after a reload the stored mailbox and the unsent change are shown with the reason', async () => {
    await workbench.reload();
    await workbench.openMailbox();
    await expect(messages.row(/^Voicemail, 5 unread/).locator).toBeVisible();
    await expect(messages.row(/^Maya Okafor, \d+ messages/).locator).toBeVisible();
    await expect(activity).toHaveText(String(unread - 2));
    await expect(messages.message).toContainText(unreachable);
    await waiting(2);
  });

  await test.step('a change made since the reload is shown, too', async () => {
    const row = messages.row(/^Mom, 1 unread of/);
    await row.pressAction(/^Mark .*as Read/, { hides: row.locator });
    await expect(activity).toHaveText(String(unread - 3));
    await waiting(3);
  });

  await test.step('the unsent changes, and nothing else, are sent when the network is back', async () => {
    await admin.resetRequests();
    await line.mend();
    await messages.chooseFromMenu('Refresh');
    await expect(messages.message).toBeHidden();
    const changes = async (): Promise<string[]> =>
      (await admin.requests())
        .filter(({ method, path: to }) => method !== 'GET' && to.includes('/message-store'))
        .map(({ method }) => method);
    await expect.poll(() => admin.unreadCount()).toBe(unread - 3);
    expect(await changes()).toEqual(['PUT', 'PUT']);
  });
});
