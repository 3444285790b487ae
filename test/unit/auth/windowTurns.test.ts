import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CancelledError } from '../../../src/api/errors';
import { WindowTurns } from '../../../src/auth/windowTurns';

const NEVER = new AbortController().signal;

let folder: string;
let log: string[];
let windows: WindowTurns[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  log = [];
  windows = [];
});

afterEach(() => {
  for (const window of windows) window.dispose();
  rmSync(folder, { recursive: true });
});

function openWindow(file = path.join(folder, 'not', 'there', 'yet', 'windows.sqlite')): WindowTurns {
  const window = new WindowTurns(file, (line) => log.push(line));
  windows.push(window);
  return window;
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

test.each([
  ['cannot be opened', (file: string) => path.join(file, 'below')],
  ['is not a database', (file: string) => file],
])(
  'tasks run without waiting for other windows, and the log says so once, if the file %s',
  async (_name, fileOf) => {
    const file = path.join(folder, 'windows.sqlite');
    writeFileSync(file, 'something else, and long enough to be looked at as a database '.repeat(20));
    const window = openWindow(fileOf(file));
    expect(await window.run('a', () => Promise.resolve(1), NEVER)).toBe(1);
    expect(await window.run('a', () => Promise.resolve(2), NEVER)).toBe(2);
    expect(log).toHaveLength(1);
  },
);
