import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { Setting, SETTINGS_SECTION } from '../ids';
import type { Mailbox } from '../mailbox/mailbox';
import { isUnread } from '../mailbox/message';
import { reportFailures } from './runAction';

/** Marks messages read because their content is shown (FACTS, Messages), unless the user does not want that. */
export async function markReadOnOpen(
  mailbox: Mailbox,
  messages: readonly Message[],
  log: vscode.LogOutputChannel,
): Promise<void> {
  if (!vscode.workspace.getConfiguration(SETTINGS_SECTION).get<boolean>(Setting.MarkReadOnOpen, true)) return;
  const ids = messages
    .filter((message) => isUnread(message) && message.availability === 'Alive')
    .map(({ id }) => id);
  if (ids.length > 0) reportFailures(await mailbox.actions.setReadStatus(ids, 'Read'), log);
}
