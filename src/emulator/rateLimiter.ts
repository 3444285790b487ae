import { type Clock, MINUTE, SECOND } from './clock';
import { RequestError } from './requestError';

export type RateGroup = 'light' | 'medium' | 'heavy' | 'auth';

export interface RateLimits {
  /** Requests per window, by group. */
  readonly limits: Readonly<Record<RateGroup, number>>;
  /** ms over which requests are counted. */
  readonly window: number;
  /** ms without answers after too many requests. */
  readonly penalty: number;
}

/** FACTS, Rate limits. */
export const DEFAULT_RATE_LIMITS: RateLimits = {
  limits: { light: 50, medium: 40, heavy: 10, auth: 5 },
  window: MINUTE,
  penalty: MINUTE,
};

/** Counts requests per group in a sliding window. One app and one user: one count for all. */
export class RateLimiter {
  readonly #accepted = new Map<RateGroup, number[]>();
  readonly #penaltyEnds = new Map<RateGroup, number>();

  constructor(
    private readonly clock: Clock,
    public enabled: boolean,
    public limits: RateLimits = DEFAULT_RATE_LIMITS,
  ) {}

  /**
   * Counts a request. Every request inside the penalty restarts it.
   * @throws RequestError (429 CMN-301 with Retry-After) if there are too many
   */
  take(group: RateGroup): void {
    if (!this.enabled) return;
    const now = this.clock.now();
    const accepted = this.#recent(group);
    if (now < (this.#penaltyEnds.get(group) ?? 0) || accepted.length >= this.limits.limits[group]) {
      this.#penaltyEnds.set(group, now + this.limits.penalty);
      throw new RequestError(
        429,
        'CMN-301',
        'Request rate exceeded.',
        {},
        {
          'retry-after': seconds(this.limits.penalty),
        },
      );
    }
    accepted.push(now);
    this.#accepted.set(group, accepted);
  }

  /** The headers that every answer carries. */
  headers(group: RateGroup): Record<string, string> {
    const limit = this.limits.limits[group];
    const inPenalty = this.clock.now() < (this.#penaltyEnds.get(group) ?? 0);
    const remaining = inPenalty ? 0 : Math.max(0, limit - this.#recent(group).length);
    return {
      'x-rate-limit-group': group,
      'x-rate-limit-limit': String(limit),
      'x-rate-limit-remaining': String(this.enabled ? remaining : limit),
      'x-rate-limit-window': seconds(this.limits.window),
    };
  }

  /** Forgets all requests and penalties. */
  reset(): void {
    this.#accepted.clear();
    this.#penaltyEnds.clear();
  }

  #recent(group: RateGroup): number[] {
    const start = this.clock.now() - this.limits.window;
    return (this.#accepted.get(group) ?? []).filter((time) => time > start);
  }
}

function seconds(milliseconds: number): string {
  return String(Math.ceil(milliseconds / SECOND));
}
