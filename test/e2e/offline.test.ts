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

test('without a network the mailbox is shown after a reload, and changes made then are sent later', async ({
  workbench,
  admin,
  line,
  signIn,
}) => {
  const { messages, activity } = workbench;
  await signIn();
  await expect(messages.row(/^Voicemail, \d+ unread/).locator).toBeVisible();
  const unread = Number(await activity.innerText());

  await test.step('the stored mailbox is shown with a message that the server could not be reached', async () => {
    await line.cut();
    await workbench.reload();
    await workbench.openMailbox();
    await expect(messages.row(/^Voicemail, \d+ unread/).locator).toBeVisible();
    await expect(messages.row(/^Maya Okafor, 2 unread of/).locator).toBeVisible();
    await expect(activity).toHaveText(String(unread));
    await expect(messages.message).toContainText('could not be reached.');
  });

  await test.step('a change is shown at once and marked as not sent yet', async () => {
    const row = messages.row(/^Maya Okafor, 2 unread of/);
    await row.expand();
    await row.pressAction(/^Mark .*as Read/, {
      shows: messages.row(/^Maya Okafor, \d+ messages/).locator,
    });
    await expect(activity).toHaveText(String(unread - 2));
    await expect(messages.message).toContainText('2 changes are waiting to be sent.');
    await expect(messages.row(/text message, from Maya Okafor.*not sent yet$/).locator).toBeVisible();
  });

  await test.step('an unsent change survives another reload', async () => {
    await workbench.reload();
    await workbench.openMailbox();
    await expect(activity).toHaveText(String(unread - 2));
    await expect(messages.message).toContainText('2 changes are waiting to be sent.');
  });

  await test.step('the unsent change, and nothing else, is sent when the network is back', async () => {
    await admin.resetRequests();
    await line.mend();
    await messages.pressAction(/^Refresh/);
    await expect(messages.message).toBeHidden();
    const changes = (await admin.requests()).filter(
      ({ method, path: to }) => method !== 'GET' && to.includes('/message-store'),
    );
    expect(changes.map(({ method }) => method)).toEqual(['PUT']);
    const { messages: stored } = await admin.state();
    expect(
      stored.filter(({ availability, readStatus }) => availability === 'Alive' && readStatus === 'Unread'),
    ).toHaveLength(unread - 2);
  });
});
