import { storedJson } from '../../../storage/damage';
import type { Statements } from '../../../storage/statements';
import type { StoreChange } from '../messageStore';
import { changeOf } from '../storeChange';

/** Changes that are remembered: more than come between two looks of any window. */
const KEPT = 1_000;

/** For this many changes it is remembered what the user changed: more than there can be during one request. */
const SETTLED_KEPT = 10_000;

/** Tells the windows of one database what the others have changed. */
export class ChangeLog {
  #seen: number;
  #dataVersion: number;

  constructor(private readonly statements: Statements) {
    this.#dataVersion = this.#readDataVersion();
    this.#seen = this.revision;
  }

  /** Number of the latest change. */
  get revision(): number {
    const row = this.statements.prepare('SELECT MAX(revision) AS revision FROM change').get();
    return Number(row?.['revision'] ?? 0);
  }

  /**
   * Within the transaction that makes the change.
   * @returns its number
   */
  add(ids: ReadonlySet<string>): number {
    const { ids: named } = changeOf(ids);
    const { lastInsertRowid } = this.statements
      .prepare('INSERT INTO change (ids) VALUES (?)')
      .run(named ? JSON.stringify([...named]) : null);
    const revision = Number(lastInsertRowid);
    this.statements.prepare('DELETE FROM change WHERE revision <= ?').run(revision - KEPT);
    this.statements.prepare('DELETE FROM settled WHERE revision <= ?').run(revision - SETTLED_KEPT);
    return revision;
  }

  /** What was changed since the last call, here or by others; undefined if nothing was. */
  take(): StoreChange | undefined {
    const rows = this.statements
      .prepare('SELECT revision, ids FROM change WHERE revision > ? ORDER BY revision')
      .all(this.#seen) as { revision: number; ids: string | null }[];
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) return undefined;
    const isComplete = first.revision === this.#seen + 1;
    this.#seen = last.revision;
    const ids = new Set<string>();
    for (const row of rows) {
      if (row.ids === null || !isComplete) return { ids: undefined };
      for (const id of storedJson(row.ids, isTexts)) ids.add(id);
    }
    return changeOf(ids);
  }

  /** Whether others may have changed something since the last call; costs next to nothing. */
  mayHaveChanged(): boolean {
    const version = this.#readDataVersion();
    if (version === this.#dataVersion) return false;
    this.#dataVersion = version;
    return true;
  }

  #readDataVersion(): number {
    return Number(this.statements.prepare('PRAGMA data_version').get()?.['data_version']);
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
