import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { LogOutputChannel } from 'vscode';
import { MailboxFiles } from '../../../src/accounts/mailboxFiles';
import { AttachmentCache } from '../../../src/mailbox/content/attachmentCache';
import type { Mailbox } from '../../../src/mailbox/mailbox';
import { SqliteMessageStore } from '../../../src/mailbox/store/sqliteMessageStore';
import { type DatabaseSync, openDatabase } from '../../../src/storage/sqlite';
import { window } from '../fakeVscode';
import { openUnsynchronized, sendWaiting, shown, synchronize } from '../mailbox/openEmulator';
import type { OpenStore } from '../mailbox/stores';
import type { ErrorSentences } from './errorSentences';
import type { Files, StorageFaultCase } from './storageFaults';

/** What is seen of it, for a table. */
export interface StorageSeen {
  readonly told: string;
  readonly changes: string;
}

const ACCOUNT = '1';
const CHANGED = 2;

/** A mailbox in files, in a window. */
interface Opened {
  readonly files: Files;
  readonly openStore: OpenStore;
}

function openFiles(): Opened {
  const parent = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = path.join(parent, 'mailboxes');
  const log = { warn: () => undefined } as unknown as LogOutputChannel;
  const cache = new AttachmentCache(
    path.join(parent, 'attachments'),
    () => 0,
    (error) => {
      throw error;
    },
  );
  const mailboxFiles = new MailboxFiles(folder, cache, log);
  const named = (pattern: RegExp): string => {
    const name = readdirSync(folder).find((each) => pattern.test(each));
    if (name === undefined) throw new Error('There is no such file');
    return path.join(folder, name);
  };
  return {
    files: {
      folder,
      get messages() {
        return named(/^[^.]+\.sqlite$/);
      },
      get windows() {
        return named(/^[^.]+\.windows\.sqlite$/);
      },
    },
    openStore: () => mailboxFiles.open(ACCOUNT, 'Ada'),
  };
}

/**
 * Has two changes wait in files to which something happens then, and makes sure of what holds for every such fault: all messages
 * are shown meanwhile and afterwards, nothing is changed at the server that nobody asked for, and changes that are lost
 * are counted.
 */
export async function runStorageScenario({
  spoil,
  isLater = false,
  changes,
}: StorageFaultCase): Promise<StorageSeen> {
  const { files, openStore } = openFiles();
  window.showWarningMessage.mockClear();
  const opened = await openUnsynchronized(openStore, { messages: 0, settledAfter: 0, impatient: true });
  const { admin } = opened;
  const ids = (await admin.deliverAll(Array.from({ length: 300 }, () => ({ subject: 'Some words' })))).map(
    ({ id }) => String(id),
  );
  let { mailbox } = opened;
  await synchronize(mailbox);
  await admin.fail({ kind: 'reset', count: 1e9, path: '/restapi/v1.0/' });
  // Not the newest, which are the first to be here again.
  const [read = '', deleted = ''] = ids;
  expect(await mailbox.actions.setReadStatus([read], 'Read')).toMatchObject({ waiting: [read] });
  expect(await mailbox.actions.delete([deleted])).toMatchObject({ waiting: [deleted] });
  const reopen = (): Mailbox => {
    mailbox.dispose();
    return opened.openAnother({ ...openStore(), settledAfter: 0 });
  };

  if (!isLater) mailbox.dispose();
  const end = spoil(files);
  if (!isLater) mailbox = reopen();
  await admin.clearFaults();
  // So that nothing of what was waiting is sent before it is known what became of it.
  for (const method of ['PUT', 'DELETE']) await admin.fail({ kind: 'reset', count: 1e9, method });
  await expect
    .poll(async () => {
      await mailbox.refresh();
      return Object.keys(shown({ mailbox })).length;
    })
    .toBe(ids.length);
  const told = window.showWarningMessage.mock.calls.map(([text]) => text);

  end?.();
  mailbox = reopen();
  await admin.clearFaults();
  await sendWaiting(mailbox);
  await synchronize(mailbox);
  expect(shown({ mailbox })).toEqual(await opened.serverState());
  const changed = (await admin.state()).messages.filter(
    ({ readStatus, availability }) => readStatus === 'Read' || availability !== 'Alive',
  );
  const kept = [
    { id: deleted, availability: 'Deleted', readStatus: 'Unread' },
    { id: read, availability: 'Alive', readStatus: 'Read' },
  ];
  expect(changed).toMatchObject(changes === 'kept' ? kept : []);
  expect(existsSync(files.messages)).toBe(true);
  return { told: told.join(' ') || 'nothing', changes: `${CHANGED} ${changes}` };
}

/** Likewise of a disk on which there is no more room: a change that finds none is refused as a whole. */
export async function runFullDiskScenario(sentences: ErrorSentences): Promise<StorageSeen> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = openDatabase(path.join(folder, 'messages.sqlite'));
  const opened = await openUnsynchronized(() => ({ store: new SqliteMessageStore(database) }), {
    messages: 0,
    settledAfter: 0,
    impatient: true,
  });
  const { mailbox, admin } = opened;
  const ids = (await admin.deliverAll(Array.from({ length: 300 }, () => ({})))).map(({ id }) => String(id));
  await synchronize(mailbox);
  fill(database);
  const before = shown(opened);
  const change = await sentences.outcomeOf(async () => mailbox.actions.setReadStatus(ids, 'Read'));
  await admin.deliverAll(Array.from({ length: 300 }, () => ({ subject: 'More words' })));
  const refresh = await sentences.outcomeOf(() => mailbox.refresh());
  expect([change, refresh]).toEqual(['storage: full', 'storage: full']);
  expect(shown(opened)).toEqual(before);
  const untouched = (await admin.state()).messages.filter(({ readStatus }) => readStatus === 'Read');
  expect(untouched).toEqual([]);
  database.exec('PRAGMA max_page_count = 100000');
  await synchronize(mailbox);
  expect(shown(opened)).toEqual(await opened.serverState());
  expect(await mailbox.actions.setReadStatus(ids, 'Read')).toMatchObject({ changed: ids });
  const sentence = sentences.all.find(([name]) => name === 'storage: full')?.[1] ?? '';
  return { told: sentence, changes: 'refused as a whole' };
}

/** SQLite says the same of a file that may not grow as of a disk that is full. */
function fill(database: DatabaseSync): void {
  const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
  database.exec(`CREATE TABLE filler (text TEXT); PRAGMA max_page_count = ${pages + 1}`);
  expect(() => {
    for (;;) database.exec('INSERT INTO filler VALUES (hex(randomblob(2000)))');
  }).toThrow('full');
}
