import { Leases, LEASES } from '../../storage/leases';
import type { Shared } from '../../storage/sharedDatabase';
import { SYNC_REQUESTS, SyncRequests } from './syncRequests';

/** The tables by which the windows of an account agree. */
export const WINDOWS = LEASES + SYNC_REQUESTS;

/** Of the window that synchronizes and sends. */
const SYNC_LEASE = 'sync';

/** The windows that have one account's database open: one of them synchronizes and sends for all. */
export class Windows {
  readonly requests: SyncRequests;
  readonly #leases: Leases;

  constructor(
    shared: Shared,
    /** Tells this window from the others. */
    private readonly window: string,
    now: () => number = Date.now,
  ) {
    this.#leases = new Leases(shared, window, now);
    this.requests = new SyncRequests(shared);
  }

  /** Tells the others that this window lives; to be repeated every second or so. */
  renew(): void {
    this.#leases.acquire(leaseOf(this.window));
  }

  /** Whether this window is the one that synchronizes; becomes it if there is none, and stays it by being asked. */
  isSyncer(): boolean {
    return this.#leases.acquire(SYNC_LEASE);
  }

  /** Whether that window is gone. */
  isGone(window: string): boolean {
    const lease = leaseOf(window);
    const isGone = this.#leases.acquire(lease);
    if (isGone) this.#leases.release(lease);
    return isGone;
  }

  /** Leaves at once what the others would otherwise wait for. */
  leave(): void {
    this.#leases.release(SYNC_LEASE);
    this.#leases.release(leaseOf(this.window));
  }
}

function leaseOf(window: string): string {
  return `window:${window}`;
}
