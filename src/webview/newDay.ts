import { dayKey, type DateFormat } from './dates';

/** Milliseconds. A timer for midnight would be late where the computer has slept. */
const OFTEN = 60_000;

/** Calls back whenever a day has begun: what was today is yesterday. */
export function onNewDay(action: () => void, dates: DateFormat, signal: AbortSignal): void {
  const today = (): string => dayKey(new Date().toISOString(), dates);
  let day = today();
  const timer = setInterval(() => {
    if (day === today()) return;
    day = today();
    action();
  }, OFTEN);
  signal.addEventListener('abort', () => clearInterval(timer));
}
