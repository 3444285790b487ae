import { expect, test } from './emulated';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import type { View } from './pages/view';

test.use({ emulatorOptions: { messages: 5_000 } });

async function countUnread(admin: EmulatorAdmin): Promise<number> {
  const { messages } = await admin.state();
  return messages.filter(
    ({ availability, readStatus }) => availability === 'Alive' && readStatus === 'Unread',
  ).length;
}

/** The names of the rows at the top, as far as they are on screen. */
function topRows({ pane }: View): Promise<string[]> {
  return pane
    .locator('[role=treeitem][aria-level="1"]')
    .evaluateAll((rows) => rows.map(({ ariaLabel }) => ariaLabel ?? ''));
}

test('a mailbox of 5,000 messages can be filtered, grouped and listed in parts', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { messages, quickInput, contextMenu, activity } = workbench;
  await signIn();
  const unread = await countUnread(admin);
  await expect(activity).toHaveText(String(unread));

  await test.step('Show Unread Only lists the unread messages alone', async () => {
    await messages.pressAction('Show Unread Only');
    await expect(messages.description).toHaveText('unread');
    await messages.pressAction('Collapse All');
    await expect(messages.rows).toHaveCount(4);
    const counts = (await topRows(messages)).map(
      (name) => /(\d+) unread of (\d+)$/.exec(name)?.slice(1) ?? [],
    );
    for (const [count, all] of counts) expect(count).toBe(all);
    expect(counts.reduce((sum, [count]) => sum + Number(count), 0)).toBe(unread);
    await messages.pressAction('Show Read and Unread');
    await expect(messages.description).toBeHidden();
  });

  await test.step('filters limit the view to types and texts, and an empty result offers to show all messages', async () => {
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
    await expect(messages.welcome).toContainText('No message matches what you chose to see.');
    await messages.welcome.getByRole('button', { name: 'Show All Messages' }).click();
    await expect(messages.row(/^Voicemail/).locator).toBeVisible();
  });

  await test.step('messages can be grouped by other party and by date', async () => {
    await messages.openMenu('Group By');
    await contextMenu.choose('Other Party');
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
