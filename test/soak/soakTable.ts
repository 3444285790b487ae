import type { TestOutcome } from '../reports';

/** What became of one test in all runs so far. */
export interface SoakTest {
  readonly runs: number;
  readonly failures: number;
  /** Seconds. */
  readonly slowest: number;
}

/** By title. */
export type SoakTests = Readonly<Record<string, SoakTest>>;

/** Adds one run of a suite. */
export function addRun(tests: SoakTests, suite: string, outcomes: readonly TestOutcome[]): SoakTests {
  const added: Record<string, SoakTest> = { ...tests };
  for (const { title, passed, seconds } of outcomes) {
    const name = `${suite} › ${title}`;
    const { runs, failures, slowest } = added[name] ?? { runs: 0, failures: 0, slowest: 0 };
    added[name] = {
      runs: runs + 1,
      failures: failures + (passed ? 0 : 1),
      slowest: Math.max(slowest, seconds),
    };
  }
  return added;
}

/** A line for each test, those that failed first, then the slowest. */
export function soakTable(tests: SoakTests): string {
  const rows = Object.entries(tests)
    .toSorted(([, a], [, b]) => b.failures - a.failures || b.slowest - a.slowest)
    .map(([title, { runs, failures, slowest }]) =>
      [
        String(runs).padStart(5),
        String(failures).padStart(9),
        `${slowest.toFixed(1)} s`.padStart(9),
        title,
      ].join('  '),
    );
  const failures = Object.values(tests).reduce((sum, test) => sum + test.failures, 0);
  return [
    [' runs', ' failures', '  slowest', 'test'].join('  '),
    ...rows,
    '',
    `${rows.length} tests, ${failures} failures`,
  ].join('\n');
}
