import * as vscode from 'vscode';
import type { Direction, MessageType } from '../api/schema';
import { typeName } from '../display/messageText';
import { Command, View } from '../ids';
import { type GroupBy, NO_FILTER } from '../mailbox/query';
import { isNode } from '../tree/nodes';
import type { Accounts } from '../mailbox/accounts';
import type { ViewState } from '../tree/viewState';
import type { CommandRegistry } from './commandRegistry';

/** What the views show, and how it is arranged. */
export function registerViewCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  viewState: ViewState,
  log: vscode.LogOutputChannel,
): void {
  commands.register(Command.Refresh, (row) => refresh(accounts, row));
  commands.register(Command.ShowLog, () => log.show());
  commands.register(Command.LoadMore, (node) => {
    if (isNode(node) && node.kind === 'more') node.showMore();
  });

  commands.register(Command.GroupBy, () => askGroupBy(viewState));
  commands.register(Command.GroupByTypeAndConversation, () => viewState.setGroupBy('typeAndConversation'));
  commands.register(Command.GroupByOtherParty, () => viewState.setGroupBy('otherParty'));
  commands.register(Command.GroupByDate, () => viewState.setGroupBy('date'));

  commands.register(Command.ShowUnreadOnly, () =>
    viewState.setFilter({ ...viewState.filter, readStatus: 'Unread' }),
  );
  commands.register(Command.ShowReadAndUnread, () => {
    const { readStatus: _unread, ...others } = viewState.filter;
    viewState.setFilter(others);
  });
  commands.register(Command.FilterByType, () => filterByType(viewState));
  commands.register(Command.FilterByDirection, () => filterByDirection(viewState));
  commands.register(Command.FilterByText, () => filterByText(viewState));
  commands.register(Command.ClearFilters, () => viewState.setFilter(NO_FILTER));
}

/** The account of a row, or all of them; of several failures the first is told. */
async function refresh({ all }: Accounts, row: unknown): Promise<void> {
  const accounts = isNode(row) ? [row.account] : all;
  const location = { viewId: View.Messages };
  await vscode.window.withProgress({ location }, async () => {
    const results = await Promise.allSettled(accounts.map(({ mailbox }) => mailbox.refresh()));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  });
}

async function askGroupBy(viewState: ViewState): Promise<void> {
  const choices: (vscode.QuickPickItem & { readonly groupBy: GroupBy })[] = [
    { groupBy: 'typeAndConversation', label: vscode.l10n.t('Type and Conversation') },
    { groupBy: 'otherParty', label: vscode.l10n.t('Other Party') },
    { groupBy: 'date', label: vscode.l10n.t('Date') },
  ];
  const marked = choices.map((choice) =>
    choice.groupBy === viewState.groupBy ? { ...choice, description: vscode.l10n.t('current') } : choice,
  );
  const picked = await vscode.window.showQuickPick(marked, { title: vscode.l10n.t('Group Messages By') });
  if (picked) await viewState.setGroupBy(picked.groupBy);
}

async function filterByType(viewState: ViewState): Promise<void> {
  const types: readonly MessageType[] = ['VoiceMail', 'SMS', 'Fax', 'Pager'];
  const items = types.map((type) => ({
    label: typeName(type),
    picked: (viewState.filter.types ?? []).includes(type),
    type,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Show Only These Types'),
    placeHolder: vscode.l10n.t('Choose none to show all'),
    canPickMany: true,
  });
  if (picked) viewState.setFilter({ ...viewState.filter, types: picked.map(({ type }) => type) });
}

async function filterByDirection(viewState: ViewState): Promise<void> {
  const items: (vscode.QuickPickItem & { readonly direction?: Direction })[] = [
    { label: vscode.l10n.t('Received and Sent') },
    { label: vscode.l10n.t('Received'), direction: 'Inbound' },
    { label: vscode.l10n.t('Sent'), direction: 'Outbound' },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Show Only This Direction'),
  });
  if (!picked) return;
  const { direction: _removed, ...others } = viewState.filter;
  viewState.setFilter(picked.direction ? { ...others, direction: picked.direction } : others);
}

async function filterByText(viewState: ViewState): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Show Only Messages with This Text'),
    prompt: vscode.l10n.t('Words in the text, a name, a number or a file name. Leave empty to show all.'),
    value: (viewState.filter.terms ?? []).map((t) => t.text).join(' '),
  });
  if (text !== undefined)
    viewState.setFilter({
      ...viewState.filter,
      terms: text
        .trim()
        .split(/\s+/)
        .filter(Boolean)
        .map((t) => ({ in: 'anywhere', text: t, phrase: false })),
    });
}
