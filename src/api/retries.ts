import { ApiError, NetworkError } from './errors';
import type { HttpRequest } from './httpClient';

/** Tries of one request in all, the first included. */
const MAX_TRIES = 4;
const MAX_TRIES_AGAINST_RATE = 3;

const FIRST_DELAY = 2_000;
const LONGEST_DELAY = 60_000;

/** An identical request is being processed. */
const DUPLICATE = 'CMN-304';

/**
 * Decides whether a request that failed is sent again.
 *
 * Repeating is harmless where doing a thing twice is the same as doing it once: GET; PUT and PATCH, which set a status
 * to a value. (A second PATCH to Alive may be refused, because only what is deleted can be restored; nothing is lost by
 * that, and the next synchronization shows the truth.)
 *
 * It is not for DELETE: deleting a message twice purges it. So when it cannot be known whether the first DELETE was
 * carried out (connection broken, any 5xx of a gateway, a duplicate of it being processed), it is not repeated. Where the
 * server itself says that it did nothing (too many requests, or 503 with the API's own code for it) it could be; but
 * deletions of messages are sent `once` (see `ApiRequest`), and never come here.
 */
export class Retries {
  readonly #isRepeatable: boolean;
  #tries = 0;
  #triesAgainstRate = 0;

  constructor(method: HttpRequest['method']) {
    this.#isRepeatable = method === 'GET' || method === 'PUT' || method === 'PATCH';
  }

  /** Milliseconds to wait before the request is sent again; undefined if it must not be. */
  delayAfter(error: unknown): number | undefined {
    if (isRateRefusal(error)) {
      // How long is the rate group's matter.
      return ++this.#triesAgainstRate < MAX_TRIES_AGAINST_RATE ? 0 : undefined;
    }
    if (!this.#isPassing(error) || ++this.#tries >= MAX_TRIES) return undefined;
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
    return Math.max(asked, Math.min(FIRST_DELAY * 2 ** (this.#tries - 1), LONGEST_DELAY));
  }

  #isPassing(error: unknown): boolean {
    if (error instanceof NetworkError) return this.#isRepeatable && error.failure === 'reset';
    if (!(error instanceof ApiError)) return false;
    if (error.errorCode === DUPLICATE) return this.#isRepeatable;
    if (error.kind !== 'temporary') return false;
    return this.#isRepeatable || (error.status === 503 && error.errorCode === 'CMN-201');
  }
}

/** Whether the whole rate group has to wait. */
export function isRateRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && error.kind === 'rateLimited' && error.errorCode !== DUPLICATE;
}

/** Whether nothing of the group may be sent for a while. */
export function asksToWait(error: ApiError): boolean {
  return (error.status === 503 && error.retryAfter !== undefined) || isRateRefusal(error);
}
