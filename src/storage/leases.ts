import { setTimeout } from 'node:timers/promises';
import type { Shared } from './sharedDatabase';

/** Milliseconds that a lease lasts without being renewed: what a window that died leaves the others waiting. */
const DURATION = 6_000;

/** Milliseconds between two looks at a lease that another window holds. */
const POLL_INTERVAL = 200;

/** The table of leases. */
export const LEASES = `
  CREATE TABLE IF NOT EXISTS lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, expires INTEGER NOT NULL) STRICT;
`;

/**
 * What only one window may do at a time, agreed on in a database that all windows have open. A lease is lost by not being
 * renewed, so a window that dies or sleeps gives up all of its own.
 */
export class Leases {
  constructor(
    /** With the tables of `LEASES`. */
    private readonly shared: Shared,
    /** Tells this window from the others. */
    private readonly holder: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes the lease, or renews it; false if another window has it. */
  acquire(name: string): boolean {
    const now = this.now();
    const sql = `INSERT INTO lease (name, holder, expires) VALUES (?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires = excluded.expires
      WHERE lease.holder = excluded.holder OR lease.expires <= ? OR lease.expires > ?`;
    // A lease that lasts longer than leases do was taken before the clock was set back.
    const values = [name, this.holder, now + DURATION, now, now + DURATION];
    return this.shared.use((database) => database.prepare(sql).run(...values)).changes === 1;
  }

  /** Gives the lease back, if it is ours. */
  release(name: string): void {
    this.shared.use((database) =>
      database.prepare('DELETE FROM lease WHERE name = ? AND holder = ?').run(name, this.holder),
    );
  }

  /**
   * Waits for the lease and does `task` under it, renewing it meanwhile.
   * @throws whatever `signal` was aborted with, and what `task` throws
   */
  async hold<T>(name: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    while (!this.acquire(name)) await setTimeout(POLL_INTERVAL, undefined, signal ? { signal } : {});
    const renewal = setInterval(() => this.#renew(name), DURATION / 3);
    try {
      return await task();
    } finally {
      clearInterval(renewal);
      this.release(name);
    }
  }

  #renew(name: string): void {
    try {
      this.acquire(name);
    } catch {
      // Busy, or the disk is full. The next time comes before the lease ends; if that fails, too, the lease is lost.
    }
  }
}
