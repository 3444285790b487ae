import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
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
import { openUnsynchronized, shown, synchronize } from '../mailbox/openEmulator';
import { type OpenStore, scribble } from '../mailbox/stores';
import type { Told } from './seen';

/** The files of an account on this computer. */
interface Files {
  readonly folder: string;
  /** The file of messages, and the one by which the windows agree. */
  readonly messages: string;
  readonly windows: string;
}

/** Something that is wrong with the files in which messages are kept, and what is to be seen of it. */
export interface StorageFaultCase {
  readonly name: string;
  /** Brings it about; what is returned ends it. */
  readonly spoil: (files: Files) => (() => void) | void;
  /** Whether that happens to a window that has the files open, rather than before one opens them. */
  readonly isLater?: boolean;
  /** What becomes of two changes that had not been sent, one of which deletes a message. */
  readonly changes: 'kept' | 'lost';
  /** What people are told of, if of anything. */
  readonly tells: RegExp | undefined;
  /** Whether it can be brought about here. */
  readonly isPossible?: boolean;
}

/** What is seen of it, for a table. */
export interface StorageSeen {
  readonly told: string;
  readonly changes: string;
}

const ACCOUNT = '1';
const CHANGED = 2;

const NO_DATABASE = 'This is no database, but long enough for one. '.repeat(2_000);

function inFile(file: string, sql: string): void {
  const database = openDatabase(file);
  database.exec(sql);
  database.close();
}

const DAMAGED = /were damaged and are fetched again/;

export const STORAGE_FAULTS: readonly StorageFaultCase[] = [
  {
    name: 'The file of messages is no database',
    spoil: ({ messages }) => writeFileSync(messages, NO_DATABASE),
    changes: 'lost',
    tells: DAMAGED,
  },
  {
    name: 'The file of messages is empty',
    spoil: ({ messages }) => truncateSync(messages),
    changes: 'lost',
    tells: undefined,
  },
  {
    name: 'Half of the file of messages is missing',
    spoil: ({ messages }) => truncateSync(messages, Math.floor(readFileSync(messages).length / 2)),
    changes: 'lost',
    tells: DAMAGED,
  },
  {
    name: 'A table of the messages is missing',
    spoil: ({ messages }) => inFile(messages, 'DROP TABLE tally'),
    changes: 'kept',
    tells: DAMAGED,
  },
  {
    name: 'Messages in the file cannot be read',
    spoil: ({ messages }) => inFile(messages, "UPDATE message SET record = '{'"),
    changes: 'kept',
    tells: DAMAGED,
  },
  {
    name: 'The file of messages is damaged while a window has it open',
    spoil: ({ messages }) => scribble(messages, 4),
    isLater: true,
    changes: 'lost',
    tells: DAMAGED,
  },
  {
    name: 'Messages in the file cannot be read any more, while a window has it open',
    spoil: ({ messages }) => inFile(messages, "UPDATE message SET record = '{'"),
    isLater: true,
    changes: 'kept',
    tells: DAMAGED,
  },
  {
    name: 'The file of messages is removed while a window has it open',
    spoil: ({ messages }) => {
      for (const file of [messages, `${messages}-wal`, `${messages}-shm`]) rmSync(file, { force: true });
    },
    isLater: true,
    changes: 'lost',
    tells: undefined,
    // Elsewhere nobody can.
    isPossible: process.platform !== 'win32',
  },
  {
    name: 'The file by which windows agree is no database',
    spoil: ({ windows }) => writeFileSync(windows, NO_DATABASE),
    changes: 'kept',
    tells: undefined,
  },
  {
    name: 'The file by which windows agree is damaged while a window has it open',
    spoil: ({ windows }) => inFile(windows, 'DROP TABLE lease'),
    isLater: true,
    changes: 'kept',
    tells: undefined,
  },
  {
    name: 'The folder may be neither written nor read',
    spoil: ({ folder }) => {
      const aside = `${folder}-aside`;
      // Where not even the administrator, as whom tests may run, can make a file.
      renameSync(folder, aside);
      symlinkSync('/sys/kernel', folder);
      return () => {
        unlinkSync(folder);
        renameSync(aside, folder);
      };
    },
    changes: 'kept',
    tells: /cannot be read or written\. Check its permissions/,
    isPossible: process.platform === 'linux',
  },
  {
    name: 'A newer version of the extension has changed the file',
    spoil: ({ messages }) => {
      const version = (value: number): void => inFile(messages, `PRAGMA user_version = ${value}`);
      const database = openDatabase(messages);
      const known = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
      database.close();
      version(known + 90);
      return () => version(known);
    },
    changes: 'kept',
    tells: /by a newer version of the extension/,
  },
];

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
export async function liveThroughStorageFault({
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
  await expect
    .poll(async () => {
      await mailbox.refresh();
      return mailbox.waitingCount;
    })
    .toBe(0);
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
export async function liveThroughFullDisk(told: Told): Promise<StorageSeen> {
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
  const change = await told.outcomeOf(async () => mailbox.actions.setReadStatus(ids, 'Read'));
  await admin.deliverAll(Array.from({ length: 300 }, () => ({ subject: 'More words' })));
  const refresh = await told.outcomeOf(() => mailbox.refresh());
  expect([change, refresh]).toEqual(['storage: full', 'storage: full']);
  expect(shown(opened)).toEqual(before);
  const untouched = (await admin.state()).messages.filter(({ readStatus }) => readStatus === 'Read');
  expect(untouched).toEqual([]);
  database.exec('PRAGMA max_page_count = 100000');
  await synchronize(mailbox);
  expect(shown(opened)).toEqual(await opened.serverState());
  expect(await mailbox.actions.setReadStatus(ids, 'Read')).toMatchObject({ changed: ids });
  const sentence = told.sentences.find(([name]) => name === 'storage: full')?.[1] ?? '';
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
