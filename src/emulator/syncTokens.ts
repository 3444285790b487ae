import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import type { Clock } from './clock';
import type { MessageFilter } from './filter';
import { DAYS_TO_NEXT_STEP } from './mailbox';
import { invalidParameter, RequestError } from './requestError';

/** A message that is purged at once leaves no trace after this long: a token as old as that could not tell of it. */
const LONGEST_LIFE = DAYS_TO_NEXT_STEP;

/** What is synchronized: filters and a range of creation times. */
export interface SyncFrame {
  readonly filter: MessageFilter;
  /** Inclusive, ms since the epoch. */
  readonly dateFrom: number;
  /** Exclusive, ms since the epoch; absent for a frame that is open towards the future. */
  readonly dateTo?: number | undefined;
}

export interface SyncState {
  readonly frame: SyncFrame;
  /** The time of the last synchronization, ms since the epoch. */
  readonly time: number;
}

/** How the server says that it wants a full synchronization. */
export type SyncRefusal = 'CMN-101' | 'MSG-333' | 'MSG-411';

/** Opaque sync tokens, which carry their frame and cannot be forged or changed. */
export class SyncTokens {
  readonly #key = randomBytes(32);
  #generation = 0;
  #refusal: SyncRefusal = 'CMN-101';

  constructor(private readonly clock: Clock) {}

  seal(state: SyncState): string {
    const payload = Buffer.from(JSON.stringify({ ...state, generation: this.#generation })).toString(
      'base64url',
    );
    return `${payload}.${this.#sign(payload).toString('base64url')}`;
  }

  /** @throws RequestError (CMN-101, MSG-333 or MSG-411) for a token that is no longer, or never was, ours */
  open(token: string): SyncState {
    const [payload = '', signature = ''] = token.split('.');
    const actual = Buffer.from(signature, 'base64url');
    const expected = this.#sign(payload);
    if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw refusal('CMN-101');
    const state = JSON.parse(Buffer.from(payload, 'base64url').toString()) as SyncState & {
      generation: number;
    };
    if (state.generation !== this.#generation) throw refusal(this.#refusal);
    if (this.clock.now() - state.time >= LONGEST_LIFE) throw refusal('MSG-333');
    return state;
  }

  /** Refuses all tokens issued so far, with this code. */
  invalidate(code: SyncRefusal): void {
    this.#generation++;
    this.#refusal = code;
  }

  #sign(payload: string): Buffer {
    return createHmac('sha256', this.#key).update(payload).digest();
  }
}

function refusal(code: SyncRefusal): RequestError {
  return code === 'CMN-101'
    ? invalidParameter('syncToken')
    : new RequestError(400, code, 'Full synchronization is required.');
}
