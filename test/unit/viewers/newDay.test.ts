import { afterEach, expect, test, vi } from 'vitest';
import { onNewDay } from '../../../src/webview/newDay';

afterEach(() => vi.useRealTimers());

test('onNewDay calls back once soon after midnight, and not after it is aborted', () => {
  vi.useFakeTimers({ now: Date.parse('2026-03-01T23:50:00Z') });
  const lifetime = new AbortController();
  const told = vi.fn();
  onNewDay(told, { locale: 'en', timeZone: 'UTC' }, lifetime.signal);
  vi.advanceTimersByTime(9 * 60_000);
  expect(told).not.toHaveBeenCalled();
  vi.advanceTimersByTime(3 * 60_000);
  expect(told).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60 * 60_000);
  expect(told).toHaveBeenCalledTimes(1);
  lifetime.abort();
  vi.advanceTimersByTime(24 * 60 * 60_000);
  expect(told).toHaveBeenCalledTimes(1);
});
