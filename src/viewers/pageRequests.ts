import { isMailboxError } from '../api/errors';
import type { Answer, HostMessage, PageRequest } from './protocol';

/** Does what a page asks for; what it returns goes back to the page. */
export type RequestHandler = (request: PageRequest, signal: AbortSignal) => Promise<Answer>;

/**
 * The host's side of a page's requests: each is answered once, with its result or with a sentence about its failure.
 * What the page cancels, or what is still under way when the page goes, is aborted and answered no more.
 */
export class PageRequests {
  readonly #running = new Map<number, AbortController>();
  #disposed = false;

  constructor(
    private readonly handle: RequestHandler,
    private readonly post: (message: HostMessage) => void,
    private readonly describeError: (error: unknown) => string,
  ) {}

  async run(id: number, request: PageRequest): Promise<void> {
    if (this.#disposed || this.#running.has(id)) return;
    const controller = new AbortController();
    this.#running.set(id, controller);
    let reply: HostMessage;
    try {
      const answer = await this.handle(request, controller.signal);
      reply = { kind: 'answer', id, ...answer };
    } catch (error) {
      const rendering = isMailboxError(error, 'rendering');
      reply = { kind: 'failure', id, message: this.describeError(error), ...(rendering && { rendering }) };
    }
    if (this.#running.get(id) !== controller) return;
    this.#running.delete(id);
    this.post(reply);
  }

  /** Answers what cannot be done, whatever it was. */
  refuse(id: number, reason: Error): void {
    if (!this.#disposed && !this.#running.has(id))
      this.post({ kind: 'failure', id, message: this.describeError(reason) });
  }

  cancel(id: number): void {
    this.#running.get(id)?.abort();
    this.#running.delete(id);
  }

  /** Ends everything under way; the page that asked is gone, or loads anew. */
  cancelAll(): void {
    for (const id of [...this.#running.keys()]) this.cancel(id);
  }

  dispose(): void {
    this.#disposed = true;
    this.cancelAll();
  }
}
