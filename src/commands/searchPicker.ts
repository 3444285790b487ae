import * as vscode from 'vscode';
import { numberText, plural } from '../display/language';
import { searchProblemText } from '../display/searchProblemText';
import { createPicker } from '../display/window';
import { creationTime } from '../mailbox/message';
import type { Account, Accounts } from '../mailbox/accounts';
import { type ParsedSearch, parseSearch, type Search } from '../mailbox/search/searchQuery';
import { DisposableStore } from '../util/disposable';
import { type ExampleItem, exampleItems } from './searchHelp';
import { type Found, foundItem, type FoundItem } from './searchItems';

/** What the user wants of a search: one of the messages, or all of them in the view. */
export type SearchChoice =
  | { readonly kind: 'open'; readonly found: Found }
  | { readonly kind: 'show'; readonly search: Search };

type Item = FoundItem | ExampleItem;

/** More results than this nobody reads; another word narrows them. */
const RESULTS = 200;

/**
 * A box that searches while one types. The stores are asked at each key and answer at once, so what is listed always
 * belongs to what is written.
 */
export class SearchPicker implements vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #picker = this.#disposables.add(createPicker<Item>());
  readonly #showInView: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('filter'),
    tooltip: vscode.l10n.t('Show in Messages'),
  };
  readonly #showExamples: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('question'),
    tooltip: vscode.l10n.t('Query Language'),
  };

  constructor(private readonly accounts: Accounts) {
    // Newest first, also where the query is in a name: VS Code would put those first, by the alphabet. Not in its typings
    // yet; without it, only that order is lost.
    Object.assign(this.#picker, { sortByLabel: false });
    this.#picker.matchOnDetail = true;
    this.#picker.placeholder = vscode.l10n.t(
      'Words, names, numbers, or from:, type:fax, is:unread, after:7d …',
    );
    this.#picker.buttons = [this.#showInView, this.#showExamples];
  }

  /**
   * Shows the box with `text` in it.
   * @returns what was chosen; undefined if the box was left
   */
  choose(text: string): Promise<SearchChoice | undefined> {
    const picker = this.#picker;
    return new Promise((resolve, reject) => {
      const attempt = (action: () => void): void => {
        try {
          action();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          picker.hide();
        }
      };
      this.#disposables.add(picker.onDidChangeValue(() => attempt(() => this.#search())));
      this.#disposables.add(
        picker.onDidAccept(() => {
          const [item] = picker.selectedItems;
          if (item && 'example' in item) attempt(() => this.#write(item.example));
          else if (item) resolve({ kind: 'open', found: item });
        }),
      );
      this.#disposables.add(
        picker.onDidTriggerButton((button) => {
          if (button === this.#showExamples) this.#list(vscode.l10n.t('Query Language'), exampleItems());
          else resolve({ kind: 'show', search: this.#parse() });
        }),
      );
      this.#disposables.add(picker.onDidHide(() => resolve(undefined)));
      attempt(() => this.#write(text));
      picker.show();
    });
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #write(text: string): void {
    this.#picker.value = text;
    this.#search();
  }

  #parse(): ParsedSearch {
    return parseSearch(this.#picker.value, Date.now());
  }

  #search(): void {
    const { value } = this.#picker;
    if (value.trim() === '') {
      this.#list(vscode.l10n.t('Search Messages'), exampleItems());
      return;
    }
    const search = this.#parse();
    const { all } = this.accounts;
    const found = find(search, all);
    const terms = search.filter.terms ?? [];
    this.#list(
      titleOf(search, found.length),
      found.slice(0, RESULTS).map((each) => foundItem(each, terms, value, all.length > 1)),
    );
  }

  #list(title: string, items: readonly Item[]): void {
    this.#picker.title = title;
    this.#picker.items = items;
  }
}

/** Newest first, in all accounts; one more than is shown, to tell whether there are more. */
function find({ filter, availability }: Search, accounts: readonly Account[]): Found[] {
  const page = { offset: 0, limit: RESULTS + 1 };
  return accounts
    .flatMap((account) =>
      account.mailbox.store.messages({ availability, filter }, page).map((message) => ({ account, message })),
    )
    .sort((a, b) => creationTime(b.message) - creationTime(a.message));
}

/** How much was found, or what of the query was not understood. */
function titleOf({ problems: [problem], availability }: ParsedSearch, count: number): string {
  if (problem) return searchProblemText(problem);
  return availability === 'Deleted' ? deletedCountText(count) : countText(count);
}

function countText(count: number): string {
  if (count === 0) return vscode.l10n.t('No messages found');
  if (count > RESULTS) return vscode.l10n.t('Showing the {0} newest messages found', numberText(RESULTS));
  return plural(count, {
    one: (number) => vscode.l10n.t('{0} message found', number),
    other: (number) => vscode.l10n.t('{0} messages found', number),
  });
}

function deletedCountText(count: number): string {
  if (count === 0) return vscode.l10n.t('No deleted messages found');
  if (count > RESULTS)
    return vscode.l10n.t('Showing the {0} newest deleted messages found', numberText(RESULTS));
  return plural(count, {
    one: (number) => vscode.l10n.t('{0} deleted message found', number),
    other: (number) => vscode.l10n.t('{0} deleted messages found', number),
  });
}
