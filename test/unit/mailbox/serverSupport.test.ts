import { describe, expect, it } from 'vitest';
import { ApiError, NetworkError } from '../../../src/api/errors';
import { alternatives, type OptionalParameters } from '../../../src/mailbox/sync/serverSupport';
import { alive, count, openUnsynchronized, synchronize } from './openEmulator';
import { pass } from './passTime';
import { IN_MEMORY } from './stores';

const DAY = 24 * 60 * 60_000;

const SENT: OptionalParameters = {
  dateFrom: '2000-01-01T00:00:00.000Z',
  owner: 'Any',
  pageSize: 250,
  availability: ['Deleted'],
};

/** What is tried first after this refusal. */
function first(details: ConstructorParameters<typeof ApiError>[0]): object | undefined {
  return alternatives({ features: {} }, SENT, new ApiError(details))[0];
}

describe('what is tried after a refusal', () => {
  it.each([
    [
      'the parameter by its name',
      { status: 400, errorCode: 'CMN-101', parameter: 'owner' },
      { refused: ['owner'] },
    ],
    [
      'the parameter, whatever is around its name',
      { status: 400, errorCode: 'CMN-101', parameter: 'query.owner[0]' },
      { refused: ['owner'] },
    ],
    [
      'the parameter, as one that is not found',
      { status: 404, errorCode: 'CMN-102', parameter: 'owner' },
      { refused: ['owner'] },
    ],
    [
      'the parameter, with 403',
      { status: 403, errorCode: 'CMN-101', parameter: 'perPage' },
      { largestPage: 100 },
    ],
    [
      'the number of records',
      { status: 400, errorCode: 'CMN-101', parameter: 'recordCount' },
      { largestPage: 100 },
    ],
    ['a missing feature', { status: 403, errorCode: 'CMN-109' }, { refused: ['owner'] }],
    ['a missing feature, with 400', { status: 400, errorCode: 'CMN-109' }, { refused: ['owner'] }],
    [
      'a missing permission',
      { status: 403, errorCode: 'CMN-408', permission: 'SharedVoicemail' },
      { refused: ['owner'] },
    ],
    ['another code', { status: 403, errorCode: 'MSG-999' }, { refused: ['owner'] }],
  ] as const)('that names %s', (_what, details, support) => {
    expect(first(details)).toMatchObject(support);
  });

  it.each([
    [new ApiError({ status: 400, errorCode: 'CMN-101', parameter: 'syncType' })],
    [new ApiError({ status: 404, errorCode: 'CMN-102', parameter: 'extensionId' })],
    [new ApiError({ status: 500, errorCode: 'CMN-201' })],
    [new ApiError({ status: 429, errorCode: 'CMN-301' })],
    [new ApiError({ status: 401, errorCode: 'OAU-128' })],
    [new NetworkError({ host: 'platform.example', failure: 'reset' })],
  ])('is nothing if that is no matter of what was asked for: %s', (error) => {
    expect(alternatives({ features: {} }, SENT, error)).toEqual([]);
  });
});

it('of two things that a server refuses without naming them, no more is given up than is refused', async () => {
  const opened = await openUnsynchronized(IN_MEMORY.create(), { messages: 600, impatient: true });
  const { mailbox, admin } = opened;
  await admin.deviate({ refused: { owner: 'unnamed', recordCount: 'unnamed' } });
  await synchronize(mailbox);
  const { refused, largestPage, longestPast } = mailbox.store.syncState()?.server ?? {};
  expect({ refused, largestPage, longestPast }).toEqual({ refused: ['owner'], largestPage: 100 });
  expect(count(opened)).toBeGreaterThan(590);
});

it('what a server has refused once is asked for again after a week', async () => {
  const { mailbox, admin } = await openUnsynchronized(IN_MEMORY.create(), { messages: 20 });
  await admin.fail({ status: 403, errorCode: 'CMN-408', path: '/message-sync' });
  await synchronize(mailbox);
  const asksForShared = (): boolean => !mailbox.store.syncState()?.server?.refused;
  expect(asksForShared()).toBe(false);
  pass(8 * DAY);
  await mailbox.refresh();
  await expect.poll(asksForShared).toBe(true);
});

it('a server that lists nothing has its mailbox shown whole, but for what was deleted before', async () => {
  const opened = await openUnsynchronized(IN_MEMORY.create());
  await opened.admin.fail({ status: 405, errorCode: 'CMN-101', path: 'perPage=', count: 1_000 });
  await synchronize(opened.mailbox);
  expect(alive(opened).length).toBeGreaterThan(100);
  // The texts of voicemails come all the same.
  await expect
    .poll(async () => (await opened.admin.requests()).some(({ path }) => path.includes('/content/')))
    .toBe(true);
});

it('a list that is refused in vain does not keep a named parameter from being left out', async () => {
  const { mailbox, admin } = await openUnsynchronized(IN_MEMORY.create());
  await admin.fail({ status: 403, errorCode: 'CMN-401', path: 'perPage=', count: 1_000 });
  await synchronize(mailbox);
  await admin.deviate({ refused: { owner: 'named' } });
  await admin.invalidateSyncTokens();
  await mailbox.refresh();
  expect(mailbox.store.syncState()?.server?.refused).toEqual(['owner']);
});

it('a database of the version before is not fetched anew, if its features are as they were taken to be', async () => {
  const { mailbox, admin } = await openUnsynchronized(IN_MEMORY.create());
  await synchronize(mailbox);
  const { server: _unknown, ...state } = mailbox.store.syncState() ?? expect.unreachable();
  mailbox.store.apply({ sync: state });
  await mailbox.refresh();
  await mailbox.refresh();
  await expect.poll(() => mailbox.store.syncState()?.server?.features['SharedVoicemail']).toBe(true);
  expect(mailbox.store.syncState()?.generation).toBe(state.generation);
  expect((await admin.requests()).filter(({ query }) => query['syncType']?.[0] === 'FSync')).toHaveLength(1);
});

it('a server that refuses whatever it is asked is not asked everything each time', async () => {
  const { mailbox, admin } = await openUnsynchronized(IN_MEMORY.create());
  await admin.fail({ status: 400, errorCode: 'CMN-101', path: '/message-sync', count: 1_000 });
  const synchronizations = async (): Promise<number> =>
    (await admin.requests()).filter(({ path }) => path.endsWith('/message-sync')).length;
  await expect(mailbox.refresh()).rejects.toMatchObject({ kind: 'invalidParameter' });
  const atFirst = await synchronizations();
  expect(atFirst).toBeLessThan(20);
  for (let refreshes = 1; refreshes <= 3; refreshes++) {
    await expect(mailbox.refresh()).rejects.toMatchObject({ kind: 'invalidParameter' });
    expect(await synchronizations()).toBe(atFirst + refreshes);
  }
  await admin.clearFaults();
  await mailbox.refresh();
  expect(mailbox.store.isEmpty).toBe(false);
});
