import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MODEL_RUNS } from './modelRuns';
import { EACH_STORE } from './stores';
import type { OperationKind } from '../../../src/mailbox/outbox/operation';
import { type ServerChange, World } from './world';

/** More for whoever hunts for something. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? MODEL_RUNS);

/** Milliseconds, for a machine that is busy with other things: a run takes a fraction of a second on one that is not. */
const TIME_LIMIT = 60_000 + RUNS * 10_000;

interface Step {
  readonly name: string;
  run(world: World): unknown;
}

const DAY = 24 * 60 * 60;

const index = fc.nat(30);
const count = fc.integer({ min: 1, max: 5 });

const deliver = fc
  .record({
    type: fc.constantFrom('SMS', 'SMS', 'Pager', 'VoiceMail', 'Fax'),
    conversation: fc.nat(2),
    readStatus: fc.constantFrom('Read', 'Unread'),
    availability: fc.constantFrom('Alive', 'Alive', 'Alive', 'Deleted', 'Purged'),
    count,
  })
  .map(({ type, conversation, count, ...fields }): Step => {
    const isThreaded = type === 'SMS' || type === 'Pager';
    const message = { ...fields, type, ...(isThreaded && { conversationId: String(7_000 + conversation) }) };
    return {
      name: `deliver(${JSON.stringify(message)}, ${count})`,
      run: (world) => world.deliver(message, count),
    };
  });

const changeAtServer = fc
  .tuple(fc.constantFrom<ServerChange[]>('read', 'unread', 'delete', 'delete', 'restore', 'purge'), index)
  .map(([change, at]): Step => ({
    name: `changeAtServer(${change}, ${at})`,
    run: (world) => world.changeAtServer(change, at),
  }));

const act = fc
  .tuple(
    fc.constantFrom<OperationKind[]>(
      'markRead',
      'markUnread',
      'delete',
      'delete',
      'restore',
      'deletePermanently',
      'deleteConversation',
      'deleteConversation',
    ),
    index,
    count,
  )
  .map(([action, at, many]): Step => ({
    name: `act(${action}, ${at}, ${many})`,
    run: (world) => world.act(action, at, many),
  }));

const actAgainst = fc
  .tuple(
    fc.constantFrom<OperationKind[]>(
      'markRead',
      'delete',
      'restore',
      'deletePermanently',
      'deleteConversation',
    ),
    fc.constantFrom<ServerChange[]>('unread', 'delete', 'restore', 'purge'),
    index,
  )
  .map(([action, change, at]): Step => ({
    name: `actAgainst(${action}, ${change}, ${at})`,
    run: (world) => world.actAgainst(action, change, at),
  }));

const passTime = fc
  .constantFrom(1, 10, 3 * DAY, 6 * DAY, 11 * DAY)
  .map((seconds): Step => ({ name: `passTime(${seconds})`, run: (world) => world.passTime(seconds) }));

const fail = fc
  .tuple(
    fc.constantFrom('reset' as const, 'lostAnswer' as const, 'truncate' as const, 'error' as const),
    fc.constantFrom('DELETE', 'DELETE', 'PUT', 'PATCH', 'GET'),
    fc.constantFrom(502, 503),
  )
  .map(([kind, method, status]): Step => ({
    name: `fail(${kind}, ${method}, ${status})`,
    run: (world) => world.fail(kind, method, status),
  }));

const refresh = fc.constant<Step>({ name: 'refresh()', run: (world) => world.refresh() });
const settle = fc.constant<Step>({ name: 'settle()', run: (world) => world.settle() });
const restart = fc.constant<Step>({ name: 'restart()', run: (world) => world.restart() });
const clear = fc.constant<Step>({ name: 'clear()', run: (world) => world.clear() });
const clearElsewhere = fc.constant<Step>({
  name: 'clearElsewhere()',
  run: (world) => world.clearElsewhere(),
});
const crash = fc.constant<Step>({ name: 'crash()', run: (world) => world.crash() });
const refuseTokens = fc.constant<Step>({ name: 'refuseTokens()', run: (world) => world.refuseTokens() });
const setOffline = fc.boolean().map((isOffline): Step => ({
  name: `setOffline(${isOffline})`,
  run: (world) => world.setOffline(isOffline),
}));

const step = fc.oneof(
  { weight: 4, arbitrary: deliver },
  { weight: 4, arbitrary: changeAtServer },
  { weight: 8, arbitrary: act },
  { weight: 3, arbitrary: actAgainst },
  { weight: 1, arbitrary: passTime },
  { weight: 3, arbitrary: fail },
  { weight: 3, arbitrary: refresh },
  { weight: 3, arbitrary: settle },
  { weight: 1, arbitrary: restart },
  { weight: 1, arbitrary: crash },
  { weight: 1, arbitrary: clear },
  { weight: 1, arbitrary: clearElsewhere },
  { weight: 1, arbitrary: refuseTokens },
  { weight: 1, arbitrary: setOffline },
);

const steps = fc
  .array(step, { minLength: 8, maxLength: 30 })
  .map((list) => Object.assign(list, { [fc.toStringMethod]: () => list.map(({ name }) => name).join('; ') }));

describe.each(EACH_STORE)('a mailbox (%s)', (_name, kind) => {
  it(
    'agrees with the server after any sequence of events, and loses no message that nobody chose to lose',
    async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (list) => {
          const world = await World.open(kind.create());
          try {
            for (const each of list) await each.run(world);
            await world.expectAgreement();
          } finally {
            await world.close();
          }
        }),
        {
          numRuns: RUNS,
          endOnFailure: false,
          plugins: [
            fc.interruptAfterTimeLimit(TIME_LIMIT, { failOnInterrupt: true }),
            () => ({
              onAllRunsComplete: async (details) => {
                console.log(`Random sequences ${kind.name}: ${details.numRuns} of ${RUNS}`);
                if (details.failed) throw new Error(await fc.asyncDefaultReportMessage(details));
                expect(details.numRuns).toBe(RUNS);
              },
            }),
          ],
        },
      );
    },
    2 * TIME_LIMIT,
  );
});
