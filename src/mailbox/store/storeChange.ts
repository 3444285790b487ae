import type { StoreChange } from './messageStore';

/** More ids than this are not named: whoever listens looks at everything then. */
export const MAX_NAMED_IDS = 1_000;

/** In a set of changed ids: any message may look different. `changeOf` takes it out. */
export const ANY_ID = '*';

export function changeOf(ids: ReadonlySet<string>): StoreChange {
  return { ids: ids.size > MAX_NAMED_IDS || ids.has(ANY_ID) ? undefined : ids };
}
