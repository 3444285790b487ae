import * as vscode from 'vscode';
import { describeError } from '../display/describeError';
import { typeName } from '../display/messageText';
import { ContextKey, View } from '../ids';
import type { Mailbox, MailboxState } from '../mailbox/mailbox';
import { isUnread } from '../mailbox/message';
import { NO_FILTER } from '../mailbox/query';
import { MailboxTree } from './mailboxTree';
import { isNode, type MessageNode, type Node } from './nodes';
import { registerUnreadDecorations } from './unreadDecorations';
import type { ViewState } from './viewState';

export type ViewName = 'messages' | 'deleted';

/** Milliseconds in which changes are gathered before the rows are read again: one repaint for a burst. */
const REPAINT_DELAY = 30;

/** Milliseconds after which the times in the rows are out of date. */
const CLOCK_INTERVAL = 60_000;

/** The two views of the sidebar, what they say of themselves, and the badge. */
export class MailboxViews implements vscode.Disposable {
  readonly trees: Readonly<Record<ViewName, MailboxTree>>;
  readonly #views: Readonly<Record<ViewName, vscode.TreeView<Node>>>;
  readonly #disposables: vscode.Disposable[];
  readonly #ofMailbox: vscode.Disposable[] = [];
  #mailbox: Mailbox | undefined;
  #repaint: NodeJS.Timeout | undefined;

  constructor(private readonly viewState: ViewState) {
    this.trees = {
      messages: new MailboxTree({
        query: () => ({ availability: 'Alive', filter: viewState.filter }),
        groupBy: () => viewState.groupBy,
      }),
      deleted: new MailboxTree({
        query: () => ({ availability: 'Deleted', filter: NO_FILTER }),
        groupBy: () => undefined,
      }),
    };
    this.#views = {
      messages: createView(View.Messages, this.trees.messages),
      deleted: createView(View.Deleted, this.trees.deleted),
    };
    this.#disposables = [
      ...Object.values(this.trees),
      ...Object.values(this.#views),
      registerUnreadDecorations(),
      viewState.onDidChange(() => this.#schedule()),
      repeatedly(CLOCK_INTERVAL, () => this.#tick()),
    ];
  }

  /** Shows a mailbox, or (undefined) that nobody is signed in. Until it is called, the views say neither. */
  show(mailbox: Mailbox | undefined): void {
    for (const disposable of this.#ofMailbox.splice(0)) disposable.dispose();
    this.#mailbox = mailbox;
    if (mailbox) {
      this.#ofMailbox.push(
        mailbox.store.onDidChange(() => this.#schedule()),
        mailbox.onDidChangeState(() => this.#describe()),
      );
    }
    for (const tree of Object.values(this.trees)) tree.setStore(mailbox?.store);
    this.#describe();
  }

  /** Messages that the user can see in a view, newest first, loaded rows or not. */
  messagesIn(view: ViewName): MailboxTree['messages'] {
    return this.trees[view].messages;
  }

  /** What is selected in a view that the user can see; a selection out of sight is not what a command is meant for. */
  selectionIn(view: ViewName): readonly Node[] {
    const { visible, selection } = this.#views[view];
    return visible ? selection : [];
  }

  /**
   * Does what takes the rows of `ids` away, and moves the focus from `row` to the nearest row that stays, so that the keys
   * go on to work from there.
   */
  async keepingPlace<T>(row: unknown, ids: readonly string[], action: () => Promise<T>): Promise<T> {
    const place = isNode(row) && row.kind === 'message' ? this.#nearestOther(row, new Set(ids)) : undefined;
    const result = await action();
    if (place) await this.#views[place.view].reveal(place.node, { select: false, focus: true });
    return result;
  }

  dispose(): void {
    clearTimeout(this.#repaint);
    for (const disposable of [...this.#ofMailbox.splice(0), ...this.#disposables]) disposable.dispose();
  }

  #nearestOther(
    row: MessageNode,
    ids: ReadonlySet<string>,
  ): { view: ViewName; node: MessageNode } | undefined {
    const view = row.message.availability === 'Deleted' ? 'deleted' : 'messages';
    const siblings = this.trees[view].getChildren(row.parent).filter((node) => node.kind === 'message');
    const index = siblings.findIndex(({ message }) => message.id === row.message.id);
    const stays = ({ message }: MessageNode): boolean => !ids.has(message.id);
    const node =
      siblings.slice(index + 1).find(stays) ?? siblings.slice(0, Math.max(index, 0)).findLast(stays);
    return node && { view, node };
  }

  /** What rows say of time ("5m", "Today") goes on while nothing else changes. */
  #tick(): void {
    if (Object.values(this.#views).some(({ visible }) => visible)) this.#schedule();
  }

  #schedule(): void {
    for (const tree of Object.values(this.trees)) tree.invalidate();
    this.#repaint ??= setTimeout(() => {
      this.#repaint = undefined;
      for (const tree of Object.values(this.trees)) tree.refresh();
      this.#describe();
    }, REPAINT_DELAY);
  }

  /** What stands around the rows: the badge, the state, and why rows may be missing. */
  #describe(): void {
    const state = this.#mailbox?.state;
    const empty = this.#mailbox?.store.size === 0;
    const unread = this.#unreadCount();
    const { messages, deleted } = this.#views;
    messages.badge = badge(unread);
    messages.description = this.#filterText();
    // VS Code shows the welcome text, which offers what to do, only where there is neither a row nor a message.
    messages.message = stateText(state, empty) ?? '';
    deleted.message = empty ? messages.message : '';
    setContext(ContextKey.State, state?.kind ?? 'signedOut');
    const deletedCount = this.trees.deleted.messages.length;
    deleted.description = deletedCount > 0 ? String(deletedCount) : '';
    setContext(ContextKey.HasDeleted, deletedCount > 0);
    setContext(ContextKey.CanUndo, (this.#mailbox?.actions.undoable.length ?? 0) > 0);
  }

  #unreadCount(): number {
    const alive = this.#mailbox?.store.query({ availability: 'Alive', filter: NO_FILTER }) ?? [];
    return alive.filter(isUnread).length;
  }

  #filterText(): string {
    const { filter } = this.viewState;
    return [
      filter.unreadOnly ? vscode.l10n.t('unread') : '',
      ...filter.types.map(typeName),
      filter.direction === 'Inbound' ? vscode.l10n.t('received') : '',
      filter.direction === 'Outbound' ? vscode.l10n.t('sent') : '',
      filter.text ? vscode.l10n.t('“{0}”', filter.text) : '',
    ]
      .filter(Boolean)
      .join(', ');
  }
}

function badge(unread: number): vscode.ViewBadge | undefined {
  if (unread === 0) return undefined;
  const tooltip =
    unread === 1 ? vscode.l10n.t('1 unread message') : vscode.l10n.t('{0} unread messages', unread);
  return { value: unread, tooltip };
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
  });
}

function stateText(state: MailboxState | undefined, empty: boolean): string | undefined {
  switch (state?.kind) {
    case 'failed':
      return empty ? undefined : describeError(state.error);
    case 'loading':
      return empty ? vscode.l10n.t('Loading messages…') : vscode.l10n.t('Loading older messages…');
    default:
      return undefined;
  }
}

function setContext(key: ContextKey, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
