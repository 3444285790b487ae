import { transaction, type DatabaseSync } from './sqlite';

/** The database is of a newer version of this program: it is left as it is. */
export class NewerDatabaseError extends Error {
  constructor(
    readonly version: number,
    readonly supported: number,
  ) {
    super(`The database is of version ${version}; this program knows ${supported}`);
    this.name = 'NewerDatabaseError';
  }
}

/**
 * Brings the schema up to date; windows that do it at the same time wait for each other.
 * @param steps each makes the version with its number of the one before; the first one makes everything
 * @throws NewerDatabaseError if there are more versions than steps
 */
export function migrate(database: DatabaseSync, steps: readonly string[]): void {
  if (versionOf(database) === steps.length) return;
  transaction(database, () => {
    const version = versionOf(database);
    if (version > steps.length) throw new NewerDatabaseError(version, steps.length);
    for (const step of steps.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
  });
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}
