import * as vscode from 'vscode';
import { accountLabel } from '../display/accountLabel';
import { pickOne } from '../display/window';
import type { Account, Accounts } from '../mailbox/accounts';
import { isNode } from '../tree/nodes';

/** The account of the row that a command was called for; else the only one, or the one that the user picks. */
export async function accountOf(
  row: unknown,
  accounts: Accounts,
  title: string,
): Promise<Account | undefined> {
  if (isNode(row)) return accounts.get(row.account.id);
  const { all } = accounts;
  return all.length < 2 ? all[0] : pickAccount(all, accounts.current, title);
}

/** Lets the user choose one of several accounts; undefined if the choice was dismissed. */
export async function pickAccount(
  accounts: readonly Account[],
  current: Account | undefined,
  title: string,
): Promise<Account | undefined> {
  const items = accounts.map((account) => ({
    label: accountLabel(account),
    description: account === current ? vscode.l10n.t('current') : '',
    account,
  }));
  return (await pickOne(items, { title }))?.account;
}
