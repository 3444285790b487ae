import * as vscode from 'vscode';
import type { Availability } from '../api/schema';
import { encodeLabel } from '../display/encode';
import { partText } from '../display/filterText';
import { otherSideText } from '../display/messageText';
import { createPicker, encodedItem, type EncodedItem } from '../display/window';
import { type Account, type Accounts, homeCountries } from '../mailbox/accounts';
import { withPart } from '../mailbox/filterPart';
import { type MessageFilter, NO_FILTER } from '../mailbox/query';
import type { Search } from '../mailbox/search/searchQuery';
import type { ViewState } from '../tree/viewState';
import { DisposableStore } from '../util/disposable';
import {
  editConversation,
  editDirection,
  editOwner,
  editPhoneNumber,
  editReadStatus,
  editSince,
  editText,
  editTypes,
  editUntil,
  type FilterEditor,
} from './filterEditors';

type FilterKey = keyof MessageFilter;

/** A filter in the menu. Choosing one with a question asks it; any other is switched on or off. */
interface Entry {
  readonly key: FilterKey | 'view';
  readonly label: string;
  /** What is set, in words; empty while nothing is. */
  readonly text: string;
  readonly isChecked?: boolean;
  readonly ask?: FilterEditor;
  /** The filter after the entry was switched on or off. */
  readonly toggled?: MessageFilter;
}

interface Section {
  readonly label: string;
  readonly entries: readonly Entry[];
}

interface Item extends EncodedItem {
  readonly entry?: Entry;
}

