import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/** What SQLite keeps beside a database, with the same permissions as the database. */
const COMPANIONS = ['-wal', '-shm'];

/**
 * Result codes of SQLite that a file of a version that we know never gives: something that the schema has is missing or
 * another, a rule of it is broken, a value is of another type, the file is malformed, or no database at all. (Busy, a
 * full disk, no permission and trouble of the disk are none of them.)
 */
const DAMAGE_CODES = [1, 11, 17, 19, 20, 24, 26];

/** Makes a file that nobody but its owner may read, and a folder likewise if there is none. */
export function makePrivate(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  for (const each of [file, ...companions(file)]) if (existsSync(each)) chmodSync(each, 0o600);
}

/** What is read from a database is nothing that can have been written. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

/** Whether an error says that a file is no database, or a broken one. */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedError) return true;
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  // The low byte is the code, the others say more.
  return DAMAGE_CODES.includes(error.errcode & 0xff);
}

/**
 * Moves a damaged database out of the way. Nothing may have it open here.
 * @returns where it is now
 * @throws Error of the file system, for example where another window has it open and the system minds
 */
export function setAside(file: string, now: number): string {
  const aside = `${file}.damaged-${new Date(now).toISOString().replace(/\D/g, '')}`;
  renameSync(file, aside);
  for (const each of companions(file))
    if (existsSync(each)) renameSync(each, aside + each.slice(file.length));
  return aside;
}

/** Removes a database with everything beside it; there may be none. Nothing may have it open here. */
export function removeDatabase(file: string): void {
  for (const each of [file, ...companions(file)]) rmSync(each, { force: true });
}

/** Tells whether a path still leads to the same file; undefined if it leads to none. */
export function fileIdentity(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stats && `${stats.dev}:${stats.ino}`;
}

function companions(file: string): string[] {
  return COMPANIONS.map((companion) => file + companion);
}
