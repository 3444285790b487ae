import { expect, it } from 'vitest';
import { Leases, LEASES } from '../../../src/storage/leases';
import type { Shared } from '../../../src/storage/sharedDatabase';
import { openDatabase } from '../../../src/storage/sqlite';

function inMemory(): Shared {
  const database = openDatabase(':memory:');
  database.exec(LEASES);
  return { use: (work) => work(database) };
}

it('a lease belongs to one window at a time, until it is released or not renewed', () => {
  const database = inMemory();
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
  const database = inMemory();
  let now = 1_000_000_000;
  const [one, other] = ['one', 'other'].map((holder) => new Leases(database, holder, () => now));
  one?.acquire('sync');
  now = 1_000_000;
  expect(other?.acquire('sync')).toBe(true);
});
