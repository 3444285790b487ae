import * as vscode from 'vscode';
import type { MessageType } from '../api/schema';
import { groupName, previewText } from '../display/messageText';
import { relativeTime } from '../display/relativeTime';
import { conversationOf, type Group, type Tally } from '../mailbox/group';
import { creationTime } from '../mailbox/message';
import { groupId } from './groupId';
import type { GroupNode } from './nodes';
import { unreadUri } from './unreadDecorations';

/** The row of a group: its name, how much of it is unread, and its newest message. */
export function groupItem({ account, group }: GroupNode, now: number): vscode.TreeItem {
  const { key, unread, total, newest } = group;
  const name = groupName(group);
  const item = new vscode.TreeItem(
    name,
    key.kind === 'type'
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed,
  );
  // Of a conversation one wants to know what was said last; of a type or a day that would say nothing.
  const latest =
    key.kind === 'thread' || key.kind === 'party'
      ? [relativeTime(creationTime(newest), now), previewText(newest)]
      : [];
  const count = unread > 0 ? countText(group) : String(total);
  item.description = [count, ...latest].filter(Boolean).join(' · ');
  item.iconPath = groupIcon(group);
  item.contextValue = `group ${kindOf(group)} ${unread > 0 ? 'unread' : 'read'}`;
  item.resourceUri = unreadUri(`${account.id}/${groupId(key)}`, unread);
  item.tooltip = `${name}\n${countText(group)}`;
  item.accessibilityInformation = { label: [name, countText(group), ...latest].filter(Boolean).join(', ') };
  return item;
}

function countText({ unread, total }: Tally): string {
  if (unread > 0) return vscode.l10n.t('{0} unread of {1}', unread, total);
  return total === 1 ? vscode.l10n.t('1 message') : vscode.l10n.t('{0} messages', total);
}

/** A word that `when` clauses of menus look for. */
function kindOf(group: Group): string {
  if (group.key.kind !== 'thread') return group.key.kind;
  return conversationOf(group) === undefined ? 'party' : 'conversation';
}

function groupIcon(group: Group): vscode.ThemeIcon {
  const { key, unread } = group;
  switch (key.kind) {
    case 'type':
      return new vscode.ThemeIcon(typeIcon(key.type));
    case 'thread':
      if (conversationOf(group) === undefined) return new vscode.ThemeIcon('person');
      return new vscode.ThemeIcon(unread > 0 ? 'comment-unresolved' : 'comment');
    case 'party':
      return new vscode.ThemeIcon('person');
    case 'date':
      return new vscode.ThemeIcon('calendar');
  }
}

function typeIcon(type: MessageType): string {
  switch (type) {
    case 'VoiceMail':
      return 'mic';
    case 'SMS':
    case 'Text':
      return 'comment-discussion';
    case 'Fax':
      // Not `file`, which VS Code replaces by the icon that its theme has for the row's address.
      return 'note';
    case 'Pager':
      return 'broadcast';
    default:
      return 'mail';
  }
}
