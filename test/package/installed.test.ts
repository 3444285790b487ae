import { expect, test } from '../e2e/fixtures';
import { inkOf } from '../e2e/pages/canvas';
import { vsix } from './vsix';

test.use({ underDevelopment: false, serverOptions: { extensions: [vsix] } });

test('installed into a clean VS Code, the extension opens the sample mailbox', async ({
  workbench,
  open,
}) => {
  await open();
  await workbench.command('Open Sample Mailbox');
  await workbench.openMailbox();

  expect(await workbench.page.title()).not.toContain('Extension Development Host');
  await expect(workbench.messages.row(/^Voicemail/).locator).toBeVisible();
  await expect(workbench.messages.row(/^Mom/).locator).toBeVisible();
  expect(await workbench.messages.rows.count()).toBeGreaterThan(10);
});

for (const [kind, sender] of [
  ['PDF', 'Tolliver & Plum'],
  ['TIFF', 'Obi Bassey'],
] as const) {
  test(`installed, the extension has what it needs to show a ${kind}`, async ({ workbench, open }) => {
    await open();
    await workbench.command('Open Sample Mailbox');
    await workbench.openMailbox();
    await workbench.messages.settle();
    await workbench.command('Filter by Type…');
    await workbench.quickInput.pickSeveral('Faxes');
    // Obi Bassey has left a voicemail, too, whose row looks the same until the filter has taken hold.
    await expect(workbench.messages.row(/^Voicemail/).locator).toBeHidden();

    await workbench.messages.row(new RegExp(`^${sender}`)).expand();
    await workbench.messages
      .row(new RegExp(`^fax, from ${sender}`))
      .open({ shows: workbench.tab(new RegExp(`^${sender}`)) });

    await expect.poll(() => inkOf(workbench.webview.locator('.sheet canvas').first())).toBeGreaterThan(0.001);
  });
}
