import { unlessCancelled } from '../../../src/api/cancellation';
import { HttpClient, type HttpRequest, type HttpResponse } from '../../../src/api/httpClient';

/** Which request: the next one that has all of this. */
export interface RequestPattern {
  readonly method?: HttpRequest['method'];
  /** A part of its path. */
  readonly path?: string;
}

/** A request that a test holds back. */
export interface HeldExchange {
  /** Resolves when the request, or its answer, has come as far as it may. */
  readonly reached: Promise<void>;
  readonly release: () => void;
}

interface Hold extends RequestPattern {
  readonly what: 'request' | 'answer';
  readonly reached: PromiseWithResolvers<undefined>;
  readonly released: PromiseWithResolvers<undefined>;
}

/** Lets a test hold a request back on its way to the server or back, until something else has happened. */
export class NetworkGate extends HttpClient {
  #next: Hold | undefined;

  /** Holds back a request that the server has not received yet. */
  holdRequest(pattern: RequestPattern): HeldExchange {
    return this.#hold('request', pattern);
  }

  /** Holds back what the server has answered. */
  holdAnswer(pattern: RequestPattern): HeldExchange {
    return this.#hold('answer', pattern);
  }

  override async send(request: HttpRequest): Promise<HttpResponse> {
    const hold = this.#next;
    const { method = request.method, path = '' } = hold ?? {};
    if (!hold || request.method !== method || !request.url.pathname.includes(path))
      return super.send(request);
    this.#next = undefined;
    if (hold.what === 'request') await pause(hold, request.signal);
    const response = await super.send(request);
    if (hold.what === 'answer') await pause(hold, request.signal);
    return response;
  }

  #hold(what: Hold['what'], pattern: RequestPattern): HeldExchange {
    const [reached, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    this.#next = { ...pattern, what, reached, released };
    return { reached: reached.promise, release: () => released.resolve(undefined) };
  }
}

async function pause({ reached, released }: Hold, signal: AbortSignal | undefined): Promise<void> {
  reached.resolve(undefined);
  await unlessCancelled(released.promise, signal);
}
