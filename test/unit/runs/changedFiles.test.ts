import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changedFiles } from '../../changedFiles';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'changed-files-'));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function git(folder: string, ...args: readonly string[]): void {
  const identity = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'pipe' });
}

/** A repository whose branch `topic` has a commit of its own, and so has `main` since. @returns its folder */
function repository(): string {
  const folder = path.join(root, 'repository');
  mkdirSync(folder);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  for (const file of ['committed.ts', 'staged.ts', 'unstaged.ts', 'deleted.ts', 'same.ts', 'mainOnly.ts'])
    writeFileSync(path.join(folder, file), 'before\n');
  writeFileSync(path.join(folder, '.gitignore'), 'ignored.ts\n');
  commitAll(folder);
  git(folder, 'checkout', '--quiet', '-b', 'topic');
  appendFileSync(path.join(folder, 'committed.ts'), 'after\n');
  commitAll(folder);
  git(folder, 'checkout', '--quiet', 'main');
  appendFileSync(path.join(folder, 'mainOnly.ts'), 'after\n');
  commitAll(folder);
  git(folder, 'checkout', '--quiet', 'topic');
  return folder;
}

function commitAll(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'Change');
}

describe('changedFiles', () => {
  test('names committed, staged, unstaged and untracked changes of a branch, but no deleted or ignored file', async () => {
    const folder = repository();
    appendFileSync(path.join(folder, 'staged.ts'), 'after\n');
    git(folder, 'add', 'staged.ts');
    appendFileSync(path.join(folder, 'unstaged.ts'), 'after\n');
    writeFileSync(path.join(folder, 'new ü.ts'), '');
    writeFileSync(path.join(folder, 'ignored.ts'), '');
    rmSync(path.join(folder, 'deleted.ts'));
    const files = await changedFiles(folder);
    expect(files?.toSorted()).toEqual(['committed.ts', 'new ü.ts', 'staged.ts', 'unstaged.ts']);
  });

  test('names only the changes of the working tree on the main branch', async () => {
    const folder = repository();
    git(folder, 'checkout', '--quiet', 'main');
    appendFileSync(path.join(folder, 'unstaged.ts'), 'after\n');
    expect(await changedFiles(folder)).toEqual(['unstaged.ts']);
  });

  test('returns undefined in a shallow clone that lacks the common commit of the branches', async () => {
    const folder = repository();
    const source = pathToFileURL(folder).href;
    const options = ['--quiet', '--depth=1', '--no-single-branch', '--branch=topic'];
    git(root, 'clone', ...options, source, 'clone');
    expect(await changedFiles(path.join(root, 'clone'))).toBeUndefined();
  });

  test('returns undefined outside a repository', async () => {
    expect(await changedFiles(root)).toBeUndefined();
  });
});
