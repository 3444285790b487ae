import type { SecureContext } from 'node:tls';
import connect from 'undici/lib/api/api-connect.js';
import request from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import type Dispatcher from 'undici/types/dispatcher';
import { decompressed, readAhead } from './body';
import { throwIfCancelled, unlessCancelled } from './cancellation';
import { CancelledError, MailboxError, NetworkError, ResponseFormatError } from './errors';
import { currentMoment, type Moment } from '../util/moment';
import { type NetworkSettings, proxyFor } from './network';
import { networkFailure } from './networkFailure';
import { atPace, type Pace } from './pace';
import { systemSecureContext } from './systemSecureContext';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  /** Before the request went out: nothing in the answer is older than that. */
  readonly sentAt: Moment;
  /** Whose answer it should be, with the port where that is not the usual one. */
  readonly host: string;
  readonly status: number;
  /** Lower-case names; several headers of one name joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /**
   * Decompressed; to be read once, or discarded.
   * Iterating throws NetworkError, ResponseFormatError (damaged compression) or CancelledError.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets go of the body unread. */
  discard(): void;
}

/** Milliseconds. */
export interface Timeouts {
  readonly connect: number;
  /** From the request sent to the answer's headers. */
  readonly headers: number;
  /** Between two parts of the answer's body. */
  readonly body: number;
  /** For all of the body: by how much of it there is. */
  readonly pace: Pace;
}

const TIMEOUTS: Timeouts = {
  connect: 10_000,
  headers: 30_000,
  body: 30_000,
  pace: { patience: 60_000, perSecond: 2_000 },
};

/**
 * HTTP as the user's network needs it: proxy, certificates, timeouts, cancellation. It knows no tokens, follows no
 * redirects, repeats nothing, and takes any status for an answer. The only file that touches undici.
 */
export class HttpClient {
  /** By protocol and proxy. */
  readonly #dispatchers = new Map<string, Dispatcher>();
  /** Of former settings: they finish what they have begun. */
  readonly #retired = new Set<Dispatcher>();
  #secureContext: SecureContext | undefined;
  #disposed = false;

  constructor(
    private network: NetworkSettings,
    /** Gets one line a request, without query, headers and bodies: nothing secret or personal. */
    private readonly log: (line: string) => void = () => undefined,
    private readonly timeouts: Timeouts = TIMEOUTS,
  ) {}

