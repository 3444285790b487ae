import { randomBytes } from 'node:crypto';

import { type Clock, SECOND } from '../clock';
import type { Session } from '../oauth/sessions';

/** ms (FACTS, Push). */
export const TOKEN_LIFETIME = 30 * SECOND;

interface Issued {
  readonly session: Session;
  /** ms since the epoch. */
  readonly expiresAt: number;
}

/** The tokens that open a WebSocket connection: each for one connection, and soon. */
export class WebSocketTokens {
  readonly #issued = new Map<string, Issued>();

  constructor(private readonly clock: Clock) {}

  issue(session: Session): string {
    const now = this.clock.now();
    for (const [token, { expiresAt }] of this.#issued) if (now >= expiresAt) this.#issued.delete(token);
    const token = randomBytes(32).toString('base64url');
    this.#issued.set(token, { session, expiresAt: now + TOKEN_LIFETIME });
    return token;
  }

  /** Whose token it is, once; undefined for one that is unknown, used or expired. */
  redeem(token: string): Session | undefined {
    const issued = this.#issued.get(token);
    this.#issued.delete(token);
    return issued && this.clock.now() < issued.expiresAt ? issued.session : undefined;
  }
}
