import type { Message } from '../../../api/schema';
import { AT_MOST, type Statements } from '../../../storage/statements';
import type { Tally } from '../../group';
import type { MessageQuery, Page } from '../../query';
import { withReadings } from '../../message';
import { compareIds } from '../messageIds';
import type { QueryContext } from '../queryContext';
import { conditionOf } from './conditions';
import { parseRecord, SHOWN_COLUMNS, type ShownRow, shownMessage } from './rows';
import { keptTally } from './tallies';

const NEWEST_FIRST = 'ORDER BY message.time DESC, message.id DESC';

/** Reads messages, singly and by query. */
export class MessageReader {
  constructor(
    private readonly statements: Statements,
    private readonly context: () => QueryContext,
  ) {}

  get isEmpty(): boolean {
    return this.statements.prepare('SELECT 1 FROM message LIMIT 1').get() === undefined;
  }

  /** With its details, but without the user's unconfirmed changes. */
  get(id: bigint): Message | undefined {
    const row = this.statements
      .prepare('SELECT record, text, transcription FROM message WHERE id = ?')
      .get(id) as { record: string; text: string | null; transcription: string | null } | undefined;
    if (!row) return undefined;
    const { record, text, transcription } = row;
    return {
      ...withReadings(parseRecord(record), this.context().country),
      ...(text !== null && { subject: text }),
      ...(transcription !== null && { transcription }),
    };
  }

  transcription(id: bigint): string | undefined {
    const row = this.statements.prepare('SELECT transcription FROM message WHERE id = ?').get(id) as
      | { transcription: string | null }
      | undefined;
    return row?.transcription ?? undefined;
  }

  messages(query: MessageQuery, { offset, limit }: Page): Message[] {
    const context = this.context();
    const { sql, values } = conditionOf(query, context);
    const rows = this.statements
      .prepare(`SELECT ${SHOWN_COLUMNS} FROM message WHERE ${sql} ${NEWEST_FIRST} ${AT_MOST} OFFSET ?`)
      .all(...values, limit, offset) as unknown as ShownRow[];
    return rows.map((row) => shownMessage(row, context.country));
  }

  ids(query: MessageQuery): string[] {
    const { sql, values } = conditionOf(query, this.context());
    const rows = this.statements
      .prepare(`SELECT CAST(message.id AS TEXT) AS id FROM message WHERE ${sql} ${NEWEST_FIRST}`)
      .all(...values) as { id: string }[];
    return rows.map(({ id }) => id);
  }

  tally(query: MessageQuery): Tally {
    const kept = keptTally(query);
    if (kept) {
      const row = this.statements
        .prepare(
          'SELECT total, unread FROM tally WHERE availability = ? AND kind = ? AND type = ? AND key = ?',
        )
        .get(query.availability, kept.kind, kept.type, kept.key) as Tally | undefined;
      return { total: row?.total ?? 0, unread: row?.unread ?? 0 };
    }
    const { sql, values } = conditionOf(query, this.context());
    const row = this.statements
      .prepare(`SELECT COUNT(*) AS total, TOTAL(unread) AS unread FROM message WHERE ${sql}`)
      .get(...values) as unknown as Tally;
    return { total: row.total, unread: row.unread };
  }

  countBefore(query: MessageQuery, id: bigint): number | undefined {
    const place = this.statements.prepare('SELECT time FROM message WHERE id = ?').get(id);
    if (!place) return undefined;
    const { sql, values } = conditionOf(query, this.context());
    const row = this.statements
      .prepare(`SELECT COUNT(*) AS count FROM message WHERE ${sql} AND (message.time, message.id) > (?, ?)`)
      .get(...values, (place as { time: number }).time, id) as { count: number };
    return row.count;
  }

  /** Goes from one owner to the next, so that the cost is by the owners. */
  owners(): { readonly extensionId: string; readonly name: string }[] {
    const next = this.statements.prepare(
      'SELECT owner, record FROM message WHERE owner > ? ORDER BY owner, time DESC, id DESC LIMIT 1',
    );
    const owners: { extensionId: string; name: string }[] = [];
    for (let last = ''; ; last = owners.at(-1)?.extensionId ?? '') {
      const row = next.get(last) as { owner: string; record: string } | undefined;
      // SQLite may give less of a text than it compares by.
      if (!row || row.owner <= last) return owners.sort((a, b) => compareIds(a.extensionId, b.extensionId));
      owners.push({ extensionId: row.owner, name: parseRecord(row.record).owner?.name ?? '' });
    }
  }
}
