import { WorkQueue, type Queued } from './workQueue';

export interface DecodedPagesOptions<T> {
  decode(number: number): Promise<T>;
  /** How much memory a decoded page takes. */
  bytesOf(page: T): number;
  /** Gives its memory back. */
  close(page: T): void;
  /** What all pages together may take; the newest is kept even if it is more. */
  readonly budget: number;
}

/**
 * Decodes pages when they are asked for, one at a time, and holds those that were used last. No page is decoded while it
 * is held, and none twice at the same time.
 */
export class DecodedPages<T> {
  readonly #queue = new WorkQueue();
  /** The longest unused first. */
  readonly #held = new Map<number, T>();
  readonly #pending = new Map<number, Shared<T>>();
  #bytes = 0;
  #closed = false;

  constructor(private readonly options: DecodedPagesOptions<T>) {}

  /** Of all pages held. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The page, to be used at once: it may be closed when the next one has been decoded.
   * @throws Error if it cannot be decoded, or the signal was aborted
   */
  async get(number: number, urgent: boolean, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const held = this.#held.get(number);
    if (held !== undefined) {
      this.#held.delete(number);
      this.#held.set(number, held);
      return held;
    }
    const shared = this.#pending.get(number) ?? this.#start(number, urgent);
    if (urgent) shared.queued.hurry();
    return shared.join(signal);
  }

  close(): void {
    this.#closed = true;
    for (const page of this.#held.values()) this.options.close(page);
    this.#held.clear();
    this.#bytes = 0;
  }

  #start(number: number, urgent: boolean): Shared<T> {
    const nobody = new AbortController();
    const queued = this.#queue.add(
      async () => {
        // A page that is under way is finished and kept, whoever still wants it: the work is done.
        const page = await this.options.decode(number);
        this.#hold(number, page);
        return page;
      },
      urgent,
      nobody.signal,
    );
    const shared = new Shared(queued, nobody);
    this.#pending.set(number, shared);
    const forget = (): void => {
      if (this.#pending.get(number) === shared) this.#pending.delete(number);
    };
    nobody.signal.addEventListener('abort', forget);
    queued.result.then(forget, forget);
    return shared;
  }

  #hold(number: number, page: T): void {
    if (this.#closed) {
      this.options.close(page);
      return;
    }
    this.#held.set(number, page);
    this.#bytes += this.options.bytesOf(page);
    for (const [other, old] of this.#held) {
      if (this.#bytes <= this.options.budget || other === number) break;
      this.#held.delete(other);
      this.#bytes -= this.options.bytesOf(old);
      this.options.close(old);
    }
  }
}

/** A page that some are waiting for; when none is any more, it need not be begun. */
class Shared<T> {
  #waiting = 0;

  constructor(
    readonly queued: Queued<T>,
    private readonly nobody: AbortController,
  ) {}

  join(signal: AbortSignal): Promise<T> {
    this.#waiting++;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        if (--this.#waiting === 0) this.nobody.abort();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.queued.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }
}
