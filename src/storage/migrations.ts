import { openDatabase, transaction, type DatabaseSync } from './sqlite';

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

/**
 * Whether the schema is the one that `migrate` makes. What SQLite adds by itself depends on its version, and is left out.
 * @throws NewerDatabaseError if another window with a newer version of this program has changed it
 */
export function isMigrated(database: DatabaseSync, steps: readonly string[]): boolean {
  const version = versionOf(database);
  if (version > steps.length) throw new NewerDatabaseError(version, steps.length);
  return schemaOf(database) === modelOf(steps);
}

/** The schema that the steps make; it is the same all the time. */
const models = new WeakMap<readonly string[], string>();

function modelOf(steps: readonly string[]): string {
  let model = models.get(steps);
  if (model === undefined) {
    const database = openDatabase(':memory:');
    try {
      migrate(database, steps);
      model = schemaOf(database);
    } finally {
      database.close();
    }
    models.set(steps, model);
  }
  return model;
}

function schemaOf(database: DatabaseSync): string {
  const rows = database
    .prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name')
    .all();
  const virtual = rows.flatMap(({ sql, name }) =>
    String(sql).startsWith('CREATE VIRTUAL') ? [`${String(name)}_`] : [],
  );
  const ours = rows.filter(
    ({ name }) => !['sqlite_', ...virtual].some((prefix) => String(name).startsWith(prefix)),
  );
  return JSON.stringify(ours.map((row) => Object.values(row)));
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}
