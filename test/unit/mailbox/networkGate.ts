import { unlessCancelled } from '../../../src/api/cancellation';
import { readText } from '../../../src/api/body';
import { HttpClient, type HttpRequest, type HttpResponse } from '../../../src/api/httpClient';
import { parseJson } from '../../../src/api/json';

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

/** Something between us and the server that spoils what passes. */
interface Spoiler extends RequestPattern {
  readonly spoil: (answer: JsonObject) => unknown;
}

export type JsonObject = Record<string, unknown>;

/** The network between us and the server: it can hold back what passes, or spoil it. */
export class NetworkGate extends HttpClient {
  #next: Hold | undefined;
  #spoilers: readonly Spoiler[] = [];
  #dropsBodiesOf: HttpRequest['method'] | undefined;

  /** From now on what such requests are answered becomes what `spoil` makes of it. */
  spoilAnswers(pattern: RequestPattern, spoil: Spoiler['spoil']): void {
    this.#spoilers = [...this.#spoilers, { ...pattern, spoil }];
  }

  /** From now on requests with this method arrive without their bodies, as some proxies have it. */
  dropBodiesOf(method: HttpRequest['method']): void {
    this.#dropsBodiesOf = method;
  }

  /** Everything passes again as it is. */
  mend(): void {
    this.#spoilers = [];
    this.#dropsBodiesOf = undefined;
  }

  /** Holds back a request that the server has not received yet. */
  holdRequest(pattern: RequestPattern): HeldExchange {
    return this.#hold('request', pattern);
  }

  /** Holds back what the server has answered. */
  holdAnswer(pattern: RequestPattern): HeldExchange {
    return this.#hold('answer', pattern);
  }

  override async send(request: HttpRequest): Promise<HttpResponse> {
    const hold = this.#next && matches(request, this.#next) ? this.#next : undefined;
    if (!hold) return this.#pass(request);
    this.#next = undefined;
    if (hold.what === 'request') await pause(hold, request.signal);
    const response = await this.#pass(request);
    if (hold.what === 'answer') await pause(hold, request.signal);
    return response;
  }

  async #pass(request: HttpRequest): Promise<HttpResponse> {
    const { body: _dropped, ...bare } = request;
    const response = await super.send(request.method === this.#dropsBodiesOf ? bare : request);
    const spoilers = this.#spoilers.filter((spoiler) => matches(request, spoiler));
    if (spoilers.length === 0) return response;
    let json = parseJson(await readText(response.body, 100_000_000));
    for (const { spoil } of spoilers) json = spoil(json as JsonObject);
    return { ...response, body: partsOf(JSON.stringify(json)), discard: () => undefined };
  }

  #hold(what: Hold['what'], pattern: RequestPattern): HeldExchange {
    const [reached, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    this.#next = { ...pattern, what, reached, released };
    return { reached: reached.promise, release: () => released.resolve(undefined) };
  }
}

function matches({ method, url }: HttpRequest, pattern: RequestPattern): boolean {
  return method === (pattern.method ?? method) && url.pathname.includes(pattern.path ?? '');
}

async function* partsOf(text: string): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

async function pause({ reached, released }: Hold, signal: AbortSignal | undefined): Promise<void> {
  reached.resolve(undefined);
  await unlessCancelled(released.promise, signal);
}
