/** `npm test`: every check and every suite, whatever the others say, and one line that sums them up. */
import { readIntegration, readPlaywright, readVitest } from './reports';
import { runStages, summary, type Stage } from './stages';
import { BUILT } from './workbench/build';

/**
 * The long ones first, and late those that use both cores evenly: the unit tests end with one long file. So both cores are busy
 * until the end.
 */
const stages: readonly Stage[] = [
  { script: ['test:prepare'] },
  { script: ['test:types'] },
  { script: ['test:e2e'], needs: ['test:prepare'], reports: { 'e2e.json': readPlaywright } },
  { script: ['test:unit'], reports: { 'unit.json': readVitest } },
  { script: ['test:unit:node22'], reports: { 'unit-node22.json': readVitest } },
  {
    script: ['test:integration'],
    needs: ['test:prepare'],
    reports: { 'integration.json': readIntegration, 'integration-oldest.json': readIntegration },
  },
  { script: ['test:pages'], needs: ['test:prepare'], reports: { 'pages.json': readPlaywright } },
  { script: ['test:package'], needs: ['test:prepare'], reports: { 'package.json': readPlaywright } },
  { script: ['test:lint'] },
  { script: ['test:format'] },
];

/** More would not be faster on two cores; each suite that waits much has workers of its own. */
const AT_ONCE = 2;

async function main(): Promise<void> {
  const start = performance.now();
  process.env[BUILT] = '1';
  const results = await runStages(stages, AT_ONCE);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failures.length, 0);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `\n──── summary ────\n${summary(results)}\n\nall stages: ${seconds} s\n\n${passed} passed, ${failed} failed`,
  );
  if (failed > 0) process.exitCode = 1;
}

void main();
