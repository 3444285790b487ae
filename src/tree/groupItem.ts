import * as vscode from 'vscode';
import { listText, numberText, plural } from '../display/language';
import { failureText } from '../display/failureText';
import { groupName, saidText, wordsText } from '../display/messageText';
import { relativeTime } from '../display/relativeTime';
import { Command } from '../ids';
import type { Account } from '../mailbox/accounts';
import { groupNumber } from '../mailbox/dialable';
import { conversationOf, type Group, type Tally } from '../mailbox/group';
import { creationTime, dialableNumbers, isConversational } from '../mailbox/message';
import { groupId } from './groupId';
import { contentText, faxState } from './messageItem';
import type { GroupNode } from './nodes';
import { threadIcon, typeIcon } from './rowIcons';
import { groupTooltip } from './tooltip';
import { isBadgeShown, unreadUri } from './unreadDecorations';

/**
 * The row of a group. A conversation or a person shows its newest message, and how much of it is unread as a badge; a type
 * or a day says that in words.
 */
export function groupItem(node: GroupNode, now: number): vscode.TreeItem {
  const { account, group } = node;
  const { key, unread } = group;
  const name = groupName(group);
  const isOfSomebody = key.kind === 'thread' || key.kind === 'party';
  const item = new vscode.TreeItem(
    name,
    key.kind === 'type'
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed,
  );
  const latest = isOfSomebody ? latestText(group, now, key.kind === 'thread') : [];
  const count = unread > 0 && !(isOfSomebody && isBadgeShown(unread)) ? unreadCountText(unread) : '';
  item.description = [count, ...latest].filter(Boolean).join(' · ');
  item.iconPath = groupIcon(group);
  item.contextValue = contextValue(account, group);
  item.resourceUri = unreadUri(`${account.id}/${groupId(key)}`, unread, isOfSomebody);
  item.tooltip = isOfSomebody ? groupTooltip(group, tallyText(group)) : `${name}\n${tallyText(group)}`;
  const spoken = isOfSomebody ? latestText(group, now, false) : [];
  item.accessibilityInformation = { label: listText([name, tallyText(group), ...spoken]) };
  // With a command, a click opens, and only the twistie expands.
  if (isOfSomebody) item.command = { command: Command.Open, title: vscode.l10n.t('Open'), arguments: [node] };
  return item;
}

/** How much is unread, as rows say it. */
export function unreadCountText(unread: number): string {
  return plural(unread, {
    one: (number) => vscode.l10n.t({ message: '{0} unread', args: [number], comment: ['Of one message.'] }),
    other: (number) => vscode.l10n.t('{0} unread', number),
  });
}

/** How many messages there are, and how many of them are unread. */
export function tallyText({ unread, total }: Tally): string {
  if (unread > 0)
    return plural(unread, {
      one: (number) =>
        vscode.l10n.t({
          message: '{0} unread of {1}',
          args: [number, numberText(total)],
          comment: ['Of one message.'],
        }),
      other: (number) => vscode.l10n.t('{0} unread of {1}', number, numberText(total)),
    });
  return plural(total, {
    one: (number) => vscode.l10n.t('{0} message', number),
    other: (number) => vscode.l10n.t('{0} messages', number),
  });
}

/**
 * When the newest message was, whether it is urgent, what became of it if it failed, and what it says.
 * @param isTypeSeen the icon of the row says what kind of message it is
 */
function latestText({ newest }: Group, now: number, isTypeSeen: boolean): readonly string[] {
  const failure = failureText(newest) ?? '';
  // Of a fax without words, `saidText` would say again that it was not sent.
  const isShort = isTypeSeen || (newest.type === 'Fax' && failure !== '');
  const said = isShort ? contentText(newest) : saidText(newest);
  return [
    relativeTime(creationTime(newest), now),
    // Without words, `saidText` says it.
    isShort || wordsText(newest) ? faxState(newest) : '',
    newest.priority === 'High' ? vscode.l10n.t('Urgent') : '',
    failure,
    said,
  ];
}

/** Words that `when` clauses of menus look for. */
function contextValue(account: Account, group: Group): string {
  const words = ['group', kindOf(group), group.unread > 0 ? 'unread' : 'read'];
  if (groupNumber(account, group) !== undefined) words.push('dialable');
  if (isConversational(group.newest)) words.push('texts');
  if (dialableNumbers(group.newest).length > 0) words.push('number');
  return words.join(' ');
}

function kindOf(group: Group): string {
  if (group.key.kind !== 'thread') return group.key.kind;
  return conversationOf(group) === undefined ? 'party' : 'conversation';
}

function groupIcon({ key, unread, newest }: Group): vscode.ThemeIcon {
  switch (key.kind) {
    case 'type':
      return typeIcon(key.type);
    case 'thread':
      return threadIcon(key.type, unread > 0, newest, failureText(newest) !== undefined);
    case 'party':
      return new vscode.ThemeIcon('person');
    case 'date':
      return new vscode.ThemeIcon('calendar');
  }
}
