/** `npm test`: every check and every suite, whatever the others say, and one line that sums them up. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { npmCommand } from './workbench/npm';
import { projectRoot, resultsRoot } from './workbench/paths';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly script: string;
  /** Counts the tests in the report that the stage leaves in test-results; a stage without one counts as one test. */
  readonly report?: { readonly file: string; readonly count: (report: unknown) => Counts };
}

const countVitest = (report: unknown): Counts => {
  const { numPassedTests, numFailedTests } = report as { numPassedTests: number; numFailedTests: number };
  return { passed: numPassedTests, failed: numFailedTests };
};

const countPlaywright = (report: unknown): Counts => {
  const { stats } = report as { stats: { expected: number; unexpected: number; flaky: number } };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
};

const stages: readonly Stage[] = [
  { script: 'test:types' },
  { script: 'test:lint' },
  { script: 'test:format' },
  { script: 'test:unit', report: { file: 'unit.json', count: countVitest } },
  { script: 'test:integration', report: { file: 'integration.json', count: (report) => report as Counts } },
  { script: 'test:e2e', report: { file: 'e2e.json', count: countPlaywright } },
  { script: 'test:package', report: { file: 'package.json', count: countPlaywright } },
];

async function main(): Promise<void> {
  const summary: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const stage of stages) {
    console.log(`\n──── ${stage.script} ────`);
    const start = Date.now();
    const counts = await runStage(stage);
    passed += counts.passed;
    failed += counts.failed;
    const verdict =
      counts.failed > 0 ? `FAILED (${counts.failed} of ${counts.passed + counts.failed})` : 'passed';
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    summary.push(`${stage.script.padEnd(18)}${`${seconds} s`.padStart(8)}  ${verdict}`);
  }
  console.log(`\n──── summary ────\n${summary.join('\n')}\n\n${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

async function runStage({ script, report }: Stage): Promise<Counts> {
  const file = report && path.join(resultsRoot, report.file);
  if (file) rmSync(file, { force: true });
  const { command, args } = npmCommand(['run', '--silent', script]);
  const child = spawn(command, args, { cwd: projectRoot, stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const counts = file ? readCounts(file, report.count) : { passed: code === 0 ? 1 : 0, failed: 0 };
  // A stage can fail beside its tests: a file that does not load, a server that does not start, no report at all.
  return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function readCounts(file: string, count: (report: unknown) => Counts): Counts {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`There is no report of the tests: ${String(error)}`);
    return { passed: 0, failed: 1 };
  }
}

void main();
