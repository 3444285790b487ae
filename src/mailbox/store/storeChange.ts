import type { StoreChange } from './messageStore';

/** More ids than this are not named: whoever listens looks at everything then. */
export const MAX_NAMED_IDS = 1_000;

/** Among ids of messages: any of them may look different. */
export const EVERYTHING = '*';

export function changeOf(ids: ReadonlySet<string>): StoreChange {
  return { ids: ids.size > MAX_NAMED_IDS || ids.has(EVERYTHING) ? undefined : ids };
}
