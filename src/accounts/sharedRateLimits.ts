import type { SharedRateLimit } from '../api/sharedRateLimit';
import type { RateTable } from '../storage/rateTable';

/**
 * What all windows know of a rate group, in a table that they have open. Where the table cannot be used, each window goes by what
 * it is told itself.
 * @param name of the group, and whose it is
 */
export function sharedRateLimit(
  table: RateTable,
  name: string,
  log: (line: string) => void,
): SharedRateLimit {
  let isWarned = false;
  const attempt = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch (error) {
      if (!isWarned) log(`Limits of other windows are not heeded. ${String(error)}`);
      isWarned = true;
      return otherwise;
    }
  };
  return {
    read: () => attempt(() => table.read(name), undefined),
    take: () => attempt(() => table.take(name), true),
    learn: (version, limit, remaining, window) =>
      attempt(() => table.learn(name, version, limit, remaining, window), version),
    close: (milliseconds, remaining) => attempt(() => table.close(name, milliseconds, remaining), 0),
  };
}
