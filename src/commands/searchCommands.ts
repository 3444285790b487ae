import * as vscode from 'vscode';
import { Command, View } from '../ids';
import type { Accounts } from '../mailbox/accounts';
import type { MessageNode } from '../tree/nodes';
import type { ViewState } from '../tree/viewState';
import type { CommandRegistry } from './commandRegistry';
import { showFiltered } from './filterCommands';
import { type SearchChoice, SearchPicker } from './searchPicker';

/** Finding messages by what is in them. */
export function registerSearchCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  viewState: ViewState,
): void {
  commands.register(Command.Search, (text) =>
    search(typeof text === 'string' ? text : '', accounts, viewState),
  );
  commands.register(Command.SearchDeleted, () => search('in:deleted ', accounts, viewState));
}

async function search(text: string, accounts: Accounts, viewState: ViewState): Promise<void> {
  const choice = await choose(text, accounts);
  if (choice?.kind === 'open') {
    const node: MessageNode = { kind: 'message', ...choice.found, parent: undefined };
    await vscode.commands.executeCommand(Command.Open, node);
  } else if (choice?.kind === 'show') {
    await vscode.commands.executeCommand(`${View.Messages}.focus`);
    await showFiltered(choice.search, viewState);
  }
}

async function choose(text: string, accounts: Accounts): Promise<SearchChoice | undefined> {
  const picker = new SearchPicker(accounts);
  try {
    return await picker.choose(text);
  } finally {
    picker.dispose();
  }
}
