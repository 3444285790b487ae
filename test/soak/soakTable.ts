/** What became of one test in all runs so far. */
export interface SoakTest {
  readonly runs: number;
  readonly failures: number;
  /** Seconds. */
  readonly slowest: number;
}

/** By title. */
export type SoakTests = Readonly<Record<string, SoakTest>>;

/** As much of Playwright's JSON report as is read here. */
interface Suite {
  readonly title: string;
  readonly specs?: readonly Spec[];
  readonly suites?: readonly Suite[];
}

interface Spec {
  readonly title: string;
  readonly tests: readonly {
    readonly projectName: string;
    readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
    /** Durations in milliseconds. */
    readonly results: readonly { readonly duration: number }[];
  }[];
}

/** Adds what a report of Playwright's says. @param report undefined if the run left none, which counts as a failure of the suite */
export function addRun(tests: SoakTests, suite: string, report: unknown): SoakTests {
  const added: Record<string, SoakTest> = { ...tests };
  const add = (title: string, failed: boolean, seconds: number): void => {
    const { runs, failures, slowest } = added[title] ?? { runs: 0, failures: 0, slowest: 0 };
    added[title] = {
      runs: runs + 1,
      failures: failures + (failed ? 1 : 0),
      slowest: Math.max(slowest, seconds),
    };
  };
  const walk = ({ title, specs = [], suites = [] }: Suite, above: readonly string[]): void => {
    const path = [...above, title];
    for (const spec of specs)
      for (const { projectName, status, results } of spec.tests) {
        const seconds = results.reduce((sum, { duration }) => sum + duration, 0) / 1000;
        add([...path, spec.title, projectName].filter(Boolean).join(' › '), status !== 'expected', seconds);
      }
    for (const each of suites) walk(each, path);
  };
  const { suites, errors = [] } = (report ?? { errors: ['no report'] }) as {
    readonly suites?: readonly Suite[];
    readonly errors?: readonly unknown[];
  };
  for (const each of suites ?? []) walk(each, [suite]);
  if (errors.length > 0) add(`${suite} (outside of any test)`, true, 0);
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
