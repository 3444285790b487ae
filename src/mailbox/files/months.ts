import type { MessageQuery } from '../query';
import type { MessageStore } from '../store/messageStore';
import { creationTime } from '../message';
import type { TimeRange } from '../store/dateSpans';

const UNDATED = 'Undated';

/** The folder of a moment (ms since the epoch): its month, in this machine's time zone, as 'YYYY-MM'. */
export function monthOf(time: number): string {
  if (time === 0) return UNDATED;
  const date = new Date(time);
  return `${String(date.getFullYear()).padStart(4, '0')}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

/** The moments of such a folder; undefined for what is none. */
export function monthRange(month: string): TimeRange | undefined {
  if (month === UNDATED) return { since: 0, until: 1 };
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || number === undefined) return undefined;
  const first = new Date(Number(year), Number(number) - 1, 1);
  // Years before 100 would be taken for years of the last century.
  first.setFullYear(Number(year));
  const since = Math.max(first.getTime(), 1);
  return { since, until: new Date(first).setMonth(first.getMonth() + 1) };
}

/** The months in which there are messages of `query`, newest first: one look for each, however many messages there are. */
export function monthsIn(store: MessageStore, query: MessageQuery): string[] {
  const months: string[] = [];
  for (let until = Infinity; ;) {
    const filter = Number.isFinite(until) ? { ...query.filter, until } : query.filter;
    const [newest] = store.messages({ ...query, filter }, { offset: 0, limit: 1 });
    const month = newest && monthOf(creationTime(newest));
    const range = month === undefined ? undefined : monthRange(month);
    // Each step goes back in time, or is the last.
    if (month === undefined || !range || range.since >= until) return months;
    months.push(month);
    if (month === UNDATED) return months;
    until = range.since;
  }
}
