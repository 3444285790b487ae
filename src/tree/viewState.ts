import * as vscode from 'vscode';
import type { Availability } from '../api/schema';
import { ContextKey } from '../ids';
import { type GroupBy, type MessageFilter, NO_FILTER } from '../mailbox/query';

const GROUP_BY_KEY = 'groupBy';

/**
 * How the user has arranged and narrowed the views: each by a filter of its own. The arrangement is remembered; filters end
 * with the window.
 */
export class ViewState implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #filter: MessageFilter = NO_FILTER;
  #deletedFilter: MessageFilter = NO_FILTER;
  #groupBy: GroupBy;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly memory: vscode.Memento) {
    const remembered = memory.get(GROUP_BY_KEY);
    this.#groupBy = isGroupBy(remembered) ? remembered : 'typeAndConversation';
    this.#publish();
  }

  get groupBy(): GroupBy {
    return this.#groupBy;
  }

  /** Of Messages. */
  get filter(): MessageFilter {
    return this.#filter;
  }

  /** Of Deleted. */
  get deletedFilter(): MessageFilter {
    return this.#deletedFilter;
  }

  /** A filter besides unread-only is on in Messages. */
  get isFiltered(): boolean {
    const { readStatus, ...others } = this.#filter;
    return isFilter(others) || readStatus === 'Read';
  }

  /** The filter of the view that shows messages of this availability. */
  filterOf(availability: Availability): MessageFilter {
    return availability === 'Deleted' ? this.#deletedFilter : this.#filter;
  }

  async setGroupBy(groupBy: GroupBy): Promise<void> {
    this.#groupBy = groupBy;
    this.#publish();
    await this.memory.update(GROUP_BY_KEY, groupBy);
  }

  /** Narrows the view that shows messages of `availability`: Deleted, or else Messages. */
  setFilter(filter: MessageFilter, availability: Availability = 'Alive'): void {
    if (availability === 'Deleted') this.#deletedFilter = filter;
    else this.#filter = filter;
    this.#publish();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #publish(): void {
    setContext(ContextKey.GroupBy, this.#groupBy);
    setContext(ContextKey.UnreadOnly, this.#filter.readStatus === 'Unread');
    setContext(ContextKey.Filtered, this.isFiltered);
    setContext(ContextKey.DeletedFiltered, isFilter(this.#deletedFilter));
    this.#changed.fire();
  }
}

function isFilter(filter: MessageFilter): boolean {
  return Object.keys(filter).length > 0;
}

function isGroupBy(value: unknown): value is GroupBy {
  return value === 'typeAndConversation' || value === 'otherParty' || value === 'date';
}

function setContext(key: ContextKey, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
