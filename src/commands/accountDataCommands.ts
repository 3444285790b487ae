import * as vscode from 'vscode';
import { plural, sentencesText } from '../display/language';
import { accountLabel } from '../display/accountLabel';
import { ask } from '../display/window';
import { Command } from '../ids';
import type { Account, Accounts } from '../mailbox/accounts';
import type { CommandRegistry } from './commandRegistry';
import { accountOf, pickAccount } from './pickAccount';

/** What these commands do to the accounts. */
export interface SwitchableAccounts extends Accounts {
  setCurrent(account: Account): Promise<void>;
  clearLocalData(account: Account): void;
}

/** Switching between accounts, and what is kept of them on this computer. */
export function registerAccountDataCommands(
  commands: CommandRegistry,
  accounts: SwitchableAccounts,
  reveal: (account: Account) => Promise<void>,
): void {
  commands.register(Command.SwitchAccount, async () => {
    const account = await pickAccount(accounts.all, accounts.current, vscode.l10n.t('Switch Account'));
    if (!account) return;
    await accounts.setCurrent(account);
    await reveal(account);
  });

  commands.register(Command.ClearLocalData, async (row) => {
    const account = await accountOf(row, accounts, vscode.l10n.t('Clear Local Data'));
    if (account && (await confirmed(account))) accounts.clearLocalData(account);
  });
}

function lostText(waiting: number): string {
  if (waiting === 0) return '';
  return plural(waiting, {
    one: (number) => vscode.l10n.t("{0} change that hasn't been sent yet will be lost.", number),
    other: (number) => vscode.l10n.t("{0} changes that haven't been sent yet will be lost.", number),
  });
}

async function confirmed(account: Account): Promise<boolean> {
  const { mailbox } = account;
  const clear = vscode.l10n.t('Clear Local Data');
  const waiting = mailbox.waitingCount;
  const detail = [
    vscode.l10n.t(
      'Its messages are removed from this computer and downloaded again. Nothing changes on RingCentral.',
    ),
    lostText(waiting),
  ].filter(Boolean);
  const question = vscode.l10n.t('Clear the local data of {0}?', accountLabel(account));
  const answer = await ask(question, sentencesText(detail), clear);
  return answer === clear;
}
