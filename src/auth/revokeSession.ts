import type { HttpClient } from '../api/httpClient';
import { revokeToken, type TokenSet } from '../api/oauth';
import type { Credential } from './signIn';

/** Revoking is a courtesy to the server; nobody waits longer for it. */
const TIMEOUT_MS = 10_000;

/** Ends the server's session that `tokens` belong to, as well as that can be done: never throws, never repeats. */
export function revokeSession(http: HttpClient, credential: Credential, tokens: TokenSet): Promise<void> {
  // Any token ends the whole session; the refresh token is the one that has most likely not expired.
  const token = tokens.refreshToken ?? tokens.accessToken;
  return revokeToken(http, credential.server.rest, credential, token, AbortSignal.timeout(TIMEOUT_MS));
}
