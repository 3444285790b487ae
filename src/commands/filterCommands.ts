import * as vscode from 'vscode';
import { Command, View } from '../ids';
import type { Accounts } from '../mailbox/accounts';
import { withPart } from '../mailbox/filterPart';
import { NO_FILTER } from '../mailbox/query';
import type { Search } from '../mailbox/search/searchQuery';
import type { ViewState } from '../tree/viewState';
import type { CommandRegistry } from './commandRegistry';
import { editDirection, editText, editTypes, type FilterEditor } from './filterEditors';
import { FilterMenu } from './filterMenu';

/** What the views leave out. */
export function registerFilterCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  viewState: ViewState,
): void {
  const editMessages = async (edit: FilterEditor): Promise<void> => {
    const edited = await edit({ filter: viewState.filter, availability: 'Alive' }, accounts.all);
    if (edited) await showFiltered(edited, viewState);
  };

  commands.register(Command.ShowUnreadOnly, () =>
    viewState.setFilter(withPart(viewState.filter, 'readStatus', 'Unread')),
  );
  commands.register(Command.ShowReadAndUnread, () =>
    viewState.setFilter(withPart(viewState.filter, 'readStatus', undefined)),
  );
  commands.register(Command.FilterByType, () => editMessages(editTypes));
  commands.register(Command.FilterByDirection, () => editMessages(editDirection));
  commands.register(Command.FilterByText, () => editMessages(editText));
  commands.register(Command.Filter, () =>
    new FilterMenu(accounts, viewState, (search) => showFiltered(search, viewState)).show('Alive'),
  );
  commands.register(Command.FilterDeleted, () =>
    new FilterMenu(accounts, viewState, (search) => showFiltered(search, viewState)).show('Deleted'),
  );
  commands.register(Command.ClearFilters, () => viewState.setFilter(NO_FILTER));
  commands.register(Command.ClearDeletedFilters, () => viewState.setFilter(NO_FILTER, 'Deleted'));
}

/** Narrows the view that `search` is about, and brings that into sight if it is not the usual one. */
export async function showFiltered({ filter, availability }: Search, viewState: ViewState): Promise<void> {
  viewState.setFilter(filter, availability);
  if (availability === 'Deleted') await vscode.commands.executeCommand(`${View.Deleted}.focus`);
}
