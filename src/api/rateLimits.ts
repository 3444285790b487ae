import { sleep } from './cancellation';
import { RateGroups } from './rateGroups';
import type { Clock } from './rateLimiter';
import type { SharedRateLimit } from './sharedRateLimit';

/** Time as waits are measured in: it goes on whatever the computer's clock is set to. */
export const MONOTONIC: Clock = { now: () => performance.now(), sleep };

/** Whose limits: RingCentral counts by user and app (FACTS, Rate limits). */
export interface RateScope {
  /** Origin of the server. */
  readonly rest: string;
  readonly clientId: string;
  /** Undefined until it is known who signs in. */
  readonly accountId?: string;
}

/** The rate groups of every account, the same for all that is sent for it. */
export class RateLimits {
  readonly #groups = new Map<string, RateGroups>();

  /** @param sharedOf what all windows know of a group, by a name of its own */
  constructor(
    private readonly sharedOf: (name: string) => SharedRateLimit | undefined = () => undefined,
    private readonly clock: Clock = MONOTONIC,
  ) {}

  groupsOf({ rest, clientId, accountId = '' }: RateScope): RateGroups {
    const scope = [rest, clientId, accountId].join(' ');
    let groups = this.#groups.get(scope);
    if (!groups) {
      groups = new RateGroups(this.clock, (group) => this.sharedOf(`${scope} ${group}`));
      this.#groups.set(scope, groups);
    }
    return groups;
  }
}
