import { randomUUID } from 'node:crypto';
import { throwIfCancelled } from '../api/cancellation';
import { Leases } from '../storage/leases';
import type { Shared } from '../storage/sharedDatabase';

/** Does `task` while no other window does one of the same name; waits for its turn until `signal` is aborted. */
export type InTurn = <T>(name: string, task: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** For who has no other windows to heed. */
export const alone: InTurn = (_name, task) => task();

/**
 * Turns that the windows on this machine take, agreed on in a small database. Where that cannot be had, each window goes
 * ahead by itself: turns spare the server requests, and nothing depends on them.
 */
export class WindowTurns {
  readonly #leases: Leases;
  #isWarned = false;

  /** @param shared with the table of `LEASES` */
  constructor(
    shared: Shared,
    private readonly log: (line: string) => void,
  ) {
    this.#leases = new Leases(shared, randomUUID());
  }

  /** @throws CancelledError if `signal` is aborted, and what `task` throws */
  readonly run: InTurn = async <T>(name: string, task: () => Promise<T>, signal: AbortSignal) => {
    let outcome: Promise<T> | undefined;
    try {
      await this.#leases.hold(name, () => (outcome = task()), signal);
    } catch (error) {
      throwIfCancelled(signal);
      if (!outcome && !this.#isWarned) this.log(`Other windows are not waited for. ${String(error)}`);
      if (!outcome) this.#isWarned = true;
    }
    return outcome ?? task();
  };
}
