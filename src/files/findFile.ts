import { FileSystemError, l10n, type Uri } from 'vscode';
import type { Message } from '../api/schema';
import type { Account, Accounts } from '../mailbox/accounts';
import { findFile, type MessageFile } from '../mailbox/files/messageFiles';
import { folderQuery } from '../mailbox/files/folders';
import { accountKeyOf, parsePath } from '../mailbox/files/mailboxPath';
import { monthRange } from '../mailbox/files/months';
import type { Mailbox } from '../mailbox/mailbox';
import type { MessageQuery } from '../mailbox/query';

/** What is at a path now. */
export type Place =
  | { readonly kind: 'root' }
  | { readonly kind: 'account'; readonly account: Account }
  /** Messages by their type, or the deleted ones, in folders by month. */
  | { readonly kind: 'folder'; readonly account: Account; readonly query: MessageQuery }
  | { readonly kind: 'month'; readonly account: Account; readonly query: MessageQuery }
  | { readonly kind: 'message'; readonly account: Account; readonly message: Message }
  | {
      readonly kind: 'file';
      readonly account: Account;
      readonly message: Message;
      readonly file: MessageFile;
    };

/**
 * Finds what is at a path.
 * @throws FileSystemError FileNotFound if there is nothing, Unavailable if its account is not signed in
 */
export async function findPlace(uri: Uri, accounts: Accounts): Promise<Place> {
  const parsed = parsePath(uri.path);
  if (!parsed) throw FileSystemError.FileNotFound(uri);
  if (parsed.kind === 'root') return parsed;
  const account = accounts.all.find((each) => accountKeyOf(each) === parsed.accountKey);
  if (!account)
    throw FileSystemError.Unavailable(
      l10n.t("You're signed out of this file's RingCentral account. Sign in to open the file."),
    );
  await whenLoaded(account.mailbox);
  switch (parsed.kind) {
    case 'account':
      return { kind: 'account', account };
    case 'folder':
    case 'month': {
      const query = folderQuery(account.mailbox.store, parsed.folder);
      if (!query) throw FileSystemError.FileNotFound(uri);
      if (parsed.kind === 'folder') return { kind: 'folder', account, query };
      const inMonth = monthQuery(account, query, parsed.month);
      if (!inMonth) throw FileSystemError.FileNotFound(uri);
      return { kind: 'month', account, query: inMonth };
    }
    case 'message':
    case 'file': {
      const message = account.mailbox.store.get(parsed.messageId);
      if (!message || message.availability === 'Purged') throw FileSystemError.FileNotFound(uri);
      if (parsed.kind === 'message') return { kind: 'message', account, message };
      const file = findFile(message, parsed.name);
      if (!file) throw FileSystemError.FileNotFound(uri);
      return { kind: 'file', account, message, file };
    }
  }
}

/** Undefined if there is nothing of that month. */
function monthQuery({ mailbox }: Account, query: MessageQuery, month: string): MessageQuery | undefined {
  const range = monthRange(month);
  const inMonth = range && { ...query, filter: { ...query.filter, ...range } };
  return inMonth && mailbox.store.tally(inMonth).total > 0 ? inMonth : undefined;
}

/** Waits while nothing is known of the mailbox yet, as after a start without messages on disk. */
function whenLoaded(mailbox: Mailbox): Promise<void> {
  return new Promise((resolve) => {
    if (mailbox.state.kind !== 'loading') {
      resolve();
      return;
    }
    const following = mailbox.onDidChangeState(({ kind }) => {
      if (kind === 'loading') return;
      following.dispose();
      resolve();
    });
  });
}
