import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { build } from 'esbuild';
import { expect, onTestFinished } from 'vitest';
import type { TokenSource } from '../../../src/api/transport';
import { Random } from '../../../src/emulator/sample/random';
import {
  notPurged,
  openUnsynchronized,
  sendWaiting,
  shown,
  statesAtServer,
  synchronize,
} from '../mailbox/openEmulator';
import { openFiles } from '../mailbox/stores';
import type { WindowTask } from './windowProcess';

type Changes = WindowTask['changes'];

const CHANGES = 24;

/** Milliseconds between two changes, and a little more. */
const PAUSE = 20;

/** The script of a window that is to be killed, bundled so that it starts fast. */
export async function bundleWindow(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const outfile = path.join(folder, 'windowProcess.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'windowProcess.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    outfile,
  });
  return outfile;
}

/**
 * Kills a window while it sends changes, at a moment that `seed` decides, and has another window go on. Whatever the first had
 * kept in the outbox is done then, and nothing that nobody asked for.
 * @returns how many changes had been kept by then
 */
export async function runKillScenario(script: string, seed: number): Promise<number> {
  const random = new Random(seed);
  const { open, file, windowsFile } = openFiles(({ error }) => {
    throw error;
  });
  let source: TokenSource | undefined;
  const opened = await openUnsynchronized(open, {
    messages: 0,
    settledAfter: 0,
    impatient: true,
    tokens: (each) => (source = each),
  });
  opened.mailbox.dispose();
  const { admin, origins } = opened;
  const many = (count: number, fields: Readonly<Record<string, unknown>> = {}) =>
    Array.from({ length: count }, () => fields);
  const records = await admin.deliverAll([
    ...many(3 * CHANGES),
    ...many(CHANGES, { availability: 'Deleted' }),
  ]);
  const ids = records.map(({ id }) => String(id));
  const changes = chooseChanges(ids.slice(0, 3 * CHANGES), ids.slice(3 * CHANGES), random);
  const states = await statesAtServer(opened);

  const accessToken = (await source?.accessToken()) ?? '';
  const task: WindowTask = { origins, accessToken, file, windowsFile, changes };
  const child = spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const kept = await killAfter(child, random.integer(0, CHANGES - 1), random.integer(0, PAUSE));

  const mailbox = opened.openAnother({ ...open(), settledAfter: 0 });
  await sendWaiting(mailbox);
  await synchronize(mailbox);
  const after = await statesAtServer(opened);
  for (const [index, { kind, ids: chosen }] of changes.entries()) {
    for (const id of chosen) {
      const done = wanted(kind, states[id] ?? '');
      // What was being kept at that moment may have been.
      const allowed = index < kept ? [done] : [done, states[id]];
      expect(allowed, `seed ${seed}, ${kind} of message ${id}, number ${index} of ${kept}`).toContain(
        after[id],
      );
    }
  }
  const all = new Set(changes.flatMap(({ ids: chosen }) => chosen));
  const others = (state: Readonly<Record<string, string>>) =>
    Object.entries(state).filter(([id]) => !all.has(id));
  expect(others(after)).toEqual(others(states));
  expect(shown({ mailbox })).toEqual(notPurged(await opened.serverState()));
  return kept;
}

/** Some of the messages, each for one change at most. */
function chooseChanges(alive: readonly string[], deleted: readonly string[], random: Random): Changes {
  const [living, dead] = [[...alive], [...deleted]];
  return Array.from({ length: CHANGES }, () => {
    const kind = random.pick(['markRead', 'delete', 'delete', 'deletePermanently', 'restore'] as const);
    const from = kind === 'restore' || (kind === 'deletePermanently' && random.percent(50)) ? dead : living;
    return { kind, ids: from.splice(0, from === living ? 2 : 1) };
  });
}

function wanted(kind: Changes[number]['kind'], before: string): string {
  const [availability = '', readStatus = ''] = before.split(' ');
  switch (kind) {
    case 'markRead':
      return `${availability} Read`;
    case 'delete':
      return `Deleted ${readStatus}`;
    case 'deletePermanently':
      return `Purged ${readStatus}`;
    case 'restore':
      return `Alive ${readStatus}`;
  }
}

/** @returns how many changes the window had told to have kept when it was killed */
async function killAfter(child: ChildProcess, line: number, milliseconds: number): Promise<number> {
  let kept = 0;
  const exit = once(child, 'close');
  if (child.stdout) {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', () => {
      if (kept++ === line) void setTimeout(milliseconds).then(() => child.kill('SIGKILL'));
    });
  }
  const [, signal] = (await exit) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return kept;
}
