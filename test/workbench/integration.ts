/**
 * Runs test/integration inside the extension hosts of provisioned VS Codes:
 * `npm run test:integration -- [--release newest|oldest] [--grep PATTERN]`; by default every test in every release.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { format, parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { browserArguments, provisionBrowser } from './browser';
import { build } from './build';
import { projectRoot, resultsRoot } from './paths';
import { type ReleaseName, releases } from './releases';
import { startServer } from './server';

/** For a machine that is busy with much else. */
const timeoutMs = 15 * 60_000;

interface Suite {
  readonly release: ReleaseName;
  readonly executablePath: string;
  /** Which tests; all of them if this is undefined. */
  readonly grep: string | undefined;
  readonly print: (line: string) => void;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { release: { type: 'string' }, grep: { type: 'string' } } });
  const { release: chosen, grep } = values;
  const all = Object.keys(releases) as ReleaseName[];
  const [first, ...others] = chosen === undefined ? all : all.filter((release) => release === chosen);
  if (!first) throw new Error(`There is no release "${String(chosen)}" in releases.ts.`);
  await build('shipped', 'integration');
  const executablePath = await provisionBrowser();

  // They run at the same time, because each often waits for its workbench; what the others print follows at the end.
  const held: string[] = [];
  const outcomes = await Promise.allSettled([
    runSuite({ release: first, executablePath, grep, print: console.log }),
    ...others.map((release) => runSuite({ release, executablePath, grep, print: (line) => held.push(line) })),
  ]);
  for (const line of held) console.log(line);
  for (const outcome of outcomes) if (outcome.status === 'rejected') console.error(outcome.reason);
  return outcomes.every((outcome) => outcome.status === 'fulfilled' && outcome.value === 0) ? 0 : 1;
}

/** Leaves a report and, of a failure, what explains it, in test-results; resolves with the suite's exit code. */
async function runSuite({ release, executablePath, grep, print }: Suite): Promise<number> {
  const name = release === 'newest' ? 'integration' : `integration-${release}`;
  const results = path.join(resultsRoot, name);
  const report = path.join(resultsRoot, `${name}.json`);
  await rm(results, { recursive: true, force: true });
  await rm(report, { force: true });
  await mkdir(results, { recursive: true });
  const server = await startServer({
    release,
    env: {
      MAILBOX_TEST_REPORT: report,
      MAILBOX_TEST_RESULTS: results,
      ...(grep !== undefined && { MAILBOX_TEST_GREP: grep }),
    },
  });
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath, args: [...browserArguments] });
    // Nobody looks at the page, so it is small and does not move: drawing it would take longer than the tests.
    const page = await browser.newPage({ viewport: { width: 800, height: 400 }, reducedMotion: 'reduce' });
    const url = server.workbenchUrl({
      extension: projectRoot,
      tests: path.join(projectRoot, 'dist/test/integration/index.js'),
    });
    const code = await runPage(page, url, results, print);
    if (code !== 0) {
      await page.screenshot({ path: path.join(results, 'workbench.png') });
      await server.copyLogs(path.join(results, 'logs'));
      print(`Screenshots, the extension host’s logs and the emulators’ requests are in ${results}`);
    }
    return code;
  } finally {
    await browser?.close();
    await server.stop();
  }
}

/** Opens the workbench and resolves with the suite's exit code, or with 1 if it does not end in time. */
async function runPage(page: Page, url: string, results: string, print: Suite['print']): Promise<number> {
  const log = createWriteStream(path.join(results, 'workbench.log'));
  let reporting = false;
  const { promise: exit, resolve } = Promise.withResolvers<number>();
  const pictures = new Map<string, Promise<unknown>>();
  // VS Code calls these two by name if it runs an extension's tests.
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    const line = format(...args);
    // VS Code logs here as well, most of it before the suite's first line and as warnings and errors.
    reporting ||= line.startsWith('Integration tests in VS Code');
    if (!reporting || type !== 'info') {
      log.write(`[${type}] ${line}\n`);
      return;
    }
    print(line);
    // Mocha numbers the failures when they happen, and again at the end.
    const failure = /^\s+(\d+)\) /.exec(line)?.[1];
    if (failure === undefined || pictures.has(failure)) return;
    const file = path.join(results, `failure-${failure}.png`);
    // Without a picture, for example because the page has crashed, the failure is as it was.
    pictures.set(
      failure,
      page.screenshot({ path: file }).catch((error: unknown) => log.write(`${String(error)}\n`)),
    );
  });
  await page.exposeFunction('codeAutomationExit', resolve);
  const timer = setTimeout(() => {
    print(`The integration tests did not end within ${timeoutMs / 60_000} minutes.`);
    resolve(1);
  }, timeoutMs);
  try {
    await page.goto(url);
    const code = await exit;
    await Promise.all(pictures.values());
    return code;
  } finally {
    clearTimeout(timer);
    log.end();
  }
}

void main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
