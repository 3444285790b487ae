import { expect, test } from './emulated';
import type { View } from './pages/view';

test.use({ emulatorOptions: { messages: 5_000 } });

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const zenta = { name: 'Zenta Ozols', phoneNumber: '+16505550101' };
const bob = { name: 'Bob Adler', phoneNumber: '+16505550102' };

/** The names of the rows at the top, as far as they are on screen. */
function topRows({ pane }: View): Promise<string[]> {
  return pane
    .locator('[role=treeitem][aria-level="1"]')
    .evaluateAll((rows) => rows.map(({ ariaLabel }) => ariaLabel ?? ''));
}

test('a mailbox of 5,000 messages can be searched, filtered, grouped and listed in parts', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { messages, deleted, quickInput, contextMenu, activity } = workbench;
  await admin.deliverAll([
    { text: 'Lunch with Zenta at noon?', from: bob, creationTime: minutesAgo(1) },
    { text: 'The crème brûlée was worth it', from: zenta, creationTime: minutesAgo(2) },
    { text: 'Bring the lease, please', from: bob, creationTime: minutesAgo(3) },
    { text: 'Old news of Zenta', from: bob, creationTime: minutesAgo(4), availability: 'Deleted' },
  ]);
  await signIn();
  const details = quickInput.items.locator('.quick-input-list-label-meta');
  const highlights = quickInput.items.locator('.highlight');

  await test.step('matches are listed newest first with the matching words highlighted', async () => {
    // Transcriptions come when the messages are there, and VS Code, which then reads the rows again, may focus them.
    await expect(async () => {
      const { length } = await admin.requests();
      await messages.settle();
      expect(await admin.requests()).toHaveLength(length);
    }).toPass();
    await messages.row(/^Voicemail/).click();
    await messages.settle();
    // Like the palette, the box closes when something else takes the focus. A tree that had it takes it back when its rows have
    // been read anew, which happens at least once a minute. Then the box is opened again.
    await expect(async () => {
      if (!(await quickInput.widget.isVisible())) {
        await page.keyboard.press('Control+Shift+K');
        await expect(quickInput.item('from:ada')).toBeVisible({ timeout: 5_000 });
      }
      await quickInput.type('zent', { timeout: 3_000 });
    }).toPass();
    await expect(details).toHaveText(['Lunch with Zenta at noon?', 'The crème brûlée was worth it']);
    await expect(highlights).toHaveText(['Zent', 'Zent']);
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
    await quickInput.type('from:zenta');
    await expect(details).toHaveCount(1);
    await quickInput.widget.getByRole('button', { name: 'Show in Messages' }).click();
    await expect(messages.description).toHaveText('from "zenta"');
    await expect(messages.row(/^Text Messages, 1 unread of 1$/).locator).toBeVisible();
    await workbench.command('Clear Filters');
    await expect(messages.row(/^Voicemail/).locator).toBeVisible();
  });

  await test.step('Enter opens the conversation of the first match', async () => {
    await workbench.command('Search Messages…');
    await quickInput.type('lunch zenta');
    await expect(details).toHaveCount(1);
    await quickInput.input.press('Enter');
    await expect(workbench.tab(/Bob Adler/)).toBeVisible();
  });

  await test.step('searching from the Deleted view looks for deleted messages', async () => {
    await deleted.expand();
    await deleted.row(/Old news/).open({ shows: workbench.tab(/Bob Adler/) });
    // A page that was opened before may take the focus as it loads.
    await expect(workbench.webview.getByText('Old news of Zenta')).toBeVisible();
    await deleted.pane.locator('.monaco-list').first().focus();
    await page.keyboard.press('Control+Shift+K');
    await expect(quickInput.input).toHaveValue('in:deleted ');
    await quickInput.type('in:deleted zenta');
    await expect(details).toHaveText(['Old news of [Zenta]']);
    await quickInput.cancel();
  });

  const unread = await admin.unreadCount();
  await test.step('the badge counts the unread messages', async () => {
    await expect(activity).toHaveText(String(unread));
  });

  await test.step('Show Unread Only lists the unread messages alone', async () => {
    await messages.chooseFromMenu('Show Unread Only');
    await expect(messages.description).toHaveText('unread');
    await messages.pressAction('Collapse All');
    await expect(messages.rows).toHaveCount(4);
    const shown = async (): Promise<readonly number[]> => {
      const counts = (await topRows(messages)).map((name) => /(\d+) unread of (\d+)$/.exec(name));
      return [1, 2].map((place) => counts.reduce((sum, count) => sum + Number(count?.[place]), 0));
    };
    await expect.poll(shown, 'unread ones, and all').toEqual([unread, unread]);
    await messages.chooseFromMenu('Show All Messages');
    await expect(messages.description).toBeHidden();
  });

  await test.step('filters limit the view to types and texts, and an empty result offers to clear them', async () => {
    await messages.openMenu('Filter');
    await contextMenu.choose('Filter by Type…');
    await quickInput.pickSeveral('Faxes');
    await expect(messages.description).toHaveText('Faxes');
    await messages.pressAction('Collapse All');
    await expect(messages.rows).toHaveCount(1);
    await expect(messages.row(/^Faxes, \d+ unread of \d+/).locator).toBeVisible();

    await messages.openMenu('Filter');
    await contextMenu.choose('Filter by Text…');
    await quickInput.answer('nobody ever wrote this');
    await expect(messages.welcome).toContainText('No messages match your filters.');
    await messages.welcome.getByRole('button', { name: 'Clear Filters' }).click();
    await expect(messages.row(/^Voicemail/).locator).toBeVisible();
  });

  await test.step('the list of filters stays open, at the same item, while filters are changed by keys', async () => {
    const active = quickInput.items.and(page.locator('.focused'));
    await workbench.command('Filter Messages…');
    await expect(active).toHaveAttribute('aria-label', /^Text/);
    await quickInput.type('urgent');
    await expect(active).toHaveAttribute('aria-label', /^Urgent/);
    await page.keyboard.press('Enter');
    await expect(active).toHaveAttribute('aria-label', /^Urgent,? on/);
    await expect(messages.description).toHaveText('urgent');
    await expect(quickInput.item('Text')).toBeVisible();
    await page.keyboard.press('ArrowUp');
    await expect(active).toHaveAttribute('aria-label', /^Direction/);
    await page.keyboard.press('Enter');
    await quickInput.pick('Received');
    await expect(active).toHaveAttribute('aria-label', /^Direction,? received/);
    await expect(messages.description).toHaveText('received, urgent');
    await quickInput.widget.getByRole('button', { name: 'Clear All Filters' }).click();
    await expect(active).toHaveAttribute('aria-label', /^Direction$/);
    await expect(messages.description).toBeHidden();
    await quickInput.cancel();
  });

  await test.step('messages can be grouped by other party and by date', async () => {
    await messages.openMenu('Group By');
    await contextMenu.choose('Contact');
    await expect(messages.row(/^Maya Okafor, 3 unread of/).locator).toHaveAttribute('aria-level', '1');
    await messages.openMenu('Group By');
    await contextMenu.choose('Date');
    await expect(messages.row(/^Today/).locator).toHaveAttribute('aria-level', '1');
    const names = await topRows(messages);
    expect(names.slice(0, 3).map((name) => name.split(',')[0])).toEqual([
      'Today',
      'Yesterday',
      'Last 7 Days',
    ]);
  });

  await test.step('a group of more than 100 messages lists them 100 at a time', async () => {
    const names = await topRows(messages);
    const [name, count] = names
      .map((each) => [each, Number(/(?:of |, )(\d+)(?: messages)?$/.exec(each)?.[1])] as const)
      .find(([, size]) => size > 100) ?? ['', 0];
    await messages.row(name).expand();
    const more = await messages.reveal(/^Load more/);
    await expect(more.locator).toHaveAttribute('aria-setsize', '101');
    await expect(more.description).toHaveText(`${count - 100} not shown`);
    await more.click();
    await expect(messages.pane.locator('[role=treeitem][aria-level="2"]').first()).toHaveAttribute(
      'aria-setsize',
      String(Math.min(count, 201)),
    );
  });
});
