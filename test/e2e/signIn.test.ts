import { expect, test } from './emulated';

// Nothing is offered: the address is typed.
test.use({ settings: {} });

test('a JWT credential is entered step by step, corrected, kept over a reload and revoked from the Accounts menu', async ({
  workbench,
  emulator,
  admin,
  page,
  open,
}) => {
  const { quickInput, messages, contextMenu, dialog } = workbench;
  const step = (number: string) => expect(quickInput.widget).toContainText(`(${number})`);
  await open();

  await test.step('each answer is checked before the next step, and Back returns to the step before', async () => {
    await workbench.openMailbox();
    await messages.welcome.getByRole('button', { name: 'with a JWT credential' }).click();
    await quickInput.pick('Other…');
    await step('2/5');
    await quickInput.answer('http://example.com');
    await expect(quickInput.message).toContainText('must begin with https://');
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
    await dialog.press('Check What I Entered');
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
    await expect(messages.row(/^Voicemail/).locator).toBeVisible();
  });

  await test.step('the session is still there after the window was reloaded', async () => {
    await workbench.reload();
    await expect(messages.row(/^Voicemail/).locator).toBeVisible();
    expect((await admin.state()).sessions).toBe(1);
  });

  await test.step('signing out from the Accounts menu revokes the session on the server', async () => {
    // VS Code shows the menu before it knows how to sign out.
    await expect(async () => {
      await page.getByRole('button', { name: 'Accounts' }).click();
      await contextMenu.choose('Robin Whitlock · 101 (RingCentral)', 'Sign Out');
      await expect(dialog.box).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await dialog.press('Sign Out');
    await expect(messages.welcome).toContainText('Your voicemail, faxes and text messages');
    await expect(messages.rows).toHaveCount(0);
    await expect.poll(async () => (await admin.state()).sessions).toBe(0);
  });
});
