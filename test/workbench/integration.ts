/** Runs test/integration inside the extension host of a provisioned VS Code: `npm run test:integration`. */
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { format } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { browserArguments, provisionBrowser } from './browser';
import { projectRoot, resultsRoot } from './paths';
import { runNode } from './run';
import { startServer } from './server';

const timeoutMs = 5 * 60_000;
const results = path.join(resultsRoot, 'integration');
const report = path.join(resultsRoot, 'integration.json');

async function main(): Promise<number> {
  await rm(results, { recursive: true, force: true });
  await rm(report, { force: true });
  await mkdir(results, { recursive: true });
  await runNode(['esbuild.js', 'shipped', 'integration'], projectRoot);
  const executablePath = await provisionBrowser();
  const server = await startServer({ env: { MAILBOX_TEST_REPORT: report } });
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath, args: [...browserArguments] });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const code = await runSuite(
      page,
      server.workbenchUrl({
        extension: projectRoot,
        tests: path.join(projectRoot, 'dist/test/integration/index.js'),
      }),
    );
    if (code !== 0) {
      await page.screenshot({ path: path.join(results, 'workbench.png') });
      await server.copyLogs(path.join(results, 'logs'));
      console.error(`A screenshot and the extension host’s logs are in ${results}`);
    }
    return code;
  } finally {
    await browser?.close();
    await server.stop();
  }
}

/** Opens the workbench and resolves with the suite's exit code, or with 1 if it does not end in time. */
async function runSuite(page: Page, url: string): Promise<number> {
  const log = createWriteStream(path.join(results, 'workbench.log'));
  let reporting = false;
  const { promise: exit, resolve } = Promise.withResolvers<number>();
  // VS Code calls these two by name if it runs an extension's tests.
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    // VS Code logs here as well, most of it before the suite's first line and as warnings and errors.
    reporting ||= String(args[0]).startsWith('Integration tests in VS Code');
    if (reporting && type === 'info') console.log(...args);
    else log.write(`[${type}] ${format(...args)}\n`);
  });
  await page.exposeFunction('codeAutomationExit', resolve);
  const timer = setTimeout(() => {
    console.error(`The integration tests did not end within ${timeoutMs / 60_000} minutes.`);
    resolve(1);
  }, timeoutMs);
  try {
    await page.goto(url);
    return await exit;
  } finally {
    clearTimeout(timer);
    log.end();
  }
}

void main().then((code) => (process.exitCode = code));
