/** Runs the stages of a test run, several at a time, and counts their tests. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { npmCommand } from './workbench/npm';
import { projectRoot, resultsRoot } from './workbench/paths';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Counts the tests in a report; throws if it is none. */
type Count = (report: unknown) => Counts;

export interface Stage {
  /** The npm script, with what is to follow its name on the command line. */
  readonly script: readonly [name: string, ...args: readonly string[]];
  /** Names of the scripts that must have passed before. */
  readonly needs?: readonly string[];
  /** The files in test-results with what became of the stage's tests; a stage without any counts as one test. */
  readonly reports?: Readonly<Record<string, Count>>;
}

export interface StageResult extends Counts {
  readonly name: string;
  readonly seconds: number;
}

export const countVitest: Count = (report) => {
  const { numPassedTests, numFailedTests } = report as { numPassedTests: number; numFailedTests: number };
  return { passed: numPassedTests, failed: numFailedTests };
};

export const countPlaywright: Count = (report) => {
  const { stats } = report as { stats: { expected: number; unexpected: number; flaky: number } };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
};

export const countMocha: Count = (report) => report as Counts;

/**
 * Runs all stages, whatever becomes of the others, in the order given as far as their needs allow. What a stage prints is
 * shown as a whole when it ends.
 * @param atOnce how many stages may run at the same time
 * @param run runs one
 */
export async function runStages(
  stages: readonly Stage[],
  atOnce: number,
  run: (stage: Stage) => Promise<StageResult> = runStage,
): Promise<readonly StageResult[]> {
  const waiting = [...stages];
  const results: StageResult[] = [];
  const running = new Set<Promise<void>>();
  const outcomeOf = (name: string): StageResult | undefined => results.find((result) => result.name === name);
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(({ needs = [] }) => needs.every((need) => outcomeOf(need)));
    const [stage] = next >= 0 && running.size < atOnce ? waiting.splice(next, 1) : [];
    if (stage) {
      const lacks = stage.needs?.find((need) => outcomeOf(need)?.failed);
      const ended = (lacks === undefined ? run(stage) : skipped(stage, lacks)).then((result) => {
        results.push(result);
        running.delete(ended);
      });
      running.add(ended);
    } else {
      await Promise.race(running);
    }
  }
  return results;
}

/** A line for each stage, with what became of it and how long it took. */
export function summary(results: readonly StageResult[]): string {
  return results
    .map(({ name, seconds, passed, failed }) => {
      const verdict = failed > 0 ? `FAILED (${failed} of ${passed + failed})` : `passed (${passed})`;
      return `${name.padEnd(26)}${`${seconds.toFixed(1)} s`.padStart(8)}  ${verdict}`;
    })
    .join('\n');
}

/** A stage that cannot run because another has failed has failed, too: nobody knows whether its tests would pass. */
function skipped({ script: [name] }: Stage, lacks: string): Promise<StageResult> {
  console.log(`\n──── ${name} did not run, because ${lacks} failed ────`);
  return Promise.resolve({ name, seconds: 0, passed: 0, failed: 1 });
}

async function runStage({ script, reports = {} }: Stage): Promise<StageResult> {
  const [name, ...rest] = script;
  const start = performance.now();
  for (const file of Object.keys(reports)) rmSync(path.join(resultsRoot, file), { force: true });
  const { command, args } = npmCommand([
    'run',
    '--silent',
    name,
    ...(rest.length > 0 ? ['--', ...rest] : []),
  ]);
  const child = spawn(command, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  const show = (how: string): void => {
    process.stdout.write(`\n──── ${name} ${how} ────\n`);
    process.stdout.write(Buffer.concat(output));
  };
  const interrupted = (): void => show('was interrupted');
  process.once('exit', interrupted);
  console.log(`──── ${name} begins ────`);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  process.off('exit', interrupted);
  const counts = Object.entries(reports).map(([file, count]) =>
    readCounts(path.join(resultsRoot, file), count),
  );
  const passed = counts.length > 0 ? counts.reduce((sum, each) => sum + each.passed, 0) : code === 0 ? 1 : 0;
  const failed = counts.reduce((sum, each) => sum + each.failed, 0);
  const seconds = (performance.now() - start) / 1000;
  // A stage can fail beside its tests: a file that does not load, a server that does not start, no report at all.
  const result = { name, seconds, passed, failed: code === 0 ? failed : Math.max(failed, 1) };
  show(`${result.failed > 0 ? 'failed' : 'passed'} after ${seconds.toFixed(1)} s`);
  return result;
}

function readCounts(file: string, count: Count): Counts {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`There is no report of the tests: ${String(error)}`);
    return { passed: 0, failed: 1 };
  }
}
