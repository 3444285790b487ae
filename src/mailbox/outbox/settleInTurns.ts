import { setImmediate } from 'node:timers/promises';
import type { MessageStore } from '../store/messageStore';
import type { Settlement } from './operation';

/** How many messages are settled in one turn of the event loop. */
const CHUNK = 50;

/**
 * Settles part by part, so that others get their turns in between; what is known of one message is in one part. If it ends
 * before all of it is settled, the rest is as after a crash.
 * @param proceed called before each part but the first; what it throws ends it
 */
export async function settleInTurns(
  store: MessageStore,
  operationId: string,
  settlement: Settlement,
  proceed: () => void,
): Promise<void> {
  const ids = idsIn(settlement);
  for (let start = 0; start < ids.length; start += CHUNK) {
    if (start > 0) {
      await setImmediate();
      proceed();
    }
    store.settle(operationId, partOf(settlement, new Set(ids.slice(start, start + CHUNK))));
  }
}

function idsIn({
  done = [],
  failed = [],
  waiting = [],
  dropped = [],
  gone = [],
  records = [],
}: Settlement): readonly string[] {
  const others = [...failed.map(({ messageId }) => messageId), ...records.map(({ id }) => id)];
  return [...new Set([...done, ...waiting, ...dropped, ...gone, ...others])];
}

function partOf(
  { done = [], failed = [], waiting = [], dropped = [], gone = [], records = [] }: Settlement,
  ids: ReadonlySet<string>,
): Settlement {
  const isIn = (id: string): boolean => ids.has(id);
  return {
    done: done.filter(isIn),
    failed: failed.filter(({ messageId }) => isIn(messageId)),
    waiting: waiting.filter(isIn),
    dropped: dropped.filter(isIn),
    gone: gone.filter(isIn),
    records: records.filter(({ id }) => isIn(id)),
  };
}
