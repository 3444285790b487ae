/** Lets one task after another run, in the order in which they come. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve();
  readonly #yielding = new Set<AbortController>();

  /** Settles as `task` does. */
  run<T>(task: () => Promise<T>): Promise<T> {
    for (const each of this.#yielding) each.abort();
    return this.#append(task);
  }

  /** Likewise; its signal is aborted as soon as a task comes that does not yield, and would have to wait for it. */
  async runYielding<T>(task: (giveWay: AbortSignal) => Promise<T>): Promise<T> {
    const yielding = new AbortController();
    this.#yielding.add(yielding);
    try {
      return await this.#append(() => task(yielding.signal));
    } finally {
      this.#yielding.delete(yielding);
    }
  }

  #append<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
