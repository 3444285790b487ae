import { createHash, randomBytes } from 'node:crypto';

import { type Clock, MINUTE } from '../clock';
import { invalidGrant } from './oauthError';

const LIFE = 5 * MINUTE;

/** What the user has consented to. */
export interface Grant {
  readonly redirectUri: string;
  readonly scope: readonly string[];
  readonly challenge: { readonly method: 'plain' | 'S256'; readonly value: string } | undefined;
}

/** Authorization codes: each is good once, for a few minutes, with the redirect URI and the PKCE verifier it was made for. */
export class AuthorizationCodes {
  readonly #grants = new Map<string, Grant & { readonly expiresAt: number }>();

  constructor(private readonly clock: Clock) {}

  issue(grant: Grant): string {
    const code = randomBytes(24).toString('base64url');
    this.#grants.set(code, { ...grant, expiresAt: this.clock.now() + LIFE });
    return code;
  }

  /**
   * @param confidential whether the client proved its identity; one that did not must have used PKCE
   * @throws OAuthError (invalid_grant) if the code is not good for this exchange
   */
  redeem(code: string, redirectUri: string | null, verifier: string | null, confidential: boolean): Grant {
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    if (!grant || this.clock.now() >= grant.expiresAt) {
      throw invalidGrant('OAU-133', 'Authorization code is invalid or expired.');
    }
    if (redirectUri !== grant.redirectUri) {
      throw invalidGrant('OAU-134', 'Redirect URI differs from that of the authorization request.');
    }
    if (grant.challenge ? !answers(grant.challenge, verifier) : !confidential) {
      throw invalidGrant('OAU-135', 'Code verifier does not fit the code challenge.');
    }
    return grant;
  }
}

function answers(challenge: NonNullable<Grant['challenge']>, verifier: string | null): boolean {
  if (verifier === null) return false;
  const answer =
    challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  return answer === challenge.value;
}
