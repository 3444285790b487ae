import { refuseUnsafeDelete } from './deleteGuard';
import { errorOf } from './errorBody';
import { ApiError, isMailboxError, NotSentError } from './errors';
import type { HttpClient, HttpRequest, HttpResponse } from './httpClient';
import { type ServerOrigins, TrustedOrigins } from './origins';
import { addQuery, type Query } from './query';
import { type Operation, RateGroups } from './rateGroups';
import { MONOTONIC } from './rateLimits';
import type { Clock } from './rateLimiter';
import { asksToWait, Retries } from './retries';

export type { ServerOrigins };

export interface TokenSource {
  /**
   * An access token that should still be good.
   * @throws SignInRequiredError if there is none to be had
   */
  accessToken(signal?: AbortSignal): Promise<string>;
  /** Called after a 401 with the token that was refused; resolves to a new one. Many may ask at once. */
  renew(refused: string, signal?: AbortSignal): Promise<string>;
}

export interface ApiRequest {
  readonly operation: Operation;
  readonly method: HttpRequest['method'];
  /** A path of the server, or an address from one of its answers. */
  readonly uri: string;
  /** Whether to ask the media origin rather than the REST origin. */
  readonly media?: boolean;
  readonly query?: Query;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly contentType: string; readonly text: string };
  /**
   * It is not sent again, even where the server says that it did nothing: whoever sends it looks first whether it is still
   * meant, and that may have changed by the next try. An access token that is refused is renewed, for the next try.
   */
  readonly once?: boolean;
  /**
   * Called when nothing is left to wait for, just before the request is sent: it may have waited for a minute. Whatever it
   * throws becomes the cause of a NotSentError.
   */
  readonly beforeSend?: () => void;
  /** Whoever sends it can do without the answer: it is not sent again while the server has trouble. */
  readonly dispensable?: boolean;
  /** Nobody waits for it: it lets the user's requests go first, and leaves them room within the rate limits. */
  readonly background?: boolean;
  /** Once it is aborted the request waits no longer, but ends with CancelledError; on its way to the server it goes on. */
  readonly giveWay?: AbortSignal;
}

/** Why a request is not sent yet. */
export interface Wait {
  readonly reason: 'rateLimit' | 'temporary';
  readonly milliseconds: number;
}

export interface TransportOptions {
  /** For showing people why nothing seems to happen; each request that has to wait, and that somebody waits for, calls it. */
  readonly onWait?: (wait: Wait) => void;
  readonly clock?: Clock;
  /** The limits of whoever is signed in; of this transport alone by default. */
  readonly rates?: RateGroups;
}

/** Seconds to wait after 429 without `Retry-After`. */
const DEFAULT_PENALTY = 30;

/** What FACTS (Errors) lists as "refresh once, replay once". */
const RENEWABLE = ['OAU-128', 'OAU-129', 'OAU-149'];

/**
 * Sends API requests with the access token, to the signed-in server and nowhere else: renews a refused token once,
 * keeps to the rate limits, and repeats what passing trouble stopped, where that is safe.
 */
export class Transport {
  readonly #origins: TrustedOrigins;
  readonly #rates: RateGroups;
  readonly #clock: Clock;
  readonly #onWait: (wait: Wait) => void;

  /** @throws UntrustedOriginError if a token would travel in the clear */
  constructor(
    private readonly http: HttpClient,
    origins: ServerOrigins,
    private readonly tokens: TokenSource,
    options: TransportOptions = {},
  ) {
    this.#origins = new TrustedOrigins(origins);
    this.#clock = options.clock ?? MONOTONIC;
    this.#onWait = options.onWait ?? (() => undefined);
    this.#rates = options.rates ?? new RateGroups(this.#clock);
  }

