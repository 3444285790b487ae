import type { DateSpan } from '../group';

/** Moments in milliseconds since the epoch: the first that is in it, and the first that is not any more. */
export interface TimeRange {
  readonly since: number;
  readonly until: number;
}

/** How records without a readable creation time are kept (`creationTime`). */
const UNDATED = 0;

/** Days before today that go by the name of the last week. */
const LAST_WEEK = 6;

/** The span that a moment is in, as seen at the moment `now`. */
export function spanOf(time: number, now: number): DateSpan {
  if (time === UNDATED) return 'undated';
  if (time >= daysBefore(now, 0)) return 'today';
  if (time >= daysBefore(now, 1)) return 'yesterday';
  if (time >= daysBefore(now, LAST_WEEK)) return 'lastWeek';
  const date = new Date(time);
  return `${String(date.getFullYear()).padStart(4, '0')}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

/** The moments of a span, as seen at the moment `now`; an empty range for what is no span. */
export function spanRange(span: DateSpan, now: number): TimeRange {
  switch (span) {
    case 'undated':
      return { since: UNDATED, until: UNDATED + 1 };
    case 'today':
      return { since: daysBefore(now, 0), until: Infinity };
    case 'yesterday':
      return { since: daysBefore(now, 1), until: daysBefore(now, 0) };
    case 'lastWeek':
      return { since: daysBefore(now, LAST_WEEK), until: daysBefore(now, 1) };
    default:
      return monthRange(span, daysBefore(now, LAST_WEEK));
  }
}

function monthRange(span: string, end: number): TimeRange {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(span) ?? [];
  if (!year || !month) return { since: 0, until: 0 };
  const first = new Date(Number(year), Number(month) - 1, 1);
  // Years before 100 would be taken for years of the last century.
  first.setFullYear(Number(year));
  const next = new Date(first).setMonth(first.getMonth() + 1);
  return { since: first.getTime(), until: Math.min(next, end) };
}

/** Local midnight so many days ago; days are not all of the same length. */
function daysBefore(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime();
}
