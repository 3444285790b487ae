import { expect, test } from './emulated';

test.use({ emulatorOptions: { messages: 0 } });

test.beforeEach(async ({ workbench, admin, signIn }) => {
  await admin.deliver({
    from: { name: 'Mia Mms', phoneNumber: '+12065550100' },
    text: 'A plan',
    attachments: [
      { type: 'MmsAttachment', contentType: 'image/png', file: 'site-plan.png', fileName: 'site-plan.png' },
    ],
  });
  await admin.deliver({ from: { name: 'Ted Text', phoneNumber: '+12065550101' }, text: 'Only *words*' });
  await signIn();
  for (const who of ['Mia Mms', 'Ted Text']) await workbench.messages.row(new RegExp(`^${who}`)).expand();
});

test('Open With offers the editors that can show an attachment', async ({ workbench, page }) => {
  await workbench.messages
    .row(/, from Mia Mms/)
    .choose('Open With…', { shows: workbench.quickInput.item('Image Preview') });
  await workbench.quickInput.item('Image Preview').click();
  await expect(page.getByRole('tab', { name: /site-plan\.png/ })).toBeVisible();
  await expect(workbench.webview.locator('img')).toHaveJSProperty('naturalWidth', 1000);
});

test('messages dragged into the editor open as files', async ({ workbench, page }) => {
  const editors = page.locator('.part.editor > .content');
  await workbench.messages.row(/, from Ted Text/).dragTo(editors);
  await expect(page.getByRole('tab', { name: /message\.md/ })).toBeVisible();
  await expect(editors.locator('.view-lines')).toContainText('Only \\*words\\*');

  await workbench.messages.row(/, from Mia Mms/).dragTo(editors);
  await expect(page.getByRole('tab', { name: /site-plan\.png/ })).toBeVisible();
});

test('a search in open editors finds the text of an open message', async ({ workbench, page }) => {
  await workbench.messages
    .row(/, from Ted Text/)
    .choose('Open as Markdown', { shows: page.getByRole('tab', { name: /message\.md/ }) });
  await workbench.palette('Search: Find in Files');
  const search = page.locator('.search-view');
  await search.getByRole('button', { name: 'Toggle Search Details' }).click();
  await search.getByRole('checkbox', { name: 'Search only in Open Editors' }).click();
  const term = search.getByRole('textbox', { name: /^Search/ });
  await term.fill('words');
  await term.press('Enter');
  const found = search.getByRole('tree').getByRole('treeitem', { name: /message\.md/ });
  await expect(found).toBeVisible();
});
