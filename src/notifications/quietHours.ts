/** Hours and minutes of a day, twice: `22:00-07:00`. The manifest has the same pattern. */
const QUIET_HOURS = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/**
 * Until when nothing is shown, if `now` is within the quiet hours; both in milliseconds since the epoch.
 * @param hours local times such as `22:00-07:00`, the second one on the next day if it is not later; empty for none
 */
export function quietUntil(hours: string, now: number): number | undefined {
  const match = QUIET_HOURS.exec(hours);
  if (!match) return undefined;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  const date = new Date(now);
  const at = (day: number, hour: number, minute: number): number =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate() + day, hour, minute).getTime();
  const isSameDay = toHour * 60 + toMinute > fromHour * 60 + fromMinute;
  // Those that began yesterday may still last.
  for (const day of [-1, 0]) {
    const end = at(isSameDay ? day : day + 1, toHour, toMinute);
    if (now >= at(day, fromHour, fromMinute) && now < end) return end;
  }
  return undefined;
}
