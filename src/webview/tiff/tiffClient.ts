import { startWorker } from '../startWorker';
import type { PageSize } from '../tiffDocument';
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

/** Talks with the worker that decodes a TIFF. */
export class TiffClient {
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;

  private constructor(
    private readonly worker: Worker,
    signal: AbortSignal,
  ) {
    worker.addEventListener('message', ({ data }: MessageEvent<TiffReply>) => {
      const pending = this.#take(data.id);
      if (data.kind === 'failed') pending?.reject(new Error(data.reason));
      else pending?.resolve(data);
    });
    worker.addEventListener('error', ({ message }) => this.#rejectAll(new Error(message)));
    signal.addEventListener('abort', () => {
      worker.terminate();
      this.#rejectAll(signal.reason as Error);
    });
  }

  /** @param signal ends the worker when it is aborted */
  static async start(signal: AbortSignal): Promise<TiffClient> {
    const worker = await startWorker('tiff.worker.js');
    signal.throwIfAborted();
    return new TiffClient(worker, signal);
  }

  /** @throws Error if the bytes are no TIFF */
  async open(bytes: ArrayBuffer): Promise<readonly PageSize[]> {
    const reply = await this.#request({ kind: 'open', bytes });
    return reply.kind === 'opened' ? reply.pages : [];
  }

  /**
   * The pixels of a page, counted from 0; the caller closes the bitmap.
   * @throws Error if the page cannot be decoded
   */
  async page(index: number): Promise<TiffPage> {
    const reply = await this.#request({ kind: 'page', index });
    if (reply.kind !== 'page')
      throw new TypeError(`The decoder answered "${reply.kind}" when asked for a page.`);
    return reply.page;
  }

  #request(body: RequestBody): Promise<TiffReply> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.worker.postMessage({ id, ...body });
    });
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #rejectAll(error: Error): void {
    for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(error);
  }
}
