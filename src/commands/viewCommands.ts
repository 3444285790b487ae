import * as vscode from 'vscode';
import { pickOne, withProgressIn } from '../display/window';
import { Command, EXTENSION_ID, View } from '../ids';
import type { GroupBy } from '../mailbox/query';
import { isNode } from '../tree/nodes';
import type { Accounts } from '../mailbox/accounts';
import type { ViewState } from '../tree/viewState';
import type { CommandRegistry } from './commandRegistry';

/** How the views are arranged, and how they are kept current. */
export function registerViewCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  viewState: ViewState,
  log: vscode.LogOutputChannel,
): void {
  for (const command of [Command.Refresh, Command.RefreshAccount])
    commands.register(command, (row) => refresh(accounts, row));
  commands.register(Command.ShowLog, () => log.show());
  commands.register(Command.OpenSettings, async () => {
    await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${EXTENSION_ID}`);
  });
  commands.register(Command.LoadMore, (node) => {
    if (isNode(node) && node.kind === 'more') node.showMore();
  });

  commands.register(Command.GroupBy, () => askGroupBy(viewState));
  commands.register(Command.GroupByTypeAndConversation, () => viewState.setGroupBy('typeAndConversation'));
  commands.register(Command.GroupByOtherParty, () => viewState.setGroupBy('otherParty'));
  commands.register(Command.GroupByDate, () => viewState.setGroupBy('date'));
}

/** The account whose row it is, or all of them; of several failures the first is told. */
async function refresh({ all }: Accounts, row: unknown): Promise<void> {
  const accounts = isNode(row) && row.kind === 'account' ? [row.account] : all;
  await withProgressIn(View.Messages, async () => {
    const results = await Promise.allSettled(accounts.map(({ mailbox }) => mailbox.refresh()));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  });
}

async function askGroupBy(viewState: ViewState): Promise<void> {
  const choices: (vscode.QuickPickItem & { readonly groupBy: GroupBy })[] = [
    { groupBy: 'typeAndConversation', label: vscode.l10n.t('Type and Conversation') },
    { groupBy: 'otherParty', label: vscode.l10n.t('Contact') },
    { groupBy: 'date', label: vscode.l10n.t('Date') },
  ];
  const marked = choices.map((choice) =>
    choice.groupBy === viewState.groupBy ? { ...choice, description: vscode.l10n.t('current') } : choice,
  );
  const picked = await pickOne(marked, { title: vscode.l10n.t('Group Messages By') });
  if (picked) await viewState.setGroupBy(picked.groupBy);
}
