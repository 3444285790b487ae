import * as vscode from 'vscode';
import type { Availability } from '../api/schema';
import { filterText } from '../display/filterText';
import { numberText, sentencesText } from '../display/language';
import { ContextKey, View } from '../ids';
import { type Account, type Accounts, homeCountries } from '../mailbox/accounts';
import { followMailboxes } from '../mailbox/followMailboxes';
import type { MailboxState } from '../mailbox/mailboxState';
import type { MessageQuery } from '../mailbox/query';
import { fileDrag } from './fileDrag';
import { groupId } from './groupId';
import { isOneMessage, MailboxTree, NO_ROW, type TreeContent } from './mailboxTree';
import { type AccountNode, type GroupNode, isNode, type MessageNode, type Node } from './nodes';
import { RefreshThrottle } from './refreshThrottle';
import { accountStateText } from './stateText';
import { unreadCount, unreadText } from './unreadCount';
import { BADGES_SETTING, UnreadDecorations } from './unreadDecorations';
import type { ViewState } from './viewState';

export type ViewName = 'messages' | 'deleted';

/** Milliseconds after which the times in the rows are out of date. */
const CLOCK_INTERVAL = 60_000;

/** The two views of the sidebar, what they say of themselves, and the badge. */
export class MailboxViews implements vscode.Disposable {
  readonly trees: Readonly<Record<ViewName, MailboxTree>>;
  readonly #views: Readonly<Record<ViewName, vscode.TreeView<Node>>>;
  readonly #disposables: vscode.Disposable[];
  #isStarted = false;
  readonly #throttle: RefreshThrottle;

