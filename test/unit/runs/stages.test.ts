import { expect, onTestFinished, test, vi } from 'vitest';
import { runStages, summary, type Stage, type StageResult } from '../../stages';

/** Runs stages that last until they are told to end. @returns what has begun, and how to end one */
function controlled() {
  const begun: string[] = [];
  const ends = new Map<string, (result: StageResult) => void>();
  const run = ({ script: [name] }: Stage): Promise<StageResult> => {
    begun.push(name);
    return new Promise((resolve) => ends.set(name, resolve));
  };
  const end = async (name: string, ...failures: StageResult['failures']): Promise<void> => {
    ends.get(name)?.({ name, seconds: 1, passed: 1, failures });
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, run, end };
}

test('stages run in the order given, no more of them at once than allowed', async () => {
  const { begun, run, end } = controlled();
  const all = runStages([{ script: ['a'] }, { script: ['b'] }, { script: ['c'] }], 2, run);
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  await end('a');
  await end('c');
  expect((await all).map(({ name }) => name)).toEqual(['b', 'a', 'c']);
});

test('a stage waits for what it needs, and another takes its turn meanwhile', async () => {
  const { begun, run, end } = controlled();
  const all = runStages([{ script: ['a'] }, { script: ['b'], needs: ['a'] }, { script: ['c'] }], 2, run);
  expect(begun).toEqual(['a', 'c']);
  await end('a');
  expect(begun).toEqual(['a', 'c', 'b']);
  await end('b');
  await end('c');
  await all;
});

test('a stage whose need failed does not run and counts as failed, and the others run all the same', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  onTestFinished(() => log.mockRestore());
  const { begun, run, end } = controlled();
  const all = runStages([{ script: ['a'] }, { script: ['b'], needs: ['a'] }, { script: ['c'] }], 1, run);
  await end('a', { title: 'reads a file' });
  await end('c');
  const results = await all;
  expect(begun).toEqual(['a', 'c']);
  expect(log.mock.calls.flat().join('\n')).toContain('b did not run, because a failed');
  expect(results.find(({ name }) => name === 'b')).toMatchObject({
    passed: 0,
    failures: [{ title: 'did not run, because a failed' }],
  });
  expect(summary(results)).toMatch(/^b .*FAILED \(1 of 1\)$/m);
});

test('the summary names what failed and repeats the beginning of why', () => {
  const message = ['expected 1 to be 2', ...Array.from({ length: 40 }, (_, line) => `at ${line}`)].join('\n');
  const text = summary([
    { name: 'test:unit', seconds: 1, passed: 2, failures: [{ title: 'a.test.ts › adds', message }] },
    { name: 'test:lint', seconds: 1, passed: 1, failures: [] },
  ]);
  expect(text).toMatch(
    /FAILED \(1 of 3\)\n.*passed \(1\)\n\nFAILED test:unit › a\.test\.ts › adds\n {4}expected 1 to be 2\n/,
  );
  expect(text).not.toContain('at 20');
});
