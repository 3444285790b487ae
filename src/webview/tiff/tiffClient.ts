import type { PageSize } from '../tiffDocument';
import { TooLargeError } from '../tooLarge';
import type { TiffPage, TiffReply, TiffRequest } from './tiffProtocol';

interface Pending {
  resolve(reply: TiffReply): void;
  reject(error: Error): void;
}

type RequestBody = TiffRequest extends infer Each
  ? Each extends TiffRequest
    ? Omit<Each, 'id'>
    : never
  : never;

/** As much of a worker as is needed here. */
export type TiffWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

/** Milliseconds for a page; the largest take a second or two on a slow computer. */
const LONGEST_DECODING = 30_000;

/**
 * Talks with the worker that decodes a TIFF. One that decodes a page for too long is ended, and the next page begins with a
 * new one.
 */
export class TiffClient {
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #worker: Promise<TiffWorker> | undefined;

  /** @param signal ends the worker when it is aborted */
  constructor(
    private readonly bytes: ArrayBuffer,
    private readonly startWorker: () => Promise<TiffWorker>,
    private readonly signal: AbortSignal,
    private readonly longestDecoding = LONGEST_DECODING,
  ) {
    signal.addEventListener('abort', () => this.#end(signal.reason as Error));
  }

  /**
   * @throws Error if the bytes are no TIFF
   * @throws TooLargeError if there is more in it than in any fax
   */
  async open(): Promise<readonly PageSize[]> {
    this.#worker ??= this.#start();
    return this.#open(await this.#worker);
  }

  /**
   * The pixels of a page, counted from 0; the caller closes the bitmap.
   * @throws Error if the page cannot be decoded
   * @throws TooLargeError if it takes more memory or time than any page that people send
   */
  async page(index: number): Promise<TiffPage> {
    this.signal.throwIfAborted();
    this.#worker ??= this.#start().then(async (worker) => {
      await this.#open(worker);
      return worker;
    });
    const reply = await this.#request(await this.#worker, { kind: 'page', index });
    if (reply.kind !== 'page')
      throw new TypeError(`The decoder answered "${reply.kind}" when asked for a page.`);
    return reply.page;
  }

  async #start(): Promise<TiffWorker> {
    const worker = await this.startWorker();
    if (this.signal.aborted) worker.terminate();
    this.signal.throwIfAborted();
    worker.addEventListener('message', ({ data }: MessageEvent<TiffReply>) => {
      const pending = this.#take(data.id);
      if (data.kind !== 'failed') pending?.resolve(data);
      else pending?.reject(data.isTooLarge ? new TooLargeError(data.reason) : new Error(data.reason));
    });
    worker.addEventListener('error', ({ message }) => this.#end(new Error(message)));
    return worker;
  }

  async #open(worker: TiffWorker): Promise<readonly PageSize[]> {
    const reply = await this.#request(worker, { kind: 'open', bytes: this.bytes });
    return reply.kind === 'opened' ? reply.pages : [];
  }

  #request(worker: TiffWorker, body: RequestBody): Promise<TiffReply> {
    const id = this.#nextId++;
    const timer = setTimeout(
      () => this.#end(new TooLargeError('The page takes too long to decode.')),
      this.longestDecoding,
    );
    return new Promise<TiffReply>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.postMessage({ id, ...body });
    }).finally(() => clearTimeout(timer));
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #end(reason: Error): void {
    void this.#worker?.then(
      (worker) => worker.terminate(),
      () => undefined,
    );
    this.#worker = undefined;
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(reason);
  }
}
