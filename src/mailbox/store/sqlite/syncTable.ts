import { DamagedError, storedJson } from '../../../storage/damage';
import type { Statements } from '../../../storage/statements';
import { isServerSupport } from '../../sync/serverSupport';
import type { Backfill, SyncState } from '../../sync/syncState';

const PHASES: readonly unknown[] = ['alive', 'deleted', 'sweep'] satisfies Backfill['phase'][];

/** What the synchronization remembers, within the transaction of the caller. */
export class SyncTable {
  constructor(private readonly statements: Statements) {}

  /** Of the file. */
  get epoch(): string {
    const row = this.statements.prepare('SELECT epoch FROM file').get();
    if (typeof row?.['epoch'] !== 'string') throw new DamagedError('The file has no name');
    return row['epoch'];
  }

  get generation(): number {
    const row = this.statements.prepare('SELECT generation FROM sync_state').get();
    return Number(row?.['generation'] ?? 0);
  }

  state(): SyncState | undefined {
    const row = this.statements.prepare('SELECT state FROM sync_state').get() as
      | { state: string }
      | undefined;
    return row && storedJson(row.state, isSyncState);
  }

  setState(state: SyncState): void {
    this.statements
      .prepare('INSERT OR REPLACE INTO sync_state (id, generation, state) VALUES (1, ?, ?)')
      .run(state.generation, JSON.stringify(state));
  }

  /** Remembers that the user changed messages at the server, by the change of that number. */
  markSettled(ids: readonly bigint[], revision: number): void {
    const insert = this.statements.prepare('INSERT OR REPLACE INTO settled (id, revision) VALUES (?, ?)');
    for (const id of ids) insert.run(id, revision);
  }

  isSettledSince(id: bigint, revision: number): boolean {
    const sql = 'SELECT 1 FROM settled WHERE id = ? AND revision > ?';
    return this.statements.prepare(sql).get(id, revision) !== undefined;
  }
}

function isSyncState(value: unknown): value is SyncState {
  if (typeof value !== 'object' || value === null) return false;
  const { generation, syncToken, syncTime, backfill, reaches, server } = value as {
    readonly [Field in keyof SyncState]?: unknown;
  };
  return (
    typeof generation === 'number' &&
    (syncToken === undefined || typeof syncToken === 'string') &&
    [syncTime, reaches].every((time) => time === undefined || typeof time === 'number') &&
    (backfill === undefined || PHASES.includes(phaseOf(backfill))) &&
    (server === undefined || isServerSupport(server))
  );
}

function phaseOf(backfill: unknown): unknown {
  return typeof backfill === 'object' && backfill !== null && 'phase' in backfill
    ? backfill.phase
    : undefined;
}
