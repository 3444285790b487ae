import { DamagedError } from '../../../storage/damage';
import type { Statements } from '../../../storage/statements';
import type { DateSpan, Group } from '../../group';
import type { MessageQuery, Page } from '../../query';
import { spanOf, spanRange } from '../dateSpans';
import type { QueryContext } from '../queryContext';
import { all, type Condition, conditionOf, createdIn, isPlain } from './conditions';
import { SHOWN_COLUMNS, type ShownRow, shownMessage } from './rows';

/** A span in which there are messages. */
interface Span {
  readonly span: DateSpan;
  readonly newest: string;
  total: number;
  unread: number;
}

/** The spans of days that messages were created in, newest first; what they are depends on the day it is. */
export class DateGroups {
  constructor(private readonly statements: Statements) {}

  groups(query: MessageQuery, { offset, limit }: Page, context: QueryContext): Group[] {
    const newest = this.statements.prepare(`SELECT ${SHOWN_COLUMNS} FROM message WHERE id = ?`);
    return this.#spans(query, context, offset + limit)
      .slice(offset)
      .map(({ span, newest: id, total, unread }) => ({
        key: { kind: 'date', span },
        newest: shownMessage(found(newest.get(BigInt(id)) as ShownRow | undefined), context.country),
        total,
        unread,
      }));
  }

  count(query: MessageQuery, context: QueryContext): number {
    return this.#spans(query, context, Infinity).length;
  }

  #spans(query: MessageQuery, context: QueryContext, limit: number): Span[] {
    const { now } = context;
    const condition = conditionOf(query, context);
    // Range by range an index counts fast; but a filter would be worked out anew for each of them.
    return isPlain(query.filter)
      ? this.#rangeByRange(condition, now, limit)
      : this.#messageByMessage(condition, now).slice(0, limit);
  }

  #rangeByRange(condition: Condition, now: number, limit: number): Span[] {
    const spans: Span[] = [];
    for (let end = Infinity; spans.length < limit;) {
      const before = all([condition, createdIn(-Infinity, end)]);
      const first = this.statements
        .prepare(
          `SELECT time, CAST(id AS TEXT) AS id FROM message WHERE ${before.sql} ORDER BY message.time DESC, message.id DESC LIMIT 1`,
        )
        .get(...before.values) as { time: number; id: string } | undefined;
      if (!first) break;
      // An index that is damaged may give the same message for ever.
      if (!(first.time < end)) throw new DamagedError('The messages are not in the order of their times');
      const span = spanOf(first.time, now);
      const { since, until } = spanRange(span, now);
      const within = all([condition, createdIn(since, Math.min(until, end))]);
      const { total, unread } = this.statements
        .prepare(`SELECT COUNT(*) AS total, TOTAL(unread) AS unread FROM message WHERE ${within.sql}`)
        .get(...within.values) as { total: number; unread: number };
      spans.push({ span, newest: first.id, total, unread });
      // Each step goes back in time, whatever the calendar says.
      end = Math.min(since, first.time);
    }
    return spans;
  }

  #messageByMessage({ sql, values }: Condition, now: number): Span[] {
    const rows = this.statements
      .prepare(
        `SELECT time, unread, CAST(id AS TEXT) AS id FROM message WHERE ${sql}
         ORDER BY message.time DESC, message.id DESC`,
      )
      .iterate(...values) as Iterable<{ time: number; unread: number; id: string }>;
    const spans: Span[] = [];
    let since = Infinity;
    for (const { time, unread, id } of rows) {
      let current = spans.at(-1);
      if (!current || time < since) {
        const span = spanOf(time, now);
        since = spanRange(span, now).since;
        current = { span, newest: id, total: 0, unread: 0 };
        spans.push(current);
      }
      current.total += 1;
      current.unread += unread;
    }
    return spans;
  }
}

function found(row: ShownRow | undefined): ShownRow {
  if (!row) throw new DamagedError('An index names a message that is not there');
  return row;
}
