import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Result codes of SQLite that say that a file is malformed, or no database at all. (Busy, a full disk, no permission and
 * trouble of the disk are none of them.)
 */
const DAMAGED = [11, 24, 26];

/**
 * Likewise, that something the schema has is missing or another, a rule of it is broken, or a value is of another type:
 * either the file is damaged, or the program has made a mistake.
 */
const SUSPICIOUS = [1, 17, 19, 20, 25];

/** What is read from a database is nothing that can have been written. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

/** Whether an error says that a file is no database, or a broken one. */
export function isDamage(error: unknown): boolean {
  return error instanceof DamagedError || DAMAGED.includes(resultCode(error) ?? 0);
}

/** Whether an error may say so: the file has to be looked at. */
export function isSuspicious(error: unknown): boolean {
  return SUSPICIOUS.includes(resultCode(error) ?? 0);
}

/** The code by which SQLite says what went wrong; undefined for an error that is not its own. */
export function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined;
  // The low byte is the code, the others say more.
  return error.errcode & 0xff;
}

/**
 * What was written as JSON.
 * @param isValid what it must be
 * @throws DamagedError if it is not
 */
export function storedJson<T>(text: unknown, isValid: (value: unknown) => value is T): T {
  let value: unknown;
  try {
    value = typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch (error) {
    throw new DamagedError('A text in the database is no JSON', { cause: error });
  }
  if (!isValid(value)) throw new DamagedError('A text in the database is no JSON of its kind');
  return value;
}

/**
 * One of so many values that are written.
 * @throws DamagedError if it is none of them
 */
export function storedChoice<T extends string>(value: unknown, choices: readonly T[]): T {
  const choice = choices.find((each) => each === value);
  if (choice === undefined) throw new DamagedError('A value in the database is none that is written there');
  return choice;
}

/** Bytes of the head of a file of SQLite. */
const HEAD = 100;

/**
 * Looks at what the head of a file says of its format. If that is one that there is not, SQLite either writes nothing to the
 * file or opens none of it, and says so as if it were forbidden or a mistake of ours. A file that is empty is a new one.
 * @param file nothing in this process has it open: where one closes a file, all locks of the process on it are gone (POSIX),
 * those of SQLite as well
 * @throws DamagedError if there is no such format
 * @throws Error of the file system
 */
export function expectKnownFormat(file: string): void {
  const head = Buffer.alloc(HEAD);
  const opened = openSync(file, 'r');
  try {
    if (readSync(opened, head) < HEAD) return;
  } finally {
    closeSync(opened);
  }
  const [forWriting, forReading, ofSchema] = [head.readUInt8(18), head.readUInt8(19), head.readUInt32BE(44)];
  if (forWriting > 2 || forReading > 2 || ofSchema > 4)
    throw new DamagedError('The file has no known format');
}
