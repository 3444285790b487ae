import type { Message } from '../api/schema';
import type { Group } from '../mailbox/grouping';

/** What a row of the tree stands for. */
export type Node = GroupNode | MessageNode | MoreNode;

export interface GroupNode {
  readonly kind: 'group';
  readonly group: Group;
  readonly parent: GroupNode | undefined;
}

export interface MessageNode {
  readonly kind: 'message';
  readonly message: Message;
  readonly parent: GroupNode | undefined;
}

/** The last row of a long group, or of a long view: shows the next page when it is chosen. */
export interface MoreNode {
  readonly kind: 'more';
  readonly parent: GroupNode | undefined;
  readonly remaining: number;
  showMore(): void;
}

/** Commands are also called by key bindings and other extensions, with whatever arguments those like. */
export function isNode(value: unknown): value is Node {
  const kind = (value as { kind?: unknown } | undefined)?.kind;
  return kind === 'group' || kind === 'message' || kind === 'more';
}
