/**
 * Repeats suites, and tells which of their tests ever failed:
 *
 *     npm run test:soak -- --runs N [--load M] [--minutes T] [--suite SUITE]… [FILTER…]
 *
 * SUITE is e2e, pages, package, unit or integration; without it, e2e and pages are run. `--load` keeps M processes busy meanwhile.
 * No run begins after T minutes (60 unless told). FILTER is what the suite's runner takes: parts of file names (but not for
 * integration), or, except for unit, `--grep PATTERN`. Results of one commit are added up over several calls, so that many runs can be spread;
 * what failed leaves its traces in test-results/soak.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import {
  readIntegration,
  readPlaywright,
  readReports,
  readVitest,
  removeReports,
  type Reports,
  type TestOutcome,
} from '../reports';
import { BUILT } from '../workbench/build';
import { projectRoot, resultsRoot } from '../workbench/paths';
import { runNode } from '../workbench/run';
import { keepBusy } from './busy';
import { addRun, soakTable, type SoakTests } from './soakTable';

const MOST_RUNS = 100;
const MOST_LOAD = 16;
const MOST_MINUTES = 600;

interface Suite {
  /** What Node is to run, without the filter. */
  readonly args: readonly string[];
  readonly reports: Reports;
}

const playwright = (name: string): Suite => ({
  args: ['node_modules/@playwright/test/cli.js', 'test', '-c', `test/${name}`],
  reports: { [`${name}.json`]: readPlaywright },
});

const suites: Readonly<Record<string, Suite>> = {
  e2e: playwright('e2e'),
  pages: playwright('pages'),
  package: playwright('package'),
  unit: { args: ['node_modules/vitest/vitest.mjs', 'run'], reports: { 'unit.json': readVitest } },
  integration: {
    args: ['--import', 'tsx', 'test/workbench/integration.ts'],
    reports: { 'integration.json': readIntegration, 'integration-oldest.json': readIntegration },
  },
};

const folder = path.join(resultsRoot, 'soak');

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string' },
      load: { type: 'string', default: '0' },
      minutes: { type: 'string', default: '60' },
      suite: { type: 'string', multiple: true, default: ['e2e', 'pages'] },
      grep: { type: 'string' },
    },
  });
  const runs = bounded('runs', values.runs, 1, MOST_RUNS);
  const load = bounded('load', values.load, 0, MOST_LOAD);
  const minutes = bounded('minutes', values.minutes, 1, MOST_MINUTES);
  values.suite.forEach(suiteOf);
  const filter = [...positionals, ...(values.grep === undefined ? [] : ['--grep', values.grep])];
  const resultsFile = path.join(folder, `${commit()}-load-${String(load)}.json`);
  let tests = readResults(resultsFile);

  await runNode(['--import', 'tsx', 'test/prepare.ts'], projectRoot);
  const stopLoad = keepBusy(load);
  let failed = false;
  try {
    const end = Date.now() + minutes * 60_000;
    for (let run = 1; run <= runs && Date.now() < end; run++) {
      for (const suite of values.suite) {
        const start = Date.now();
        const outcomes = await runSuite(suite, filter);
        const passed = outcomes.every((test) => test.passed);
        tests = addRun(tests, suite, outcomes);
        mkdirSync(folder, { recursive: true });
        writeFileSync(resultsFile, JSON.stringify(tests));
        failed ||= !passed;
        if (!passed) keepTraces(suite, new Date(start));
        const seconds = Math.round((Date.now() - start) / 1000);
        console.log(`run ${run} of ${runs}, ${suite}: ${passed ? 'passed' : 'FAILED'} after ${seconds} s`);
      }
    }
  } finally {
    stopLoad();
  }
  console.log(`\n${soakTable(tests)}`);
  if (failed) process.exitCode = 1;
}

function bounded(name: string, text: string | undefined, least: number, most: number): number {
  const value = Number(text);
  if (text !== undefined && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`--${name} takes a number from ${least} to ${most}.`);
}

function suiteOf(name: string): Suite {
  const suite = suites[name];
  if (suite) return suite;
  throw new Error(`--suite takes one of ${Object.keys(suites).join(', ')}.`);
}

/** Where results are kept; those of changed files are not those of a commit. */
function commit(): string {
  const git = (...args: readonly string[]): string =>
    spawnSync('git', args, { cwd: projectRoot, encoding: 'utf8' }).stdout.trim();
  const dirty = git('status', '--porcelain') !== '';
  return `${git('rev-parse', '--short', 'HEAD') || 'unknown'}${dirty ? `-changed-${Date.now()}` : ''}`;
}

function readResults(file: string): SoakTests {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SoakTests) : {};
}

/** Runs a suite once, and shows what it prints if it fails. */
async function runSuite(name: string, filter: readonly string[]): Promise<readonly TestOutcome[]> {
  const { args, reports } = suiteOf(name);
  removeReports(reports);
  const child = spawn(process.execPath, [...args, ...filter], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, [BUILT]: '1' },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) console.log(output);
  return readReports(reports, code);
}

/** Screenshots, traces and logs, which the next run would delete. */
function keepTraces(suite: string, at: Date): void {
  const source = path.join(resultsRoot, suite);
  const target = path.join(folder, `${suite}-${at.toISOString().replace(/[:.]/g, '-')}`);
  if (existsSync(source)) cpSync(source, target, { recursive: true });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
