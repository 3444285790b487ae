import { expect, test } from 'vitest';
import { addRun, soakTable } from '../../soak/soakTable';

function report(
  ...tests: readonly (readonly [title: string, status: string, milliseconds: number])[]
): unknown {
  const specs = tests.map(([title, status, duration]) => ({
    title,
    tests: [{ projectName: '', status, results: [{ duration }] }],
  }));
  return { suites: [{ title: 'fax.test.ts', suites: [{ title: 'zoom', specs }] }], errors: [] };
}

test('adds up runs and failures of each test and keeps the slowest run', () => {
  const once = addRun({}, 'e2e', report(['enlarges', 'expected', 2_000], ['shrinks', 'expected', 500]));
  const twice = addRun(once, 'e2e', report(['enlarges', 'unexpected', 1_000], ['shrinks', 'expected', 700]));
  expect(twice).toEqual({
    'e2e › fax.test.ts › zoom › enlarges': { runs: 2, failures: 1, slowest: 2 },
    'e2e › fax.test.ts › zoom › shrinks': { runs: 2, failures: 0, slowest: 0.7 },
  });
  expect(soakTable(twice)).toMatch(
    / 2 +1 +2\.0 s {2}e2e › fax\.test\.ts › zoom › enlarges\n.* 2 +0 +0\.7 s .*shrinks\n\n2 tests, 1 failures/,
  );
});

test('counts a test that passes only when it is repeated as failed', () => {
  expect(addRun({}, 'e2e', report(['enlarges', 'flaky', 1]))).toMatchObject({
    'e2e › fax.test.ts › zoom › enlarges': { failures: 1 },
  });
});

test('counts a run without a report, or with an error outside of any test, as a failure of the suite', () => {
  const failed = { 'e2e (outside of any test)': { runs: 1, failures: 1, slowest: 0 } };
  expect(addRun({}, 'e2e', undefined)).toEqual(failed);
  expect(addRun({}, 'e2e', { suites: [], errors: [{ message: 'no server' }] })).toEqual(failed);
});
