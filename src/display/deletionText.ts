/** What is told and asked about deletions, in whole sentences. */
import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { conversationOf, type Group } from '../mailbox/group';
import { isInbound } from '../mailbox/message';
import { plural } from './language';
import { groupName, otherSideText } from './messageText';

/** That one message was deleted. */
export function deletedText(message: Message): string {
  const who = otherSideText(message);
  const inbound = isInbound(message);
  switch (message.type) {
    case 'VoiceMail':
      return vscode.l10n.t('Deleted voicemail from {0}.', who);
    case 'Fax':
      return inbound
        ? vscode.l10n.t('Deleted fax from {0}.', who)
        : vscode.l10n.t('Deleted fax to {0}.', who);
    case 'SMS':
      return inbound
        ? vscode.l10n.t('Deleted text message from {0}.', who)
        : vscode.l10n.t('Deleted text message to {0}.', who);
    case 'Pager':
      return inbound
        ? vscode.l10n.t('Deleted pager message from {0}.', who)
        : vscode.l10n.t('Deleted pager message to {0}.', who);
    default:
      return inbound
        ? vscode.l10n.t('Deleted message from {0}.', who)
        : vscode.l10n.t('Deleted message to {0}.', who);
  }
}

/** Whether `count` messages, all that is shown of a group, are to be deleted. */
export function groupQuestion(group: Group, count: number): string {
  const { key } = group;
  const name = groupName(group);
  if (key.kind === 'type' || key.kind === 'date')
    return plural(count, {
      one: (number) => vscode.l10n.t('Delete {0} message in "{1}"?', number, name),
      other: (number) => vscode.l10n.t('Delete {0} messages in "{1}"?', number, name),
    });
  if (key.kind === 'thread' && key.type === 'VoiceMail')
    return plural(count, {
      one: (number) => vscode.l10n.t('Delete {0} voicemail from {1}?', number, name),
      other: (number) => vscode.l10n.t('Delete {0} voicemails from {1}?', number, name),
    });
  if (key.kind === 'thread' && key.type === 'Fax')
    return plural(count, {
      one: (number) => vscode.l10n.t('Delete {0} fax exchanged with {1}?', number, name),
      other: (number) => vscode.l10n.t('Delete {0} faxes exchanged with {1}?', number, name),
    });
  if (conversationOf(group) !== undefined) return conversationQuestion(name, count);
  return plural(count, {
    one: (number) => vscode.l10n.t('Delete {0} message exchanged with {1}?', number, name),
    other: (number) => vscode.l10n.t('Delete {0} messages exchanged with {1}?', number, name),
  });
}

/** Whether `count` messages, all that is shown of a conversation, are to be deleted. */
export function conversationQuestion(who: string, count: number): string {
  return plural(count, {
    one: (number) => vscode.l10n.t('Delete the conversation with {0} ({1} message)?', who, number),
    other: (number) => vscode.l10n.t('Delete the conversation with {0} ({1} messages)?', who, number),
  });
}

/**
 * Whether messages are to be deleted.
 * @param names of who they are from or to, if they are few enough to be looked at; else empty
 */
export function deleteQuestion(count: number, names: string): string {
  return names
    ? plural(count, {
        one: (number) => vscode.l10n.t('Delete {0} message ({1})?', number, names),
        other: (number) => vscode.l10n.t('Delete {0} messages ({1})?', number, names),
      })
    : plural(count, {
        one: (number) => vscode.l10n.t('Delete {0} message?', number),
        other: (number) => vscode.l10n.t('Delete {0} messages?', number),
      });
}

/** Whether several messages are to be deleted for good; see `deleteQuestion`. */
export function purgeQuestion(count: number, names: string): string {
  return names
    ? plural(count, {
        one: (number) => vscode.l10n.t('Permanently delete {0} message ({1})?', number, names),
        other: (number) => vscode.l10n.t('Permanently delete {0} messages ({1})?', number, names),
      })
    : plural(count, {
        one: (number) => vscode.l10n.t('Permanently delete {0} message?', number),
        other: (number) => vscode.l10n.t('Permanently delete {0} messages?', number),
      });
}

/** Whether one message is to be deleted for good. */
export function purgeOneQuestion(message: Message): string {
  const who = otherSideText(message);
  const inbound = isInbound(message);
  switch (message.type) {
    case 'VoiceMail':
      return vscode.l10n.t('Permanently delete the voicemail from {0}?', who);
    case 'Fax':
      return inbound
        ? vscode.l10n.t('Permanently delete the fax from {0}?', who)
        : vscode.l10n.t('Permanently delete the fax to {0}?', who);
    case 'SMS':
      return inbound
        ? vscode.l10n.t('Permanently delete the text message from {0}?', who)
        : vscode.l10n.t('Permanently delete the text message to {0}?', who);
    case 'Pager':
      return inbound
        ? vscode.l10n.t('Permanently delete the pager message from {0}?', who)
        : vscode.l10n.t('Permanently delete the pager message to {0}?', who);
    default:
      return inbound
        ? vscode.l10n.t('Permanently delete the message from {0}?', who)
        : vscode.l10n.t('Permanently delete the message to {0}?', who);
  }
}
