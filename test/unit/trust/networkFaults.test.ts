import { describe, expect, test, vi } from 'vitest';
import type { AffectedRequest } from './faultyNetwork';
import { runFaultScenario, type Seen } from './faultScenario';
import { CLOCK_FAULTS, type FaultCase, NETWORK_FAULTS, SLOW_FAULTS, TOKEN_FAULTS } from './networkFaults';
import { ErrorSentences } from './errorSentences';
import { table } from '../../builders/writtenDocument';
import { trustDocument } from './trustDocument';

vi.mock('vscode', () => import('../fakeVscode'));

/** How what becomes of changes is written: as what is expected, and as what was seen. */
const CHANGES = {
  made: { expected: 'changes are made', seen: /^\d+ made$/ },
  wait: { expected: 'changes wait', seen: /^(\d+ made, )?\d+ wait/ },
  refused: { expected: 'a refusal is told', seen: / refused/ },
} as const;

const HEAD = ['What is wrong', 'Expected', 'Seen: refresh', 'Seen: changes', 'Seen: attachment'];

const sentences = new ErrorSentences();
const seenOf = new Map<FaultCase, Seen>();

async function tryFault(fault: FaultCase): Promise<void> {
  const { name, make, options, penalty = 0, ...expected } = fault;
  const { seen, affectedRequests } = await runFaultScenario(sentences, await make(), options);
  seenOf.set(fault, seen);
  const { changes, ...others } = seen;
  expect(others, name).toEqual({ refresh: expected.refresh, attachment: expected.attachment });
  expect(changes, name).toMatch(CHANGES[expected.changes].seen);
  const waits = waitsBetween(affectedRequests);
  if (penalty > 0) expect(waits.length, name).toBeGreaterThan(0);
  for (const wait of waits) expect(wait, name).toBeGreaterThanOrEqual(penalty * 1000);
}

/** Milliseconds between two requests of one kind, whose limits are surely counted together. */
function waitsBetween(requests: readonly AffectedRequest[]): readonly number[] {
  const byKind = Map.groupBy(requests, ({ method, path }) => `${method} ${path.includes('/content/')}`);
  return [...byKind.values()].flatMap((those) =>
    those.slice(1).map(({ time }, index) => time - (those[index]?.time ?? 0)),
  );
}

function rowsOf(faults: readonly FaultCase[]): readonly (readonly string[])[] {
  return faults.map((fault) => {
    const seen = seenOf.get(fault);
    if (!seen) throw new Error('Only all tests of this file together can tell what is seen.');
    const wait = fault.penalty === undefined ? '' : `, and ${fault.penalty} s pass between requests`;
    return [
      fault.name,
      `${CHANGES[fault.changes].expected}${wait}`,
      seen.refresh,
      seen.changes,
      seen.attachment,
    ];
  });
}

describe('while something is wrong on the way to RingCentral', () => {
  test.each([...NETWORK_FAULTS, ...TOKEN_FAULTS].map((fault) => [fault.name, fault] as const))(
    'nothing is lost, and nothing else is changed: %s',
    (_name, fault) => tryFault(fault),
  );

  test('nothing is lost, and nothing else is changed where one waits in vain', async () => {
    await Promise.all(SLOW_FAULTS.map(tryFault));
    expect(SLOW_FAULTS).toHaveLength(3);
  });
});

describe('while the clock of this computer is wrong', () => {
  test.each(CLOCK_FAULTS.map((fault) => [fault.name, fault] as const))(
    'nothing is lost, and nothing else is changed: %s',
    (_name, fault) => tryFault(fault),
  );
});

test('docs/trust.md tells what is seen of the network and of clocks', () => {
  trustDocument.expectPart(
    'network',
    table(HEAD, rowsOf([...NETWORK_FAULTS, ...SLOW_FAULTS, ...TOKEN_FAULTS])),
  );
  trustDocument.expectPart('clocks', table(HEAD, rowsOf(CLOCK_FAULTS)));
  trustDocument.expectPart('sentences', table(['In the tables', 'What people are told'], sentences.all));
  expect(sentences.all.length).toBeGreaterThan(5);
});
