/** Runs the stages of a test run, several at a time, and says what became of them. */
import { spawn } from 'node:child_process';
import { readReports, removeReports, type Reports, type TestOutcome } from './reports';
import { npmCommand } from './workbench/npm';
import { projectRoot } from './workbench/paths';

/** Of why a test failed, as much is repeated at the end of a run. */
const MESSAGE_LINES = 12;

export interface Stage {
  /** The npm script, with what is to follow its name on the command line. */
  readonly script: readonly [name: string, ...args: readonly string[]];
  /** Names of the scripts that must have passed before. */
  readonly needs?: readonly string[];
  /** The files in test-results with what became of the stage's tests; a stage without any counts as one test. */
  readonly reports?: Reports;
}

export interface StageResult {
  readonly name: string;
  readonly seconds: number;
  /** How many tests passed; of a stage without any, 1 if it passed. */
  readonly passed: number;
  /** What failed, and why; never empty if the stage failed. */
  readonly failures: readonly Failure[];
}

type Failure = Pick<TestOutcome, 'title' | 'message'>;

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
      const lacks = stage.needs?.find((need) => (outcomeOf(need)?.failures.length ?? 0) > 0);
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

/** A line for each stage, with what became of it and how long it took, and below what failed, and why. */
export function summary(results: readonly StageResult[]): string {
  const lines = results.map(({ name, seconds, passed, failures: { length: failed } }) => {
    const verdict = failed > 0 ? `FAILED (${failed} of ${passed + failed})` : `passed (${passed})`;
    return `${name.padEnd(26)}${`${seconds.toFixed(1)} s`.padStart(8)}  ${verdict}`;
  });
  const failures = results.flatMap(({ name, failures: all }) =>
    all.map(({ title, message = '' }) =>
      [`FAILED ${name} › ${title}`, ...message.split('\n').slice(0, MESSAGE_LINES)].join('\n    '),
    ),
  );
  return [lines.join('\n'), ...failures].join('\n\n');
}

/** A stage that cannot run because another has failed has failed, too: nobody knows whether its tests would pass. */
function skipped({ script: [name] }: Stage, lacks: string): Promise<StageResult> {
  console.log(`\n──── ${name} did not run, because ${lacks} failed ────`);
  return Promise.resolve({
    name,
    seconds: 0,
    passed: 0,
    failures: [{ title: `did not run, because ${lacks} failed` }],
  });
}

async function runStage({ script, reports = {} }: Stage): Promise<StageResult> {
  const [name, ...rest] = script;
  const start = performance.now();
  removeReports(reports);
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
  const outcomes = readReports(reports, code);
  const failures = outcomes.filter((test) => !test.passed);
  const passed = outcomes.length > 0 ? outcomes.length - failures.length : 1;
  const seconds = (performance.now() - start) / 1000;
  show(`${failures.length > 0 ? 'failed' : 'passed'} after ${seconds.toFixed(1)} s`);
  return { name, seconds, passed, failures };
}
