import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mailbox } from '../../../src/mailbox/mailbox';
import { checkProperty } from '../../builders/property';
import { FakeClock } from '../api/fakes';
import { WallClock } from '../trust/wallClock';
import { type EmulatedMailbox, notPurged, openUnsynchronized, shown, synchronize } from './openEmulator';
import { IN_SQLITE } from './stores';

const HOUR = 3_600_000;
const CONVERSATIONS = ['7000', '7001', '7002'] as const;

type Availability = 'Alive' | 'Deleted' | 'Purged';

/** Something that is deleted: of which messages, by their places, and in which of two windows. */
interface Deletion {
  readonly kind: 'delete' | 'deletePermanently' | 'deleteConversation';
  readonly chosen: readonly number[];
  readonly conversation: number;
  readonly window: 0 | 1;
  readonly isAwaited: boolean;
}

/** What goes wrong from some moment on. */
interface Trouble {
  readonly kind: 'reset' | 'lostAnswer' | 'truncate' | 'error';
  readonly status: number;
  readonly errorCode: string;
  readonly method: 'DELETE' | 'GET';
  readonly skip: number;
  readonly count: number;
}

const deletion: fc.Arbitrary<Deletion> = fc.record({
  kind: fc.constantFrom('delete', 'delete', 'deletePermanently', 'deleteConversation'),
  chosen: fc.oneof(
    fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 8 }),
    // More than go into one request.
    fc.uniqueArray(fc.nat(200), { minLength: 60, maxLength: 120 }),
  ),
  conversation: fc.nat(CONVERSATIONS.length - 1),
  window: fc.constantFrom(0, 1),
  isAwaited: fc.boolean(),
});

const trouble: fc.Arbitrary<Trouble> = fc
  .record({
    kind: fc.constantFrom('lostAnswer', 'lostAnswer', 'truncate', 'reset', 'error'),
    refusal: fc.constantFrom([503, 'CMN-201'], [502, ''], [401, 'OAU-129'], [429, 'CMN-301'], [504, '']),
    method: fc.constantFrom('DELETE', 'DELETE', 'DELETE', 'GET'),
    skip: fc.constantFrom(0, 0, 1, 2),
    count: fc.integer({ min: 1, max: 3 }),
  } as const)
  .map(({ refusal: [status, errorCode], ...rest }) => ({
    ...rest,
    status,
    errorCode,
  }));

const story = fc.record({
  /** How many messages there are in each conversation, and in none. */
  sizes: fc.tuple(fc.integer({ min: 1, max: 70 }), fc.nat(20), fc.nat(5), fc.nat(10)),
  deleted: fc.nat(10),
  deletions: fc.array(
    fc.record({
      deletion,
      trouble: fc.option(trouble),
      clock: fc.constantFrom(0, 0, HOUR, -HOUR, 240 * HOUR, -240 * HOUR),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  dropsBodies: fc.boolean(),
});

describe('deletions', () => {
  it('delete exactly what was chosen, whatever goes wrong, in whichever window and at whatever time', async () => {
    const runs = await checkProperty(
      'deletions',
      fc.asyncProperty(story, async ({ sizes, deleted, deletions, dropsBodies }) => {
        const clock = new WallClock();
        const openStore = IN_SQLITE.create();
        const opened = await openUnsynchronized(openStore, {
          messages: 0,
          settledAfter: 0,
          clock: new FakeClock(),
          now: clock.right,
        });
        const windows = [opened.mailbox, opened.openAnother({ ...openStore(), settledAfter: 0 })] as const;
        try {
          await opened.admin.deliverAll([
            ...sizes.flatMap((count, index) =>
              Array.from({ length: count }, () => {
                const conversationId = CONVERSATIONS[index];
                return conversationId === undefined ? { type: 'VoiceMail' } : { conversationId };
              }),
            ),
            ...Array.from({ length: deleted }, () => ({ type: 'Fax', availability: 'Deleted' })),
          ]);
          await synchronize(opened.mailbox);
          for (const mailbox of windows) await isUpToDate(opened, mailbox);
          const wanted = (await opened.serverState()) as Record<string, Availability>;
          if (dropsBodies) opened.network.dropBodiesOf('DELETE');
          for (const { deletion: each, trouble: fault, clock: offset } of deletions) {
            clock.set(offset);
            if (fault) await opened.admin.fail(fault);
            const outcome = choose(windows[each.window], each, wanted)?.();
            if (each.isAwaited) await outcome;
          }
          await opened.admin.clearFaults();
          await expect
            .poll(async () => {
              await Promise.all(windows.map((mailbox) => mailbox.refresh()));
              return windows[0].waitingCount;
            })
            .toBe(0);
          expect(await opened.serverState()).toEqual(wanted);
          for (const mailbox of windows) await isUpToDate(opened, mailbox);
        } finally {
          clock.set(0);
          await opened.close();
        }
      }),
    );
    expect(runs).toBeGreaterThan(0);
  });
});

/** Waits until a window shows what the server has. */
async function isUpToDate(opened: EmulatedMailbox, mailbox: Mailbox): Promise<void> {
  const kept = notPurged(await opened.serverState());
  await expect.poll(() => shown({ mailbox })).toEqual(kept);
}

/**
 * What a deletion is to do, as somebody chooses it from what is shown and not yet chosen; `wanted` becomes what the server is to
 * have then. Undefined if there is nothing to choose.
 */
function choose(
  mailbox: Mailbox,
  { kind, chosen, conversation }: Deletion,
  wanted: Record<string, Availability>,
): (() => Promise<unknown>) | undefined {
  const { actions, store } = mailbox;
  const isAlive = (id: string): boolean => wanted[id] === 'Alive';
  if (kind === 'deleteConversation') {
    const conversationId = CONVERSATIONS[conversation] ?? '';
    const ids = store.ids({ availability: 'Alive', filter: { conversationId } }).filter(isAlive);
    if (ids.length === 0) return undefined;
    for (const id of ids) wanted[id] = 'Deleted';
    return () => actions.deleteConversation(conversationId, ids);
  }
  const from = Object.keys(wanted).filter((id) =>
    kind === 'delete' ? isAlive(id) : wanted[id] !== 'Purged',
  );
  const ids = [...new Set(chosen.flatMap((place) => from[place % Math.max(1, from.length)] ?? []))];
  if (ids.length === 0) return undefined;
  for (const id of ids) wanted[id] = kind === 'delete' ? 'Deleted' : 'Purged';
  return () => actions[kind](ids);
}
