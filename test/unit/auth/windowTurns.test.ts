import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CancelledError } from '../../../src/api/errors';
import { WindowTurns } from '../../../src/auth/windowTurns';
import { LEASES } from '../../../src/storage/leases';
import { SharedDatabase } from '../../../src/storage/sharedDatabase';

const NEVER = new AbortController().signal;

let folder: string;
let log: string[];
let databases: SharedDatabase[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  log = [];
  databases = [];
});

afterEach(() => {
  for (const database of databases) database.close();
  rmSync(folder, { recursive: true });
});

function openWindow(file = path.join(folder, 'not', 'there', 'yet', 'windows.sqlite')): WindowTurns {
  const database = new SharedDatabase(file, LEASES, () => log.push('damaged'));
  databases.push(database);
  return new WindowTurns(database, (line) => log.push(line));
}

test('two windows run tasks of the same name one after the other, and of different names at the same time', async () => {
  const [one, other] = [openWindow(), openWindow()];
  const release = Promise.withResolvers<void>();
  const events: string[] = [];
  const first = one.run(
    'a',
    async () => {
      events.push('first begins');
      await release.promise;
      events.push('first ends');
    },
    NEVER,
  );
  const second = other.run('a', () => Promise.resolve(events.push('second')), NEVER);
  await other.run('b', () => Promise.resolve(events.push('something else')), NEVER);
  release.resolve();
  await Promise.all([first, second]);
  expect(events).toEqual(['first begins', 'something else', 'first ends', 'second']);
});

test('a turn returns what its task returns, throws what it throws, and can be followed by another', async () => {
  const window = openWindow();
  expect(await window.run('a', () => Promise.resolve(1), NEVER)).toBe(1);
  await expect(window.run('a', () => Promise.reject(new Error('no')), NEVER)).rejects.toThrow('no');
  expect(await window.run('a', () => Promise.resolve(2), NEVER)).toBe(2);
  expect(log).toEqual([]);
});

test('a task that is cancelled while it waits for its turn does not run', async () => {
  const [one, other] = [openWindow(), openWindow()];
  const release = Promise.withResolvers<void>();
  const first = one.run('a', () => release.promise, NEVER);
  const cancel = new AbortController();
  let isDone = false;
  const second = other.run('a', () => Promise.resolve((isDone = true)), cancel.signal);
  cancel.abort();
  await expect(second).rejects.toBeInstanceOf(CancelledError);
  expect(isDone).toBe(false);
  release.resolve();
  await first;
});

test('tasks run without waiting for other windows, and the log says so once, if the file cannot be opened', async () => {
  const file = path.join(folder, 'windows.sqlite');
  writeFileSync(file, 'in the way');
  const window = openWindow(path.join(file, 'below'));
  expect(await window.run('a', () => Promise.resolve(1), NEVER)).toBe(1);
  expect(await window.run('a', () => Promise.resolve(2), NEVER)).toBe(2);
  expect(log).toHaveLength(1);
});

test('a file that is not a database is set aside, and windows take turns by a new one', async () => {
  const file = path.join(folder, 'windows.sqlite');
  writeFileSync(file, 'something else, and long enough to be looked at as a database '.repeat(20));
  const [one, other] = [openWindow(file), openWindow(file)];
  const release = Promise.withResolvers<void>();
  const first = one.run('a', () => release.promise, NEVER);
  let isDone = false;
  const second = other.run('a', () => Promise.resolve((isDone = true)), NEVER);
  await setTimeout(300);
  expect(isDone).toBe(false);
  release.resolve();
  await Promise.all([first, second]);
  expect(log).toEqual(['damaged']);
});
