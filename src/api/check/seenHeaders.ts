import type { HttpResponse } from '../httpClient';
import { apiWord, type Finding } from './finding';

/** Milliseconds by which clocks may differ without consequences. */
const TOLERANCE = 5 * 60_000;

const LIMITS = 'light 50 in 60 s, medium 40 in 60 s, auth 5 in 60 s';

/** What the headers of all answers say: the limits of requests, and the server's time. */
export class SeenHeaders {
  /** By group. */
  readonly #limits = new Map<string, string>();
  /** Milliseconds that this computer's clock is ahead. */
  #clockOffset: number | undefined;

  note(headers: HttpResponse['headers']): void {
    const [group, limit = '', window = ''] = ['group', 'limit', 'window'].map(
      (name) => headers[`x-rate-limit-${name}`],
    );
    if (group !== undefined && /^\d{1,6}$/.test(limit) && /^\d{1,6}$/.test(window)) {
      this.#limits.set(apiWord(group.toLowerCase()), `${limit} in ${window} s`);
    }
    const serverTime = Date.parse(headers['date'] ?? '');
    if (!Number.isNaN(serverTime)) this.#clockOffset = Date.now() - serverTime;
  }

  findings(): readonly Finding[] {
    return [this.#limitsFinding(), this.#clockFinding()];
  }

  #limitsFinding(): Finding {
    const found = [...this.#limits].map(([group, limit]) => `${group} ${limit}`);
    const isExpected = found.length > 0 && found.every((limit) => LIMITS.includes(limit));
    return {
      probe: 'Rate limits (X-Rate-Limit-…)',
      expected: LIMITS,
      found: found.join(', ') || 'no headers',
      ...(!isExpected && {
        meaning:
          found.length === 0 ? 'The documented limits are kept.' : 'The limits of the headers are kept.',
      }),
    };
  }

  #clockFinding(): Finding {
    const offset = this.#clockOffset;
    const isOff = offset !== undefined && Math.abs(offset) > TOLERANCE;
    return {
      probe: 'Clock of this computer',
      expected: 'within 5 minutes of the server’s',
      found: offset === undefined ? 'not known: no Date header' : `${Math.round(offset / 1000)} s ahead`,
      ...(isOff && { meaning: 'Signing in may fail, and times are shown wrong.' }),
    };
  }
}
