/** How much of the past is kept on this computer. */
export type HistoryLimit = '30 days' | '1 year' | 'everything';

const DAY = 24 * 60 * 60 * 1000;

const DAYS: Readonly<Record<Exclude<HistoryLimit, 'everything'>, number>> = { '30 days': 30, '1 year': 365 };

/** The date is before the service existed. */
export const BEGINNING = Date.parse('2000-01-01T00:00:00.000Z');

/** The first moment (ms since the epoch) that is kept. */
export function historyStart(limit: HistoryLimit, now: number): number {
  return limit === 'everything' ? BEGINNING : now - DAYS[limit] * DAY;
}
