import * as vscode from 'vscode';
import { numberText } from '../display/language';
import { Command } from '../ids';
import type { MoreNode } from './nodes';

/** The row that loads the next page. */
export function moreItem(node: MoreNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Load more'));
  item.description = vscode.l10n.t('{0} not shown', numberText(node.remaining));
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'more';
  item.command = { command: Command.LoadMore, title: vscode.l10n.t('Load more'), arguments: [node] };
  return item;
}
