import type { MessageFilter } from '../mailbox/query';

/** Placeholder. */
export function filterText(_filter: MessageFilter): string {
  return '';
}
