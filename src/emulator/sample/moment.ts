import type { Moment } from './script';

/** In ms since the epoch; `now` is too. */
export function timeOf(moment: Moment, now: number): number {
  if ('minutesAgo' in moment) return now - moment.minutesAgo * 60_000;
  const [hour, minute] = moment.at.split(':').map(Number);
  const today = new Date(now);
  const day = today.getDate() - moment.daysAgo;
  return new Date(today.getFullYear(), today.getMonth(), day, hour, minute).getTime();
}
