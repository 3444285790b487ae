/** Reads the reports that test runners leave. */
import { readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { resultsRoot } from './workbench/paths';

/** What became of one test in one run. */
export interface TestOutcome {
  /** With the names of the file and of what the test is in. */
  readonly title: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** Why it failed, without colors. */
  readonly message?: string;
}

/** Reads a report, without the tests that were skipped; throws if it is none. */
export type ReadReport = (report: unknown) => readonly TestOutcome[];

/** What fails although no test does: a file that does not load, a server that does not start. */
function outsideOfAnyTest(where: string, message: string): TestOutcome {
  return {
    title: `${where} (outside of any test)`,
    passed: false,
    seconds: 0,
    message: stripVTControlCharacters(message),
  };
}

/** How to read the reports of a run, by their names in test-results. */
export type Reports = Readonly<Record<string, ReadReport>>;

/** So that what an earlier run has left is not taken for what the next one says. */
export function removeReports(reports: Reports): void {
  for (const name of Object.keys(reports)) rmSync(path.join(resultsRoot, name), { force: true });
}

/** What became of the tests of a run that ended with `code`. That a report is missing is a failure, too. */
export function readReports(reports: Reports, code: number | null): readonly TestOutcome[] {
  const outcomes = Object.entries(reports).flatMap(([name, read]) => readReport(name, read));
  // A run can fail beside its tests; what it printed says how.
  const isExplained = code === 0 || outcomes.some(({ passed }) => !passed);
  return isExplained
    ? outcomes
    : [...outcomes, outsideOfAnyTest('the run', `It ended with the exit code ${String(code)}.`)];
}

function readReport(name: string, read: ReadReport): readonly TestOutcome[] {
  try {
    return read(JSON.parse(readFileSync(path.join(resultsRoot, name), 'utf8')));
  } catch (error) {
    return [outsideOfAnyTest(name, `There is no report of the tests: ${String(error)}`)];
  }
}

/** As much of Vitest's JSON report as is read here. */
interface VitestReport {
  readonly testResults: readonly {
    /** Path of the file. */
    readonly name: string;
    readonly status: 'passed' | 'failed';
    /** Why the file failed as a whole. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo';
      /** Milliseconds. */
      readonly duration?: number | null;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

export const readVitest: ReadReport = (report) =>
  (report as VitestReport).testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.replace(/^.*\/test\//, '');
    const tests = assertionResults
      .filter((test) => test.status === 'passed' || test.status === 'failed')
      .map(({ ancestorTitles, title, status: outcome, duration, failureMessages }) => ({
        title: [file, ...ancestorTitles, title].join(' › '),
        passed: outcome === 'passed',
        seconds: (duration ?? 0) / 1000,
        ...(outcome === 'failed' && {
          message: stripVTControlCharacters((failureMessages ?? []).join('\n')),
        }),
      }));
    const isExplained = tests.some(({ passed }) => !passed);
    return status === 'failed' && !isExplained ? [...tests, outsideOfAnyTest(file, message)] : tests;
  });

/** As much of Playwright's JSON report as is read here. */
interface PlaywrightReport {
  readonly suites: readonly PlaywrightSuite[];
  readonly errors?: readonly PlaywrightError[];
}

interface PlaywrightSuite {
  readonly title: string;
  readonly specs?: readonly PlaywrightSpec[];
  readonly suites?: readonly PlaywrightSuite[];
}

interface PlaywrightSpec {
  readonly title: string;
  readonly tests: readonly {
    readonly projectName: string;
    readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
    readonly results: readonly {
      /** Milliseconds. */
      readonly duration: number;
      readonly errors?: readonly PlaywrightError[];
    }[];
  }[];
}

interface PlaywrightError {
  readonly message?: string;
}

/** A test that passes only when it is repeated has failed. */
export const readPlaywright: ReadReport = (report) => {
  const { suites, errors = [] } = report as PlaywrightReport;
  return [
    ...suites.flatMap((suite) => readSuite(suite, [])),
    ...errors.map((error) => outsideOfAnyTest('the run', error.message ?? 'unknown')),
  ];
};

function readSuite(
  { title, specs = [], suites = [] }: PlaywrightSuite,
  above: readonly string[],
): TestOutcome[] {
  const titles = [...above, title];
  const tests = specs.flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status !== 'skipped')
      .map(({ projectName, status, results }) => {
        const messages = results.flatMap(({ errors = [] }) =>
          errors.map(({ message = 'unknown' }) => message),
        );
        return {
          title: [...titles, spec.title, projectName].filter(Boolean).join(' › '),
          passed: status === 'expected',
          seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
          ...(status !== 'expected' && { message: stripVTControlCharacters(messages.join('\n')) }),
        };
      }),
  );
  return [...tests, ...suites.flatMap((each) => readSuite(each, titles))];
}

/** Reads what test/integration writes. */
export const readIntegration: ReadReport = (report) => {
  if (!Array.isArray(report)) throw new TypeError('Not a report of the integration tests.');
  return report as readonly TestOutcome[];
};
