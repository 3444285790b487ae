import * as vscode from 'vscode';
import { textLanguage } from './language';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * When something happened, as short as a list needs it: minutes and hours within a day, the weekday within a week,
 * then the date.
 * @param time milliseconds since the epoch; 0 (unknown) gives an empty string
 */
export function relativeTime(time: number, now: number): string {
  if (time === 0) return '';
  const age = now - time;
  if (age < MINUTE) return vscode.l10n.t('now');
  if (age < HOUR) return vscode.l10n.t('{0}m', Math.floor(age / MINUTE));
  if (age < DAY) return vscode.l10n.t('{0}h', Math.floor(age / HOUR));
  const date = new Date(time);
  if (age < 6 * DAY) return format(date, { weekday: 'short' });
  return date.getFullYear() === new Date(now).getFullYear()
    ? format(date, { day: 'numeric', month: 'short' })
    : format(date, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** Date and time in full, in the language of texts. */
export function fullTime(time: number): string {
  return time === 0 ? '' : format(new Date(time), { dateStyle: 'full', timeStyle: 'short' });
}

/** The day of a moment (ms since the epoch), with its year unless that is this year. */
export function dayText(time: number, now: number): string {
  const date = new Date(time);
  return date.getFullYear() === new Date(now).getFullYear()
    ? format(date, { day: 'numeric', month: 'long' })
    : format(date, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** The day of a moment (ms since the epoch) in full. */
export function dayOf(time: number): string {
  return format(new Date(time), { dateStyle: 'full' });
}

/** The time of the day of a moment (ms since the epoch). */
export function timeOfDay(time: number): string {
  return format(new Date(time), { timeStyle: 'short' });
}

/** A moment (ms since the epoch) by its time, with its date unless that is today. */
export function momentText(time: number, now: number): string {
  const date = new Date(time);
  return date.toDateString() === new Date(now).toDateString()
    ? timeOfDay(time)
    : format(date, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Month and year for a 'YYYY-MM'. */
export function monthName(month: string): string {
  return format(new Date(`${month}-01T12:00:00`), { month: 'long', year: 'numeric' });
}

/** Month and year of a moment (ms since the epoch). */
export function monthOf(time: number): string {
  return format(new Date(time), { month: 'long', year: 'numeric' });
}

/** Seconds as m:ss. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  const language = textLanguage();
  const key = JSON.stringify([language, options]);
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(language, options);
    formats.set(key, known);
  }
  return known.format(date);
}
