/**
 * `npm run test:quick`: the checks to run after each small change, namely types, lint and format of the changed files, and
 * unit tests. `npm test` runs all checks.
 */
import { readVitest } from './reports';
import { runStages, summary, type Stage } from './stages';

/** The longest first, so that both cores are busy until the end. */
const stages: readonly Stage[] = [
  { script: ['test:unit'], reports: { 'unit.json': readVitest } },
  { script: ['test:changed'] },
  { script: ['test:types'] },
];

async function main(): Promise<void> {
  const results = await runStages(stages, 2);
  console.log(`\n──── summary ────\n${summary(results)}`);
  if (results.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
}

void main();
