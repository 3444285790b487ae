import { isSuspicious } from '../../../storage/damage';
import { type DatabaseSync, transaction, withoutWaiting } from '../../../storage/sqlite';
import { databaseTrouble } from '../../../storage/storageTrouble';
import type { Statements } from '../../../storage/statements';

/** Pages of the index of words that are merged in one step. */
const MERGED_AT_ONCE = 16;

/** Bytes of a file that is written anew within some hundred milliseconds. */
const SMALL = 50_000_000;

type Phase = 'start' | 'merge' | 'rewrite' | 'checkpoint';

/**
 * Rids the file of what removed messages have left in it, step by step. What SQLite deletes it overwrites, but the index
 * of words keeps those of removed messages until it is merged as a whole, the gaps between rows keep what was moved, and
 * the write-ahead log keeps pages as they were.
 */
export class Erasure {
  #phase: Phase = 'start';
  /** How many messages had been removed when it began. */
  #removed = 0;

  constructor(
    private readonly database: DatabaseSync,
    private readonly statements: Statements,
  ) {}

  get isNeeded(): boolean {
    return this.#read() !== undefined;
  }

  /**
   * Does the next step.
   * @returns 'more' to be called again at once, 'later' if another window reads at this moment, 'done' if nothing is left
   */
  step(): 'more' | 'later' | 'done' {
    switch (this.#phase) {
      case 'start':
        this.#removed = this.#read() ?? 0;
        if (this.#removed === 0) return 'done';
        // All of it becomes one segment, not only what would be merged by and by.
        this.#merge(-MERGED_AT_ONCE);
        this.#phase = 'merge';
        return 'more';
      case 'merge':
        if (this.#merge(MERGED_AT_ONCE)) return 'more';
        this.#phase = 'rewrite';
        return 'more';
      case 'rewrite':
        if (!this.#rewrite()) return 'later';
        this.#phase = 'checkpoint';
        return 'more';
      case 'checkpoint':
        if (!this.#checkpoint()) return 'later';
        this.#phase = 'start';
        this.statements.prepare('DELETE FROM residue WHERE removed = ?').run(this.#removed);
        return this.isNeeded ? 'more' : 'done';
    }
  }

  #read(): number | undefined {
    const row = this.statements.prepare('SELECT removed FROM residue').get();
    return row && Number(row['removed']);
  }

  /** @returns whether there may be more to merge */
  #merge(pages: number): boolean {
    return transaction(this.database, () => {
      const before = this.#changes();
      this.statements.prepare("INSERT INTO search (search, rank) VALUES ('merge', ?)").run(pages);
      // As FTS5 says it: less than two means that nothing was left to do.
      return this.#changes() - before >= 2;
    });
  }

  #changes(): number {
    return Number(this.statements.prepare('SELECT total_changes() AS changes').get()?.['changes']);
  }

  /** A large file would take too long. @returns false if another window is in the way */
  #rewrite(): boolean {
    const size = this.#pragma('page_count') * this.#pragma('page_size');
    if (size > SMALL) return true;
    try {
      withoutWaiting(this.database, () => this.database.exec('VACUUM'));
      return true;
    } catch (error) {
      if (isSuspicious(error) || databaseTrouble(error) === 'held') return false;
      throw error;
    }
  }

  #checkpoint(): boolean {
    const checkpoint = this.database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
    return withoutWaiting(this.database, () => Number(checkpoint.get()?.['busy']) === 0);
  }

  #pragma(name: string): number {
    return Number(this.database.prepare(`PRAGMA ${name}`).get()?.[name]);
  }
}
