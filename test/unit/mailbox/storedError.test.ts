import { describe, expect, it } from 'vitest';
import {
  ApiError,
  CancelledError,
  NetworkError,
  OutcomeUnknownError,
  ResponseFormatError,
  SecretStorageError,
  SignInRequiredError,
  UnsafeDeleteError,
  UntrustedOriginError,
} from '../../../src/api/errors';
import { restoredError, storedError } from '../../../src/mailbox/outbox/storedError';
import { verdictOn } from '../../../src/mailbox/outbox/verdict';

const ERRORS: readonly Error[] = [
  new ApiError({ status: 403, errorCode: 'CMN-402', message: 'No', permission: 'EditMessages' }),
  new ApiError({ status: 503, retryAfter: 7 }),
  new NetworkError({ host: 'platform.example', failure: 'dns' }),
  new UntrustedOriginError('elsewhere.example'),
  new ResponseFormatError('Not a list of statuses'),
  new SignInRequiredError('The session has ended'),
  new SignInRequiredError('400 invalid_grant', { reason: 'invalid_grant', errorCode: 'OAU-142' }),
  new ApiError({ status: 400, errorCode: 'CMN-101', kind: 'fullSyncRequired' }),
  new UnsafeDeleteError('A DELETE must name what it deletes'),
  new SecretStorageError('Secret storage does not work'),
  new OutcomeUnknownError(),
  new CancelledError(),
];

describe('an error that is stored and restored', () => {
  it.each(ERRORS.map((error) => [error.name, error] as const))(
    'is the same as before: %s',
    (_name, error) => {
      const kept: unknown = JSON.parse(JSON.stringify(storedError(error)));
      const restored = restoredError(kept as ReturnType<typeof storedError>);
      expect(restored).toBeInstanceOf(error.constructor);
      expect(restored.message).toBe(error.message);
      expect(Object.entries(restored)).toEqual(Object.entries(error));
    },
  );
});

describe('the outcome of a deletion that failed', () => {
  it.each([
    [new NetworkError({ host: 'h', failure: 'refused' }), 'unsent'],
    [new NetworkError({ host: 'h', failure: 'reset' }), 'unknown'],
    [new NetworkError({ host: 'h', failure: 'timeout' }), 'unknown'],
    [new ApiError({ status: 503, errorCode: 'CMN-201' }), 'unsent'],
    [new ApiError({ status: 504 }), 'unknown'],
    [new ApiError({ status: 429, errorCode: 'CMN-301' }), 'unsent'],
    [new ApiError({ status: 429, errorCode: 'CMN-304' }), 'unknown'],
    [new ApiError({ status: 0 }), 'unknown'],
    [new ResponseFormatError('Cut off'), 'unknown'],
    [new SignInRequiredError('The session has ended'), 'unsent'],
    [new SecretStorageError('Secret storage does not work'), 'unsent'],
    [new OutcomeUnknownError(), 'unsent'],
    [new ApiError({ status: 404, errorCode: 'CMN-102' }), 'gone'],
    [new ApiError({ status: 403, errorCode: 'CMN-402' }), 'refused'],
    [new UnsafeDeleteError('No'), 'refused'],
  ] as const)('is, after “%s”, %s', (error, verdict) => {
    expect(verdictOn(error, false)).toBe(verdict);
  });
});
