import type { Message } from '../api/schema';
import type { Account } from '../mailbox/accounts';
import type { Group } from '../mailbox/group';

/** What a row of the tree stands for. */
export type Node = AccountNode | GroupNode | MessageNode | MoreNode;

/** A row that others can be under. */
export type ParentNode = AccountNode | GroupNode;

/** There only while several accounts are signed in. */
export interface AccountNode {
  readonly kind: 'account';
  readonly account: Account;
  readonly parent: undefined;
}

export interface GroupNode {
  readonly kind: 'group';
  readonly account: Account;
  readonly group: Group;
  readonly parent: ParentNode | undefined;
}

export interface MessageNode {
  readonly kind: 'message';
  readonly account: Account;
  readonly message: Message;
  readonly parent: ParentNode | undefined;
}

/** The last row of a long group, or of a long view: shows the next page when it is chosen. */
export interface MoreNode {
  readonly kind: 'more';
  readonly account: Account;
  readonly parent: ParentNode | undefined;
  readonly remaining: number;
  showMore(): void;
}

const KINDS: ReadonlySet<unknown> = new Set<Node['kind']>(['account', 'group', 'message', 'more']);

/** Commands are also called by key bindings and other extensions, with whatever arguments those like. */
export function isNode(value: unknown): value is Node {
  return KINDS.has((value as { kind?: unknown } | undefined)?.kind);
}
