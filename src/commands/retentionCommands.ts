import * as vscode from 'vscode';
import { ask, askForText, showInformation } from '../display/window';
import { Command } from '../ids';
import type { Accounts } from '../mailbox/accounts';
import type { CommandRegistry } from './commandRegistry';
import { accountOf } from './pickAccount';

/** Days that the server accepts (`updateMessageStoreConfiguration`). */
const SHORTEST = 7;
const LONGEST = 90;

/** How long the account keeps voicemail and faxes. Only administrators may see or change it; others are told so. */
export function registerRetentionCommands(commands: CommandRegistry, accounts: Accounts): void {
  const show = async (row: unknown): Promise<void> => {
    const account = await accountOf(row, accounts, vscode.l10n.t('Show Retention Settings'));
    if (!account) return;
    const { retentionPeriod } = await account.mailbox.api.readMessageStoreConfiguration();
    const change = vscode.l10n.t('Change…');
    const text = vscode.l10n.t(
      "Voicemail and faxes are kept for {0} days. This doesn't apply to text messages.",
      retentionPeriod,
    );
    void showInformation(text, change).then((answer) => {
      if (answer === change)
        void vscode.commands.executeCommand(Command.ChangeRetention, { kind: 'account', account });
    });
  };
  commands.register(Command.ShowRetention, show);
  commands.register(Command.ShowAccountRetention, show);

  commands.register(Command.ChangeRetention, async (row) => {
    const account = await accountOf(row, accounts, vscode.l10n.t('Change Retention Settings'));
    if (!account) return;
    const { api } = account.mailbox;
    const { retentionPeriod: before } = await api.readMessageStoreConfiguration();
    const entered = await askForText({
      title: vscode.l10n.t('Keep Voicemail and Faxes For'),
      prompt: vscode.l10n.t(
        'Number of days, from {0} to {1}, for everyone in the account',
        SHORTEST,
        LONGEST,
      ),
      value: String(before),
      validateInput: (value) => (parseDays(value) === undefined ? invalidText() : undefined),
    });
    if (entered === undefined) return;
    const retentionPeriod = parseDays(entered);
    if (retentionPeriod === undefined) throw new RangeError(`Not a retention period: ${entered}`);
    if (retentionPeriod === before || !(await confirmed(retentionPeriod, before))) return;
    const after = await api.updateMessageStoreConfiguration({ retentionPeriod });
    void showInformation(
      vscode.l10n.t('Voicemail and faxes are now kept for {0} days.', after.retentionPeriod),
    );
  });
}

/** A shorter period makes the server remove messages of the whole account. */
async function confirmed(days: number, before: number): Promise<boolean> {
  if (days > before) return true;
  const shorten = vscode.l10n.t('Keep for {0} Days', days);
  const answer = await ask(
    vscode.l10n.t('Keep voicemail and faxes for {0} days instead of {1}?', days, before),
    vscode.l10n.t(
      "The server removes older voicemail and faxes of everyone in the account. They can't be restored.",
    ),
    shorten,
  );
  return answer === shorten;
}

function parseDays(value: string): number | undefined {
  const days = /^\s*\d{1,3}\s*$/.test(value) ? Number(value) : NaN;
  return days >= SHORTEST && days <= LONGEST ? days : undefined;
}

function invalidText(): string {
  return vscode.l10n.t('Enter a whole number of days from {0} to {1}.', SHORTEST, LONGEST);
}
