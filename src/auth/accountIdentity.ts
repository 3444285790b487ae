import type { Extension } from '../api/schema';
import { encodeLabel } from '../display/encode';

/** Whoever opens the sample mailbox opens the same one. */
export const SAMPLE_ACCOUNT_ID = 'sample';

/** Tells one mailbox from another; extension ids are unique within a server only. */
export function accountIdOf({ id }: Extension, rest: string): string {
  return `${id}@${new URL(rest).host}`;
}

/** What people call a mailbox, such as `Ada Park · 101`. */
export function labelOf({ id, name, extensionNumber }: Extension): string {
  return [encodeLabel(name), encodeLabel(extensionNumber)].filter(Boolean).join(' · ') || id;
}
