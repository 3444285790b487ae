import { expect, test } from './fixtures';

test('the sample mailbox opens from a new window and shows a voicemail', async ({ workbench, open }) => {
  await open();
  await workbench.openMailbox();
  await workbench.messages.welcome.getByRole('button', { name: 'Open Sample Mailbox' }).click();

  await workbench.messages.row(/^Mom/).expand();
  await workbench.messages.row(/^voicemail, from Mom/).open({ shows: workbench.tab(/Mom/) });

  await expect(workbench.tab(/Mom/)).toBeVisible();
  await expect(workbench.webview.getByRole('heading', { name: 'Mom' })).toBeVisible();
});
