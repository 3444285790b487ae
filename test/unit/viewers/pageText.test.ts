import { describe, expect, test } from 'vitest';
import { dayKey, dayName, timeOfDay } from '../../../src/webview/dates';
import { findLinks } from '../../../src/webview/links';
import { counted, fileSize, fill } from '../../../src/webview/text';

const losAngeles = { locale: 'en-US', timeZone: 'America/Los_Angeles' };
const names = { today: 'Today', yesterday: 'Yesterday', undated: 'No Date' };

describe('the days of a page', () => {
  test('are those of the time zone of the reader', () => {
    const days = ['2025-11-03T07:59:00Z', '2025-11-03T08:00:00Z'].map((time) => dayKey(time, losAngeles));
    expect(days).toEqual(['2025-11-02', '2025-11-03']);
  });

  test('are unknown for an invalid time', () => {
    expect(dayKey('soon', losAngeles)).toBe('');
  });

  test.each([
    ['2025-03-09', 'Today'],
    ['2025-03-08', 'Yesterday'],
    ['2025-03-07', 'Friday, March 7'],
    ['2024-12-31', 'Tuesday, December 31, 2024'],
    ['', 'No Date'],
  ])('have a name for the reader: “%s” is “%s”', (day, name) => {
    // The day on which clocks change there.
    expect(dayName(day, new Date('2025-03-09T23:00:00-07:00'), names, losAngeles)).toBe(name);
  });

  test('have a key in the Gregorian calendar in every locale', () => {
    expect(dayKey('2025-11-03T20:00:00Z', { locale: 'fa-IR', timeZone: 'UTC' })).toBe('2025-11-03');
  });
});

test('timeOfDay formats a time, and is empty without one', () => {
  expect(timeOfDay('2025-11-03T20:05:00Z', losAngeles)).toMatch(/^12:05\sPM$/u);
  expect(timeOfDay(undefined, losAngeles)).toBe('');
});

describe('findLinks', () => {
  const hrefs = (text: string): (string | undefined)[] => findLinks(text).flatMap(({ href }) => href ?? []);

  test('finds web and e-mail addresses, and keeps the whole text', () => {
    const text = 'See https://example.com/a?b=1&c=%26d. Or write to ann@example.com!';
    expect(hrefs(text)).toEqual(['https://example.com/a?b=1&c=%26d', 'mailto:ann@example.com']);
    expect(
      findLinks(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  test('finds an address without a protocol only if it has a common ending', () => {
    expect(hrefs('example.com/menu is nice')).toEqual(['http://example.com/menu']);
    expect(hrefs('ok.so I come at 9.30')).toEqual([]);
  });

  test('finds no address with a protocol that must not be opened', () => {
    expect(
      hrefs('javascript:alert(1) file:///etc/passwd command:x vscode://a ftp://example.com //x.com/y'),
    ).toEqual([]);
  });
});

test('fill keeps placeholders that have no value', () => {
  expect(fill('Page {0} of {1} {2}', 1, 3)).toBe('Page 1 of 3 {2}');
});

test.each([
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [12_340_000, '12.3 MB'],
])('fileSize writes %i bytes as %s', (bytes, text) => {
  const strings = { oneByte: '{0} byte', bytes: '{0} bytes', kilobytes: '{0} kB', megabytes: '{0} MB' };
  expect(fileSize(bytes, strings, 'en')).toBe(text);
});

test.each([
  ['en', 0, '0 messages'],
  ['en', 1, '1 message'],
  ['fr', 0, '0 message'],
  ['fr', 1, '1 message'],
  ['fr', 2, '2 messages'],
  ['fr', 1_000_000, '1\u202F000\u202F000 messages'],
  ['pt-br', 0, '0 message'],
  ['es', 0, '0 messages'],
  ['de', 1234, '1.234 messages'],
  ['ja', 1, '1 messages'],
])('counted chooses the sentence as %s does for %i', (locale, count, text) => {
  expect(counted(count, '{0} message', '{0} messages', { locale })).toBe(text);
});
