/**
 * `npm start`: the extension on the sample mailbox, in the VS Code that is installed; else in a provisioned one, shown in a
 * browser; else, where there is no display, with a picture of it. `--once`, or CI=true, ends after the picture.
 */
import * as path from 'node:path';
import { chromium } from '@playwright/test';
import { whenNpmIsGone } from '../../src/util/whenNpmIsGone';
import { Workbench } from '../e2e/pages/workbench';
import { browserArguments, provisionBrowser } from './browser';
import { findDesktop, openDesktop } from './desktop';
import { outputRoot, projectRoot } from './paths';
import { runNode } from './run';
import { startServer } from './server';

const env = { RINGCENTRAL_MAILBOX_SAMPLE: '1' };

async function main(): Promise<void> {
  const once = process.argv.includes('--once') || process.env['CI'] === 'true';
  const headless = once || !hasDisplay();
  console.log('Building the extension …');
  await runNode(['esbuild.js', 'shipped'], projectRoot);

  const desktop = headless ? undefined : findDesktop();
  if (desktop) {
    await openDesktop(desktop, env);
    console.log('VS Code opens with the extension, the sample mailbox and a profile of its own.');
    return;
  }

  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
    void whenNpmIsGone().then(resolve);
  });
  const executablePath = await provisionBrowser({ shown: !headless });
  const server = await startServer({ env, allBuiltIns: true });
  try {
    const url = server.workbenchUrl({ extension: projectRoot });
    const browser = await chromium.launch({
      executablePath,
      headless,
      ...(headless ? { args: [...browserArguments] } : { chromiumSandbox: process.getuid?.() !== 0 }),
      handleSIGINT: false,
      handleSIGTERM: false,
    });
    const closed = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()));
    const page = await browser.newPage({ viewport: headless ? { width: 1280, height: 900 } : null });
    const workbench = new Workbench(page);
    await workbench.open(url);
    await workbench.openMailbox();
    await workbench.messages.rows.first().waitFor();
    const picture = path.join(outputRoot, 'start.png');
    await page.screenshot({ path: picture });
    console.log(`\nThe sample mailbox is open. A picture of it: ${picture}`);
    if (headless) await browser.close();
    if (!once) {
      console.log(`Open it in a browser on this machine:\n\n${url}\n\nPress Ctrl+C to stop.`);
      await Promise.race(headless ? [interrupted] : [interrupted, closed]);
    }
    await browser.close();
  } finally {
    await server.stop();
  }
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
