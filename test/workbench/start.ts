/**
 * `npm start`: the extension on the sample mailbox, in the VS Code that is installed; else in a provisioned one, shown in a
 * browser; else, where there is no display, with a picture of it. `--once`, or CI=true, ends after the picture.
 */
import * as path from 'node:path';
import { type Browser, chromium, type ViewportSize } from '@playwright/test';
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
  let browser: Browser | undefined;
  try {
    const url = server.workbenchUrl({ extension: projectRoot });
    browser = await chromium.launch({
      executablePath,
      headless,
      ...(headless ? { args: [...browserArguments] } : { chromiumSandbox: process.getuid?.() !== 0 }),
      handleSIGINT: false,
      handleSIGTERM: false,
    });
    const closed = new Promise<void>((resolve) => browser?.once('disconnected', () => resolve()));
    const picture = await takePicture(browser, url, headless ? { width: 1280, height: 900 } : null);
    console.log(`\nThe sample mailbox is open. A picture of it: ${picture}`);
    if (headless) await browser.close();
    if (!once) {
      console.log(`Open it in a browser on this machine:\n\n${url}\n\nPress Ctrl+C to stop.`);
      await Promise.race(headless ? [interrupted] : [interrupted, closed]);
    }
  } finally {
    await browser?.close();
    await server.stop();
  }
}

/** Opens the sample mailbox and takes a picture of it when all of it is there. Returns the path of the picture. */
async function takePicture(browser: Browser, url: string, viewport: ViewportSize | null): Promise<string> {
  const page = await browser.newPage({ viewport });
  const workbench = new Workbench(page);
  await workbench.open(url);
  await workbench.openMailbox();
  await workbench.messages.rows.first().waitFor();
  // Here the view says that messages are being loaded, as long as they are.
  await workbench.messages.message.waitFor({ state: 'hidden' });
  await workbench.messages.settle();
  const picture = path.join(outputRoot, 'start.png');
  await page.screenshot({ path: picture });
  return picture;
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