  constructor(
    private readonly accounts: Accounts,
    private readonly viewState: ViewState,
  ) {
    const decorations = new UnreadDecorations();
    const messages: TreeContent = {
      query: () => ({ availability: 'Alive', filter: viewState.filter }),
      groupBy: () => viewState.groupBy,
    };
    const deleted: TreeContent = {
      query: () => ({ availability: 'Deleted', filter: viewState.deletedFilter }),
      groupBy: () => undefined,
    };
    this.trees = {
      messages: new MailboxTree(accounts, messages, decorations),
      deleted: new MailboxTree(accounts, deleted, decorations),
    };
    this.#views = {
      messages: createView(View.Messages, this.trees.messages),
      deleted: createView(View.Deleted, this.trees.deleted),
    };
    this.#throttle = new RefreshThrottle({
      start: () => this.#refresh(),
      whenRead: () => this.#rowsRead(),
      cost: () => sumOf(Object.values(this.trees), ({ readingTime }) => readingTime),
    });
    this.#disposables = [
      this.#throttle,
      ...Object.values(this.trees),
      ...Object.values(this.#views),
      decorations,
      viewState.onDidChange(() => this.#throttle.request()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(BADGES_SETTING)) this.#throttle.request();
      }),
      followMailboxes(
        accounts,
        ({ store, onDidChangeState }) => [
          store.onDidChange(() => this.#throttle.request()),
          onDidChangeState(() => this.#throttle.request()),
        ],
        () => this.#throttle.refreshNow(),
      ),
      repeatedly(CLOCK_INTERVAL, () => this.#tick()),
    ];
  }

  /** From now on the views say whether somebody is signed in; before, that is not known. */
  start(): void {
    this.#isStarted = true;
    this.#throttle.refreshNow();
  }

  /** What a view shows of each account. */
  queryOf(view: ViewName): MessageQuery {
    return this.trees[view].query;
  }

  /** What the badge says. */
  get unread(): number {
    return this.#views.messages.badge?.value ?? 0;
  }

  /** What is selected in a view that the user can see; a selection out of sight is not what a command is meant for. */
  selectionIn(view: ViewName): readonly Node[] {
    const { visible, selection } = this.#views[view];
    return visible ? selection : [];
  }

  /** Brings the row of an account into sight, or the view if accounts have no rows. */
  async revealAccount(account: Account): Promise<void> {
    if (this.accounts.all.length < 2) {
      await vscode.commands.executeCommand(`${View.Messages}.focus`);
      return;
    }
    const node = this.trees.messages.accountNode(account);
    await this.#reveal('messages', node, { select: true, focus: true, expand: true });
  }

  /**
   * Does what takes the messages `ids` away, and at once moves the focus from `row` to the nearest row that stays, so that
   * the keys go on to work from there. When the server has answered, the user may be elsewhere.
   */
  async keepingPlace<T>(row: unknown, ids: readonly string[], action: () => Promise<T>): Promise<T> {
    const place = isRow(row) ? this.#nearestOther(row, new Set(ids)) : undefined;
    const changed = place?.isMoved ? once(place.node.account.mailbox.store.onDidChange) : undefined;
    const acting = action();
    const move = async (): Promise<void> => {
      if (!place) return;
      if (changed) {
        await Promise.race([changed, acting]);
        this.#throttle.refreshNow();
      }
      await this.#reveal(place.view, place.node, { select: false, focus: true });
    };
    const [result] = await Promise.all([acting, move()]);
    return result;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Of a row that is gone again meanwhile, or is just being read, VS Code knows nothing: then the focus stays where it is. */
  async #reveal(
    view: ViewName,
    node: Node,
    options: NonNullable<Parameters<vscode.TreeView<Node>['reveal']>[1]>,
  ): Promise<void> {
    try {
      await this.#views[view].reveal(node, options);
    } catch {
      // Whatever has been done before is done, and is told of all the same.
    }
  }

  /**
   * The next row that stays, else the one before. With its last row a group goes, too: then it is a row beside it; a row above
   * that stays, such as that of an account, comes last.
   */
  #nearestOther(row: Row, ids: ReadonlySet<string>): Place | undefined {
    const view = availabilityOf(row) === 'Deleted' ? 'deleted' : 'messages';
    const children = this.trees[view].getChildren(row.parent);
    const siblings = children.filter(isRow);
    const index = siblings.findIndex((sibling) => isSameRow(sibling, row));
    if (index < 0) return undefined;
    const stays = (sibling: Row): boolean => this.#stays(view, sibling, ids);
    const node = siblings.slice(index + 1).find(stays) ?? siblings.slice(0, index).findLast(stays);
    const isWhole = siblings.length === children.length;
    if (node && isWhole && isAloneThen(node, siblings.filter(stays).length))
      return { view, node: { ...node, parent: node.parent.parent }, isMoved: true };
    if (node) return { view, node, isMoved: false };
    const { parent } = row;
    if (parent?.kind === 'group' && !stays(parent)) return this.#nearestOther(parent, ids);
    return parent && { view, node: parent, isMoved: false };
  }

  /** Whether a row is there still when the messages of `ids` are gone. */
  #stays(view: ViewName, row: Row, ids: ReadonlySet<string>): boolean {
    if (row.kind === 'message') return !ids.has(row.message.id);
    const { account, group } = row;
    if (group.total > ids.size) return true;
    const { store } = account.mailbox;
    return store.ids({ ...this.queryOf(view), group: group.key }).some((id) => !ids.has(id));
  }

  /** What rows say of time ("5m", "Today") goes on while nothing else changes. */
  #tick(): void {
    if (Object.values(this.#views).some(({ visible }) => visible)) this.#throttle.request();
  }

  #refresh(): void {
    for (const tree of Object.values(this.trees)) tree.refresh();
    this.#describe();
  }

  /**
   * Settles when VS Code has read all rows that it was asked to read. Before that it doesn't look for a row, also not for one that
   * there isn't; its refusal to show that row is the sign.
   */
  #rowsRead(): Promise<unknown> {
    return Promise.allSettled(
      Object.values(this.#views).map((view) => view.reveal(NO_ROW, { select: false, focus: false })),
    );
  }

  /** What stands around the rows: the badge, the state, and why rows may be missing. */
  #describe(): void {
    if (!this.#isStarted) return;
    const { all } = this.accounts;
    const { messages, deleted } = this.#views;
    const isEmpty = all.every(({ mailbox }) => mailbox.store.isEmpty);
    const state = overallState(all);
    messages.badge = badge(unreadCount(all));
    const setting = { countries: homeCountries(all), now: Date.now() };
    messages.description = filterText(this.viewState.filter, setting);
    // VS Code shows the welcome text, which offers what to do, only where there is neither a row nor a message.
    const told = (state === 'failed' && isEmpty ? undefined : stateText(all)) ?? '';
    messages.message = sentencesText([told, all.length > 1 || told ? this.#noMatchText('messages') : '']);
    if (all.length > 1) deleted.message = this.#noMatchText('deleted');
    else deleted.message = isEmpty ? told : '';
    setContext(ContextKey.State, state);
    setContext(ContextKey.SeveralAccounts, all.length > 1);
    const deletedCount = sumOf(all, ({ mailbox }) => mailbox.store.tally(this.trees.deleted.query).total);
    deleted.description = [
      deletedCount > 0 ? numberText(deletedCount) : '',
      filterText(this.viewState.deletedFilter, setting),
    ]
      .filter(Boolean)
      .join(' · ');
    setContext(ContextKey.HasDeleted, deletedCount > 0);
    setContext(
      ContextKey.CanUndo,
      all.some(({ mailbox }) => mailbox.actions.canUndo),
    );
  }

  /** Said where filters leave nothing of what a view would show, unless the welcome text says so; empty otherwise. */
  #noMatchText(view: ViewName): string {
    const { query, isFilteredOut } = this.trees[view];
    if (isFilteredOut) return '';
    const { all } = this.accounts;
    if (Object.keys(query.filter).length === 0) return '';
    if (all.every(({ mailbox }) => mailbox.store.isEmpty)) return '';
    if (all.some(({ mailbox }) => mailbox.store.tally(query).total > 0)) return '';
    return vscode.l10n.t('No messages match your filters.');
  }
}

