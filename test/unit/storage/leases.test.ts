import { expect, it } from 'vitest';
import { Leases } from '../../../src/storage/leases';
import { openDatabase } from '../../../src/storage/sqlite';

it('a lease belongs to one window at a time, until it is released or not renewed', () => {
  const database = openDatabase(':memory:');
  let now = 1_000_000;
  const [one, other] = ['one', 'other'].map((holder) => new Leases(database, holder, () => now));
  expect(one?.acquire('sync')).toBe(true);
  expect(other?.acquire('sync')).toBe(false);
  expect(other?.acquire('outbox')).toBe(true);
  now += 5_000;
  expect(one?.acquire('sync')).toBe(true);
  now += 5_000;
  expect(other?.acquire('sync')).toBe(false);
  now += 1_000;
  expect(other?.acquire('sync')).toBe(true);
  other?.release('sync');
  expect(one?.acquire('sync')).toBe(true);
});

it('a lease that was taken before the clock was set back does not last forever', () => {
  const database = openDatabase(':memory:');
  let now = 1_000_000_000;
  const [one, other] = ['one', 'other'].map((holder) => new Leases(database, holder, () => now));
  one?.acquire('sync');
  now = 1_000_000;
  expect(other?.acquire('sync')).toBe(true);
});
