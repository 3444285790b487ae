export interface DateFormat {
  /** BCP 47. */
  readonly locale: string;
  /** IANA name; the page's own where it is left out. */
  readonly timeZone?: string;
}

function parse(time: string | undefined): Date | undefined {
  const date = new Date(time ?? '');
  const year = date.getUTCFullYear();
  // Not a number is neither.
  return year > 1 && year < 9999 ? date : undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than using it a thousand times. */
function formatter(format: DateFormat, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([format, options]);
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(format.locale, { ...format, ...options });
    formats.set(key, known);
  }
  return known;
}

/** Date and time in full; empty for a time that is missing or unreadable, as in all functions here. */
export function fullTime(time: string | undefined, format: DateFormat): string {
  const date = parse(time);
  return date ? formatter(format, { dateStyle: 'full', timeStyle: 'short' }).format(date) : '';
}

/** Time of the day. */
export function timeOfDay(time: string | undefined, format: DateFormat): string {
  const date = parse(time);
  return date ? formatter(format, { timeStyle: 'short' }).format(date) : '';
}

/** The day as YYYY-MM-DD in the format's time zone. */
export function dayKey(time: string | undefined, format: DateFormat): string {
  const date = parse(time);
  if (!date) return '';
  const parts = formatter(
    { ...format, locale: 'en' },
    { year: 'numeric', month: '2-digit', day: '2-digit', calendar: 'gregory', numberingSystem: 'latn' },
  ).formatToParts(date);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

export interface DayStrings {
  readonly today: string;
  readonly yesterday: string;
  readonly undated: string;
}

/**
 * Heading of a day: today, yesterday, else the date, with the year only if it is another than the current one.
 * @param day a `dayKey`
 */
export function dayName(day: string, now: Date, strings: DayStrings, format: DateFormat): string {
  if (day === '') return strings.undated;
  const today = dayKey(now.toISOString(), format);
  if (day === today) return strings.today;
  if (day === dayBefore(today)) return strings.yesterday;
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return formatter(
    { ...format, timeZone: 'UTC' },
    { weekday: 'long', day: 'numeric', month: 'long', ...year },
  ).format(new Date(`${day}T12:00:00Z`));
}

/**
 * A day that is no moment, such as a birthday, as far as it is known.
 * @param day `1990-05-06`, `1990-05`, `--05-06` or `--05`; anything else is returned as it is
 */
export function calendarDay(day: string, { locale }: DateFormat): string {
  const [, year, month, date] = /^(\d{4}|-)-(\d\d)(?:-(\d\d))?$/.exec(day) ?? [];
  // Where the year is not known, one that has a 29th of February.
  const noon = new Date(`${year === '-' ? '2000' : year}-${month}-${date ?? '01'}T12:00:00Z`);
  // The 30th of February would become a day in March; what is no date at all is not a number.
  if (noon.getUTCDate() !== Number(date ?? 1)) return day;
  const known: Intl.DateTimeFormatOptions = {
    month: 'long',
    ...(year !== '-' && { year: 'numeric' }),
    ...(date !== undefined && { day: 'numeric' }),
  };
  // Days of other calendars are not the same each year.
  return formatter({ locale, timeZone: 'UTC' }, { ...known, calendar: 'gregory' }).format(noon);
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
