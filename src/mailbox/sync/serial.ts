/** Lets one task after another run, in the order in which they come. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve();

  /** Settles as `task` does. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
