import type * as Sqlite from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';

export type { DatabaseSync };

/** Milliseconds to wait for another window to finish its transaction. */
const BUSY_TIMEOUT = 5_000;

/** This host's Node has no SQLite: whoever wants to store something has to do without. */
export class SqliteUnavailableError extends Error {
  constructor(options?: ErrorOptions) {
    super('This host has no SQLite', options);
    this.name = 'SqliteUnavailableError';
  }
}

/**
 * Opens a database that several windows share. It is loaded only here, because a host may lack it.
 * @param file path of the file, or `:memory:`
 * @throws SqliteUnavailableError if the host has none
 * @throws Error of SQLite if the file cannot be opened, or is none of its own
 */
export function openDatabase(file: string): DatabaseSync {
  const database = new (loadSqlite().DatabaseSync)(file, { timeout: BUSY_TIMEOUT });
  try {
    // Readers go on while another window writes; the last moments before a power failure may be lost, never the file.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    // What is deleted is overwritten.
    database.exec('PRAGMA secure_delete = ON');
    // Statements with triggers write down how to undo them, which takes longer than the rest if it goes to a file.
    database.exec('PRAGMA temp_store = MEMORY');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Does `work` without waiting for other windows: it fails if one is in the way. */
export function withoutWaiting<T>(database: DatabaseSync, work: () => T): T {
  database.exec('PRAGMA busy_timeout = 0');
  try {
    return work();
  } finally {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
  }
}

/** Runs `work` as one transaction that writes: all of it happens, or nothing. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk rolls back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function loadSqlite(): typeof Sqlite {
  const sqlite = process.getBuiltinModule('node:sqlite') as typeof Sqlite | undefined;
  if (!sqlite) throw new SqliteUnavailableError();
  return sqlite;
}
