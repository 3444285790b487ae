import type { DatabaseSync } from '../../storage/sqlite';
import { storedJson } from '../../storage/damage';
import type { Shared } from '../../storage/sharedDatabase';
import type { StoredError } from '../outbox/operation';
import { isStoredError } from '../outbox/storedError';

/** How the window that synchronizes is doing, as the others see it. */
export interface SyncReport {
  /** The number of the last request that was done. */
  readonly served: number;
  /** Why the last synchronization failed, if it did. */
  readonly error?: StoredError;
  /** Whether the server could be reached the last time that it was tried. */
  readonly online: boolean;
}

/** The table of requests, which has a single row. */
export const SYNC_REQUESTS = `
  CREATE TABLE IF NOT EXISTS sync_request (
    id INTEGER PRIMARY KEY CHECK (id = 1), asked INTEGER NOT NULL, served INTEGER NOT NULL,
    error TEXT, online INTEGER NOT NULL
  ) STRICT;
`;

const ROW = 'INSERT OR IGNORE INTO sync_request (id, asked, served, online) VALUES (1, 0, 0, 1)';

/** What the windows that do not synchronize ask of the one that does, through the database that all have open. */
export class SyncRequests {
  /** @param shared with the table of `SYNC_REQUESTS` */
  constructor(private readonly shared: Shared) {}

  /** Asks for a synchronization that begins from now on, and for what waits in the outbox to be sent. @returns its number */
  ask(): number {
    return this.#use((database) => {
      const row = database.prepare('UPDATE sync_request SET asked = asked + 1 RETURNING asked').get();
      return Number(row?.['asked']);
    });
  }

  /** The number of the last request; undefined if all of them are done. */
  pending(): number | undefined {
    return this.#use((database) => {
      const row = database.prepare('SELECT asked FROM sync_request WHERE asked > served').get();
      return row && Number(row['asked']);
    });
  }

  /** Tells how it is going, and that all requests up to number `served` are done. */
  report({ served, error, online }: Partial<SyncReport> & Pick<SyncReport, 'online'>): void {
    this.#use((database) => {
      database
        .prepare('UPDATE sync_request SET served = max(served, ?), error = ?, online = ?')
        .run(served ?? 0, error ? JSON.stringify(error) : null, Number(online));
    });
  }

  last(): SyncReport {
    const row = this.#use((database) =>
      database.prepare('SELECT served, error, online FROM sync_request').get(),
    );
    const error = errorIn(row?.['error']);
    return {
      served: Number(row?.['served']),
      online: row?.['online'] !== 0,
      ...(error && { error }),
    };
  }

  /** The row may have been in a file that was begun anew. */
  #use<T>(work: (database: DatabaseSync) => T): T {
    return this.shared.use((database) => {
      if (!database.prepare('SELECT 1 FROM sync_request').get()) database.exec(ROW);
      return work(database);
    });
  }
}

/** One that cannot be read is one all the same: a table that serves only until the next report is not begun anew for it. */
function errorIn(text: unknown): StoredError | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return storedJson(text, isStoredError);
  } catch {
    return { kind: 'other', message: 'It cannot be read' };
  }
}
