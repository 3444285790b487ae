import { expect, test } from '../e2e/fixtures';
import { hearNewestVoicemail } from '../e2e/hearNewestVoicemail';
import { inkOf } from '../e2e/pages/canvas';

test('installed into a clean VS Code, the extension opens the sample mailbox, plays the newest voicemail upon one click, and shows faxes', async ({
  workbench,
  open,
}) => {
  const { messages, webview } = workbench;
  await open();

  await test.step('the sample mailbox opens from the welcome view', async () => {
    await workbench.openMailbox();
    await messages.welcome.getByRole('button', { name: 'Open Sample Mailbox' }).click();
    await expect(messages.row(/^Voicemail/).locator).toBeVisible();
    await expect(messages.row(/^Mom/).locator).toBeVisible();
    await expect.poll(() => messages.rows.count()).toBeGreaterThan(10);
    expect(await workbench.page.title()).not.toContain('Extension Development Host');
  });

  await test.step('from a fresh start, the newest voicemail is heard with one click, and at most the space bar', async () => {
    await hearNewestVoicemail(workbench);
  });

  await test.step('another voicemail is shown', async () => {
    await messages.row(/^Voicemail from Mom,/).open({ shows: workbench.tab(/Mom/) });
    await expect(webview.getByRole('heading', { name: 'Mom' })).toBeVisible();
  });

  await workbench.command('Filter Messages by Type…');
  await workbench.quickInput.pickSeveral('Faxes');
  // Obi Bassey has left a voicemail, too, whose row looks the same until the filter has taken hold.
  await expect(messages.row(/^Voicemail/).locator).toBeHidden();
  for (const [kind, sender] of [
    ['PDF', 'Tolliver & Plum'],
    ['TIFF', 'Obi Bassey'],
  ] as const)
    await test.step(`a fax is decoded that is a ${kind}`, async () => {
      await messages
        .row(new RegExp(`^Fax from ${sender},`))
        .open({ shows: workbench.tab(new RegExp(`^${sender}`)) });
      await expect(webview.getByRole('heading', { name: sender, level: 1 })).toBeVisible();
      await expect.poll(() => inkOf(webview.locator('.sheet canvas').first())).toBeGreaterThan(0.001);
    });
});
