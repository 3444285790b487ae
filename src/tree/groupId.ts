import type { GroupKey } from '../mailbox/group';

/** The same for the same group each time, so that the tree keeps what is expanded and selected. */
export function groupId(key: GroupKey): string {
  switch (key.kind) {
    case 'type':
      return `type:${key.type}`;
    case 'thread':
      return `type:${key.type}/with:${key.thread}`;
    case 'party':
      return `party:${key.party}`;
    case 'date':
      return `date:${key.span}`;
  }
}
