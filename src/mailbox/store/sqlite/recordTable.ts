import type { Message } from '../../../api/schema';
import { AT_MOST, type SQLInputValue, type Statements } from '../../../storage/statements';
import { failureCode } from '../../delivery';
import {
  creationTime,
  isInbound,
  isUnread,
  openableAttachments,
  otherPartyKey,
  threadKey,
  withReadings,
} from '../../message';
import { PLACES, searchableOf } from '../../search/searchable';
import { hasNewText, separateText } from '../details';
import type { Detail, MissingDetail } from '../messageStore';
import type { Derivation } from './derivation';
import { parseRecord } from './rows';

/** What the table has of a message. */
interface Known {
  readonly record: Message;
  readonly asked: boolean;
  readonly text?: string | undefined;
  readonly transcription?: string | undefined;
}

/** Columns that say of a record what is asked for in queries, and nothing else: see `Derivation`. */
const DERIVED = [
  ...['time', 'type', 'thread', 'party', 'conversation', 'outbound'],
  ...['shared', 'owner', 'attachment', 'priority', 'failed'],
] as const;

const COLUMNS = [
  ...DERIVED,
  ...['availability', 'unread', 'read_status', 'generation', 'asked', 'missing', 'record'],
] as const;

/** What is derived anew is counted, which earlier versions do not do: see `Derivation`. */
const COUNTED = 'writes = writes + 1';

const INSERT = `INSERT INTO message (${COLUMNS.join(', ')}, writes, id) VALUES (${COLUMNS.map(() => '?').join(', ')}, 1, ?)`;
const UPDATE = `UPDATE message SET ${COLUMNS.map((column) => `${column} = ?`).join(', ')}, ${COUNTED} WHERE id = ?`;
const DERIVE = `UPDATE message SET ${DERIVED.map((column) => `${column} = ?`).join(', ')}, ${COUNTED} WHERE id = ?`;
const INDEX = `INSERT OR REPLACE INTO search (rowid, ${PLACES.join(', ')}) VALUES (?, ${PLACES.map(() => '?').join(', ')})`;

/** Writes messages, each with its columns and its search index, within the transaction of the caller. */
export class RecordTable {
  /** What the search index is to have of messages that `writing` has written so far. */
  readonly #unindexed = new Map<bigint, readonly string[]>();
  /** The account's home country (ISO 3166), within `writing`. */
  #country: string | undefined;
  #isOutdated = false;

  constructor(
    private readonly statements: Statements,
    /** Lays the user's unconfirmed changes over a record. */
    private readonly overlaid: (id: bigint, record: Message) => Message,
    private readonly derivation: Derivation,
  ) {}

