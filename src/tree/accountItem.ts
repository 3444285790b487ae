import * as vscode from 'vscode';
import { accountLabel } from '../display/accountLabel';
import { listText } from '../display/language';
import type { MessageQuery } from '../mailbox/query';
import { tallyText, unreadCountText } from './groupItem';
import type { AccountNode } from './nodes';
import { accountStateText } from './stateText';
import { unreadUri } from './unreadDecorations';

/** The row of an account, where there are several: whose it is, how much of it is unread, and how it is doing. */
export function accountItem(
  { account }: AccountNode,
  query: MessageQuery,
  isCurrent: boolean,
): vscode.TreeItem {
  const tally = account.mailbox.store.tally(query);
  const { unread } = tally;
  const label = accountLabel(account);
  const facts = [isCurrent ? vscode.l10n.t('current') : '', accountStateText(account) ?? ''].filter(Boolean);
  const item = new vscode.TreeItem(
    label,
    // What is made up does not stand in the way of the real messages.
    account.sample ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded,
  );
  item.description = [unread > 0 ? unreadCountText(unread) : '', ...facts].filter(Boolean).join(' · ');
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
  item.resourceUri = unreadUri(`account:${account.id}`, unread, false);
  const all = [label, tallyText(tally), ...facts];
  item.tooltip = all.join('\n');
  item.accessibilityInformation = { label: listText(all) };
  return item;
}
