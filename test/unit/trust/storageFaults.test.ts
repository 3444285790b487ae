import { describe, expect, test, vi } from 'vitest';
import { seedOfRun } from '../../builders/property';
import { bundleWindow, runKillScenario } from './killScenario';
import { ErrorSentences } from './errorSentences';
import { STORAGE_FAULTS } from './storageFaults';
import { runFullDiskScenario, runStorageScenario, type StorageSeen } from './storageScenario';
import { table } from '../../builders/writtenDocument';
import { trustDocument } from './trustDocument';

vi.mock('vscode', () => import('../fakeVscode'));

const KILLED_WINDOWS = 8;

const FULL_DISK = 'The disk is full';
const KILLED = 'The process is killed (kill -9) while it sends changes';

const seenOf = new Map<string, StorageSeen>();

describe('while something is wrong with the files of messages', () => {
  test.each(
    STORAGE_FAULTS.filter(({ isPossible = true }) => isPossible).map((fault) => [fault.name, fault] as const),
  )('all messages are shown, and changes are kept or counted: %s', async (name, fault) => {
    const seen = await runStorageScenario(fault);
    seenOf.set(name, seen);
    expect(seen.told).toMatch(fault.tells ?? /^nothing$/);
  });

  test('a change that finds no room on the disk is refused as a whole, and nothing is lost', async () => {
    const seen = await runFullDiskScenario(new ErrorSentences());
    seenOf.set(FULL_DISK, seen);
    expect(seen.told).toMatch(/^The disk is full\. Free up some space/);
  });
});

test('a window that is killed has lost nothing of what it had kept, and another one goes on', async () => {
  const seed = seedOfRun('killed windows');
  const script = await bundleWindow();
  // All at a time, for each of those that go on waits until the one before must be gone.
  const kept = await Promise.all(
    Array.from({ length: KILLED_WINDOWS }, (_, index) => runKillScenario(script, seed + index)),
  );
  console.log(`Windows were killed after ${kept.join(', ')} changes`);
  expect(kept).toHaveLength(KILLED_WINDOWS);
  seenOf.set(KILLED, { told: 'nothing', changes: `all that were kept are made, ${KILLED_WINDOWS} times` });
});

// Not all of it can be brought about elsewhere.
test.skipIf(process.platform !== 'linux')('docs/trust.md tells what is seen of files and processes', () => {
  const names = [...STORAGE_FAULTS.map(({ name }) => name), FULL_DISK, KILLED];
  const rows = names.map((name) => {
    const seen = seenOf.get(name);
    if (!seen) throw new Error('Only all tests of this file together can tell what is seen.');
    const fault = STORAGE_FAULTS.find((each) => each.name === name);
    const expected =
      fault?.changes === 'lost' ? 'changes are lost, the rest is fetched again' : 'nothing is lost';
    return [name, expected, seen.changes, seen.told];
  });
  trustDocument.expectPart(
    'files',
    table(['What is wrong', 'Expected', 'Seen: unsent changes', 'Seen: people are told'], rows),
  );
  expect(rows.length).toBeGreaterThan(10);
});
