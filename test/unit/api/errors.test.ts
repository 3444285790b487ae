import { describe, expect, test } from 'vitest';
import { errorDetails, retryAfter } from '../../../src/api/errorBody';
import { ApiError, isMailboxError, NetworkError } from '../../../src/api/errors';
import { refusal } from './server';

describe('the kind of an API error', () => {
  test.each([
    [401, 'OAU-129', 'unauthorized'],
    [403, 'CMN-401', 'appPermission'],
    [403, 'CMN-402', 'userPermission'],
    [403, 'CMN-408', 'userPermission'],
    [404, 'CMN-102', 'notFound'],
    [400, 'CMN-101', 'invalidParameter'],
    [400, 'CMN-106', 'batchTooLarge'],
    [400, 'MSG-333', 'fullSyncRequired'],
    [400, 'MSG-411', 'fullSyncRequired'],
    [429, 'CMN-301', 'rateLimited'],
    [429, 'CMN-302', 'rateLimited'],
    [429, 'CMN-310', 'rateLimited'],
    [429, 'CMN-304', 'rateLimited'],
    [503, 'CMN-201', 'temporary'],
    [400, 'CMN-201', 'temporary'],
    [404, 'MSG-368', 'rendering'],
    [503, 'MSG-368', 'rendering'],
    [401, undefined, 'unauthorized'],
    [404, undefined, 'notFound'],
    [429, undefined, 'rateLimited'],
    [502, undefined, 'temporary'],
    [403, 'XYZ-1', 'other'],
    [400, 'constructor', 'other'],
    [0, undefined, 'other'],
  ])('with status %i and code %s is %s', (status, errorCode, kind) => {
    expect(new ApiError({ status, errorCode }).kind).toBe(kind);
  });

  test('for an invalid parameter syncToken is fullSyncRequired', () => {
    const details = errorDetails(refusal('CMN-101', { parameterName: 'syncToken' }));
    expect(new ApiError({ status: 400, ...details }).kind).toBe('fullSyncRequired');
  });
});

describe('errorDetails', () => {
  test('reads the code, the message and the permission', () => {
    expect(errorDetails(refusal('CMN-402', { permissionName: 'EditMessages' }))).toMatchObject({
      errorCode: 'CMN-402',
      message: 'Refused with CMN-402',
      permission: 'EditMessages',
    });
  });

  test('reads the code from either place, and prefers a known code to an unknown one', () => {
    expect(errorDetails({ errorCode: 'CMN-102' }).errorCode).toBe('CMN-102');
    expect(errorDetails({ errors: [{ errorCode: 'CMN-102' }] }).errorCode).toBe('CMN-102');
    expect(errorDetails({ errorCode: 'TokenExpired', errors: [{ errorCode: 'OAU-129' }] }).errorCode).toBe(
      'OAU-129',
    );
    expect(errorDetails({ errorCode: 'OAU-129', errors: [{ errorCode: 'TokenExpired' }] }).errorCode).toBe(
      'OAU-129',
    );
    expect(errorDetails({ errors: [{ errorCode: 'NEW-1' }, { errorCode: 'NEW-2' }] }).errorCode).toBe(
      'NEW-1',
    );
  });

  // Wrapped, because Vitest would take a list for the arguments of the test.
  test.each([
    { body: undefined },
    { body: null },
    { body: [] },
    { body: 'oops' },
    { body: 7 },
    { body: { errors: 'x', errorCode: 3, message: {} } },
    { body: { errors: [null] } },
  ])('reads nothing from the body $body', ({ body }) => {
    expect(errorDetails(body)).toEqual({});
  });
});

describe('Retry-After', () => {
  const date = 'Tue, 10 Mar 2026 18:00:00 GMT';
  test.each([
    ['90', 90],
    [' 0 ', 0],
    ['30, 60', 60],
    ['60, 60', 60],
    ['86400', 3600],
    ['999999999', 3600],
    ['Tue, 10 Mar 2026 18:01:30 GMT', 90],
    ['Tuesday, 10-Mar-26 18:01:30 GMT', 90],
    ['Tue, 10 Mar 2026 17:00:00 GMT', 0],
    ['Thu, 10 Mar 2050 17:00:00 GMT', 3600],
    ['-1', undefined],
    ['+60', undefined],
    ['1.5', undefined],
    ['9'.repeat(400), undefined],
    ['soon', undefined],
    [undefined, undefined],
  ])('of %j is %j seconds by the clock of the server', (header, seconds) => {
    expect(retryAfter({ 'retry-after': header, date })).toBe(seconds);
  });
});

test('isMailboxError recognizes errors of the project, of any kind or of a given one', () => {
  const error = new NetworkError({ host: 'h', failure: 'dns' });
  expect(isMailboxError(error)).toBe(true);
  expect(isMailboxError(error, 'network')).toBe(true);
  expect(isMailboxError(error, 'notFound')).toBe(false);
  expect(isMailboxError(new Error('x'))).toBe(false);
  expect(error.name).toBe('NetworkError');
});
