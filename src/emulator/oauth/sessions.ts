import { randomBytes, randomUUID } from 'node:crypto';

import { type Clock, MINUTE, SECOND } from '../clock';
import { RequestError } from '../requestError';
import { invalidGrant } from './oauthError';

/** The old refresh token dies this long after the new access token is first used … */
const GRACE_AFTER_USE = 10 * SECOND;
/** … and this long after it was issued, if it never is (FACTS, Hosts and authorization). */
const GRACE_UNUSED = 60 * MINUTE;

const MOST_SESSIONS = 5;

export interface Tokens {
  readonly accessToken: string;
  /** ms since the epoch. */
  accessTokenExpiresAt: number;
  readonly refreshToken: string | undefined;
  /** ms since the epoch. */
  refreshTokenExpiresAt: number;
}

interface IssuedTokens extends Tokens {
  readonly issuedAt: number;
  firstUsedAt?: number;
}

export interface Session {
  readonly id: string;
  readonly endpointId: string;
  /** App permissions. */
  readonly scope: readonly string[];
  /** Whether the app proved its identity by its secret; then it must do so at each refresh. */
  readonly confidential: boolean;
  readonly tokens: Tokens;
}

interface LiveSession extends Session {
  tokens: IssuedTokens;
  previousRefreshToken?: string;
}

export interface Lifetimes {
  /** ms */
  readonly access: number;
  /** ms; with 0 or less there is no refresh token. */
  readonly refresh: number;
}

/** The OAuth sessions with their tokens: issue, rotation with grace, expiry, revocation. */
export class Sessions {
  /** An app setting: without refresh tokens, a session ends with its access token. */
  issueRefreshTokens = true;

  /** Oldest first. */
  #sessions: LiveSession[] = [];
  readonly #superseded = new Set<string>();

  constructor(private readonly clock: Clock) {}

  get count(): number {
    return this.#sessions.length;
  }

  /** Starts a session; of more than five, the oldest ends. */
  start(
    options: Pick<Session, 'scope' | 'confidential'> & { endpointId?: string | undefined },
    lifetimes: Lifetimes,
  ): Session {
    const session: LiveSession = {
      id: randomUUID(),
      endpointId: options.endpointId ?? randomBytes(16).toString('base64url'),
      scope: options.scope,
      confidential: options.confidential,
      tokens: this.#issue(lifetimes),
    };
    this.#sessions = [...this.#sessions, session].slice(-MOST_SESSIONS);
    return session;
  }

  /**
   * Exchanges a refresh token for the next tokens. The old access token dies at once; the old refresh token lives
   * through the grace, in which it gives the same tokens again.
   * @throws RequestError (invalid_grant) if the token is unknown, expired, or past its grace
   */
  refresh(refreshToken: string, confidential: boolean, lifetimes: Lifetimes): Session {
    const now = this.clock.now();
    for (const session of this.#sessions) {
      const { tokens } = session;
      const repeated = session.previousRefreshToken === refreshToken && now < graceEnd(tokens);
      if (!repeated && tokens.refreshToken !== refreshToken) continue;
      if (session.confidential && !confidential)
        throw invalidGrant('OAU-213', 'Token belongs to another client.');
      if (repeated) return session;
      if (now >= tokens.refreshTokenExpiresAt) throw invalidGrant('OAU-211', 'Token is expired.');
      this.#superseded.add(tokens.accessToken);
      session.previousRefreshToken = refreshToken;
      session.tokens = this.#issue(lifetimes);
      return session;
    }
    throw invalidGrant('OAU-210', 'Token not found.');
  }

  /** Whether that is the access token of a session, fresh or not. */
  isToken(accessToken: string): boolean {
    return this.#sessions.some(({ tokens }) => tokens.accessToken === accessToken);
  }

  /**
   * The session of an access token, which counts as used by this.
   * @throws RequestError 401 (OAU-128 expired, OAU-149 superseded, OAU-129 anything else)
   */
  authorize(accessToken: string): Session {
    const now = this.clock.now();
    const session = this.#sessions.find(({ tokens }) => tokens.accessToken === accessToken);
    if (!session) {
      throw this.#superseded.has(accessToken)
        ? unauthorized('OAU-149', 'Access token is no longer valid.')
        : unauthorized('OAU-129', 'Access token corrupted.');
    }
    if (now >= session.tokens.accessTokenExpiresAt) throw unauthorized('OAU-128', 'Access token expired.');
    session.tokens.firstUsedAt ??= now;
    return session;
  }

  /** Ends the whole session of an access or refresh token; nothing for an unknown one. */
  revoke(token: string): void {
    this.#sessions = this.#sessions.filter(
      ({ tokens, previousRefreshToken }) =>
        tokens.accessToken !== token && tokens.refreshToken !== token && previousRefreshToken !== token,
    );
  }

  expireAccessTokens(): void {
    for (const { tokens } of this.#sessions) tokens.accessTokenExpiresAt = 0;
  }

  expireRefreshTokens(): void {
    for (const session of this.#sessions) {
      session.tokens.refreshTokenExpiresAt = 0;
      delete session.previousRefreshToken;
    }
  }

  #issue(lifetimes: Lifetimes): IssuedTokens {
    const issuedAt = this.clock.now();
    const hasRefreshToken = this.issueRefreshTokens && lifetimes.refresh > 0;
    return {
      issuedAt,
      accessToken: randomBytes(32).toString('base64url'),
      accessTokenExpiresAt: issuedAt + lifetimes.access,
      refreshToken: hasRefreshToken ? randomBytes(32).toString('base64url') : undefined,
      refreshTokenExpiresAt: issuedAt + lifetimes.refresh,
    };
  }
}

function graceEnd({ firstUsedAt, issuedAt }: IssuedTokens): number {
  return firstUsedAt === undefined ? issuedAt + GRACE_UNUSED : firstUsedAt + GRACE_AFTER_USE;
}

export function unauthorized(errorCode: string, message: string): RequestError {
  return new RequestError(
    401,
    errorCode,
    message,
    {},
    {
      'www-authenticate': `Bearer realm="RingCentral REST API", error="invalid_token", error_description="${message}"`,
    },
  );
}
