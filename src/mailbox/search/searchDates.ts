/** Moments in milliseconds since the epoch: the first of a span of time, and the first after it. */
export interface DateValue {
  readonly start: number;
  readonly end: number;
}

type Unit = 'd' | 'w' | 'm' | 'y';

/**
 * What a date of the query language stands for, in local time: `2026`, `2026-06`, `2026-06-17`, `today`, `yesterday`, the
 * day so many days, weeks, months or years ago (`7d`, `2w`, `3m`, `1y`), or a moment in ISO 8601 in UTC. Undefined for
 * anything else, such as the 31st of June.
 */
export function parseDate(text: string, now: number): DateValue | undefined {
  const today = new Date(now);
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
  if (text === 'today') return dayOf(year, month, day);
  if (text === 'yesterday') return dayOf(year, month, day - 1);

  const ago = /^(\d{1,4})([dwmy])$/.exec(text);
  if (ago) {
    const count = Number(ago[1]);
    switch (ago[2] as Unit) {
      case 'd':
        return dayOf(year, month, day - count);
      case 'w':
        return dayOf(year, month, day - 7 * count);
      case 'm':
        return dayOf(year, month - count, day);
      case 'y':
        return dayOf(year - count, month, day);
    }
  }

  if (/^\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d\.\d{3}z$/.test(text)) {
    const moment = Date.parse(text.toUpperCase());
    return Number.isNaN(moment) ? undefined : { start: moment, end: moment + 1 };
  }
  return calendarDate(text);
}

/** A date of the language for the moment `time`: a day if it begins then. */
export function formatDate(time: number): string {
  const date = new Date(time);
  const isMidnight = date.getTime() === new Date(time).setHours(0, 0, 0, 0);
  const text = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return isMidnight && parseDate(text, 0)?.start === time ? text : date.toISOString();
}

function calendarDate(text: string): DateValue | undefined {
  const [, years, months, days] = /^((?:19|2\d)\d\d)(?:-(\d\d?)(?:-(\d\d?))?)?$/.exec(text) ?? [];
  if (!years) return undefined;
  const year = Number(years);
  if (!months) return { start: midnight(year, 0, 1), end: midnight(year + 1, 0, 1) };
  const month = Number(months) - 1;
  if (month < 0 || month > 11) return undefined;
  if (!days) return { start: midnight(year, month, 1), end: midnight(year, month + 1, 1) };
  const isDay = new Date(year, month, Number(days)).getMonth() === month && Number(days) > 0;
  return isDay ? dayOf(year, month, Number(days)) : undefined;
}

function dayOf(year: number, month: number, day: number): DateValue {
  return { start: midnight(year, month, day), end: midnight(year, month, day + 1) };
}

function midnight(year: number, month: number, day: number): number {
  return new Date(year, month, day).getTime();
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
