import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkProperty } from '../../builders/property';
import { PROPERTY_RUNS } from '../../builders/propertyRuns';

const USUAL = PROPERTY_RUNS.labels;

const lines: string[] = [];

beforeEach(() => {
  lines.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  // Whoever repeats a run of all tests does not mean these.
  vi.stubEnv('PROPERTY_SEED', undefined);
  vi.stubEnv('PROPERTY_RUNS', undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Tries a property that holds, and gives its values. */
async function valuesTried(): Promise<readonly number[]> {
  const values: number[] = [];
  await checkProperty(
    'labels',
    fc.property(fc.nat(), (value) => void values.push(value)),
  );
  return values;
}

it('a property is tried as often as the table has it, and its runs and its seed are printed', async () => {
  expect(await valuesTried()).toHaveLength(USUAL);
  expect(lines).toEqual([
    expect.stringMatching(/^Random values for “labels”: seed \d+$/),
    `Property “labels”: ${USUAL} of ${USUAL} runs`,
  ]);
});

it('PROPERTY_SEED repeats the values, and another run has others', async () => {
  const first = await valuesTried();
  expect(await valuesTried()).not.toEqual(first);
  vi.stubEnv('PROPERTY_SEED', /seed (-?\d+)/.exec(lines[0] ?? '')?.[1]);
  expect(await valuesTried()).toEqual(first);
});

it.each([
  ['30', 30],
  ['2x', 2 * USUAL],
  ['0.1x', USUAL / 10],
])('PROPERTY_RUNS=%s tries a property so often', async (wanted, runs) => {
  vi.stubEnv('PROPERTY_RUNS', wanted);
  expect(await valuesTried()).toHaveLength(runs);
});

it.each([
  ['PROPERTY_RUNS', 'many'],
  ['PROPERTY_SEED', '1.5'],
])('%s=%s is refused', async (name, value) => {
  vi.stubEnv(name, value);
  await expect(valuesTried()).rejects.toThrow(name);
});

it('a property that does not hold fails with the smallest value and the seed, and is printed, too', async () => {
  vi.stubEnv('PROPERTY_SEED', '7');
  const failing = checkProperty(
    'labels',
    fc.property(fc.nat(), (value) => value < 100),
  );
  await expect(failing).rejects.toThrow(/PROPERTY_SEED=7\n[^]*seed: 7, path: [^]*Counterexample: \[100\]/);
  expect(lines).toEqual([
    'Random values for “labels”: seed 7',
    expect.stringMatching(new RegExp(`of ${USUAL} runs$`)),
  ]);
});

it('a property that is tried less often than it should be fails', async () => {
  const interrupted = fc.property(fc.nat(), () => {
    throw new fc.PreconditionFailure(true);
  });
  await expect(checkProperty('labels', interrupted)).rejects.toThrow('labels');
});
