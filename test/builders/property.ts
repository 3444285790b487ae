import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { PROPERTY_RUNS, type PropertyName } from './propertyRuns';

/** Milliseconds after which it is ended, with what was found by then: before the runner ends the test, and tells nothing. */
const TIME_LIMIT = 240_000;

/** UTF-16 units of a report of fast-check, which begins with what is needed to repeat the run; values may be megabytes. */
const LONGEST_REPORT = 5_000;

/**
 * Tries a property with random values, as often as `PROPERTY_RUNS` has it, and prints by which seed and how often that was
 * done, the seed before it begins, should it never end. Seeds are new each time, for that finds what those before have not found; `PROPERTY_SEED=123` takes that one, so that
 * the same values come again. `PROPERTY_RUNS=20000` tries each property so often, `PROPERTY_RUNS=10x` ten times as often as
 * usual, `PROPERTY_RUNS=0.1x` a tenth as often.
 * @returns how often it was tried
 * @throws Error with the smallest values that were found to fail, and with the seed; or if fewer runs were done
 */
export async function checkProperty<Values extends unknown[]>(
  name: PropertyName,
  property: fc.IProperty<Values> | fc.IAsyncProperty<Values>,
): Promise<number> {
  const numRuns = runsOf(name);
  const seed = seedOfRun(name);
  // The types of fast-check know a property that waits from one that does not, and nothing of one that may be either.
  const details = await fc.check(property as fc.IAsyncProperty<Values>, {
    numRuns,
    seed,
    plugins: [fc.interruptAfterTimeLimit(TIME_LIMIT)],
  });
  console.log(`Property “${name}”: ${details.numRuns} of ${numRuns} runs`);
  const repeat = `To repeat it: PROPERTY_SEED=${seed}`;
  if (details.failed) {
    const report = await fc.asyncDefaultReportMessage(details);
    throw new Error(`The property “${name}” does not hold. ${repeat}\n${report.slice(0, LONGEST_REPORT)}`, {
      cause: details.errorInstance,
    });
  }
  if (details.interrupted || details.numRuns < numRuns) {
    throw new Error(`The property “${name}” was tried ${details.numRuns} times only. ${repeat}`);
  }
  return details.numRuns;
}

function runsOf(name: PropertyName): number {
  const usual = PROPERTY_RUNS[name];
  const wanted = process.env['PROPERTY_RUNS'];
  if (wanted === undefined) return usual;
  const [, number, times] = /^(\d+|\d*\.\d+(?=x))(x?)$/.exec(wanted) ?? [];
  if (number === undefined) throw new Error('PROPERTY_RUNS is a number, or one with an “x” behind it.');
  return Math.max(1, Math.round(times ? Number(number) * usual : Number(number)));
}

/**
 * A seed for random values, other ones each time unless `PROPERTY_SEED` says which; it is printed.
 * @param name what the values are for
 */
export function seedOfRun(name: string): number {
  const wanted = process.env['PROPERTY_SEED'] ?? String(randomInt(2 ** 31));
  if (!/^-?\d+$/.test(wanted)) throw new Error('PROPERTY_SEED is a whole number.');
  console.log(`Random values for “${name}”: seed ${wanted}`);
  return Number(wanted);
}
