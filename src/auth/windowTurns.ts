import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { throwIfCancelled } from '../api/cancellation';
import { Leases } from '../storage/leases';
import { type DatabaseSync, openDatabase } from '../storage/sqlite';
import type { Disposable } from '../util/disposable';

/** Does `task` while no other window does one of the same name; waits for its turn until `signal` is aborted. */
export type InTurn = <T>(name: string, task: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** For who has no other windows to heed. */
export const alone: InTurn = (_name, task) => task();

/**
 * Turns that the windows on this machine take, agreed on in a small database that holds nothing but their names. Where
 * that cannot be had, each window goes ahead by itself: turns spare the server requests, and nothing depends on them.
 */
export class WindowTurns implements Disposable {
  #database: DatabaseSync | undefined;
  #leases: Leases | 'none' | undefined;

  constructor(
    private readonly file: string,
    private readonly log: (line: string) => void,
  ) {}

  /** @throws CancelledError if `signal` is aborted, and what `task` throws */
  readonly run: InTurn = async <T>(name: string, task: () => Promise<T>, signal: AbortSignal) => {
    const leases = this.#open();
    if (!leases) return task();
    let outcome: Promise<T> | undefined;
    try {
      await leases.hold(name, () => (outcome = task()), signal);
    } catch (error) {
      throwIfCancelled(signal);
      if (!outcome) this.log(`Other windows are not waited for. ${String(error)}`);
    }
    return outcome ?? task();
  };

  dispose(): void {
    this.#leases = 'none';
    this.#database?.close();
    this.#database = undefined;
  }

  #open(): Leases | undefined {
    this.#leases ??= this.#openLeases();
    return this.#leases === 'none' ? undefined : this.#leases;
  }

  #openLeases(): Leases | 'none' {
    try {
      mkdirSync(path.dirname(this.file), { recursive: true });
      this.#database = openDatabase(this.file);
      return new Leases(this.#database, randomUUID());
    } catch (error) {
      this.log(`Windows cannot take turns. ${String(error)}`);
      return 'none';
    }
  }
}
