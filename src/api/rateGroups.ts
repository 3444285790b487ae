import { LONGEST_WAIT } from './errorBody';
import { lookUp } from '../util/lookUp';
import type { HttpResponse } from './httpClient';
import { type Clock, RateLimiter, type RateState } from './rateLimiter';
import type { SharedRateLimit } from './sharedRateLimit';

/** The operations that are sent, named as the API names them. */
export type Operation =
  | 'listMessages'
  | 'syncMessages'
  | 'readMessage'
  | 'readMessageContent'
  | 'updateMessage'
  | 'patchMessage'
  | 'deleteMessage'
  | 'deleteMessageByFilter'
  | 'readMessageStoreConfiguration'
  | 'updateMessageStoreConfiguration'
  | 'readExtension'
  | 'readFeatures'
  | 'createWebSocketToken'
  /** Of the token endpoint, whatever for. */
  | 'requestToken';

/** Until the server tells otherwise (FACTS, Rate limits). */
const GROUP_OF: Readonly<Record<Operation, string>> = {
  listMessages: 'light',
  syncMessages: 'light',
  readMessage: 'light',
  readMessageStoreConfiguration: 'light',
  updateMessageStoreConfiguration: 'light',
  readExtension: 'light',
  readFeatures: 'light',
  readMessageContent: 'medium',
  updateMessage: 'medium',
  patchMessage: 'medium',
  deleteMessage: 'medium',
  deleteMessageByFilter: 'medium',
  createWebSocketToken: 'auth',
  requestToken: 'auth',
};

/** Requests a minute, likewise. */
const DEFAULT_LIMIT: Readonly<Record<string, number>> = { light: 50, medium: 40, heavy: 10, auth: 5 };

/** Of a group that is not known yet; the answer that names the group tells its limit, too. */
const UNKNOWN_LIMIT = 10;

/** One limiter for each rate group; which operation is in which, and how much it may, comes from the server's headers. */
export class RateGroups {
  readonly #groupOf = new Map<Operation, string>();
  readonly #limiters = new Map<string, RateLimiter>();

  constructor(
    private readonly clock: Clock,
    /** What all windows know of a group, by its name; undefined if this one is alone. */
    private readonly sharedOf: (group: string) => SharedRateLimit | undefined = () => undefined,
  ) {}

  limiterFor(operation: Operation): RateLimiter {
    const group = this.#groupOf.get(operation) ?? GROUP_OF[operation];
    let limiter = this.#limiters.get(group);
    if (!limiter) {
      limiter = new RateLimiter(
        lookUp(DEFAULT_LIMIT, group) ?? UNKNOWN_LIMIT,
        this.clock,
        this.sharedOf(group),
      );
      this.#limiters.set(group, limiter);
    }
    return limiter;
  }

  learn(operation: Operation, headers: HttpResponse['headers']): void {
    const group = headers['x-rate-limit-group'];
    if (group && /^[\w-]{1,40}$/.test(group)) this.#groupOf.set(operation, group.toLowerCase());
    this.limiterFor(operation).learn(rateStateOf(headers));
  }
}

function rateStateOf(headers: HttpResponse['headers']): RateState | undefined {
  const [limit, remaining, window] = ['limit', 'remaining', 'window'].map((name) => {
    const text = headers[`x-rate-limit-${name}`];
    return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  });
  if (limit === undefined || remaining === undefined || window === undefined) return undefined;
  return { limit, remaining, window: Math.min(window, LONGEST_WAIT) };
}
