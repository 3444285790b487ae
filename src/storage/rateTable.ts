import { privateName } from './privateName';
import type { Shared } from './sharedDatabase';
import { type DatabaseSync, transaction } from './sqlite';

interface Row {
  readonly version: number;
  readonly closed_until: number;
  readonly closed_for: number;
  readonly budget: number;
  readonly remaining: number;
  readonly restored: number;
  readonly span: number;
}

/** What is left of a group that is not told of again, such as after a penalty whose window has died: one try in so long (ms). */
const LONGEST_SPAN = 60_000;

/** The table of rate groups. */
export const RATES = `
  CREATE TABLE IF NOT EXISTS rate (
    name TEXT PRIMARY KEY, version INTEGER NOT NULL,
    closed_until INTEGER NOT NULL, closed_for INTEGER NOT NULL,
    budget INTEGER NOT NULL, remaining INTEGER NOT NULL, restored INTEGER NOT NULL, span INTEGER NOT NULL
  ) STRICT;
`;

/** The budgets of rate groups, by name, in a database that all windows have open. Times are of the wall clock. */
export class RateTable {
  /** @param shared with the table of `RATES` */
  constructor(
    private readonly shared: Shared,
    private readonly now: () => number = Date.now,
  ) {}

  read(
    name: string,
  ): { readonly version: number; readonly closedUntil: number; readonly closedFor: number } | undefined {
    const row = this.shared.use((database) => rowOf(database, name));
    return row && { version: row.version, closedUntil: row.closed_until, closedFor: row.closed_for };
  }

  /** Takes one of what remains of the group; false if nothing does. */
  take(name: string): boolean {
    return this.shared.use((database) => transaction(database, () => this.#takeIn(database, name)));
  }

  #takeIn(database: DatabaseSync, name: string): boolean {
    const row = rowOf(database, name);
    if (!row) return true;
    const now = this.now();
    // A moment that is further away than it can be was set before the clock was set back.
    const isOver = now >= row.restored || row.restored - now > row.span;
    const remaining = isOver ? Math.max(row.budget, row.remaining) : row.remaining;
    if (remaining <= 0) return false;
    database
      .prepare('UPDATE rate SET remaining = ?, restored = ? WHERE name = ?')
      .run(remaining - 1, isOver ? Math.round(now + row.span) : row.restored, privateName(name));
    return true;
  }

  /** Remembers that nothing is closed, unless that was changed since `version`. @returns the version now */
  learn(name: string, version: number, limit: number, remaining: number, span: number): number {
    const restored = this.now() + span;
    return this.shared.use((database) =>
      transaction(database, () => {
        const known = rowOf(database, name)?.version ?? 0;
        if (known !== version) return known;
        return write(database, name, { closedUntil: 0, closedFor: 0, limit, remaining, restored, span });
      }),
    );
  }

  /** Remembers that nothing may be sent for so long (ms), and then so many. @returns the version now */
  close(name: string, milliseconds: number, remainingThen: number): number {
    const until = this.now() + milliseconds;
    return this.shared.use((database) =>
      write(database, name, {
        closedUntil: until,
        closedFor: milliseconds,
        limit: remainingThen,
        remaining: remainingThen,
        restored: until + LONGEST_SPAN,
        span: LONGEST_SPAN,
      }),
    );
  }
}

function write(
  database: DatabaseSync,
  name: string,
  state: {
    readonly closedUntil: number;
    readonly closedFor: number;
    readonly limit: number;
    readonly remaining: number;
    readonly restored: number;
    readonly span: number;
  },
): number {
  const values = [
    state.closedUntil,
    state.closedFor,
    state.limit,
    state.remaining,
    state.restored,
    state.span,
  ];
  const row = database
    .prepare(
      `INSERT INTO rate (name, version, closed_until, closed_for, budget, remaining, restored, span)
       VALUES (?, 1, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET version = version + 1,
         closed_until = excluded.closed_until, closed_for = excluded.closed_for,
         budget = excluded.budget, remaining = excluded.remaining,
         restored = excluded.restored, span = excluded.span
       RETURNING version`,
    )
    .get(privateName(name), ...values.map(Math.round));
  return Number(row?.['version']);
}

function rowOf(database: DatabaseSync, name: string): Row | undefined {
  return database.prepare('SELECT * FROM rate WHERE name = ?').get(privateName(name)) as unknown as
    | Row
    | undefined;
}
