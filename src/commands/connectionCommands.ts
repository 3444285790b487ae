import * as vscode from 'vscode';
import { connectionReport } from '../display/connectionReport';
import { withCancellableProgress } from '../display/window';
import { Command } from '../ids';
import type { Accounts } from '../mailbox/accounts';
import type { CommandRegistry } from './commandRegistry';
import { accountOf } from './pickAccount';

/**
 * Looking at how the server of an account differs from what is expected of it.
 * @param version of this extension
 */
export function registerConnectionCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  version: string,
): void {
  const check = async (row: unknown): Promise<void> => {
    const account = await accountOf(row, accounts, vscode.l10n.t('Check Connection'));
    if (!account) return;
    const { findings, ...place } = await withCancellableProgress(
      vscode.l10n.t('Checking the connection to RingCentral'),
      (signal) => account.checkConnection(signal),
    );
    const content = connectionReport(findings, {
      ...place,
      version,
      editor: vscode.version,
      platform: process.platform,
    });
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document, { preview: false });
  };
  commands.register(Command.CheckConnection, check);
  commands.register(Command.CheckAccountConnection, check);
}
