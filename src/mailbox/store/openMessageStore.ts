import { expectKnownFormat } from '../../storage/damage';
import { makePrivate } from '../../storage/databaseFile';
import { openDatabase } from '../../storage/sqlite';
import { type Damage, MendingMessageStore } from './mendingMessageStore';
import { SqliteMessageStore } from './sqliteMessageStore';

/**
 * Opens the store of one account in a file that only its owner may read. One that is damaged, now or later, is set aside
 * and begun anew, since the server has everything but what was not sent yet.
 * @param onDamage is told what happened, and where the damaged file is now
 * @throws SqliteUnavailableError if this host has no SQLite
 * @throws NewerDatabaseError if a newer version of this program has made it; it is left as it is
 * @throws Error of SQLite or of the file system if the file cannot be opened
 */
export function openMessageStore(
  file: string,
  onDamage: (damage: Damage) => void,
  now: () => number = Date.now,
): MendingMessageStore {
  return new MendingMessageStore(file, (path) => openSqliteStore(path, now), onDamage, now);
}

function openSqliteStore(file: string, now: () => number): SqliteMessageStore {
  if (file !== ':memory:') {
    makePrivate(file);
    expectKnownFormat(file);
  }
  const database = openDatabase(file);
  try {
    return new SqliteMessageStore(database, now);
  } catch (error) {
    database.close();
    throw error;
  }
}
