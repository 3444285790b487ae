import { expect, test } from 'vitest';
import { addRun, soakTable } from '../../soak/soakTable';

test('adds up runs and failures of each test and keeps the slowest run', () => {
  const once = addRun({}, 'e2e', [
    { title: 'fax.test.ts › zoom › enlarges', passed: true, seconds: 2 },
    { title: 'fax.test.ts › zoom › shrinks', passed: true, seconds: 0.5 },
  ]);
  const twice = addRun(once, 'e2e', [
    { title: 'fax.test.ts › zoom › enlarges', passed: false, seconds: 1, message: 'too small' },
    { title: 'fax.test.ts › zoom › shrinks', passed: true, seconds: 0.7 },
  ]);
  expect(twice).toEqual({
    'e2e › fax.test.ts › zoom › enlarges': { runs: 2, failures: 1, slowest: 2 },
    'e2e › fax.test.ts › zoom › shrinks': { runs: 2, failures: 0, slowest: 0.7 },
  });
  expect(soakTable(twice)).toMatch(
    / 2 +1 +2\.0 s {2}e2e › fax\.test\.ts › zoom › enlarges\n.* 2 +0 +0\.7 s .*shrinks\n\n2 tests, 1 failures/,
  );
});
