import * as vscode from 'vscode';
import type { Message, MessageType } from '../api/schema';
import { isInbound, isUnread } from '../mailbox/message';

/** Of rows with something unread. */
export const UNREAD_COLOR = 'ringcentralMailbox.unreadForeground';

type Kind = 'voicemail' | 'fax' | 'text' | 'pager';

/** The icon of a message: what it is, and whether it is unread, sent by us, or failed. */
export function messageIcon(message: Message, failed: boolean): vscode.ThemeIcon {
  const kind = kindOf(message.type ?? '');
  if (failed) return icon(failedIcon(kind), 'list.errorForeground');
  if (message.priority === 'High') return icon(stateIcon(kind, message), 'list.warningForeground');
  return icon(stateIcon(kind, message), isUnread(message) ? UNREAD_COLOR : undefined);
}

/** The icon of messages of one type. @param unread whether it is to say that some are unread */
export function typeIcon(type: MessageType, unread = false): vscode.ThemeIcon {
  const kind = kindOf(type);
  if (!kind) return icon('mail', unread ? UNREAD_COLOR : undefined);
  return unread ? icon(own(`${kind}-unread`), UNREAD_COLOR) : icon(own(kind));
}

/** The icon of messages of one type that belong together: whether any is unread, and the state of the newest. */
export function threadIcon(
  type: MessageType,
  unread: boolean,
  newest: Message,
  failed: boolean,
): vscode.ThemeIcon {
  if (failed) return icon(failedIcon(kindOf(type)), 'list.errorForeground');
  const plain = typeIcon(type, unread);
  return newest.priority === 'High' ? icon(plain.id, 'list.warningForeground') : plain;
}

function stateIcon(kind: Kind | undefined, message: Message): string {
  if (!kind) return 'mail';
  if (isUnread(message)) return own(`${kind}-unread`);
  return isInbound(message) || kind === 'voicemail' ? own(kind) : own(`${kind}-sent`);
}

function failedIcon(kind: Kind | undefined): string {
  return kind && kind !== 'voicemail' ? own(`${kind}-failed`) : 'error';
}

function kindOf(type: MessageType): Kind | undefined {
  switch (type) {
    case 'VoiceMail':
      return 'voicemail';
    case 'Fax':
      return 'fax';
    case 'SMS':
    case 'Text':
      return 'text';
    case 'Pager':
      return 'pager';
    default:
      return undefined;
  }
}

/** An icon of `media/icons`. */
function own(name: string): string {
  return `ringcentral-mailbox-${name}`;
}

function icon(id: string, color?: string): vscode.ThemeIcon {
  return color === undefined
    ? new vscode.ThemeIcon(id)
    : new vscode.ThemeIcon(id, new vscode.ThemeColor(color));
}
