import { resultCode } from './damage';

/** Why something cannot be read or written on this computer, where nothing is damaged. */
export type StorageTrouble =
  /** There is no room, or no more is allowed. */
  | 'full'
  /** A folder or file may not be read or written. */
  | 'forbidden'
  /** Another program has a file open and lets nobody else. */
  | 'held'
  /** The disk reports errors. */
  | 'failing';

const BY_RESULT_CODE: Readonly<Record<number, StorageTrouble>> = {
  3: 'forbidden',
  5: 'held',
  6: 'held',
  8: 'forbidden',
  10: 'failing',
  13: 'full',
  14: 'forbidden',
  23: 'forbidden',
};

/** By the codes of Node and of VS Code. */
const BY_CODE: Readonly<Record<string, StorageTrouble>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  QuotaExceeded: 'full',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EROFS: 'forbidden',
  NoPermissions: 'forbidden',
  EBUSY: 'held',
  ETXTBSY: 'held',
  Unavailable: 'held',
  EIO: 'failing',
};

/** What the messages on this computer could not be read or written for, as it was in another window or before a restart. */
export class StorageError extends Error {
  constructor(
    readonly trouble: StorageTrouble,
    message: string,
  ) {
    super(message);
    this.name = 'StorageError';
  }
}

/** Of the database in which messages are kept; undefined if that is not what went wrong. */
export function databaseTrouble(error: unknown): StorageTrouble | undefined {
  return error instanceof StorageError ? error.trouble : BY_RESULT_CODE[resultCode(error) ?? 0];
}

/** Of a file. */
export function fileTrouble(error: unknown): StorageTrouble | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
}