  /**
   * Does `work`, which may write, and then brings the search index up to date. To write both by turns takes twice the time:
   * before each statement that has triggers, FTS5 writes what it has gathered into a segment of its own.
   */
  writing<T>(work: () => T): T {
    try {
      this.#country = this.derivation.country;
      this.#isOutdated = this.derivation.isOutdated;
      const result = work();
      for (const [id, columns] of this.#unindexed) this.statements.prepare(INDEX).run(id, ...columns);
      return result;
    } finally {
      this.#unindexed.clear();
    }
  }

  confirmed(id: bigint): Message | undefined {
    return this.#known(id)?.record;
  }

  /**
   * Keeps `record`, or removes what is known if there is none.
   * @returns whether anything is different now
   */
  keep(id: bigint, record: Message | undefined, generation: number): boolean {
    if (!record) return this.remove(id);
    const known = this.#known(id);
    if (known && JSON.stringify(known.record) === JSON.stringify(record)) {
      this.seen(id, generation);
      return false;
    }
    const asked = known?.asked === true && !hasNewText(record, known.record);
    const shown = this.overlaid(id, record);
    const values: Record<(typeof COLUMNS)[number], SQLInputValue> = {
      ...derivedValues(withReadings(record, this.#country)),
      availability: shown.availability,
      unread: Number(isUnread(shown)),
      read_status: shown.readStatus ?? null,
      generation,
      asked: Number(asked),
      missing: asked ? null : (separateText(record) ?? null),
      record: JSON.stringify(record),
    };
    this.statements.prepare(known ? UPDATE : INSERT).run(...COLUMNS.map((column) => values[column]), id);
    if (this.#isOutdated) this.derivation.leaveToNewer(id);
    this.#index(id, { ...known, record, asked }, known);
    return true;
  }

  /**
   * Makes anew what is derived from a record.
   * @returns whether anything but its words is different now
   */
  derive(id: bigint): boolean {
    const known = this.#known(id);
    if (!known) return false;
    this.#unindexed.set(id, this.#indexed(known));
    const before = this.statements.prepare(`SELECT ${DERIVED.join(', ')} FROM message WHERE id = ?`).get(id);
    const now = derivedValues(withReadings(known.record, this.#country));
    if (DERIVED.every((column) => before?.[column] === now[column])) return false;
    this.statements.prepare(DERIVE).run(...DERIVED.map((column) => now[column]), id);
    return true;
  }

  /** The server still has the message. */
  seen(id: bigint, generation: number): void {
    this.statements
      .prepare('UPDATE message SET generation = ? WHERE id = ? AND generation <> ?')
      .run(generation, id, generation);
  }

  /** @returns whether it was there */
  remove(id: bigint): boolean {
    this.#unindexed.delete(id);
    return this.statements.prepare('DELETE FROM message WHERE id = ?').run(id).changes > 0;
  }

  /** Ids of messages that were last seen before this generation. */
  unseen(generation: number, limit: number): string[] {
    const rows = this.statements
      .prepare(`SELECT CAST(id AS TEXT) AS id FROM message WHERE generation < ? ${AT_MOST}`)
      .all(generation, limit) as { id: string }[];
    return rows.map(({ id }) => id);
  }

  /** @returns ids of what was removed, at most so many */
  forgetBefore(time: number, limit = NO_LIMIT): string[] {
    // Every availability, so that the index of times serves.
    const rows = this.statements
      .prepare(
        `DELETE FROM message WHERE id IN (
           SELECT id FROM message
           WHERE availability IN ('Alive', 'Deleted', 'Purged') AND time < ? AND time <> 0 ${AT_MOST}
         ) RETURNING CAST(id AS TEXT) AS id`,
      )
      .all(time, limit) as { id: string }[];
    for (const { id } of rows) this.#unindexed.delete(BigInt(id));
    return rows.map(({ id }) => id);
  }

  /** Brings what is shown in line with the outbox. */
  refresh(id: bigint): void {
    const record = this.confirmed(id);
    if (!record) return;
    const shown = this.overlaid(id, record);
    this.statements
      .prepare('UPDATE message SET availability = ?, read_status = ?, unread = ? WHERE id = ?')
      .run(shown.availability, shown.readStatus ?? null, Number(isUnread(shown)), id);
  }

  /** @returns whether anything is different now */
  putDetail(id: bigint, { text, transcription }: Detail): boolean {
    const known = this.#known(id);
    if (!known) return false;
    const now = { ...known, text: text ?? known.text, transcription: transcription ?? known.transcription };
    this.statements
      .prepare(
        `UPDATE message SET asked = 1, missing = NULL, text = ?, transcription = ?, ${COUNTED} WHERE id = ?`,
      )
      .run(now.text ?? null, now.transcription ?? null, id);
    if (this.#isOutdated) this.derivation.leaveToNewer(id);
    if (now.text === known.text && now.transcription === known.transcription) return false;
    this.#index(id, now, known);
    return true;
  }

  missingDetails(limit: number): MissingDetail[] {
    const rows = this.statements
      .prepare(
        `SELECT record, missing FROM message WHERE missing IS NOT NULL ORDER BY time DESC, id DESC ${AT_MOST}`,
      )
      .all(limit) as { record: string; missing: MissingDetail['missing'] }[];
    return rows.map(({ record, missing }) => ({ message: parseRecord(record), missing }));
  }

  #known(id: bigint): Known | undefined {
    const row = this.statements
      .prepare('SELECT record, asked, text, transcription FROM message WHERE id = ?')
      .get(id) as
      | { record: string; asked: number; text: string | null; transcription: string | null }
      | undefined;
    return (
      row && {
        record: parseRecord(row.record),
        asked: row.asked === 1,
        text: row.text ?? undefined,
        transcription: row.transcription ?? undefined,
      }
    );
  }

  #index(id: bigint, now: Known, before: Known | undefined): void {
    const columns = this.#indexed(now);
    if (before) {
      const old = this.#indexed(before);
      if (columns.every((column, index) => column === old[index])) return;
    }
    this.#unindexed.set(id, columns);
  }

  #indexed({ record, text, transcription }: Known): string[] {
    const searchable = searchableOf(withReadings(record, this.#country), text, transcription);
    return PLACES.map((place) => searchable[place].join(' '));
  }
}

/** As SQLite puts it. */
const NO_LIMIT = -1;

/** @param record with its numbers as they are read */
function derivedValues(record: Message): Record<(typeof DERIVED)[number], SQLInputValue> {
  return {
    time: creationTime(record),
    type: record.type ?? '',
    thread: threadKey(record),
    party: otherPartyKey(record),
    conversation: record.conversationId ?? null,
    outbound: Number(!isInbound(record)),
    shared: Number(record.owner !== undefined),
    owner: record.owner?.extensionId ?? null,
    attachment: Number(openableAttachments(record).length > 0),
    priority: record.priority ?? null,
    failed: Number(failureCode(record) !== undefined),
  };
}
