import * as vscode from 'vscode';
import { listText, plural } from '../display/language';
import type { Message, MessageStatus } from '../api/schema';
import { encodeLabel } from '../display/encode';
import { failureText, statusText } from '../display/failureText';
import {
  faxName,
  messageTitle,
  otherSideText,
  pagesText,
  previewText,
  saidText,
  voicemailLength,
  wordsText,
} from '../display/messageText';
import { fullTime, relativeTime } from '../display/relativeTime';
import { Command } from '../ids';
import { faxProgress } from '../mailbox/delivery';
import { dialableNumber } from '../mailbox/dialable';
import {
  creationTime,
  dialableNumbers,
  isConversational,
  isInbound,
  isUnread,
  openableAttachments,
  writtenText,
} from '../mailbox/message';
import { fileUris } from './fileDrag';
import type { MessageNode } from './nodes';
import { messageIcon } from './rowIcons';
import { messageTooltip } from './tooltip';

/** Read in every theme and by every eye, where colour alone would not be. */
const UNREAD_MARK = '●';

/**
 * The row of a message: who it is from or to, then when and what it says. Below a conversation or a person that says who
 * already, it begins with what it says.
 */
export function messageItem(node: MessageNode, now: number): vscode.TreeItem {
  const { account, message, parent } = node;
  const isPending = account.mailbox.store.isPending(message.id);
  const groupedBy = parent?.kind === 'group' ? parent.group.key.kind : undefined;
  const isBelowWho = groupedBy === 'thread' || groupedBy === 'party';
  const label = isBelowWho ? saidText(message) : otherSideText(message);
  const item = new vscode.TreeItem(isUnread(message) ? `${UNREAD_MARK} ${label}` : label);
  const failure = failureText(message);
  const state = [
    isPending ? vscode.l10n.t('Change pending') : '',
    message.priority === 'High' ? vscode.l10n.t('Urgent') : '',
    failure ?? queuedText(message),
    attachmentCount(message),
  ];
  item.description = [
    relativeTime(creationTime(message), now),
    ...(isBelowWho
      ? [...state, ...furtherFacts(message)]
      : [faxState(message), ...state, contentText(message)]),
    // Last, because the hover says it as well, and what was said would be pushed out of sight.
    ownerText(message),
  ]
    .filter(Boolean)
    .join(' · ');
  item.iconPath = isPending ? new vscode.ThemeIcon('sync') : messageIcon(message, failure !== undefined);
  // By this VS Code can drag the row to where it takes files only, such as the Explorer.
  const [file] = fileUris(node);
  if (file) item.resourceUri = file;
  item.contextValue = contextValue(message, dialableNumber(account, message) !== undefined);
  item.command = { command: Command.Open, title: vscode.l10n.t('Open'), arguments: [node] };
  // Not only when VS Code asks for it: it then shows the address of the file for a row that has been read anew meanwhile.
  item.tooltip = messageTooltip(message);
  item.accessibilityInformation = { label: accessibleLabel(message, failure, isPending) };
  return item;
}

/** What a row says that begins with who; its icon says what it is. */
export function contentText(message: Message): string {
  switch (message.type) {
    case 'VoiceMail':
      return wordsText(message) || voicemailLength(message);
    case 'Fax':
      return wordsText(message) || pagesText(message);
    default:
      return saidText(message);
  }
}

/** What a row that begins with the words of a message says of it besides. */
function furtherFacts(message: Message): readonly string[] {
  if (!wordsText(message)) return [];
  switch (message.type) {
    case 'VoiceMail':
      return [voicemailLength(message)];
    case 'Fax':
      return [faxState(message), pagesText(message)];
    default:
      return [];
  }
}

/** How far a fax of ours has come; of one that was received nothing, and of one that failed, for `failureText` says so. */
export function faxState(message: Message): string {
  if (message.type !== 'Fax' || isInbound(message) || faxProgress(message) === 'failed') return '';
  return faxName(message);
}

const FAX_STATUS = {
  queued: 'Queued',
  sending: 'Sending',
  sent: 'Sent',
  failed: undefined,
  unknown: undefined,
} satisfies Record<ReturnType<typeof faxProgress>, MessageStatus | undefined>;

/** How far a fax of ours has come, to be said where the words before say already that it is a fax. */
function faxProgressText(message: Message): string {
  if (message.type !== 'Fax' || isInbound(message)) return '';
  return statusText(FAX_STATUS[faxProgress(message)]) ?? '';
}

function ownerText(message: Message): string {
  const owner = encodeLabel(message.owner?.name);
  return owner
    ? vscode.l10n.t({ message: 'for {0}', args: [owner], comment: ['Whose mailbox a message is in.'] })
    : '';
}

function attachmentCount(message: Message): string {
  // A voicemail is its recording, and a fax its document: nothing worth counting. Where there are no words, names are shown instead.
  const isCounted = isConversational(message) && wordsText(message) !== '';
  const count = isCounted ? openableAttachments(message).length : 0;
  if (count === 0) return '';
  return plural(count, {
    one: (number) => vscode.l10n.t('{0} attachment', number),
    other: (number) => vscode.l10n.t('{0} attachments', number),
  });
}

function queuedText(message: Message): string {
  // A fax says so by itself.
  return message.messageStatus === 'Queued' && message.type !== 'Fax' ? vscode.l10n.t('Queued') : '';
}

/** Words that `when` clauses of menus look for. */
function contextValue(message: Message, dialable: boolean): string {
  const attachments = openableAttachments(message).length;
  return [
    'message',
    isUnread(message) ? 'unread' : 'read',
    message.availability === 'Deleted' ? 'deleted' : 'alive',
    message.conversationId && isConversational(message) ? 'threaded' : '',
    attachments > 0 ? 'attachments' : '',
    attachments > 1 ? 'several' : '',
    isConversational(message) && writtenText(message) ? 'text' : '',
    dialable ? 'dialable' : '',
    dialableNumbers(message).length > 0 ? 'number' : '',
    isInbound(message) ? 'inbound' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Everything that the row shows, each thing once. */
function accessibleLabel(message: Message, failure: string | undefined, isPending: boolean): string {
  return listText([
    messageTitle(message),
    message.priority === 'High' ? vscode.l10n.t('urgent') : '',
    faxProgressText(message),
    failure ?? queuedText(message),
    message.type === 'VoiceMail' ? voicemailLength(message) : pagesText(message),
    isConversational(message) ? previewText(message) : wordsText(message),
    attachmentCount(message),
    ownerText(message),
    fullTime(creationTime(message)),
    isPending ? vscode.l10n.t('change pending') : '',
  ]);
}