  /** Takes new settings for all requests from now on. */
  configure(network: NetworkSettings): void {
    this.network = network;
    this.#secureContext = undefined;
    for (const dispatcher of this.#dispatchers.values()) this.#retire(dispatcher);
    this.#dispatchers.clear();
  }

  /**
   * Resolves when the answer's headers are there.
   * @throws NetworkError if there is no answer
   * @throws ResponseFormatError if its content encoding is unknown
   * @throws CancelledError if the signal is aborted, or the client disposed
   */
  async send({ method, url, headers, body, signal }: HttpRequest): Promise<HttpResponse> {
    throwIfCancelled(signal);
    if (this.#disposed) throw new CancelledError();
    const sentAt = currentMoment();
    const line = `${method} ${url.origin}${shortened(url.pathname)}`;
    const failed = (error: unknown): MailboxError => this.#errorOf(error, url, signal);
    try {
      const answer = await unlessCancelled(
        request.call(this.#dispatcherFor(url), {
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers: {
            'user-agent': 'ringcentral-mailbox',
            'accept-encoding': 'gzip, deflate, br',
            // What some cache kept of earlier answers must not decide what is deleted.
            'cache-control': 'no-cache',
            ...headers,
          },
          body: body ?? null,
          signal: signal ?? null,
        }),
        signal,
      );
      const answerHeaders = flat(answer.headers);
      const took = Math.round(performance.now() - sentAt.monotonic);
      const requestId = answerHeaders['rcrequestid'];
      this.log(
        `${line}: ${answer.statusCode} in ${took} ms${requestId === undefined ? '' : ` (${requestId})`}`,
      );
      const stream = decompressed(answer.body, answerHeaders['content-encoding']);
      return {
        sentAt,
        host: url.host,
        status: answer.statusCode,
        headers: answerHeaders,
        body: chunks(atPace(readAhead(stream), this.timeouts.pace, url.host), failed),
        discard: () => void stream.destroy(),
      };
    } catch (error) {
      const known = failed(error);
      this.log(`${line}: ${known.message}`);
      throw known;
    }
  }

  /** Ends all connections; requests under way end with CancelledError. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const all = [...this.#dispatchers.values(), ...this.#retired];
    this.#dispatchers.clear();
    this.#retired.clear();
    await Promise.all(all.map((dispatcher) => dispatcher.destroy()));
  }

  #retire(dispatcher: Dispatcher): void {
    this.#retired.add(dispatcher);
    const forget = (): void => void this.#retired.delete(dispatcher);
    dispatcher.close().then(forget, forget);
  }

  #dispatcherFor(url: URL): Dispatcher {
    const proxy = proxyFor(url, this.network, process.env);
    const key = `${url.protocol} ${proxy?.href ?? ''}`;
    let dispatcher = this.#dispatchers.get(key);
    if (!dispatcher) {
      dispatcher = this.#createDispatcher(url.protocol, proxy);
      this.#dispatchers.set(key, dispatcher);
    }
    return dispatcher;
  }

  #createDispatcher(protocol: string, proxy: URL | undefined): Dispatcher {
    const options = {
      headersTimeout: this.timeouts.headers,
      bodyTimeout: this.timeouts.body,
      // All that is known of how RingCentral and the proxies before it behave is known of HTTP/1.1.
      allowH2: false,
    };
    const connection = {
      timeout: this.timeouts.connect,
      rejectUnauthorized: this.network.strictSSL,
      // Reading the system's certificates takes a while: not for plain connections to this machine.
      ...(protocol === 'https:' &&
        this.network.systemCertificates && { secureContext: this.#systemContext() }),
    };
    if (!proxy) return new Agent({ ...options, connect: connection });
    return new ProxyAgent({
      ...options,
      uri: proxy.href,
      ...(this.network.proxyAuthorization && { token: this.network.proxyAuthorization }),
      requestTls: connection,
      proxyTls: connection,
      clientFactory: (origin, options) => {
        // A proxy that does not answer CONNECT is one that cannot be connected to.
        const pool = new Pool(origin, { ...options, headersTimeout: this.timeouts.connect });
        // The method by which the agent asks for a tunnel is added by the part of undici that must not be imported.
        return Object.assign(pool, { connect });
      },
    });
  }

  #systemContext(): SecureContext {
    this.#secureContext ??= systemSecureContext();
    return this.#secureContext;
  }

  #errorOf(cause: unknown, url: URL, signal: AbortSignal | undefined): MailboxError {
    if (cause instanceof MailboxError) return cause;
    if (signal?.aborted || this.#disposed) return new CancelledError({ cause });
    if (isDamagedCompression(cause)) return new ResponseFormatError('The compression is damaged', { cause });
    return new NetworkError({ host: url.host, cause, ...this.#failureOf(cause, url) });
  }

  #failureOf(cause: unknown, url: URL): Pick<NetworkError, 'failure'> & { proxy?: string | undefined } {
    try {
      return { failure: networkFailure(cause), proxy: proxyFor(url, this.network, process.env)?.host };
    } catch {
      // The proxy's own address is not one.
      return { failure: 'proxy' };
    }
  }
}

async function* chunks(
  stream: AsyncIterable<Uint8Array>,
  failed: (error: unknown) => MailboxError,
): AsyncIterable<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw failed(error);
  }
}

function flat(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'object' ? value.join(', ') : value,
    ]),
  );
}

function isDamagedCompression(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(Z|ERR_BROTLI|ERR__ERROR)_/.test(error.code)
  );
}

/** Bulk requests name many ids in the path. */
function shortened(path: string): string {
  return path.length <= 160 ? path : `${path.slice(0, 160)}…`;
}
