import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

export type { SQLInputValue };

/** More texts than there are kinds of queries; a query with its filters can be written in many ways. */
const LIMIT = 200;

/**
 * Limits the rows to so many, as a value of the statement. To a plain `?` SQLite fits its plan, and so it prepares the
 * statement anew each time that the value is bound, which often takes longer than to run it. A sum it takes as unknown.
 */
export const AT_MOST = 'LIMIT ? + 0';

/** The statements of a database, each prepared once. */
export class Statements {
  readonly #statements = new Map<string, StatementSync>();

  constructor(private readonly database: DatabaseSync) {}

  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= LIMIT) this.#statements.clear();
    const statement = this.database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
