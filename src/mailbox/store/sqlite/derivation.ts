import { DamagedError } from '../../../storage/damage';
import { AT_MOST, type Statements } from '../../../storage/statements';
import { DEFAULT_COUNTRY } from '../../phoneNumber';

/**
 * Raised whenever the same record yields something else: its party, its thread, whether it failed, its attachments, the
 * words by which it is found. What earlier versions derived is then derived again, some messages at a time.
 */
export const DERIVED_VERSION = 3;

/**
 * The version of the program and the home country by which the derived columns and the search index were made. Runs within
 * the caller's transaction.
 */
export class Derivation {
  constructor(private readonly statements: Statements) {}

  /** The account's home country (ISO 3166); undefined while that is not known. */
  get country(): string | undefined {
    const country = this.#row('country')['country'];
    if (country === null) return undefined;
    if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country))
      throw new DamagedError('The file names no country');
    return country;
  }

  /** Whether an earlier version, or another country, left something to be derived again, and this version may do it. */
  get isBehind(): boolean {
    const { version, isBehind } = this.#row(
      'version, through IS NOT NULL OR EXISTS (SELECT 1 FROM underived) AS isBehind',
    );
    if (Number(version) > DERIVED_VERSION) return false;
    return Number(version) < DERIVED_VERSION || Number(isBehind) === 1;
  }

  /** Another window runs a newer version of the program: what is derived here it has to derive again. */
  get isOutdated(): boolean {
    return Number(this.#row('version')['version']) > DERIVED_VERSION;
  }

  /** Notes a message that a newer version has to derive again. */
  leaveToNewer(id: bigint): void {
    this.statements.prepare('INSERT OR IGNORE INTO underived (message) VALUES (?)').run(id);
  }

  /** There is no message yet of which something could be out of date. */
  markCurrent(): void {
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

  /** Ids of some messages whose turn it is, the newest first: of all of them, and then of those that `leaveToNewer` noted. */
  next(limit: number): { readonly ids: readonly bigint[]; readonly ofAll: boolean } {
    if (Number(this.#row('version')['version']) < DERIVED_VERSION) this.#beginAnew();
    const ofAll = Number(this.#row('through IS NOT NULL AS through')['through']) === 1;
    const rows = this.statements
      .prepare(
        ofAll
          ? `SELECT CAST(message.id AS TEXT) AS id FROM message, derivation
             WHERE message.id <= derivation.through ORDER BY message.id DESC ${AT_MOST}`
          : `SELECT CAST(message AS TEXT) AS id FROM underived ORDER BY message DESC ${AT_MOST}`,
      )
      .all(limit) as { id: string }[];
    return { ids: rows.map(({ id }) => BigInt(id)), ofAll };
  }

  /** Notes that these have been derived again. */
  finish({ ids, ofAll }: ReturnType<Derivation['next']>, limit: number): void {
    const done = this.statements.prepare('DELETE FROM underived WHERE message = ?');
    for (const id of ids) done.run(id);
    if (!ofAll) return;
    const last = ids.length < limit ? undefined : ids.at(-1);
    this.statements.prepare('UPDATE derivation SET through = ?').run(last === undefined ? null : last - 1n);
    if (last !== undefined) return;
    // The index of words has the former ones, too, until it is merged.
    this.statements
      .prepare(
        'INSERT INTO residue (id, removed) VALUES (1, 1) ON CONFLICT DO UPDATE SET removed = removed + 1',
      )
      .run();
  }

  #beginAnew(): void {
    this.statements
      .prepare('UPDATE derivation SET version = max(version, ?), through = (SELECT max(id) FROM message)')
      .run(DERIVED_VERSION);
  }

  #row(columns: string): Record<string, unknown> {
    const row = this.statements.prepare(`SELECT ${columns} FROM derivation`).get();
    if (!row) throw new DamagedError('The file does not say what its columns are made by');
    return row;
  }
}
