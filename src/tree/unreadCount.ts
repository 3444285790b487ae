import * as vscode from 'vscode';
import type { Account } from '../mailbox/accounts';

/** How many living messages nobody has read yet, in all accounts, whatever filters are on. */
export function unreadCount(accounts: readonly Account[]): number {
  return accounts.reduce(
    (total, { mailbox }) => total + mailbox.store.tally({ availability: 'Alive', filter: {} }).unread,
    0,
  );
}

export function unreadText(unread: number): string {
  return unread === 1 ? vscode.l10n.t('1 unread message') : vscode.l10n.t('{0} unread messages', unread);
}
