import {
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { openDatabase } from '../../../src/storage/sqlite';
import { scribble } from '../mailbox/stores';

/** The files of an account on this computer. */
export interface Files {
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

const NO_DATABASE = 'This is no database, but long enough for one. '.repeat(2_000);

function inFile(file: string, sql: string): void {
  const database = openDatabase(file);
  database.exec(sql);
  database.close();
}

const DAMAGED = /were damaged and are being downloaded again/;

export const STORAGE_FAULTS: readonly StorageFaultCase[] = [
  {
    name: 'The file of messages is not a database',
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
    name: 'The file shared by windows is not a database',
    spoil: ({ windows }) => writeFileSync(windows, NO_DATABASE),
    changes: 'kept',
    tells: undefined,
  },
  {
    name: 'The file shared by windows is damaged while a window has it open',
    spoil: ({ windows }) => inFile(windows, 'DROP TABLE lease'),
    isLater: true,
    changes: 'kept',
    tells: undefined,
  },
  {
    name: 'The folder can be neither written nor read',
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
    tells: /can't be read or written\. Check its permissions/,
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
