import type * as vscode from 'vscode';
import type { Message } from '../api/schema';
import type { Mailbox } from '../mailbox/mailbox';
import { isUnread } from '../mailbox/message';
import { Setting } from '../ids';
import { readSetting } from '../settings';
import { reportOutcome } from './runAction';

/** Marks a message read because its content is shown (FACTS, Messages), unless the user does not want that. */
export async function markReadOnOpen(
  mailbox: Mailbox,
  message: Message,
  log: vscode.LogOutputChannel,
): Promise<void> {
  if (isUnread(message) && message.availability === 'Alive') await markRead(mailbox, [message.id], log);
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

async function markRead(
  mailbox: Mailbox,
  ids: readonly string[],
  log: vscode.LogOutputChannel,
): Promise<void> {
  if (!readSetting(Setting.MarkReadOnOpen)) return;
  if (ids.length > 0) reportOutcome(await mailbox.actions.setReadStatus(ids, 'Read'), log);
}