/** A list of all filters of a view, which stays open while they are changed; each change takes effect at once. */
export class FilterMenu {
  readonly #clearOne: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('close'),
    tooltip: vscode.l10n.t('Clear Filter'),
  };
  readonly #clearAll: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('clear-all'),
    tooltip: vscode.l10n.t('Clear All Filters'),
  };
  #availability: Availability = 'Alive';
  /** The entry that is active when the list is shown. */
  #active: Entry['key'] | undefined;

  constructor(
    private readonly accounts: Accounts,
    private readonly viewState: ViewState,
    /** Applies a filter to the view that `search` is about, and brings that view into sight. */
    private readonly showFiltered: (search: Search) => Promise<void>,
  ) {}

  /** Shows the list until it is closed, at first for the view of messages of `availability`. */
  async show(availability: Availability): Promise<void> {
    this.#availability = availability;
    for (;;) {
      const ask = await this.#choose();
      if (!ask) return;
      const edited = await ask(this.#search, this.accounts.all);
      if (!edited) continue;
      this.#availability = edited.availability;
      await this.showFiltered(edited);
    }
  }

  get #search(): Search {
    return { filter: this.viewState.filterOf(this.#availability), availability: this.#availability };
  }

  /** Shows the list until an entry with a question is chosen, and returns the question; undefined if the list was closed. */
  async #choose(): Promise<FilterEditor | undefined> {
    const disposables = new DisposableStore();
    const picker = disposables.add(createPicker<Item>());
    picker.placeholder = vscode.l10n.t('Add or change filters');
    picker.matchOnDescription = true;
    this.#list(picker);
    try {
      return await new Promise((resolve, reject) => {
        const change = (filter: MessageFilter): void => {
          try {
            this.viewState.setFilter(filter, this.#availability);
            // What was typed to find the entry would hide the others, among which it may be out of sight.
            picker.keepScrollPosition = picker.value === '';
            picker.value = '';
            this.#list(picker);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        disposables.add(
          picker.onDidAccept(() => {
            const entry = picker.selectedItems[0]?.entry;
            if (!entry) return;
            this.#active = entry.key;
            if (entry.toggled) change(entry.toggled);
            else resolve(entry.ask);
          }),
        );
        disposables.add(
          picker.onDidTriggerItemButton(({ item: { entry } }) => {
            if (!entry || entry.key === 'view') return;
            this.#active = entry.key;
            change(withPart(this.#search.filter, entry.key, undefined));
          }),
        );
        disposables.add(
          picker.onDidTriggerButton(() => {
            this.#active = picker.activeItems[0]?.entry?.key;
            change(NO_FILTER);
          }),
        );
        disposables.add(picker.onDidHide(() => resolve(undefined)));
        picker.show();
      });
    } finally {
      disposables.dispose();
    }
  }

  #list(picker: vscode.QuickPick<Item>): void {
    const search = this.#search;
    const isDeleted = search.availability === 'Deleted';
    picker.title = isDeleted ? vscode.l10n.t('Filter Deleted Messages') : vscode.l10n.t('Filter Messages');
    picker.buttons = Object.keys(search.filter).length > 0 ? [this.#clearAll] : [];
    const items = sections(search, this.accounts.all).flatMap(({ label, entries }) => [
      separator(label),
      ...entries.map((entry) => this.#item(entry)),
    ]);
    picker.items = items;
    const active = items.find(({ entry }) => entry && entry.key === this.#active);
    if (active) picker.activeItems = [active];
  }

  #item(entry: Entry): Item {
    const { key, label, text, isChecked } = entry;
    return {
      ...encodedItem({
        label,
        ...(text && { description: text }),
        ...(text && key !== 'view' && { buttons: [this.#clearOne] }),
        // All labels begin in the same column.
        iconPath: new vscode.ThemeIcon(isChecked ? 'check' : 'blank'),
      }),
      entry,
    };
  }
}

function onText(): string {
  return vscode.l10n.t({ message: 'on', comment: ['A filter that is switched on.'] });
}

function separator(label: string): Item {
  return encodedItem({ label, kind: vscode.QuickPickItemKind.Separator });
}

function sections({ filter, availability }: Search, accounts: readonly Account[]): Section[] {
  const setting = { countries: homeCountries(accounts), now: Date.now() };
  const question = (key: FilterKey, label: string, ask: FilterEditor, name?: string): Entry => ({
    key,
    label,
    text: name ?? partText(filter, key, setting),
    ask,
  });
  const toggle = <Key extends FilterKey>(
    key: Key,
    label: string,
    value: NonNullable<MessageFilter[Key]>,
  ): Entry => {
    const isChecked = filter[key] === value;
    return {
      key,
      label,
      text: isChecked ? onText() : partText(filter, key, setting),
      isChecked,
      toggled: withPart(filter, key, isChecked ? undefined : value),
    };
  };
  const isDeleted = availability === 'Deleted';
  return [
    {
      label: vscode.l10n.t('Content'),
      entries: [
        question('terms', vscode.l10n.t('Text'), editText),
        question('types', vscode.l10n.t('Type'), editTypes),
        toggle('hasAttachment', vscode.l10n.t('With Attachment'), true),
      ],
    },
    {
      label: vscode.l10n.t('People'),
      entries: [
        question('phoneNumber', vscode.l10n.t('Phone Number'), editPhoneNumber),
        question(
          'conversationId',
          vscode.l10n.t('Conversation'),
          editConversation,
          conversationName(filter, availability, accounts),
        ),
        question('owner', vscode.l10n.t('Owner'), editOwner, ownerName(filter, accounts)),
      ],
    },
    {
      label: vscode.l10n.t('Time'),
      entries: [
        question('since', vscode.l10n.t('Since'), editSince),
        question('until', vscode.l10n.t('Before'), editUntil),
        toggle('latestPerConversation', vscode.l10n.t('Latest of Each Conversation'), true),
      ],
    },
    {
      label: vscode.l10n.t('State'),
      entries: [
        question('readStatus', vscode.l10n.t('Read Status'), editReadStatus),
        question('direction', vscode.l10n.t('Direction'), editDirection),
        toggle('priority', vscode.l10n.t('Urgent'), 'High'),
        toggle('failed', vscode.l10n.t('Failed'), true),
        {
          key: 'view',
          label: vscode.l10n.t('Deleted Messages'),
          text: isDeleted ? onText() : '',
          isChecked: isDeleted,
          ask: switchView,
        },
      ],
    },
  ];
}

/** The filter goes along into the other view. */
const switchView: FilterEditor = ({ filter, availability }) =>
  Promise.resolve({ filter, availability: availability === 'Deleted' ? 'Alive' : 'Deleted' });

function conversationName(
  { conversationId }: MessageFilter,
  availability: Search['availability'],
  accounts: readonly Account[],
): string | undefined {
  if (conversationId === undefined) return undefined;
  const page = { offset: 0, limit: 1 };
  const [message] = accounts.flatMap(({ mailbox }) =>
    mailbox.store.messages({ availability, filter: { conversationId } }, page),
  );
  return message && otherSideText(message);
}

function ownerName({ owner }: MessageFilter, accounts: readonly Account[]): string | undefined {
  if (typeof owner !== 'object') return undefined;
  const owners = accounts.flatMap(({ mailbox }) => mailbox.store.owners());
  const found = owners.find(({ extensionId }) => extensionId === owner.extensionId);
  return encodeLabel(found?.name) || encodeLabel(owner.extensionId);
}
