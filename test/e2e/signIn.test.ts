import type { Page } from '@playwright/test';
import { expect, test as base } from './emulated';
import { freePort } from '../builders/freePort';
import { hearNewestVoicemail } from './hearNewestVoicemail';
import { type OtherAddress, withOtherAddress } from './otherLoopback';
import type { Workbench } from './pages/workbench';

/** The emulator where VS Code opens its pages as it opens RingCentral's. */
const test = base.extend<{ otherAddress: OtherAddress; localPort: number }>({
  // Another program, or another run of this test, may use the port that the setting has by default.
  localPort: async ({}, use) => use(await freePort()),

  otherAddress: withOtherAddress,

  settings: async ({ emulator, otherAddress, localPort }, use) =>
    use({
      'ringcentralMailbox.server.url': otherAddress.url,
      'ringcentralMailbox.server.mediaUrl': emulator.mediaUrl,
      'ringcentralMailbox.signIn.localPort': localPort,
    }),
});

/** The page that the browser opens upon `action`. VS Code asks whether it may, unless it has only just started. */
async function pageUpon({ dialog, page }: Workbench, action: () => Promise<void>): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await action();
  const asks = dialog.box.waitFor().then(() => true);
  if (await Promise.race([asks, opened.then(() => false)])) await dialog.press('Open');
  return opened;
}

