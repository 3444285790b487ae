import * as vscode from 'vscode';
import type { Account, Accounts } from '../mailbox/accounts';
import type { Group, GroupLevel } from '../mailbox/group';
import { isUnread } from '../mailbox/message';
import type { GroupBy, MessageQuery, Page } from '../mailbox/query';
import { accountItem } from './accountItem';
import { groupId } from './groupId';
import { groupItem } from './groupItem';
import { messageItem } from './messageItem';
import { moreItem } from './moreItem';
import type { Node, ParentNode } from './nodes';
import { accountStateText } from './stateText';
import type { UnreadDecorations } from './unreadDecorations';

/** Rows added by "Load more": enough for a few screens, quick to lay out. */
const PAGE_SIZE = 100;

/** What a view shows, asked anew at each refresh. */
export interface TreeContent {
  query(): MessageQuery;
  /** Undefined: messages without groups, newest first. */
  groupBy(): GroupBy | undefined;
}

/** Stands for no row: VS Code, which is asked to reveal it, reads the rows to the end before it finds that it is not there. */
export const NO_ROW = { kind: 'none', parent: undefined } as unknown as Node;

/** What is under a row, without the rows of it that are not shown yet. */
interface Level {
  readonly total: number;
  rows(page: Page): Node[];
}

const TOP_LEVEL: Readonly<Record<GroupBy, GroupLevel>> = {
  typeAndConversation: 'type',
  otherParty: 'party',
  date: 'date',
};

/** Supplies the rows of one view from the stores of the accounts, long levels by the page. */
export class MailboxTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Node | undefined>();
  /** How many rows are shown of the levels of which it is more than a page, by the id of the row above. */
  readonly #shown = new Map<string, number>();
  #readingTime = 0;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly accounts: Accounts,
    private readonly content: TreeContent,
    private readonly decorations: Pick<UnreadDecorations, 'show'>,
  ) {}

  /** What the view shows of an account. */
  get query(): MessageQuery {
    return this.content.query();
  }

  /** How long (ms) it has taken to read the rows since they were last to be read again. */
  get readingTime(): number {
    return this.#readingTime;
  }

  /** Asks VS Code to read the rows again. */
  refresh(): void {
    this.#readingTime = 0;
    this.#changed.fire(undefined);
  }

  getChildren(parent?: Node): Node[] {
    const start = performance.now();
    try {
      return this.#children(parent);
    } finally {
      this.#readingTime += performance.now() - start;
    }
  }

  /** The row of an account, where accounts have rows. */
  accountNode(account: Account): Node {
    return { kind: 'account', account, parent: undefined };
  }

  getParent(node: Node): Node | undefined {
    return node.parent;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node === NO_ROW) throw new RangeError('There is no such row.');
    const item: vscode.TreeItem = this.#isOpen(node) ? this.#item(node) : {};
    item.id = rowId(node);
    if (node.kind === 'message' && item.resourceUri)
      this.decorations.show(item.resourceUri, isUnread(node.message));
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #children(parent?: Node): Node[] {
    if (parent) {
      const isParent = parent.kind === 'account' || parent.kind === 'group';
      return isParent && this.#isOpen(parent) ? this.#under(parent) : [];
    }
    const { all } = this.accounts;
    const [only] = all;
    if (only && all.length === 1) return this.#page(only, undefined, this.#topLevel(only, undefined));
    return this.isFilteredOut ? [] : all.map((account) => this.accountNode(account));
  }

  /**
   * Whether of several accounts, which have nothing to tell of themselves, the filter leaves no message. Then there are no rows of
   * accounts either, so that VS Code shows the welcome text, which offers to clear the filter.
   */
  get isFilteredOut(): boolean {
    const { all } = this.accounts;
    const { query } = this;
    if (all.length < 2 || Object.keys(query.filter).length === 0) return false;
    return (
      all.every((account) => accountStateText(account) === undefined && !account.isSignInRequired) &&
      all.some(({ mailbox }) => !mailbox.store.isEmpty) &&
      all.every(({ mailbox }) => mailbox.store.tally(query).total === 0)
    );
  }

  /** VS Code asks for rows that it has seen before, also after their account was closed and nothing of it can be read. */
  #isOpen({ account }: Node): boolean {
    return this.accounts.all.includes(account);
  }

  #item(node: Node): vscode.TreeItem {
    const now = Date.now();
    switch (node.kind) {
      case 'account':
        return accountItem(node, this.query, node.account === this.accounts.current);
      case 'group':
        return groupItem(node, now);
      case 'message':
        return messageItem(node, now);
      case 'more':
        return moreItem(node);
    }
  }

  #under(parent: ParentNode): Node[] {
    const { account } = parent;
    return this.#page(
      account,
      parent,
      parent.kind === 'account' ? this.#topLevel(account, parent) : this.#inGroup(parent),
    );
  }

  #topLevel(account: Account, parent: ParentNode | undefined): Level {
    const groupBy = this.content.groupBy();
    return groupBy
      ? groupsOf(account, parent, this.query, TOP_LEVEL[groupBy])
      : messagesOf(account, parent, this.query);
  }

  #inGroup(parent: ParentNode & { kind: 'group' }): Level {
    const { account, group } = parent;
    const query = { ...this.query, group: group.key };
    return group.key.kind === 'type'
      ? groupsOf(account, parent, query, 'thread')
      : messagesOf(account, parent, query);
  }

  #page(account: Account, parent: ParentNode | undefined, level: Level): Node[] {
    const limit = this.#shown.get(levelId(account, parent)) ?? PAGE_SIZE;
    const rows = level.rows({ offset: 0, limit });
    const remaining = rows.length < limit ? 0 : level.total - rows.length;
    if (remaining > 0)
      rows.push({
        kind: 'more',
        account,
        parent,
        remaining,
        showMore: () => this.#showMore(account, parent),
      });
    return rows;
  }

  #showMore(account: Account, parent: ParentNode | undefined): void {
    const id = levelId(account, parent);
    this.#shown.set(id, (this.#shown.get(id) ?? PAGE_SIZE) + PAGE_SIZE);
    this.#changed.fire(parent);
  }
}

