import type { RateMemory } from '../api/rateMemory';
import type { RateTable } from '../storage/rateTable';

/**
 * The memory of a rate group in a table that all windows have open. Where the table cannot be used, each window goes by what
 * it is told itself.
 * @param name of the group, and whose it is
 */
export function rateMemory(table: RateTable, name: string, log: (line: string) => void): RateMemory {
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
