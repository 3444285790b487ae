import { projectRoot } from '../workbench/paths';
import { expect, test } from './emulated';
import { Workbench } from './pages/workbench';

test('of two windows with the same mailbox one synchronizes for both', async ({
  workbench,
  admin,
  server,
  context,
  signIn,
}) => {
  await signIn();
  const other = new Workbench(await context.newPage());
  await other.open(server.workbenchUrl({ extension: projectRoot }));
  await other.openMailbox();
  const unread = String(await admin.unreadCount());
  await expect(workbench.activity).toHaveText(unread);
  // Two windows start at once here.
  await expect(other.activity).toHaveText(unread);
  await other.messages.settle();
  await test.step('one window subscribes to notifications for both', async () => {
    await expect.poll(async () => (await admin.state()).pushConnections).toBe(1);
  });
  await admin.resetRequests();
  const synchronizations = async (): Promise<number> =>
    (await admin.requests()).filter(({ path }) => path.endsWith('/message-sync')).length;

  await test.step('a new message appears in both windows and is fetched once', async () => {
    const texts = ['Is anybody hungry', 'There is soup', 'Anybody at all'];
    for (const text of texts) {
      await admin.deliver({ from: { name: 'Maya Okafor', phoneNumber: '+15415550114' }, text });
      for (const { messages } of [workbench, other]) {
        await expect(messages.row(new RegExp(`^Maya Okafor, .*${text}`)).locator).toBeVisible();
      }
    }
    await expect.poll(async () => (await admin.state()).pushConnections).toBe(1);
    // Two windows that fetched would make twice as many; one may have been due anyway.
    expect(await synchronizations()).toBeLessThanOrEqual(texts.length + 1);
  });

  await test.step('a change made in one window shows in the other', async () => {
    const unreadRow = other.messages.row(/^Maya Okafor, 5 unread of/);
    await unreadRow.pressAction(/^Mark .*as Read/, { hides: unreadRow.locator });
    for (const { messages, activity } of [workbench, other]) {
      await expect(messages.row(/^Maya Okafor, \d+ messages/).locator).toBeVisible();
      await expect(activity).toHaveText(String(Number(unread) - 2));
    }
  });

  await test.step('an expired token is renewed at most once by each window', async () => {
    await admin.resetRequests();
    await admin.expireTokens('access');
    // Each window asks for itself what it shows here.
    await Promise.all([workbench, other].map((window) => window.command('Show Retention Settings')));
    for (const { notifications } of [workbench, other]) {
      await notifications.expectShown('Voicemail and faxes are kept for');
    }
    const renewals = (await admin.requests()).filter(({ path }) => path === '/restapi/oauth/token');
    // A browser’s windows do not see each other’s secrets; the desktop’s do, and renew once between them.
    expect(renewals.length).toBeLessThanOrEqual(2);
    expect(renewals.map(({ status }) => status)).toEqual(renewals.map(() => 200));
    expect((await admin.state()).sessions).toBe(1);
  });

  await test.step('the other window goes on synchronizing when one is closed', async () => {
    await workbench.page.close();
    await admin.deliver({
      from: { name: 'Maya Okafor', phoneNumber: '+15415550114' },
      text: 'Still here?',
    });
    await expect(other.messages.row(/^Maya Okafor, .*Still here/).locator).toBeVisible();
  });
});
