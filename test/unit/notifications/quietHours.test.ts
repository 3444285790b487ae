import { describe, expect, it } from 'vitest';
import { quietUntil } from '../../../src/notifications/quietHours';

function at(text: string): number {
  return new Date(`2026-06-${text}:00`).getTime();
}

describe('quiet hours', () => {
  it.each([
    // Across midnight.
    ['22:00-07:00', '17T21:59', undefined],
    ['22:00-07:00', '17T22:00', '18T07:00'],
    ['22:00-07:00', '18T06:59', '18T07:00'],
    ['22:00-07:00', '18T07:00', undefined],
    // Within a day.
    ['12:30-13:15', '17T12:29', undefined],
    ['12:30-13:15', '17T12:30', '17T13:15'],
    ['12:30-13:15', '17T13:15', undefined],
    // Until midnight, and around the clock.
    ['20:00-00:00', '17T23:59', '18T00:00'],
    ['20:00-00:00', '18T00:00', undefined],
    ['08:00-08:00', '17T07:59', '17T08:00'],
    ['08:00-08:00', '17T08:00', '18T08:00'],
    // None.
    ['', '17T03:00', undefined],
    ['22-7', '17T23:00', undefined],
    ['22:00-24:00', '17T23:00', undefined],
  ])('%s, at %s, last until %s', (hours, now, until) => {
    expect(quietUntil(hours, at(now))).toBe(until === undefined ? undefined : at(until));
  });
});
