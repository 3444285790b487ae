import * as vscode from 'vscode';
import { creationTime, isInbound, openableAttachments, otherParties } from '../../mailbox/message';
import { hasVisible } from '../../util/hasVisible';
import { failureText } from '../failureText';
import { attachmentName, otherSideText, partyDetails, partyText } from '../messageText';
import { dayOf, timeOfDay } from '../relativeTime';
import type { Message } from '../../api/schema';
import type { Entry } from './transcript';

/** What a transcript for people says of a message, in words. */
export interface EntryText {
  /** The day, where it is another than that of the entry before. */
  readonly day?: string;
  readonly sender: string;
  /** Empty if it is not known. */
  readonly time: string;
  readonly text: string;
  /** What else is to be said: what is attached, why it failed, that it was deleted. */
  readonly notes: readonly string[];
}

/** @param isMixed see `TranscriptFormat` */
export function entryText({ message, text }: Entry, before: Entry | undefined, isMixed: boolean): EntryText {
  const time = creationTime(message);
  const day = dayText(time);
  const isAnotherDay = !before || dayText(creationTime(before.message)) !== day;
  return {
    ...(isAnotherDay && { day }),
    sender: senderText(message),
    time: time === 0 ? '' : timeOfDay(time),
    text: hasVisible(text) ? text : '',
    notes: [...(isMixed ? receiverNotes(message) : []), ...notes(message)],
  };
}

/** @param message see `TranscriptFormat` */
export function titleText(message: Message | undefined): string {
  return message === undefined
    ? vscode.l10n.t('Messages')
    : vscode.l10n.t('Conversation with {0}', otherSideText(message));
}

/** Everybody on the other side with what is known of them, one a line; nobody where that is another with each message. */
export function partyLines(message: Message | undefined): readonly string[] {
  return (message ? otherParties(message) : []).map(partyDetails).filter(Boolean);
}

/** Who a message of ours is to, which the title does not say. */
function receiverNotes(message: Message): readonly string[] {
  return isInbound(message) ? [] : [vscode.l10n.t('To {0}', otherSideText(message))];
}

function senderText(message: Message): string {
  const name = message.from ? partyText(message.from) : '';
  if (name) return name;
  return isInbound(message) ? vscode.l10n.t('Unknown') : vscode.l10n.t('You');
}

function dayText(time: number): string {
  return time === 0 ? vscode.l10n.t('No Date') : dayOf(time);
}

function notes(message: Message): readonly string[] {
  const failure = failureText(message);
  return [
    ...openableAttachments(message).map((each) => vscode.l10n.t('Attachment: {0}', attachmentName(each))),
    ...(message.priority === 'High' ? [vscode.l10n.t('Urgent')] : []),
    ...(failure === undefined ? [] : [failure]),
    ...(message.availability === 'Deleted' ? [vscode.l10n.t('Deleted')] : []),
  ];
}
