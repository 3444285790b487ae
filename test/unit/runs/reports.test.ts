import { expect, test } from 'vitest';
import { readPlaywright, readReports, readVitest } from '../../reports';

test('of a report of unit tests, tests are read with their files, and skipped ones are left out', () => {
  const report = {
    testResults: [
      {
        name: '/somewhere/test/unit/a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { ancestorTitles: ['sums'], title: 'adds', status: 'passed', duration: 1_500, failureMessages: [] },
          {
            ancestorTitles: [],
            title: 'divides',
            status: 'failed',
            failureMessages: ['\u001b[31mby zero\u001b[39m'],
          },
          { ancestorTitles: [], title: 'waits', status: 'skipped' },
        ],
      },
    ],
  };
  expect(readVitest(report)).toEqual([
    { title: 'unit/a.test.ts › sums › adds', passed: true, seconds: 1.5 },
    { title: 'unit/a.test.ts › divides', passed: false, seconds: 0, message: 'by zero' },
  ]);
});

test('a file of unit tests that does not load has failed', () => {
  const file = {
    name: '/x/test/unit/a.test.ts',
    status: 'failed',
    message: 'no such module',
    assertionResults: [],
  };
  expect(readVitest({ testResults: [file] })).toMatchObject([{ passed: false, message: 'no such module' }]);
});

/** @returns a report of one test in a browser */
function browserReport(status: string, ...errors: readonly { readonly message: string }[]): unknown {
  const specs = [
    { title: 'enlarges', tests: [{ projectName: '', status, results: [{ duration: 2_000, errors }] }] },
  ];
  return { suites: [{ title: 'fax.test.ts', suites: [{ title: 'zoom', specs }] }], errors: [] };
}

test('of a report of tests in a browser, tests are read with what they are in', () => {
  const title = 'fax.test.ts › zoom › enlarges';
  expect(readPlaywright(browserReport('expected'))).toEqual([{ title, passed: true, seconds: 2 }]);
  expect(readPlaywright(browserReport('unexpected', { message: 'too small' }))).toEqual([
    { title, passed: false, seconds: 2, message: 'too small' },
  ]);
  expect(readPlaywright(browserReport('skipped'))).toEqual([]);
});

test('a test that passes only when it is repeated has failed', () => {
  expect(readPlaywright(browserReport('flaky', { message: 'too small' }))).toMatchObject([{ passed: false }]);
});

test('an error outside of any test is a failure', () => {
  expect(readPlaywright({ suites: [], errors: [{ message: 'no server' }] })).toMatchObject([
    { passed: false, message: 'no server' },
  ]);
});

test('a missing report is a failure', () => {
  expect(readReports({ 'no-such-report.json': readVitest }, 0)).toMatchObject([
    { title: 'no-such-report.json (outside of any test)', passed: false },
  ]);
});

test('a run that ends with an exit code has failed, whatever its tests say', () => {
  expect(readReports({}, 0)).toEqual([]);
  expect(readReports({}, 1)).toMatchObject([{ passed: false, message: 'It ended with the exit code 1.' }]);
  expect(readReports({}, null)).toMatchObject([{ passed: false }]);
});
