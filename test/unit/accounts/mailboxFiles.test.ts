import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { AttachmentCache } from '../../../src/mailbox/content/attachmentCache';
import { MailboxFiles } from '../../../src/accounts/mailboxFiles';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { window } from '../fakeVscode';

vi.mock('vscode', () => import('../fakeVscode'));

afterEach(() => {
  vi.restoreAllMocks();
  window.showWarningMessage.mockClear();
});

function filesIn(folder: string): MailboxFiles {
  const log = { warn: () => undefined } as unknown as vscode.LogOutputChannel;
  const cache = new AttachmentCache(
    `${folder}-attachments`,
    () => 0,
    (error) => {
      throw error;
    },
  );
  return new MailboxFiles(folder, cache, log);
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('messages are kept in memory, and the user is told once, where Node has no SQLite', () => {
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
  const folder = path.join(temporaryFolder(), 'mailboxes');
  const files = filesIn(folder);
  for (const opened of [files.open('1'), files.open('2')]) {
    expect(opened.store).toBeInstanceOf(MemoryMessageStore);
    expect(opened.shared).toBeUndefined();
    opened.store.dispose();
  }
  expect(window.showWarningMessage.mock.calls.map(([text]) => text)).toEqual([
    expect.stringContaining('This version of VS Code cannot keep messages on this computer.'),
  ]);
});

test('a damaged database of the open windows is set aside and replaced without a warning', () => {
  const folder = path.join(temporaryFolder(), 'mailboxes');
  const files = filesIn(folder);
  const open = () => {
    const { store, shared } = files.open('1');
    store.dispose();
    shared?.database.close();
    return shared;
  };
  open();
  const windows = readdirSync(folder).find((name) => name.endsWith('.windows.sqlite')) ?? '';
  writeFileSync(path.join(folder, windows), 'This is no database, but long enough for one. '.repeat(50));
  expect(open()).toBeDefined();
  expect(readdirSync(folder).some((name) => name.startsWith(`${windows}.damaged-`))).toBe(true);
  expect(window.showWarningMessage).not.toHaveBeenCalled();
});

test('removeAllBut removes the files of every account except the given ones', () => {
  const folder = path.join(temporaryFolder(), 'mailboxes');
  const files = filesIn(folder);
  for (const id of ['1', '2']) {
    const { store, shared } = files.open(id);
    store.dispose();
    shared?.database.close();
  }
  files.removeAllBut(['2']);
  expect([files.has('1'), files.has('2')]).toEqual([false, true]);
  files.removeAllBut([]);
  expect(files.has('2')).toBe(false);
  expect(existsSync(folder)).toBe(true);
});
