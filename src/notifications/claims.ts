import { privateName } from '../storage/privateName';
import type { Shared } from '../storage/sharedDatabase';
import { transaction } from '../storage/sqlite';

/** The table of what notifications have told. */
export const CLAIMS = `
  CREATE TABLE IF NOT EXISTS notified (name TEXT PRIMARY KEY, time INTEGER NOT NULL) STRICT;
`;

/** Milliseconds for which claims are remembered: longer than a window stays open whose messages may be fetched anew. */
const REMEMBERED = 60 * 24 * 60 * 60 * 1_000;

/** Which window of this computer tells of what. */
export interface Claims {
  /** Those of `keys` that a window has claimed already. */
  claimed(accountId: string, keys: readonly string[]): ReadonlySet<string>;
  /** Claims `keys` for this window. @returns those that no other window has claimed before */
  claim(accountId: string, keys: readonly string[]): ReadonlySet<string>;
}

/** Claims in a database that all windows of this computer have open. It holds no ids, only hashes of them. */
export class SharedClaims implements Claims {
  /** @param shared with the table of `CLAIMS` */
  constructor(
    private readonly shared: Shared,
    private readonly now: () => number = Date.now,
  ) {}

  claimed(accountId: string, keys: readonly string[]): ReadonlySet<string> {
    return this.shared.use((database) => {
      const known = database.prepare('SELECT 1 FROM notified WHERE name = ?');
      return new Set(keys.filter((key) => known.get(nameOf(accountId, key)) !== undefined));
    });
  }

  claim(accountId: string, keys: readonly string[]): ReadonlySet<string> {
    const now = this.now();
    return this.shared.use((database) =>
      transaction(database, () => {
        database.prepare('DELETE FROM notified WHERE time < ?').run(now - REMEMBERED);
        const add = database.prepare('INSERT OR IGNORE INTO notified (name, time) VALUES (?, ?)');
        return new Set(keys.filter((key) => add.run(nameOf(accountId, key), now).changes === 1));
      }),
    );
  }
}

function nameOf(accountId: string, key: string): string {
  return privateName(`${accountId} ${key}`);
}
