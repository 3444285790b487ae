import type { DatabaseSync } from '../../storage/sqlite';
import type { StoredError } from '../outbox/operation';

/** How the window that synchronizes is doing, as the others see it. */
export interface SyncReport {
  /** The number of the last request that was done. */
  readonly served: number;
  /** Why the last synchronization failed, if it did. */
  readonly error?: StoredError;
  /** Whether the server could be reached the last time that it was tried. */
  readonly online: boolean;
}

/** What the windows that do not synchronize ask of the one that does, through the database that all have open. */
export class SyncRequests {
  constructor(private readonly database: DatabaseSync) {
    database.exec(
      `CREATE TABLE IF NOT EXISTS sync_request (
         id INTEGER PRIMARY KEY CHECK (id = 1), asked INTEGER NOT NULL, served INTEGER NOT NULL,
         error TEXT, online INTEGER NOT NULL
       ) STRICT;
       INSERT OR IGNORE INTO sync_request (id, asked, served, online) VALUES (1, 0, 0, 1)`,
    );
  }

  /** Asks for a synchronization that begins from now on, and for what waits in the outbox to be sent. @returns its number */
  ask(): number {
    const row = this.database.prepare('UPDATE sync_request SET asked = asked + 1 RETURNING asked').get();
    return Number(row?.['asked']);
  }

  /** The number of the last request; undefined if all of them are done. */
  pending(): number | undefined {
    const row = this.database.prepare('SELECT asked FROM sync_request WHERE asked > served').get();
    return row && Number(row['asked']);
  }

  /** Tells how it is going, and that all requests up to number `served` are done. */
  report({ served, error, online }: Partial<SyncReport> & Pick<SyncReport, 'online'>): void {
    this.database
      .prepare('UPDATE sync_request SET served = max(served, ?), error = ?, online = ?')
      .run(served ?? 0, error ? JSON.stringify(error) : null, Number(online));
  }

  last(): SyncReport {
    const row = this.database.prepare('SELECT served, error, online FROM sync_request').get();
    const error = row?.['error'];
    return {
      served: Number(row?.['served']),
      online: row?.['online'] !== 0,
      ...(typeof error === 'string' && { error: JSON.parse(error) as StoredError }),
    };
  }
}
