import * as vscode from 'vscode';
import { ContextKey } from '../ids';
import { type GroupBy, type MessageFilter, NO_FILTER } from '../mailbox/query';

const GROUP_BY_KEY = 'groupBy';

/** How the user has arranged and narrowed the views. The arrangement is remembered; filters end with the window. */
export class ViewState implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #filter: MessageFilter = NO_FILTER;
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

  get filter(): MessageFilter {
    return this.#filter;
  }

  get deletedFilter(): MessageFilter {
    return NO_FILTER;
  }

  /** A filter besides unread-only is on. */
  get isFiltered(): boolean {
    const { readStatus: _unread, ...others } = this.#filter;
    return Object.keys(others).length > 0;
  }

  async setGroupBy(groupBy: GroupBy): Promise<void> {
    this.#groupBy = groupBy;
    this.#publish();
    await this.memory.update(GROUP_BY_KEY, groupBy);
  }

  setFilter(filter: MessageFilter): void {
    this.#filter = filter;
    this.#publish();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #publish(): void {
    void vscode.commands.executeCommand('setContext', ContextKey.GroupBy, this.#groupBy);
    void vscode.commands.executeCommand(
      'setContext',
      ContextKey.UnreadOnly,
      this.#filter.readStatus === 'Unread',
    );
    void vscode.commands.executeCommand('setContext', ContextKey.Filtered, this.isFiltered);
    this.#changed.fire();
  }
}

function isGroupBy(value: unknown): value is GroupBy {
  return value === 'typeAndConversation' || value === 'otherParty' || value === 'date';
}
