import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { type Group, groupMessages } from '../mailbox/grouping';
import type { MessageStore } from '../mailbox/messageStore';
import type { GroupBy, MessageQuery } from '../mailbox/query';
import { groupItem } from './groupItem';
import { messageItem } from './messageItem';
import { moreItem } from './moreItem';
import type { GroupNode, MessageNode, Node } from './nodes';
import { messageTooltip } from './tooltip';

/** Rows added by "Load more": enough for a few screens, quick to lay out. */
const PAGE_SIZE = 100;

/** The key of the top level among the groups that show more than a page. */
const TOP_LEVEL = '';

/** What a view shows, asked anew at each refresh. */
export interface TreeContent {
  query(): MessageQuery;
  /** Undefined: messages without groups, newest first. */
  groupBy(): GroupBy | undefined;
}

type Rows = { readonly groups: readonly Group[] } | { readonly messages: readonly Message[] };

/** Supplies the rows of one view from the store of the current mailbox, long levels by the page. */
export class MailboxTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  /** How many rows are shown of the levels of which it is more than a page, by group id. */
  readonly #shown = new Map<string, number>();
  #store: MessageStore | undefined;
  #messages: readonly Message[] | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly content: TreeContent) {}

  /** Shows another mailbox, or none. */
  setStore(store: MessageStore | undefined): void {
    this.#store = store;
    this.#shown.clear();
    this.refresh();
  }

  /** What was read of the store is out of date. Does not repaint: see `refresh`. */
  invalidate(): void {
    this.#messages = undefined;
  }

  /** Asks VS Code to read the rows again. */
  refresh(): void {
    this.invalidate();
    this.#changed.fire(undefined);
  }

  /** Every message that the view holds, newest first, whether its row is loaded or not. */
  get messages(): readonly Message[] {
    this.#messages ??= this.#store?.query(this.content.query()) ?? [];
    return this.#messages;
  }

  getChildren(parent?: Node): Node[] {
    if (parent && parent.kind !== 'group') return [];
    const level = parent?.group.id ?? TOP_LEVEL;
    const { rows, remaining } = page(
      parent ? rowsOf(parent.group) : this.#topRows(),
      parent,
      this.#shownOf(level),
    );
    if (remaining > 0) rows.push({ kind: 'more', parent, remaining, showMore: () => this.#showMore(parent) });
    return rows;
  }

  getParent(node: Node): Node | undefined {
    return node.parent;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const now = Date.now();
    switch (node.kind) {
      case 'group':
        return withId(groupItem(node, now), node.group.id);
      case 'message':
        return withId(
          messageItem(node, now),
          `${node.parent?.group.id ?? TOP_LEVEL}/message:${node.message.id}`,
        );
      case 'more':
        return withId(moreItem(node), `${node.parent?.group.id ?? TOP_LEVEL}/more`);
    }
  }

  resolveTreeItem(item: vscode.TreeItem, node: Node): vscode.TreeItem {
    if (node.kind === 'message') item.tooltip = messageTooltip(node.message);
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #topRows(): Rows {
    const groupBy = this.content.groupBy();
    return groupBy
      ? { groups: groupMessages(this.messages, groupBy, Date.now()) }
      : { messages: this.messages };
  }

  #showMore(parent: GroupNode | undefined): void {
    const level = parent?.group.id ?? TOP_LEVEL;
    this.#shown.set(level, this.#shownOf(level) + PAGE_SIZE);
    this.#changed.fire(parent);
  }

  #shownOf(level: string): number {
    return this.#shown.get(level) ?? PAGE_SIZE;
  }
}

function rowsOf(group: Group): Rows {
  return group.groups.length > 0 ? { groups: group.groups } : { messages: group.messages };
}

function page(rows: Rows, parent: GroupNode | undefined, size: number): { rows: Node[]; remaining: number } {
  const nodes: Node[] =
    'groups' in rows
      ? rows.groups.slice(0, size).map((group): GroupNode => ({ kind: 'group', group, parent }))
      : rows.messages.slice(0, size).map((message): MessageNode => ({ kind: 'message', message, parent }));
  const total = 'groups' in rows ? rows.groups.length : rows.messages.length;
  return { rows: nodes, remaining: total - nodes.length };
}

function withId(item: vscode.TreeItem, id: string): vscode.TreeItem {
  item.id = id;
  return item;
}
