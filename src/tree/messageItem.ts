import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { encodeLabel } from '../display/encode';
import { failureText } from '../display/failureText';
import { messageNoun, otherSideText, partiesText, previewText } from '../display/messageText';
import { fullTime, relativeTime } from '../display/relativeTime';
import { Command } from '../ids';
import {
  creationTime,
  isConversational,
  isInbound,
  isUnread,
  openableAttachments,
  writtenText,
} from '../mailbox/message';
import { fileUris } from './fileDrag';
import type { GroupNode, MessageNode } from './nodes';

/** Read in every theme and by every eye, where colour alone would not be. */
const UNREAD_MARK = '●';

/** The row of a message. What the row above says already (who, in a conversation) is not said again. */
export function messageItem(node: MessageNode, now: number): vscode.TreeItem {
  const { account, message, parent } = node;
  const isPending = account.mailbox.store.isPending(message.id);
  const label = rowLabel(message, parent?.kind === 'group' ? parent : undefined);
  const item = new vscode.TreeItem(isUnread(message) ? `${UNREAD_MARK} ${label}` : label);
  const failure = failureText(message);
  const owner = encodeLabel(message.owner?.name);
  const facts = [
    isPending ? vscode.l10n.t('Not sent yet') : '',
    message.priority === 'High' ? vscode.l10n.t('Urgent') : '',
    failure ?? queuedText(message),
    attachmentCount(message),
    owner ? vscode.l10n.t('for {0}', owner) : '',
    relativeTime(creationTime(message), now),
  ].filter(Boolean);
  item.description = facts.join(' · ');
  item.iconPath = isPending ? new vscode.ThemeIcon('sync') : messageIcon(message, failure !== undefined);
  // By this VS Code can drag the row to where it takes files only, such as the Explorer.
  const [file] = fileUris(node);
  if (file) item.resourceUri = file;
  item.contextValue = contextValue(message);
  item.command = { command: Command.Open, title: vscode.l10n.t('Open'), arguments: [node] };
  item.accessibilityInformation = { label: accessibleLabel(message, failure, isPending) };
  return item;
}

function rowLabel(message: Message, parent: GroupNode | undefined): string {
  const preview = previewText(message);
  const groupedBy = parent?.group.key.kind;
  if (groupedBy === 'thread' && isConversational(message) && message.conversationId) {
    if (!isInbound(message)) return vscode.l10n.t('You: {0}', preview);
    const isGroup = message.to.length > 1;
    return isGroup && message.from ? `${partiesText([message.from])}: ${preview}` : preview;
  }
  if (groupedBy === 'party' || groupedBy === 'thread')
    return isInbound(message) || !isConversational(message) ? preview : vscode.l10n.t('You: {0}', preview);
  const who = isInbound(message) ? otherSideText(message) : vscode.l10n.t('To {0}', otherSideText(message));
  return `${who}: ${preview}`;
}

function attachmentCount(message: Message): string {
  // A voicemail is its recording, and a fax its document: nothing worth counting.
  const count = isConversational(message) ? openableAttachments(message).length : 0;
  if (count === 0) return '';
  return count === 1 ? vscode.l10n.t('1 attachment') : vscode.l10n.t('{0} attachments', count);
}

function queuedText(message: Message): string {
  // A fax says so by itself.
  return message.messageStatus === 'Queued' && message.type !== 'Fax' ? vscode.l10n.t('Queued') : '';
}

function messageIcon(message: Message, failed: boolean): vscode.ThemeIcon {
  if (failed) return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  if (message.priority === 'High')
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  switch (message.type) {
    case 'VoiceMail':
      return new vscode.ThemeIcon('call-incoming');
    case 'Fax':
      return new vscode.ThemeIcon(isInbound(message) ? 'file-symlink-file' : 'export');
    default:
      return new vscode.ThemeIcon(isInbound(message) ? 'arrow-small-left' : 'arrow-small-right');
  }
}

/** Words that `when` clauses of menus look for. */
function contextValue(message: Message): string {
  return [
    'message',
    isUnread(message) ? 'unread' : 'read',
    message.availability === 'Deleted' ? 'deleted' : 'alive',
    message.conversationId && isConversational(message) ? 'threaded' : '',
    openableAttachments(message).length > 0 ? 'attachments' : '',
    isConversational(message) && writtenText(message) ? 'text' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function accessibleLabel(message: Message, failure: string | undefined, isPending: boolean): string {
  const other = otherSideText(message);
  return [
    isUnread(message) ? vscode.l10n.t('unread {0}', messageNoun(message)) : messageNoun(message),
    isInbound(message) ? vscode.l10n.t('from {0}', other) : vscode.l10n.t('to {0}', other),
    message.priority === 'High' ? vscode.l10n.t('urgent') : '',
    failure ?? '',
    previewText(message),
    attachmentCount(message),
    fullTime(creationTime(message)),
    isPending ? vscode.l10n.t('not sent yet') : '',
  ]
    .filter(Boolean)
    .join(', ');
}
