import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Server } from '../workbench/server';
import { expect, test } from './emulated';
import { pageLook } from './pageLook';
import { chooseTheme, themeFile, themes } from './themes';

test.describe.configure({ mode: 'serial' });

/** What the first test leaves behind. */
let first: { readonly url: string; readonly folder: string } | undefined;

/** Everything below a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

/** The theme in the user's settings, which VS Code may be writing. */
function theme({ userData }: Server): string | undefined {
  const settings = readFileSync(path.join(userData, 'settings.json'), 'utf8');
  return /"workbench\.colorTheme": "(.*)"/.exec(settings)?.[1];
}

test('the theme fixtures match what VS Code gives a page, and the test leaves a theme, messages, secrets and a tab behind', async ({
  workbench,
  server,
  signIn,
}) => {
  const { messages, webview } = workbench;
  await signIn();
  await messages.row(/^Maya Okafor, 2 unread of/).choose('Open', { shows: workbench.tab('Maya Okafor') });
  await expect(webview.getByRole('heading', { level: 1 })).toBeVisible();

  // `npm run themes` writes them down anew.
  for (const each of themes)
    await test.step(`${each} looks as the page tests show it`, async () => {
      await chooseTheme(workbench, each);
      const look = await pageLook(webview.locator('body'));
      expect(`${JSON.stringify(look, undefined, 2)}\n`).toMatchSnapshot(themeFile(each));
    });

  await test.step('the theme and the messages are kept by the server', async () => {
    await expect.poll(() => theme(server)).toBe('Default High Contrast');
    expect(filesIn(server.userData).join('\n')).toContain('.sqlite');
  });
  first = { url: server.url, folder: server.folder };
});

test('the next test on the same server finds none of them', async ({ workbench, server, open }) => {
  if (!first) throw new Error('The test before has not run in this process.');
  expect(server.url).toBe(first.url);
  expect(server.folder).not.toBe(first.folder);
  expect(filesIn(server.userData)).toEqual(['settings.json']);
  expect(filesIn(server.folder)).toEqual([]);
  expect(theme(server)).toBeUndefined();

  const { messages } = workbench;
  await open();
  await workbench.openMailbox();
  await expect(messages.welcome.getByRole('button', { name: 'Open Sample Mailbox' })).toBeVisible();
  await expect(messages.rows).toHaveCount(0);
  await expect(workbench.tab(/./)).toHaveCount(0);
  await expect(workbench.page.locator('body > .monaco-workbench')).not.toHaveClass(/hc-black/);
});
