import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { TemporaryFiles } from '../../../src/commands/temporaryFiles';
import { Uri } from '../viewers/fakeVscode';

vi.mock('vscode', () => import('../viewers/fakeVscode'));

let storage: string;

beforeEach(() => {
  storage = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(storage, { recursive: true, force: true }));
});

const open = (): TemporaryFiles => new TemporaryFiles(new Uri(storage) as unknown as vscode.Uri);

test('files of the same name get different folders, which only their owner can open', async () => {
  const files = open();
  const places = [await files.place('fax.pdf'), await files.place('fax.pdf')].map(({ fsPath }) => fsPath);
  expect(places.map((place) => path.basename(place))).toEqual(['fax.pdf', 'fax.pdf']);
  expect(places[0]).not.toBe(places[1]);
  for (const place of places) {
    expect(place.startsWith(`${files.folder.fsPath}/`)).toBe(true);
    if (process.platform !== 'win32') expect(statSync(path.dirname(place)).mode & 0o777).toBe(0o700);
  }
});

test('a window that closes removes its own files and leaves those of other windows', async () => {
  const [ours, theirs] = [open(), open()];
  for (const files of [ours, theirs]) writeFileSync((await files.place('fax.pdf')).fsPath, '');
  await ours.clear();
  expect(existsSync(ours.folder.fsPath)).toBe(false);
  expect(existsSync(theirs.folder.fsPath)).toBe(true);
  await open().clear();
});

test('a window removes the files of processes that have ended, and leaves those of running ones', async () => {
  await open().sweep();
  const running = open();
  await running.place('fax.pdf');
  // A process that has just ended.
  const gone = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
  const left = path.join(storage, 'opened', `${gone}-0f0f0f0f`, 'panel');
  mkdirSync(left, { recursive: true });
  writeFileSync(path.join(left, 'content'), 'sound');
  await open().sweep();
  expect(readdirSync(path.join(storage, 'opened'))).toEqual([path.basename(running.folder.fsPath)]);
});
