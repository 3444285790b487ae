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
  const end = async (name: string, failed = 0): Promise<void> => {
    ends.get(name)?.({ name, seconds: 1, passed: 1, failed });
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
  await end('a', 1);
  await end('c');
  const results = await all;
  expect(begun).toEqual(['a', 'c']);
  expect(log.mock.calls.flat().join('\n')).toContain('b did not run, because a failed');
  expect(results.find(({ name }) => name === 'b')).toMatchObject({ passed: 0, failed: 1 });
  expect(summary(results)).toMatch(/^b .*FAILED \(1 of 1\)$/m);
});
