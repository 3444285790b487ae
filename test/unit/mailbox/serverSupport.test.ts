import { describe, expect, it } from 'vitest';
import { ApiError, NetworkError } from '../../../src/api/errors';
import { alternatives, type OptionalParameters } from '../../../src/mailbox/sync/serverSupport';
import { openUnsynchronized } from './openEmulator';
import { IN_MEMORY } from './stores';

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

it('a server that refuses whatever it is asked is not asked everything each time', async () => {
  const { mailbox, admin } = await openUnsynchronized(IN_MEMORY.create());
  await admin.fail({ status: 400, errorCode: 'CMN-101', path: '/message-sync', count: 1_000 });
  const synchronizations = async (): Promise<number> =>
    (await admin.requests()).filter(({ path }) => path.endsWith('/message-sync')).length;
  await expect(mailbox.refresh()).rejects.toMatchObject({ kind: 'invalidParameter' });
  const atFirst = await synchronizations();
  expect(atFirst).toBeLessThan(15);
  for (let refreshes = 1; refreshes <= 3; refreshes++) {
    await expect(mailbox.refresh()).rejects.toMatchObject({ kind: 'invalidParameter' });
    expect(await synchronizations()).toBe(atFirst + refreshes);
  }
  await admin.clearFaults();
  await mailbox.refresh();
  expect(mailbox.store.isEmpty).toBe(false);
});
