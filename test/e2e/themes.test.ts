import { expect, test } from './emulated';
import { pageLook } from './pageLook';
import { chooseTheme, themeFile, themes } from './themes';

// `npm run themes` writes them down anew.
test('the theme fixtures of the page tests match what VS Code gives a page', async ({
  workbench,
  signIn,
}) => {
  await signIn();
  await workbench.messages
    .row(/^Maya Okafor, (2 unread of|\d+ messages)/)
    .pressAction('Open', { shows: workbench.tab('Maya Okafor') });
  await expect(workbench.webview.getByRole('heading', { level: 1 })).toBeVisible();
  for (const theme of themes) {
    await chooseTheme(workbench, theme);
    const look = await pageLook(workbench.webview.locator('body'));
    expect(`${JSON.stringify(look, undefined, 2)}\n`).toMatchSnapshot(themeFile(theme));
  }
});
