import * as vscode from 'vscode';
import type { MessageType } from '../api/schema';
import { groupName, previewText } from '../display/messageText';
import { relativeTime } from '../display/relativeTime';
import type { Group, GroupSubject } from '../mailbox/grouping';
import { creationTime } from '../mailbox/message';
import type { GroupNode } from './nodes';
import { unreadUri } from './unreadDecorations';

/** The row of a group: its name, how much of it is unread, and its newest message. */
export function groupItem({ group }: GroupNode, now: number): vscode.TreeItem {
  const { subject, unread, messages } = group;
  const name = groupName(group);
  const item = new vscode.TreeItem(
    name,
    subject.kind === 'type'
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed,
  );
  // Of a conversation one wants to know what was said last; of a type or a day that would say nothing.
  const newest = subject.kind === 'conversation' || subject.kind === 'party' ? messages[0] : undefined;
  const latest = newest ? [relativeTime(creationTime(newest), now), previewText(newest)] : [];
  const count = unread > 0 ? countText(group) : String(messages.length);
  item.description = [count, ...latest].filter(Boolean).join(' · ');
  item.iconPath = groupIcon(subject, unread > 0);
  item.contextValue = `group ${subject.kind} ${unread > 0 ? 'unread' : 'read'}`;
  item.resourceUri = unreadUri(group.id, unread);
  item.tooltip = `${name}\n${countText(group)}`;
  item.accessibilityInformation = { label: [name, countText(group), ...latest].filter(Boolean).join(', ') };
  return item;
}

function countText({ unread, messages: { length } }: Group): string {
  if (unread > 0) return vscode.l10n.t('{0} unread of {1}', unread, length);
  return length === 1 ? vscode.l10n.t('1 message') : vscode.l10n.t('{0} messages', length);
}

function groupIcon(subject: GroupSubject, unread: boolean): vscode.ThemeIcon {
  switch (subject.kind) {
    case 'type':
      return new vscode.ThemeIcon(typeIcon(subject.type));
    case 'conversation':
      return new vscode.ThemeIcon(unread ? 'comment-unresolved' : 'comment');
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
