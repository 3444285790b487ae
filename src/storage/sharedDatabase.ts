import { expectKnownFormat, isDamage, isSuspicious } from './damage';
import { fileIdentity, makePrivate, setAside } from './databaseFile';
import { type DatabaseSync, openDatabase } from './sqlite';

/** Where several windows agree on something. */
export interface Shared {
  /**
   * Does something with the database. It may be done twice: the second time in a new file, if the first one turns out to
   * be damaged.
   * @throws Error of SQLite, or of the file system, for any other reason
   */
  use<T>(work: (database: DatabaseSync) => T): T;
}

/**
 * A small database that all windows have open, and that is begun anew when it is damaged: nothing is in it but what they
 * agree on at the moment. A window that finds another file in its place goes on with that one.
 */
export class SharedDatabase implements Shared {
  #database: DatabaseSync | undefined;
  #identity: string | undefined;
  #isClosed = false;

  /**
   * @param schema makes the tables that are not there yet
   * @param onDamage told where a damaged file is now
   */
  constructor(
    readonly file: string,
    private readonly schema: string,
    private readonly onDamage: (error: unknown, aside: string) => void = () => undefined,
  ) {}

  use<T>(work: (database: DatabaseSync) => T): T {
    try {
      return work(this.#open());
    } catch (error) {
      if (this.#isClosed || !(isDamage(error) || isSuspicious(error))) throw error;
      this.#beginAnew(error);
      return work(this.#open());
    }
  }

  exec(sql: string): void {
    this.use((database) => database.exec(sql));
  }

  close(): void {
    this.#isClosed = true;
    this.#release();
  }

  #open(): DatabaseSync {
    if (this.#isClosed) throw new Error('The database is closed');
    if (this.#database && !this.#isReplaced()) return this.#database;
    this.#release();
    makePrivate(this.file);
    this.#identity = fileIdentity(this.file);
    expectKnownFormat(this.file);
    this.#database = openDatabase(this.file);
    this.#database.exec(this.schema);
    return this.#database;
  }

  /** One that was only removed, as at the end of an account, is used up. */
  #isReplaced(): boolean {
    const identity = fileIdentity(this.file);
    return identity !== undefined && identity !== this.#identity;
  }

  #release(): void {
    const database = this.#database;
    this.#database = undefined;
    if (database?.isOpen) database.close();
  }

  #beginAnew(error: unknown): void {
    this.#release();
    // Another window may have come before us.
    if (fileIdentity(this.file) === this.#identity) this.onDamage(error, setAside(this.file, Date.now()));
  }
}
