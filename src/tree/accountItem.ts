import * as vscode from 'vscode';
import type { MessageQuery } from '../mailbox/query';
import type { AccountNode } from './nodes';
import { accountStateText } from './stateText';
import { unreadUri } from './unreadDecorations';

/** The row of an account, where there are several: whose it is, how much of it is unread, and how it is doing. */
export function accountItem(
  { account }: AccountNode,
  query: MessageQuery,
  isCurrent: boolean,
): vscode.TreeItem {
  const { total, unread } = account.mailbox.store.tally(query);
  const count =
    unread > 0 ? vscode.l10n.t('{0} unread of {1}', unread, total) : vscode.l10n.t('{0} messages', total);
  const facts = [
    account.sample ? vscode.l10n.t('sample mailbox') : '',
    isCurrent ? vscode.l10n.t('current') : '',
    accountStateText(account) ?? '',
  ].filter(Boolean);
  const item = new vscode.TreeItem(account.label, vscode.TreeItemCollapsibleState.Expanded);
  item.description = [unread > 0 ? count : String(total), ...facts].join(' · ');
  item.iconPath = new vscode.ThemeIcon(
    account.isSignInRequired ? 'warning' : account.sample ? 'beaker' : 'account',
  );
  item.contextValue = [
    'account',
    account.isSignInRequired ? 'dead' : '',
    account.sample ? 'sample' : 'stored',
  ]
    .filter(Boolean)
    .join(' ');
  item.resourceUri = unreadUri(`account:${account.id}`, unread);
  item.tooltip = [account.label, count, ...facts].join('\n');
  item.accessibilityInformation = { label: [account.label, count, ...facts].join(', ') };
  return item;
}
