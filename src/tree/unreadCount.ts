import * as vscode from 'vscode';
import { plural } from '../display/language';
import type { MessageType } from '../api/schema';
import type { Account } from '../mailbox/accounts';

/** What the badge and the status bar count: living messages that nobody has read yet, whatever filters are on. */
const COUNTED = { availability: 'Alive', filter: {} } as const;

/** More types than there are. */
const TYPES = { offset: 0, limit: 100 };

/** The accounts whose unread messages count: the sample mailbox, which nobody wrote to, only if it is alone. */
export function countedAccounts(accounts: readonly Account[]): readonly Account[] {
  const real = accounts.filter(({ sample }) => !sample);
  return real.length > 0 ? real : accounts;
}

/** How many messages are unread in all accounts that count. */
export function unreadCount(accounts: readonly Account[]): number {
  return countedAccounts(accounts).reduce(
    (total, { mailbox }) => total + mailbox.store.tally(COUNTED).unread,
    0,
  );
}

/** How many messages of each type are unread, in the order in which types are shown, without those of which none is. */
export function unreadByType({ mailbox }: Account): readonly (readonly [MessageType, number])[] {
  return mailbox.store
    .groups(COUNTED, 'type', TYPES)
    .flatMap(({ key, unread }) => (key.kind === 'type' && unread > 0 ? [[key.type, unread] as const] : []));
}

export function unreadText(unread: number): string {
  if (unread === 0) return vscode.l10n.t('No unread messages');
  return plural(unread, {
    one: (number) => vscode.l10n.t('{0} unread message', number),
    other: (number) => vscode.l10n.t('{0} unread messages', number),
  });
}