  /**
   * Sends `request`; `read` gets the answer, if it is a 2xx. What it throws counts as the request's failure.
   * @throws ApiError if the server refuses
   * @throws NetworkError if there is no answer
   * @throws UntrustedOriginError if the address is not the server's own
   * @throws UnsafeDeleteError if it would delete more than it names
   * @throws ResponseFormatError if the answer cannot be understood
   * @throws NotSentError if `beforeSend` does not let it go, or if a new access token is there for what is sent `once`
   * @throws CancelledError if the signal is aborted, or `giveWay` while it waits
   * and whatever the token source throws
   */
  async send<T>(
    request: ApiRequest,
    read: (response: HttpResponse) => T | Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const url = request.media ? this.#origins.resolveMedia(request.uri) : this.#origins.resolve(request.uri);
    if (request.query) addQuery(url, request.query);
    const retries = new Retries(request.method);
    const waiting = signalOfWaits(request, signal);
    let token = await this.tokens.accessToken(waiting);
    for (let isRenewed = false; ;) {
      try {
        return await read(await this.#exchange(request, url, token, signal));
      } catch (error) {
        if (!isRenewed && isRefusedToken(error)) {
          isRenewed = true;
          token = await this.tokens.renew(token, waiting);
          if (request.once) throw new NotSentError('The access token had to be renewed', { cause: error });
          continue;
        }
        const delay = request.once || request.dispensable ? undefined : retries.delayAfter(error);
        if (delay === undefined) throw error;
        if (delay > 0) {
          this.#tell({ reason: 'temporary', milliseconds: delay }, request.background ?? false);
          await this.#clock.sleep(delay, waiting);
        }
        token = await this.tokens.accessToken(waiting);
      }
    }
  }

  /**
   * Waits until the rate limits let a request of `operation` pass, for whoever has something to look up just before it.
   * @throws CancelledError if the signal is aborted
   */
  async whenMaySend(operation: Operation, signal?: AbortSignal): Promise<void> {
    const limiter = this.#rates.limiterFor(operation);
    await limiter.enter(signal, (milliseconds) => this.#tell({ reason: 'rateLimit', milliseconds }, false));
    limiter.leave();
  }

  #tell(wait: Wait, background: boolean): void {
    if (!background) this.#onWait(wait);
  }

  async #exchange(
    request: ApiRequest,
    url: URL,
    token: string,
    signal: AbortSignal | undefined,
  ): Promise<HttpResponse> {
    const { operation } = request;
    const limiter = this.#rates.limiterFor(operation);
    const { background = false } = request;
    await limiter.enter(
      signalOfWaits(request, signal),
      (milliseconds) => this.#tell({ reason: 'rateLimit', milliseconds }, background),
      background ? 'background' : 'user',
    );
    try {
      const response = await this.#sendWith(token, request, url, signal);
      const error = response.status < 300 ? undefined : await errorOf(response);
      // What is not RingCentral's says nothing of its limits.
      if (!isMailboxError(error, 'network')) this.#rates.learn(operation, response.headers);
      if (!error) return response;
      if (error instanceof ApiError && asksToWait(error)) {
        // Before leaving, so that nobody slips through in between.
        this.#rates.limiterFor(operation).penalize(error.retryAfter ?? DEFAULT_PENALTY);
      }
      throw error;
    } finally {
      limiter.leave();
    }
  }

  async #sendWith(
    token: string,
    { method, headers, body, beforeSend }: ApiRequest,
    url: URL,
    signal: AbortSignal | undefined,
  ): Promise<HttpResponse> {
    const request: HttpRequest = {
      method,
      url,
      headers: {
        accept: 'application/json',
        ...(body && { 'content-type': body.contentType }),
        ...headers,
        authorization: `Bearer ${token}`,
      },
      ...(body && { body: body.text }),
      signal,
    };
    refuseUnsafeDelete(request);
    try {
      beforeSend?.();
    } catch (cause) {
      throw new NotSentError('It was held back just before it was sent', { cause });
    }
    return this.http.send(request);
  }
}

function signalOfWaits({ giveWay }: ApiRequest, signal: AbortSignal | undefined): AbortSignal | undefined {
  return signal && giveWay ? AbortSignal.any([signal, giveWay]) : (signal ?? giveWay);
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401 && RENEWABLE.includes(error.errorCode ?? '');
}