/** A row to go to. */
interface Place {
  readonly view: ViewName;
  readonly node: Row | AccountNode;
  /** It is there only when the others are gone. */
  readonly isMoved: boolean;
}

/** Whether a row is the last in its group, whose place it takes then: see `isOneMessage`. */
function isAloneThen(node: Row, rest: number): node is MessageNode & { readonly parent: GroupNode } {
  const { parent } = node;
  if (rest !== 1 || node.kind !== 'message' || parent?.kind !== 'group') return false;
  return isOneMessage({ ...parent.group, total: 1, newest: node.message });
}

function once(event: (listener: () => void) => { dispose(): void }): Promise<void> {
  return new Promise((resolve) => {
    const following = event(() => {
      following.dispose();
      resolve();
    });
  });
}

/** A row of messages. */
type Row = GroupNode | MessageNode;

function isRow(value: unknown): value is Row {
  return isNode(value) && (value.kind === 'message' || value.kind === 'group');
}

function isSameRow(a: Row, b: Row): boolean {
  if (a.kind === 'message') return b.kind === 'message' && a.message.id === b.message.id;
  return b.kind === 'group' && groupId(a.group.key) === groupId(b.group.key);
}

function availabilityOf(row: Row): Availability {
  return row.kind === 'message' ? row.message.availability : 'Alive';
}

function sumOf<T>(things: readonly T[], count: (thing: T) => number): number {
  return things.reduce((total, thing) => total + count(thing), 0);
}

/** Of several accounts the one that is doing best, for the rest have rows to tell of their trouble. */
function overallState(accounts: readonly Account[]): MailboxState['kind'] | 'signedOut' {
  const kinds = accounts.map(({ mailbox }) => mailbox.state.kind);
  return (['ready', 'loading', 'failed'] as const).find((kind) => kinds.includes(kind)) ?? 'signedOut';
}

/** Several accounts tell of themselves in their rows. */
function stateText(accounts: readonly Account[]): string | undefined {
  const [only] = accounts;
  return only && accounts.length === 1 ? accountStateText(only) : undefined;
}

function badge(unread: number): vscode.ViewBadge | undefined {
  if (unread === 0) return undefined;
  return { value: unread, tooltip: unreadText(unread) };
}

function repeatedly(milliseconds: number, task: () => void): vscode.Disposable {
  const timer = setInterval(task, milliseconds);
  return { dispose: () => clearInterval(timer) };
}

function createView(id: string, tree: MailboxTree): vscode.TreeView<Node> {
  return vscode.window.createTreeView(id, {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
    dragAndDropController: fileDrag,
  });
}

function setContext(key: ContextKey, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
