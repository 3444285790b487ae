import { expect, it } from 'vitest';
import { migrate, NewerDatabaseError } from '../../../src/storage/migrations';
import { openDatabase } from '../../../src/storage/sqlite';

const FIRST = 'CREATE TABLE fruit (name TEXT)';
const SECOND = "INSERT INTO fruit VALUES ('apple')";

it('a migration runs the steps that a database has not seen, each once', () => {
  const database = openDatabase(':memory:');
  const fruits = (): number => database.prepare('SELECT name FROM fruit').all().length;
  migrate(database, [FIRST]);
  expect(fruits()).toBe(0);
  migrate(database, [FIRST, SECOND]);
  migrate(database, [FIRST, SECOND]);
  expect(fruits()).toBe(1);
});

it('a migration runs each step completely or not at all', () => {
  const database = openDatabase(':memory:');
  migrate(database, [FIRST]);
  expect(() => migrate(database, [FIRST, SECOND, 'no SQL'])).toThrow();
  expect(database.prepare('SELECT name FROM fruit').all()).toEqual([]);
  migrate(database, [FIRST, SECOND]);
  expect(database.prepare('SELECT name FROM fruit').all()).toHaveLength(1);
});

it('a migration refuses a database of a newer version', () => {
  const database = openDatabase(':memory:');
  migrate(database, [FIRST, SECOND]);
  expect(() => migrate(database, [FIRST])).toThrow(NewerDatabaseError);
});
