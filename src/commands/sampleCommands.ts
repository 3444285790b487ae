import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import type { SampleServer } from '../auth/sampleServer';
import { UserError } from '../display/userError';
import { showStatus } from '../display/window';
import { Command, Setting } from '../ids';
import type { Accounts } from '../mailbox/accounts';
import { isNotified } from '../notifications/importance';
import { quietUntil } from '../notifications/quietHours';
import { readSetting } from '../settings';
import type { CommandRegistry } from './commandRegistry';

/** Milliseconds. */
const NOTICE_DURATION = 10_000;

/** What only the sample mailbox can do. */
export function registerSampleCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  sample: SampleServer,
): void {
  commands.register(Command.DeliverTestMessage, async () => {
    const account = accounts.all.find((each) => each.sample);
    const delivered = account && (await sample.deliver());
    if (!account || !delivered) throw new UserError(vscode.l10n.t('Open the sample mailbox first.'));
    showStatus('mail', deliveredText(delivered), NOTICE_DURATION);
    await account.mailbox.refresh();
  });
}

function deliveredText(message: Pick<Message, 'type' | 'priority'>): string {
  const isQuiet = quietUntil(readSetting(Setting.NotificationsQuietHours), Date.now()) !== undefined;
  return !isQuiet && isNotified(message, readSetting(Setting.NotificationsMode))
    ? vscode.l10n.t('Test message delivered. A notification follows shortly.')
    : vscode.l10n.t('Test message delivered. Your settings show no notification for it.');
}
