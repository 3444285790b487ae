import { AT_MOST, type Statements } from '../../../storage/statements';
import { type Group, type GroupKey, type GroupLevel, inTypeOrder } from '../../group';
import type { MessageQuery, Page } from '../../query';
import type { QueryContext } from '../queryContext';
import { type Condition, conditionOf } from './conditions';
import { DateGroups } from './dateGroups';
import { SHOWN_COLUMNS, type ShownRow, shownMessage } from './rows';
import { keptGroups } from './tallies';

type Level = Exclude<GroupLevel, 'date'>;

/** Columns of a message that tell its group: as `type` and `key`. */
const COLUMNS: Readonly<Record<Level, string>> = {
  type: "message.type AS type, '' AS key",
  thread: 'message.type AS type, message.thread AS key',
  party: "'' AS type, message.party AS key",
};

/** More than there are types. */
const ALL = { offset: 0, limit: 1_000 };

interface GroupRow extends ShownRow {
  readonly type: string;
  readonly key: string;
  readonly total: number;
  readonly unread: number;
}

/** Reads groups: from the tallies where these are kept, else by counting what the query finds. */
export class GroupReader {
  readonly #dates: DateGroups;

  constructor(
    private readonly statements: Statements,
    private readonly context: () => QueryContext,
  ) {
    this.#dates = new DateGroups(statements);
  }

  groups(query: MessageQuery, level: GroupLevel, page: Page): Group[] {
    const { offset, limit } = page;
    switch (level) {
      case 'date':
        return this.#dates.groups(query, page, this.context());
      case 'type':
        return inTypeOrder(this.#groups(query, level, ALL)).slice(offset, offset + limit);
      case 'thread':
      case 'party':
        return this.#groups(query, level, page);
    }
  }

  groupCount(query: MessageQuery, level: GroupLevel): number {
    if (level === 'date') return this.#dates.count(query, this.context());
    const { sql, values } = this.#source(query, level);
    const row = this.statements.prepare(`SELECT COUNT(*) AS count FROM (${sql})`).get(...values);
    return Number(row?.['count']);
  }

  /** By their newest message. */
  #groups(query: MessageQuery, level: Level, { offset, limit }: Page): Group[] {
    const { country } = this.context();
    const { sql, values } = this.#source(query, level);
    const rows = this.statements
      .prepare(
        `SELECT found.type, found.key, found.total, found.unread, ${SHOWN_COLUMNS}
         FROM (${sql} ORDER BY time DESC, id DESC ${AT_MOST} OFFSET ?) AS found
         JOIN message ON message.id = found.id ORDER BY found.time DESC, found.id DESC`,
      )
      .all(...values, limit, offset) as unknown as GroupRow[];
    return rows.map((row) => ({
      key: keyOf(level, row),
      newest: shownMessage(row, country),
      total: row.total,
      unread: row.unread,
    }));
  }

  /** The groups as rows of `type`, `key`, `total`, `unread`, and `time` and `id` of their newest message. */
  #source(query: MessageQuery, level: Level): Condition {
    const kept = keptGroups(query, level);
    if (!kept) {
      const { sql, values } = conditionOf(query, this.context());
      return { sql: countingSql(sql, COLUMNS[level]), values };
    }
    const { kind, type } = kept;
    return {
      sql: `SELECT type, key, total, unread, time, id FROM tally
        WHERE availability = ? AND kind = ? ${type === undefined ? '' : 'AND type = ?'}`,
      values: [query.availability, kind, ...(type === undefined ? [] : [type])],
    };
  }
}

/** Joined with itself to find the newest of each group, of equal times the one with the largest id. */
function countingSql(condition: string, columns: string): string {
  return `
    WITH
      matching AS MATERIALIZED (
        SELECT ${columns}, message.unread AS unread, message.time AS time, message.id AS id
        FROM message WHERE ${condition}
      ),
      counted AS MATERIALIZED (
        SELECT type, key, COUNT(*) AS total, SUM(unread) AS unread, MAX(time) AS time
        FROM matching GROUP BY type, key
      )
    SELECT type, key, counted.total AS total, counted.unread AS unread, time, MAX(matching.id) AS id
    FROM counted JOIN matching USING (type, key, time) GROUP BY type, key`;
}

function keyOf(level: Level, { type, key }: GroupRow): GroupKey {
  switch (level) {
    case 'type':
      return { kind: 'type', type };
    case 'thread':
      return { kind: 'thread', type, thread: key };
    case 'party':
      return { kind: 'party', party: key };
  }
}
