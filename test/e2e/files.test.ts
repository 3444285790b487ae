import { expect, test } from './emulated';

test.use({ emulatorOptions: { messages: 0 } });

test('messages and attachments open as files, in every editor that can show them, and are found by a search', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { messages, quickInput, webview } = workbench;
  const editors = page.locator('.part.editor > .content');
  const text = page.getByRole('tab', { name: /message\.md/ });
  const picture = page.getByRole('tab', { name: /site-plan\.png/ });
  await admin.deliverAll([
    {
      from: { name: 'Mia Mms', phoneNumber: '+12065550100' },
      text: 'A plan',
      attachments: [
        { type: 'MmsAttachment', contentType: 'image/png', file: 'site-plan.png', fileName: 'site-plan.png' },
      ],
    },
    { from: { name: 'Ted Text', phoneNumber: '+12065550101' }, text: 'Only *words*' },
  ]);
  await signIn();
  for (const who of ['Mia Mms', 'Ted Text']) await messages.row(new RegExp(`^${who}`)).expand();

  await test.step('Open With offers the editors that can show an attachment', async () => {
    await messages.row(/, from Mia Mms/).choose('Open With…', { shows: quickInput.item('Image Preview') });
    await quickInput.pick('Image Preview');
    await expect(picture).toBeVisible();
    await expect(webview.locator('img')).toHaveJSProperty('naturalWidth', 1000);
    await workbench.palette('View: Close All Editors');
    await expect(picture).toHaveCount(0);
  });

  await test.step('messages dragged into the editor open as files', async () => {
    await messages.row(/, from Ted Text/).dragTo(editors);
    await expect(text).toBeVisible();
    await expect(editors.locator('.view-lines')).toContainText('Only \\*words\\*');
    await messages.row(/, from Mia Mms/).dragTo(editors);
    await expect(picture).toBeVisible();
    await workbench.palette('View: Close All Editors');
    await expect(text).toHaveCount(0);
  });

  await test.step('a search in open editors finds the text of an open message', async () => {
    await messages.row(/, from Ted Text/).choose('Open as Markdown', { shows: text });
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
});
