interface Job {
  urgent: boolean;
  readonly run: () => Promise<void>;
}

/** A job that waits or is under way. */
export interface Queued<T> {
  readonly result: Promise<T>;
  /** Somebody is waiting for it now. */
  hurry(): void;
}

/** Does one job at a time: the urgent ones first, and of those as of the others the one that has waited longest. */
export class WorkQueue {
  readonly #waiting: Job[] = [];
  #busy = false;

  /** @param signal takes the job out of the queue, unless it is under way already; `work` sees to that itself */
  add<T>(work: () => Promise<T>, urgent: boolean, signal?: AbortSignal): Queued<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const job: Job = {
      urgent,
      run: async () => {
        signal?.removeEventListener('abort', leave);
        await work().then(resolve, reject);
      },
    };
    const leave = (): void => {
      const index = this.#waiting.indexOf(job);
      if (index < 0) return;
      this.#waiting.splice(index, 1);
      reject(signal?.reason as Error);
    };
    this.#waiting.push(job);
    if (signal?.aborted) leave();
    else signal?.addEventListener('abort', leave, { once: true });
    void this.#work();
    return {
      result: promise,
      hurry: () => {
        job.urgent = true;
      },
    };
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let job = this.#next(); job; job = this.#next()) await job.run();
    this.#busy = false;
  }

  #next(): Job | undefined {
    const urgent = this.#waiting.findIndex((job) => job.urgent);
    return this.#waiting.splice(Math.max(urgent, 0), 1)[0];
  }
}
