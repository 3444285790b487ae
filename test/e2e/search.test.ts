import { expect, test } from './emulated';

test.use({ emulatorOptions: { messages: 0 } });

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const lena = { name: 'Lena Ortiz', phoneNumber: '+16505550101' };
const bob = { name: 'Bob Adler', phoneNumber: '+16505550102' };

test('search finds messages while the query is typed and opens them or filters the view', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { messages, deleted, quickInput } = workbench;
  await admin.deliverAll([
    { text: 'Lunch with Lena at noon?', from: bob, creationTime: minutesAgo(1) },
    { text: 'The crème brûlée was worth it', from: lena, creationTime: minutesAgo(2) },
    { text: 'Bring the lease, please', from: bob, creationTime: minutesAgo(3) },
    { text: 'Old news of Lena', from: bob, creationTime: minutesAgo(4), availability: 'Deleted' },
  ]);
  await signIn();
  const details = quickInput.items.locator('.quick-input-list-label-meta');
  const highlights = quickInput.items.locator('.highlight');

  await test.step('matches are listed newest first with the matching words highlighted', async () => {
    await messages.row(/^Text Messages/).click();
    await page.keyboard.press('Control+Shift+F');
    await expect(quickInput.item('from:ada')).toBeVisible();
    await quickInput.type('len');
    await expect(details).toHaveText(['Lunch with Lena at noon?', 'The crème brûlée was worth it']);
    await expect(highlights).toHaveText(['Len', 'Len']);
  });

  await test.step('a match that VS Code cannot highlight is put in brackets', async () => {
    await quickInput.type('from:bob lease');
    await expect(details).toHaveText(['Bring the [lease], please']);
    await quickInput.type('brulee');
    await expect(details).toHaveText(['The crème [brûlée] was worth it']);
  });

  await test.step('an example fills the search box, and Show in Messages filters the view by the query', async () => {
    await quickInput.widget.getByRole('button', { name: 'Query Language' }).click();
    await quickInput.item('from:ada').click();
    await expect(quickInput.input).toHaveValue('from:ada');
    await quickInput.type('from:lena');
    await expect(details).toHaveCount(1);
    await quickInput.widget.getByRole('button', { name: 'Show in Messages' }).click();
    await expect(messages.description).toHaveText('from “lena”');
    await expect(messages.row(/^Text Messages, 1 unread of 1$/).locator).toBeVisible();
    await workbench.command('Clear Filters');
    await expect(messages.row(/^Text Messages, 3 unread of 3$/).locator).toBeVisible();
  });

  await test.step('Enter opens the conversation of the first match', async () => {
    await workbench.command('Search Messages…');
    await quickInput.type('lunch');
    await expect(details).toHaveCount(1);
    await quickInput.input.press('Enter');
    await expect(workbench.tab(/Bob Adler/)).toBeVisible();
  });

  await test.step('searching from the Deleted view looks for deleted messages', async () => {
    await deleted.expand();
    await deleted.row(/Old news/).open({ shows: workbench.tab(/Bob Adler/) });
    // A page that was opened before may take the focus as it loads.
    await expect(workbench.webview.getByText('Old news of Lena')).toBeVisible();
    await deleted.pane.locator('.monaco-list').first().focus();
    await page.keyboard.press('Control+Shift+F');
    await expect(quickInput.input).toHaveValue('in:deleted ');
    await expect(details).toHaveText(['Old news of Lena']);
    await quickInput.cancel();
  });
});
