import type * as vscode from 'vscode';
import type { Message } from '../api/schema';
import type { Mailbox } from '../mailbox/mailbox';
import { isUnread } from '../mailbox/message';
import { Setting } from '../ids';
import { readSetting } from '../settings';
import { reportOutcome } from './runAction';

/**
 * Marks a message read because its content is shown (FACTS, Messages), unless the user does not want that. A voicemail
 * may have to be played first: see `markReadOnPlay`.
 */
export async function markReadOnOpen(
  mailbox: Mailbox,
  message: Message,
  log: vscode.LogOutputChannel,
): Promise<void> {
  if (!waitsForPlaying(message)) await markOneRead(mailbox, message, log);
}

/**
 * Marks a voicemail read because it is played, or was handed to another program that plays it, if the user wants it to be
 * marked then rather than when it is opened.
 */
export async function markReadOnPlay(
  mailbox: Mailbox,
  message: Message,
  log: vscode.LogOutputChannel,
): Promise<void> {
  if (waitsForPlaying(message)) await markOneRead(mailbox, message, log);
}

/** Marks a voicemail read because it was played to its end while all unread ones are played. */
export async function markReadAtEnd(
  mailbox: Mailbox,
  message: Message,
  log: vscode.LogOutputChannel,
): Promise<void> {
  await markOneRead(mailbox, message, log);
}

/** As `markReadOnOpen`, for everything in a conversation. */
export async function markConversationReadOnOpen(
  mailbox: Mailbox,
  conversationId: string,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const unread = mailbox.store.ids({
    availability: 'Alive',
    filter: { conversationId, readStatus: 'Unread' },
  });
  await markRead(mailbox, unread, log);
}

function waitsForPlaying({ type }: Message): boolean {
  return type === 'VoiceMail' && readSetting(Setting.MarkVoicemailRead) === 'onPlay';
}

async function markOneRead(mailbox: Mailbox, message: Message, log: vscode.LogOutputChannel): Promise<void> {
  if (isUnread(message) && message.availability === 'Alive') await markRead(mailbox, [message.id], log);
}

/** Whatever the other settings say, nothing is marked by itself where `markReadOnOpen` is off. */
async function markRead(
  mailbox: Mailbox,
  ids: readonly string[],
  log: vscode.LogOutputChannel,
): Promise<void> {
  if (!readSetting(Setting.MarkReadOnOpen)) return;
  if (ids.length > 0) reportOutcome(await mailbox.actions.setReadStatus(ids, 'Read'), log);
}
