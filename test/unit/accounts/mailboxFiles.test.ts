import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { AttachmentCache } from '../../../src/mailbox/content/attachmentCache';
import { MailboxFiles, type OpenedStore } from '../../../src/accounts/mailboxFiles';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { openDatabase } from '../../../src/storage/sqlite';
import { aMessage } from '../../builders/message';
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
  for (const opened of [files.open('1', 'Ada'), files.open('2', 'Rosa')]) {
    expect(opened.store).toBeInstanceOf(MemoryMessageStore);
    expect(opened.shared).toBeUndefined();
    opened.store.dispose();
  }
  expect(window.showWarningMessage.mock.calls.map(([text]) => text)).toEqual([
    expect.stringContaining("This version of VS Code can't store messages on this computer."),
  ]);
});

test.each([
  [
    'it is none',
    (bytes: Buffer) =>
      Buffer.from('This is no database, but long enough for one. '.repeat(bytes.length / 40)),
  ],
  ...[18, 19, 47].map(
    (place) =>
      [
        `its head says of itself what cannot be: byte ${place}`,
        (bytes: Buffer) => bytes.fill(7, place, place + 1),
      ] as const,
  ),
] as const)(
  'a damaged database of the open windows is set aside and replaced without a warning: %s',
  (_what, damage) => {
    const folder = path.join(temporaryFolder(), 'mailboxes');
    const files = filesIn(folder);
    const open = () => {
      const { store, shared } = files.open('1', 'Ada');
      store.dispose();
      shared?.database.exec('DELETE FROM lease');
      shared?.database.close();
      return shared;
    };
    open();
    const windows = readdirSync(folder).find((name) => name.endsWith('.windows.sqlite')) ?? '';
    const file = path.join(folder, windows);
    writeFileSync(file, damage(readFileSync(file)));
    expect(open()).toBeDefined();
    expect(readdirSync(folder).some((name) => name.startsWith(`${windows}.damaged-`))).toBe(true);
    expect(window.showWarningMessage).not.toHaveBeenCalled();
  },
);

test('removeAllBut removes the files of every account except the given ones', () => {
  const folder = path.join(temporaryFolder(), 'mailboxes');
  const files = filesIn(folder);
  for (const id of ['1', '2']) {
    const { store, shared } = files.open(id, 'Ada');
    store.dispose();
    shared?.database.close();
  }
  files.removeAllBut(['2']);
  expect([files.has('1'), files.has('2')]).toEqual([false, true]);
  files.removeAllBut([]);
  expect(files.has('2')).toBe(false);
  expect(existsSync(folder)).toBe(true);
});

describe('messages are in memory, with a sentence that says why, until they can be kept', () => {
  const warnings = (): unknown[] => window.showWarningMessage.mock.calls.map(([text]) => text);
  const fileOf = (folder: string, files: MailboxFiles): string => {
    close(files.open('1', 'Ada'));
    const name = readdirSync(folder).find((each) => /^[^.]+\.sqlite$/.test(each)) ?? '';
    return path.join(folder, name);
  };
  const close = ({ store, shared }: OpenedStore): void => {
    store.dispose();
    shared?.database.close();
  };

  test('while another program holds the file', () => {
    const folder = path.join(temporaryFolder(), 'mailboxes');
    const files = filesIn(folder);
    const holder = openDatabase(fileOf(folder, files));
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const opened = files.open('1', 'Ada');
    expect(opened).toMatchObject({ isFallback: true });
    expect(opened.shared).toBeUndefined();
    close(opened);
    expect(warnings()).toEqual([
      "Messages can't be stored on this computer, so each window loads them again. Another program, such as a backup or a virus scanner, is using the files where messages are stored on this computer. Try again in a moment.",
    ]);
    holder.exec('ROLLBACK');
    holder.close();
    expect(files.canOpen('1', 'Ada')).toBe(true);
    const again = files.open('1', 'Ada');
    expect(again.isFallback).toBeUndefined();
    expect(again.shared).toBeDefined();
    close(again);
  });

  // Where not even the administrator, as whom tests may run, can make a file.
  test.skipIf(process.platform !== 'linux')('while the folder cannot be written', () => {
    const folder = path.join(temporaryFolder(), 'mailboxes');
    symlinkSync('/sys/kernel', folder);
    const files = filesIn(folder);
    const opened = files.open('1', 'Ada');
    expect(opened).toMatchObject({ isFallback: true });
    close(opened);
    expect(warnings()).toEqual([
      "Messages can't be stored on this computer, so each window loads them again. The folder where messages are stored on this computer can't be read or written. Check its permissions.",
    ]);
    expect(files.canOpen('1', 'Ada')).toBe(false);
    unlinkSync(folder);
    expect(files.canOpen('1', 'Ada')).toBe(true);
  });

  test('if a newer version of the extension keeps them', () => {
    const folder = path.join(temporaryFolder(), 'mailboxes');
    const files = filesIn(folder);
    const database = openDatabase(fileOf(folder, files));
    database.exec('PRAGMA user_version = 99');
    database.close();
    const opened = files.open('1', 'Ada');
    expect(opened.isFallback).toBeUndefined();
    close(opened);
    expect(warnings()).toEqual([expect.stringContaining('by a newer version of the extension')]);
  });
});

test('of damaged messages one is told once, with the account and what became of changes', () => {
  const folder = path.join(temporaryFolder(), 'mailboxes');
  const files = filesIn(folder);
  const first = files.open('1', 'Ada');
  const message = aMessage();
  first.store.apply({ put: [message] });
  first.store.enqueue({ kind: 'markRead', window: 'w', messageIds: [message.id] });
  first.store.dispose();
  first.shared?.database.close();
  const name = readdirSync(folder).find((each) => /^[^.]+\.sqlite$/.test(each)) ?? '';
  const database = openDatabase(path.join(folder, name));
  database.exec('DROP TABLE tally');
  database.close();
  const again = files.open('1', 'Ada');
  expect(again.store.openCount).toBe(1);
  again.store.dispose();
  again.shared?.database.close();
  expect(window.showWarningMessage.mock.calls.map(([text]) => text)).toEqual([
    'The stored messages of Ada were damaged and are being downloaded again. Unsent changes that were kept: 1.',
  ]);
});
