import { DamagedError } from '../../../storage/damage';
import type { Statements } from '../../../storage/statements';
import { DEFAULT_COUNTRY } from '../../phoneNumber';

/**
 * Grows when something else than before is made of the same record: its party, its thread, whether it failed, what is
 * attached to it, the words by which it is found. What earlier versions have made is then made anew, a part at a time.
 */
export const DERIVED_VERSION = 2;

/** What the columns beside the records, and the index of words, are made by; within the transaction of the caller. */
export class Derivation {
  constructor(private readonly statements: Statements) {}

  /** Where the account is at home (ISO 3166); undefined while that is not known. */
  get country(): string | undefined {
    const country = this.#row('country')['country'];
    if (country === null) return undefined;
    if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country))
      throw new DamagedError('The file names no country');
    return country;
  }

  /** Whether something is as an earlier version of the program, or another country, would have it. */
  get isBehind(): boolean {
    const { version, through } = this.#row('version, through IS NOT NULL AS through');
    return Number(version) < DERIVED_VERSION || Number(through) === 1;
  }

  /** There is no message yet of which something could be out of date. */
  begin(): void {
    this.statements.prepare('UPDATE derivation SET version = ?').run(DERIVED_VERSION);
  }

  /** @returns whether that makes anything different */
  setCountry(country: string): boolean {
    const before = this.country;
    if (before === country) return false;
    this.statements.prepare('UPDATE derivation SET country = ?').run(country);
    if ((before ?? DEFAULT_COUNTRY) === country) return false;
    this.#beginAnew();
    return true;
  }

  /** Ids of the messages whose turn it is, the newest first; none if all is done. */
  next(limit: number): bigint[] {
    if (Number(this.#row('version')['version']) < DERIVED_VERSION) this.#beginAnew();
    const rows = this.statements
      .prepare(
        `SELECT CAST(message.id AS TEXT) AS id FROM message, derivation
         WHERE message.id <= derivation.through ORDER BY message.id DESC LIMIT ? + 0`,
      )
      .all(limit) as { id: string }[];
    return rows.map(({ id }) => BigInt(id));
  }

  /** Notes that these, and all with larger ids, are done. */
  finish(ids: readonly bigint[], limit: number): void {
    const last = ids.length < limit ? undefined : ids.at(-1);
    this.statements.prepare('UPDATE derivation SET through = ?').run(last === undefined ? null : last - 1n);
    if (last !== undefined || ids.length === 0) return;
    // The index of words has the former ones, too, until it is merged.
    this.statements
      .prepare(
        'INSERT INTO residue (id, removed) VALUES (1, 1) ON CONFLICT DO UPDATE SET removed = removed + 1',
      )
      .run();
  }

  #beginAnew(): void {
    this.statements
      .prepare('UPDATE derivation SET version = ?, through = (SELECT max(id) FROM message)')
      .run(DERIVED_VERSION);
  }

  #row(columns: string): Record<string, unknown> {
    const row = this.statements.prepare(`SELECT ${columns} FROM derivation`).get();
    if (!row) throw new DamagedError('The file does not say what its columns are made by');
    return row;
  }
}
