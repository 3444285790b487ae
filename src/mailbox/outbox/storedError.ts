import {
  ApiError,
  type ApiErrorKind,
  CancelledError,
  MailboxError,
  NetworkError,
  type NetworkFailure,
  OutcomeUnknownError,
  ResponseFormatError,
  SecretStorageError,
  SignInRequiredError,
  SlowConnectionError,
  TooLargeError,
  UnsafeDeleteError,
  UntrustedOriginError,
} from '../../api/errors';
import { databaseTrouble, StorageError, type StorageTrouble } from '../../storage/storageTrouble';
import type { StoredError } from './operation';

/** What is kept of `error`; `restoredError` makes an error of it again. */
export function storedError(error: unknown): StoredError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ApiError) {
    const { kind, status, errorCode, permission, retryAfter } = error;
    // The message of an ApiError begins with what is kept beside it.
    const words = message
      .slice([status, errorCode].filter((part) => part !== undefined).join(' ').length)
      .trim();
    return {
      kind,
      status,
      message: words,
      ...(errorCode !== undefined && { errorCode }),
      ...(permission !== undefined && { permission }),
      ...(retryAfter !== undefined && { retryAfter }),
    };
  }
  if (error instanceof NetworkError) {
    return { kind: error.kind, message, host: error.host, failure: error.failure };
  }
  if (error instanceof SignInRequiredError) {
    const { kind, errorCode, reason } = error;
    return {
      kind,
      message,
      ...(errorCode !== undefined && { errorCode }),
      ...(reason !== undefined && { reason }),
    };
  }
  if (error instanceof TooLargeError) return { kind: error.kind, message, limit: error.limit };
  if (error instanceof UntrustedOriginError) return { kind: error.kind, message, host: error.host };
  const trouble = databaseTrouble(error);
  if (trouble) return { kind: 'storage', message, failure: trouble };
  return { kind: error instanceof MailboxError ? error.kind : 'other', message };
}

/** Whether something that was read back is what `storedError` gives. */
export function isStoredError(value: unknown): value is StoredError {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, message } = value as Partial<StoredError>;
  return typeof kind === 'string' && typeof message === 'string';
}

/** An error that tells people the same as the one that was kept. */
export function restoredError(stored: StoredError): Error {
  const { kind, message, status, host = '' } = stored;
  if (status !== undefined) {
    const { errorCode, permission, retryAfter } = stored;
    return new ApiError({
      status,
      message: message || undefined,
      errorCode,
      permission,
      retryAfter,
      kind: kind as ApiErrorKind,
    });
  }
  switch (kind) {
    case 'network':
      return new NetworkError({ host, failure: (stored.failure ?? 'other') as NetworkFailure });
    case 'untrustedOrigin':
      return new UntrustedOriginError(host, message);
    case 'responseFormat':
      return new ResponseFormatError(message);
    case 'signInRequired':
      return new SignInRequiredError(message, { errorCode: stored.errorCode, reason: stored.reason });
    case 'tooLarge':
      return new TooLargeError(stored.limit ?? 0);
    case 'secretStorage':
      return new SecretStorageError(message);
    case 'slowConnection':
      return new SlowConnectionError();
    case 'outcomeUnknown':
      return new OutcomeUnknownError();
    case 'unsafeDelete':
      return new UnsafeDeleteError(message);
    case 'storage':
      return new StorageError((stored.failure ?? 'failing') as StorageTrouble, message);
    case 'cancelled':
      return new CancelledError();
    default:
      return new Error(message);
  }
}
