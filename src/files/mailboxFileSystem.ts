import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { describeError } from '../display/describeError';
import type { Account, Accounts } from '../mailbox/accounts';
import type { AttachmentContents } from '../mailbox/content/attachmentContents';
import { foldersIn } from '../mailbox/files/folders';
import { accountName, messageName } from '../mailbox/files/mailboxPath';
import { messageFiles } from '../mailbox/files/messageFiles';
import { monthsIn } from '../mailbox/files/months';
import { creationTime } from '../mailbox/message';
import type { MessageQuery } from '../mailbox/query';
import { findPlace, type Place } from './findFile';
import { fetchText, jsonOf, markdownOf } from './messageText';
import { WatchedFiles } from './watchedFiles';

/** Messages that are listed at a time; in between, others have their turn. */
const PAGE_SIZE = 500;

/** The mailboxes as files that can be read, for editors and other extensions. See `mailboxPath.ts` for their names. */
export class MailboxFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #watched: WatchedFiles;

  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>;

  constructor(
    private readonly accounts: Accounts,
    private readonly contents: AttachmentContents,
    /** Resolves when the accounts that were signed in are there. */
    private readonly restored: Promise<void>,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#watched = new WatchedFiles(accounts);
    this.onDidChangeFile = this.#watched.onDidChange;
  }

  watch(uri: vscode.Uri): vscode.Disposable {
    return this.#watched.watch(uri);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const place = await this.#find(uri);
    return {
      type: place.kind === 'file' ? vscode.FileType.File : vscode.FileType.Directory,
      ...timesOf(place),
      size: place.kind === 'file' ? await this.#translated(() => this.#sizeOf(place)) : 0,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const place = await this.#find(uri);
    if (place.kind === 'file') throw vscode.FileSystemError.FileNotADirectory(uri);
    const type = place.kind === 'message' ? vscode.FileType.File : vscode.FileType.Directory;
    return (await this.#namesIn(place)).map((name) => [name, type]);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const place = await this.#find(uri);
    if (place.kind !== 'file') throw vscode.FileSystemError.FileIsADirectory(uri);
    return this.#translated(() => this.#read(place));
  }

  createDirectory(): never {
    throw refusal();
  }

  writeFile(): never {
    throw refusal();
  }

  delete(): never {
    throw refusal();
  }

  rename(): never {
    throw refusal();
  }

  dispose(): void {
    this.#watched.dispose();
  }

  async #find(uri: vscode.Uri): Promise<Place> {
    await this.restored;
    return findPlace(uri, this.accounts);
  }

  async #namesIn(place: Exclude<Place, { kind: 'file' }>): Promise<readonly string[]> {
    switch (place.kind) {
      case 'root':
        return this.accounts.all.map(accountName);
      case 'account':
        return foldersIn(place.account.mailbox.store);
      case 'folder':
        return monthsIn(place.account.mailbox.store, place.query);
      case 'month':
        return messagesIn(place.account, place.query);
      case 'message':
        return messageFiles(place.message).map(({ name }) => name);
    }
  }

  async #sizeOf({ account, message, file }: Place & { kind: 'file' }): Promise<number> {
    switch (file.kind) {
      case 'markdown':
        return Buffer.byteLength(markdownOf(account, message));
      case 'json':
        return Buffer.byteLength(jsonOf(account, message));
      case 'attachment':
        return this.contents.sizeOf({ account, message, attachment: file.attachment });
    }
  }

  async #read({ account, message, file }: Place & { kind: 'file' }): Promise<Uint8Array> {
    switch (file.kind) {
      case 'markdown':
        await this.#fetchText(account, message);
        return Buffer.from(markdownOf(account, account.mailbox.store.get(message.id) ?? message));
      case 'json':
        return Buffer.from(jsonOf(account, message));
      case 'attachment':
        return this.contents.read({ account, message, attachment: file.attachment });
    }
  }

  /** What is known can be read, whether there is a network or not. */
  async #fetchText(account: Account, message: (Place & { kind: 'message' })['message']): Promise<void> {
    try {
      await fetchText(account, message, this.contents);
    } catch (error) {
      this.log.warn(`The whole text of message ${message.id} could not be fetched. ${String(error)}`);
    }
  }

  /** What editors show of a failure is its message. */
  async #translated<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.log.error(`A file of the mailbox could not be read. ${String(error)}`);
      throw vscode.FileSystemError.Unavailable(describeError(error));
    }
  }
}

/** Why nothing can be changed there. */
export function readonlyReason(): string {
  return vscode.l10n.t(
    "Messages can't be changed as files. Use the RingCentral Mailbox view to mark or delete them.",
  );
}

function refusal(): vscode.FileSystemError {
  return vscode.FileSystemError.NoPermissions(readonlyReason());
}

function timesOf(place: Place): Pick<vscode.FileStat, 'ctime' | 'mtime'> {
  const message = 'message' in place ? place.message : newestIn(place);
  if (!message) return { ctime: 0, mtime: 0 };
  const created = creationTime(message);
  return { ctime: created, mtime: Date.parse(message.lastModifiedTime ?? '') || created };
}

function newestIn(
  place: Exclude<Place, { message: unknown }>,
): (Place & { kind: 'message' })['message'] | undefined {
  if (place.kind === 'root' || place.kind === 'account') return undefined;
  return place.account.mailbox.store.messages(place.query, { offset: 0, limit: 1 })[0];
}

async function messagesIn({ mailbox }: Account, query: MessageQuery): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const page = mailbox.store.messages(query, { offset: names.length, limit: PAGE_SIZE });
    names.push(...page.map(messageName));
    if (page.length < PAGE_SIZE) return names;
    await setImmediate();
  }
}
