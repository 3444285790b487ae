import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';

/** What SQLite keeps beside a database, with the same permissions as the database. */
const COMPANIONS = ['-wal', '-shm'];

/** Makes a file that nobody but its owner may read, and a folder likewise if there is none. */
export function makePrivate(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  for (const each of [file, ...companions(file)]) if (existsSync(each)) chmodSync(each, 0o600);
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

/** Removes the damaged ones that were moved out of the way of a database. */
export function removeSetAside(file: string): void {
  const folder = path.dirname(file);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${path.basename(file)}.damaged-`)) rmSync(path.join(folder, name), { force: true });
  }
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