test('one signs in and out with a JWT credential, and in the browser, where it can be denied, cancelled and repeated', async ({
  workbench,
  page,
  emulator,
  otherAddress,
  localPort,
  admin,
  open,
}) => {
  const { messages, notifications, quickInput, contextMenu, dialog } = workbench;
  const step = (number: string) => expect(quickInput.widget).toContainText(`(${number})`);
  const waiting = notifications.withText('Continue in your browser');
  const voicemail = messages.row(/^Voicemail/).locator;
  const sessions = async (): Promise<number> => (await admin.state()).sessions;
  const consentUpon = (action: () => Promise<void>): Promise<Page> =>
    pageUpon(workbench, async () => {
      await action();
      await quickInput.pick(otherAddress.url);
      await step('2/3');
      await quickInput.answer(emulator.clientId);
      await step('3/3');
      // No secret: the app is a public client.
      await quickInput.input.press('Enter');
    });
  const command = (): Promise<void> => workbench.command('Sign In with Browser…');
  const walkthroughStep = (id: string) => page.locator(`.getting-started-step[data-step-id$="#${id}"]`);
  await open();

  await test.step('Get Started opens a walkthrough with a picture for each step, which is checked off when it is done', async () => {
    await workbench.openMailbox();
    await messages.welcome.getByRole('button', { name: 'Get Started' }).click();
    await expect(walkthroughStep('sample')).toHaveAttribute('aria-expanded', 'true');
    const size = page.viewportSize();
    // In a narrow window VS Code shows no pictures.
    await page.setViewportSize({ width: 1600, height: 900 });
    await expect(workbench.webview.locator('svg')).toBeVisible();
    if (size) await page.setViewportSize(size);
    await expect(walkthroughStep('clientId')).toHaveAttribute('aria-checked', 'false');
    await walkthroughStep('clientId').getByRole('heading').click();
    await walkthroughStep('clientId').getByRole('button', { name: 'Copy Redirect URIs' }).click();
    await notifications.expectShown(`http://127.0.0.1:${localPort}/callback`);
    await expect(walkthroughStep('clientId')).toHaveAttribute('aria-checked', 'true');
    await expect(walkthroughStep('signIn')).toHaveAttribute('aria-checked', 'false');
  });

  await test.step('each answer is checked before the next step, and Back returns to the step before', async () => {
    await workbench.openMailbox();
    await messages.welcome.getByRole('button', { name: 'with a JWT credential' }).click();
    await quickInput.pick('Other…');
    await step('2/6');
    await quickInput.answer('http://example.com');
    await expect(quickInput.message).toContainText('must start with https://');
    await quickInput.answer(`${emulator.url}/`);
    await step('3/6');
    await quickInput.answer(emulator.mediaUrl);
    await step('4/6');
    await quickInput.answer(`"${emulator.clientId}" `);
    await step('5/6');
    await quickInput.widget.getByRole('button', { name: 'Back' }).click();
    await step('4/6');
    await expect(quickInput.input).toHaveValue(emulator.clientId);
    await quickInput.input.press('Enter');
    await step('5/6');
    await expect(quickInput.input).toHaveAttribute('type', 'password');
    await quickInput.answer('wrong-secret');
    await step('6/6');
    await quickInput.answer(emulator.jwt);
  });

  await test.step('a refused client secret can be corrected without entering the other answers again', async () => {
    await expect(dialog.box).toContainText('the client secret is wrong');
    await dialog.press('Review What I Entered');
    await step('1/4');
    await quickInput.input.press('Enter');
    await step('2/4');
    await expect(quickInput.input).toHaveValue(emulator.clientId);
    await quickInput.input.press('Enter');
    await step('3/4');
    await expect(quickInput.input).toHaveValue('wrong-secret');
    await quickInput.answer(emulator.clientSecret);
    await step('4/4');
    await expect(quickInput.input).toHaveValue(emulator.jwt);
    await quickInput.input.press('Enter');
    await expect(voicemail).toBeVisible();
    await expect(walkthroughStep('signIn')).toHaveAttribute('aria-checked', 'true');
    await workbench.palette('View: Close All Editors');
  });

  await test.step('from a fresh start, the newest voicemail is heard with one click, and at most the space bar', async () => {
    await hearNewestVoicemail(workbench);
    await workbench.palette('View: Close All Editors');
  });

  await test.step('signing out from the Accounts menu revokes the session on the server', async () => {
    // VS Code shows the menu before it knows how to sign out.
    await expect(async () => {
      // What was slow to come is not asked for again.
      if (await dialog.box.isVisible()) return;
      await page.getByRole('button', { name: 'Accounts' }).click();
      await contextMenu.choose('Robin Whitlock · 101 (RingCentral)', 'Sign Out');
      await expect(dialog.box).toBeVisible({ timeout: 5_000 });
    }).toPass();
    await dialog.press('Sign Out');
    await expect(messages.welcome).toContainText('Your voicemail, faxes, and text messages');
    await expect(messages.rows).toHaveCount(0);
    await expect.poll(sessions).toBe(0);
  });

  await test.step('denied access is reported and leaves nobody signed in', async () => {
    const consent = await consentUpon(command);
    await consent.getByRole('button', { name: 'Deny' }).click();
    await notifications.expectShown('Access denied');
    expect(await sessions()).toBe(0);
    await consent.close();
  });

  await test.step('Cancel ends waiting for the browser', async () => {
    const consent = await consentUpon(command);
    await notifications.press('Continue in your browser', 'Cancel');
    await expect(waiting).toBeHidden();
    await consent.close();
  });

  await test.step('the mailbox opens after access was allowed on the server’s page', async () => {
    await admin.resetRequests();
    const consent = await consentUpon(() =>
      messages.welcome.getByRole('button', { name: 'Sign In to RingCentral' }).click(),
    );
    await expect(consent.getByRole('heading')).toHaveText('Authorize access');
    await expect(waiting).toBeVisible();
    await consent.getByRole('button', { name: 'Allow' }).click();
    await expect(voicemail).toBeVisible();
    await expect(waiting).toBeHidden();
    await consent.close();
    const exchanges = (await admin.requests()).filter(({ path }) => path === '/restapi/oauth/token');
    expect(exchanges.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  await test.step('the session is still there after the window was reloaded', async () => {
    await workbench.reload();
    await expect(voicemail).toBeVisible();
    expect(await sessions()).toBe(1);
  });

  await test.step('Sign In Again revives a session that the server has ended, without asking for anything', async () => {
    await admin.expireTokens('all');
    await workbench.command('Refresh Messages');
    await notifications.expectShown('is no longer valid. You can still read its messages.');
    const consent = await pageUpon(workbench, () => workbench.command('Sign In Again…'));
    await consent.getByRole('button', { name: 'Allow' }).click();
    await expect.poll(sessions).toBe(1);
    await admin.deliver({ type: 'VoiceMail', from: { name: 'Late Caller', phoneNumber: '+16505550177' } });
    await workbench.command('Refresh Messages');
    await expect(messages.row(/ from Late Caller,/).locator).toBeVisible();
    await consent.close();
  });

  await test.step('with a local address the browser ends on a page of the extension, which remembers the app', async () => {
    await workbench.command('Sign Out…');
    await dialog.press('Sign Out');
    await expect(messages.rows).toHaveCount(0);
    const first = await consentUpon(command);
    const consent = await pageUpon(workbench, () =>
      waiting.getByRole('link', { name: 'Finish sign-in using local address' }).click(),
    );
    await consent.getByRole('button', { name: 'Allow' }).click();
    await expect(consent.getByRole('heading')).toHaveText('Return to VS Code');
    expect(new URL(consent.url()).host).toBe(`127.0.0.1:${localPort}`);
    await expect(voicemail).toBeVisible();
    await first.close();
    await consent.close();
    await command();
    await quickInput.pick(otherAddress.url);
    await expect(quickInput.input).toHaveValue(emulator.clientId);
    await quickInput.cancel();
  });
});
