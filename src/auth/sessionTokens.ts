import { unlessCancelled } from '../api/cancellation';
import { isMailboxError, type MailboxError, SignInRequiredError } from '../api/errors';
import type { HttpClient } from '../api/httpClient';
import { requestTokenByJwt, requestTokenByRefresh, type TokenSet } from '../api/oauth';
import type { TokenSource } from '../api/transport';
import type { Disposable } from '../util/disposable';
import { revokeSession } from './revokeSession';
import type { JwtCredential } from './signIn';
import type { TokenVault } from './tokenVault';

/** A token is renewed this long before it expires, so that no request can outlive it on its way. */
const REFRESH_AHEAD_MS = 60_000;

/**
 * The tokens of one session: renewed ahead of expiry or after a refusal, once however many callers ask, because every
 * refresh kills the tokens before it (FACTS, Hosts and authorization). A refresh token that is refused is replaced by
 * means of the stored JWT; if that is refused too, only the user can help, and nothing more is sent.
 */
export class SessionTokens implements TokenSource, Disposable {
  #tokens: TokenSet | undefined;
  #renewal: Promise<TokenSet> | undefined;
  #refusal: MailboxError | undefined;
  readonly #closed = new AbortController();

  constructor(
    private readonly http: HttpClient,
    private readonly credential: JwtCredential,
    private readonly vault: TokenVault,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * A token that is good for at least the next moments.
   * @throws SignInRequiredError if the server refuses every way to get one, or the session has ended
   * @throws MailboxError if the server cannot be reached or fails; asking again later may help
   * @throws CancelledError if `signal` is aborted; a renewal under way goes on for the others
   */
  async accessToken(signal?: AbortSignal): Promise<string> {
    return (this.#fresh() ?? (await this.#renewed(signal))).accessToken;
  }

  /** A token other than `refused`, which the server has answered with 401; throws as `accessToken` does. */
  async renew(refused: string, signal?: AbortSignal): Promise<string> {
    const held = this.#fresh();
    return (held && held.accessToken !== refused ? held : await this.#renewed(signal, refused)).accessToken;
  }

  /** Ends the session in this window: a renewal under way is abandoned, and no token is given out any more. */
  dispose(): void {
    this.#closed.abort();
  }

  /** As `dispose`; resolves when nothing more will be written, with the session's latest tokens at hand for `revoke`. */
  async close(): Promise<void> {
    this.dispose();
    await this.#renewal?.catch(() => undefined);
    this.#tokens = (await this.vault.read()) ?? this.#tokens;
  }

  /** Asks the server to end the session everywhere. To be called after `close`; never throws. */
  async revoke(): Promise<void> {
    if (this.#tokens) await revokeSession(this.http, this.credential, this.#tokens);
  }

  #fresh(): TokenSet | undefined {
    if (this.#closed.signal.aborted) return undefined;
    return this.#tokens && this.#isFresh(this.#tokens) ? this.#tokens : undefined;
  }

  #isFresh(tokens: TokenSet): boolean {
    return this.now() < tokens.accessTokenExpiresAt - REFRESH_AHEAD_MS;
  }

  async #renewed(signal: AbortSignal | undefined, refused?: string): Promise<TokenSet> {
    if (this.#closed.signal.aborted) throw new SignInRequiredError('The session has ended');
    // A refused credential stays refused: asking again would only use up the few requests the server allows.
    if (this.#refusal) throw this.#refusal;
    this.#renewal ??= this.#renew(refused).finally(() => (this.#renewal = undefined));
    return unlessCancelled(this.#renewal, signal);
  }

  async #renew(refused: string | undefined): Promise<TokenSet> {
    const stored = await this.vault.read();
    // Another window may have renewed meanwhile, or this one may not have read its tokens yet.
    if (stored && stored.accessToken !== refused && this.#isFresh(stored)) return (this.#tokens = stored);
    const tokens = await this.#request(stored ?? this.#tokens);
    // Stored before anybody uses it: first use is what kills the refresh token before it.
    await this.vault.write(tokens);
    return (this.#tokens = tokens);
  }

  async #request(previous: TokenSet | undefined): Promise<TokenSet> {
    const { http, credential } = this;
    const { rest } = credential.server;
    const signal = this.#closed.signal;
    const refreshToken = previous && this.#usableRefreshToken(previous);
    if (refreshToken !== undefined) {
      try {
        return await requestTokenByRefresh(http, rest, credential, refreshToken, signal);
      } catch (error) {
        if (!isMailboxError(error, 'signInRequired')) throw error;
      }
    }
    try {
      return await requestTokenByJwt(http, rest, credential, credential.jwt, signal);
    } catch (error) {
      if (isMailboxError(error, 'signInRequired')) this.#refusal = error;
      throw error;
    }
  }

  #usableRefreshToken({ refreshToken, refreshTokenExpiresAt }: TokenSet): string | undefined {
    return this.now() < (refreshTokenExpiresAt ?? Infinity) ? refreshToken : undefined;
  }
}
