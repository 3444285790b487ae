/** `npm run themes`: writes down how the themes look in the provisioned VS Code, for the tests of pages. */
import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { chromium } from '@playwright/test';
import { openRow } from '../e2e/openRow';
import { pageLook } from '../e2e/pageLook';
import { Workbench } from '../e2e/pages/workbench';
import { chooseTheme, themes, type Theme } from '../e2e/themes';
import { browserArguments, provisionBrowser } from '../workbench/browser';
import { projectRoot } from '../workbench/paths';
import { runNode } from '../workbench/run';
import { startServer } from '../workbench/server';

const folder = path.join(projectRoot, 'test/fixtures/themes');

async function main(): Promise<void> {
  await runNode(['esbuild.js', 'shipped'], projectRoot);
  const executablePath = await provisionBrowser();
  const server = await startServer({ env: { RINGCENTRAL_MAILBOX_SAMPLE: '1' } });
  const browser = await chromium.launch({ executablePath, args: [...browserArguments] });
  try {
    const workbench = new Workbench(await browser.newPage({ viewport: { width: 1280, height: 900 } }));
    await workbench.open(server.workbenchUrl({ extension: projectRoot }));
    await workbench.openMailbox();
    await openRow(workbench, /^Maya Okafor, (2 unread of|\d+ messages)/, 'Maya Okafor');
    await workbench.webview.getByRole('heading', { level: 1 }).waitFor();
    await mkdir(folder, { recursive: true });
    for (const theme of Object.keys(themes) as Theme[]) {
      await chooseTheme(workbench, theme);
      const look = await pageLook(workbench.webview.locator('body'));
      await writeFile(path.join(folder, `${theme}.json`), `${JSON.stringify(look, undefined, 2)}\n`);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
