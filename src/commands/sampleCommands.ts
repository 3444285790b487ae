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
import type { Viewers } from '../viewers/viewers';
import type { CommandRegistry } from './commandRegistry';

/** Milliseconds. */
const NOTICE_DURATION = 10_000;

/** What only the sample mailbox can do. */
export function registerSampleCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  sample: SampleServer,
  viewers: Pick<Viewers, 'isShowing'>,
): void {
  commands.register(Command.DeliverTestMessage, async () => {
    const account = accounts.all.find((each) => each.sample);
    const delivered = account && (await sample.deliver());
    if (!account || !delivered) throw new UserError(vscode.l10n.t('Open the sample mailbox first.'));
    const isSeen = viewers.isShowing(account.id, delivered);
    showStatus('mail', deliveredText(delivered, isSeen), NOTICE_DURATION);
    await account.mailbox.refresh();
  });
}

function deliveredText(message: Message, isSeen: boolean): string {
  const isQuiet = quietUntil(readSetting(Setting.NotificationsQuietHours), Date.now()) !== undefined;
  if (isQuiet || !isNotified(message, readSetting(Setting.NotificationsMode)))
    return vscode.l10n.t('Test message delivered. Your settings show no notification for it.');
  return isSeen
    ? vscode.l10n.t(
        "Test message delivered. It's in the tab you're looking at, so no notification is shown for it.",
      )
    : vscode.l10n.t('Test message delivered. A notification follows shortly.');
}
