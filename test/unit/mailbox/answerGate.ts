import { unlessCancelled } from '../../../src/api/cancellation';
import { HttpClient, type HttpRequest, type HttpResponse } from '../../../src/api/httpClient';

/** An answer that is kept from whoever has asked. */
export interface HeldAnswer {
  /** Resolves when the server has answered. */
  readonly arrived: Promise<void>;
  readonly release: () => void;
}

/** Lets a test hold an answer back, for as long as it takes until something else has happened. */
export class AnswerGate extends HttpClient {
  #next:
    | {
        readonly path: string;
        readonly arrived: PromiseWithResolvers<undefined>;
        readonly released: PromiseWithResolvers<undefined>;
      }
    | undefined;

  /** Holds back the answer to the next request whose path ends in `path`. */
  hold(path: string): HeldAnswer {
    const [arrived, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    this.#next = { path, arrived, released };
    return { arrived: arrived.promise, release: () => released.resolve(undefined) };
  }

  override async send(request: HttpRequest): Promise<HttpResponse> {
    const held = this.#next && request.url.pathname.endsWith(this.#next.path) ? this.#next : undefined;
    if (held) this.#next = undefined;
    const response = await super.send(request);
    if (held) {
      held.arrived.resolve(undefined);
      await unlessCancelled(held.released.promise, request.signal);
    }
    return response;
  }
}