function groupsOf(
  account: Account,
  parent: ParentNode | undefined,
  query: MessageQuery,
  level: GroupLevel,
): Level {
  const { store } = account.mailbox;
  return {
    get total() {
      return store.groupCount(query, level);
    },
    rows: (page) =>
      store
        .groups(query, level, page)
        .map((group) =>
          isOneMessage(group)
            ? { kind: 'message', account, message: group.newest, parent }
            : { kind: 'group', account, group, parent },
        ),
  };
}

/** A voicemail or fax that is alone in its group stands for it; a conversation is one even with a single message. */
export function isOneMessage({ key, total, newest }: Group): boolean {
  return (
    (key.kind === 'thread' || key.kind === 'party') &&
    total === 1 &&
    (newest.type === 'VoiceMail' || newest.type === 'Fax')
  );
}

function messagesOf(account: Account, parent: ParentNode | undefined, query: MessageQuery): Level {
  const { store } = account.mailbox;
  return {
    get total() {
      return store.tally(query).total;
    },
    rows: (page) =>
      store.messages(query, page).map((message) => ({ kind: 'message', account, message, parent })),
  };
}

function levelId(account: Account, parent: ParentNode | undefined): string {
  return parent ? rowId(parent) : account.id;
}

/**
 * The same for the same row each time that the rows are read. VS Code looks by it for what a command acts on when the command
 * runs, so a message that is alone in its group and the group, once it has more, never share one.
 */
export function rowId(node: Node): string {
  const { account, parent } = node;
  switch (node.kind) {
    case 'account':
      return account.id;
    case 'group':
      return `${account.id}/${groupId(node.group.key)}`;
    case 'message':
      return `${levelId(account, parent)}/message:${node.message.id}`;
    case 'more':
      return `${levelId(account, parent)}/more`;
  }
}
