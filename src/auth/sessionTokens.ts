import { unlessCancelled } from '../api/cancellation';
import { isMailboxError, type MailboxError, SignInRequiredError } from '../api/errors';
import type { HttpClient } from '../api/httpClient';
import { requestTokenByJwt, requestTokenByRefresh, type TokenSet } from '../api/oauth';
import { MONOTONIC } from '../api/rateLimits';
import { RateGroups } from '../api/rateGroups';
import type { TokenSource } from '../api/transport';
import type { Disposable } from '../util/disposable';
import { Emitter, type Event } from '../util/emitter';
import { revokeSession } from './revokeSession';
import type { Credential } from './signIn';
import type { TokenVault } from './tokenVault';
import { LONGEST_TIMER } from '../util/timer';

/** A token is renewed this long before it expires, so that no request can outlive it on its way … */
const REFRESH_AHEAD_MS = 60_000;

/**
 * … and this long before while nobody asks for it. Every window does so at the same moment, on purpose: one that cannot
 * see what another has stored (browsers keep secrets for each window) still gets the same tokens then, because the
 * server repeats its answer to the same refresh token for some seconds (FACTS, Hosts and authorization).
 */
const IDLE_REFRESH_AHEAD_MS = 300_000;

/** Does a renewal while no other window renews the same tokens. */
export type RenewalTurn = <T>(task: () => Promise<T>, signal: AbortSignal) => Promise<T>;

export interface SessionTokensOptions {
  /** By default other windows are not heeded. */
  readonly inTurn?: RenewalTurn;
  /** Milliseconds since the epoch; `Date.now` by default. */
  readonly now?: () => number;
  /** The limits of what is sent; of this session alone by default. */
  readonly rates?: RateGroups;
}

/**
 * The tokens of one session: renewed ahead of expiry or after a refusal, once however many callers and windows ask,
 * because every refresh kills the tokens before it (FACTS, Hosts and authorization). A refresh token that is refused is
 * replaced by means of the stored JWT, if there is one; otherwise only the user can help, and nothing more is sent
 * until they have signed in again.
 */
export class SessionTokens implements TokenSource, Disposable {
  #tokens: TokenSet | undefined;
  #renewal: Promise<TokenSet> | undefined;
  #refusal: MailboxError | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #closed = new AbortController();
  readonly #signInRequired = new Emitter<boolean>();
  readonly #inTurn: RenewalTurn;
  readonly #now: () => number;
  readonly #rates: RateGroups;

  /** Fires with `isSignInRequired` when it changes. */
  readonly onDidChangeSignInRequired: Event<boolean> = this.#signInRequired.event;

  constructor(
    private readonly http: HttpClient,
    private credential: Credential,
    private readonly vault: TokenVault,
    {
      inTurn = (task) => task(),
      now = Date.now,
      rates = new RateGroups(MONOTONIC),
    }: SessionTokensOptions = {},
  ) {
    this.#inTurn = inTurn;
    this.#now = now;
    this.#rates = rates;
  }

  /** The server has refused every way to get a token: only signing in again helps. */
  get isSignInRequired(): boolean {
    return this.#refusal !== undefined;
  }

  /** Why, if signing in again is needed. */
  get signInRefusal(): MailboxError | undefined {
    return this.#refusal;
  }

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

  /** Takes what is stored now, by whichever window: renewed tokens, or those of signing in again. */
  adopt(credential: Credential, tokens: TokenSet): void {
    this.credential = credential;
    if (tokens.accessToken === this.#tokens?.accessToken) return;
    this.#take(tokens);
    this.#setRefusal(undefined);
  }

  /**
   * Goes on with the tokens of a new sign-in, and with the credential that renews them. Whoever waits for a token gets
   * a new one.
   * @param store stores both
   * @returns asks the server to end the session before; never throws
   */
  async replace(
    credential: Credential,
    tokens: TokenSet,
    store: () => Promise<void>,
  ): Promise<() => Promise<void>> {
    // It would store the tokens of the session before over the new ones.
    while (this.#renewal) await this.#renewal.catch(() => undefined);
    const before = { credential: this.credential, tokens: (await this.vault.read()) ?? this.#tokens };
    await this.#alone(async () => {
      await store();
      this.credential = credential;
      return this.#take(tokens);
    });
    this.#setRefusal(undefined);
    return async () => {
      if (before.tokens) await revokeSession(this.http, before.credential, before.tokens);
    };
  }

  /** Ends the session in this window: a renewal under way is abandoned, and no token is given out any more. */
  dispose(): void {
    this.#closed.abort();
    clearTimeout(this.#timer);
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
    return this.#tokens && this.#lasts(this.#tokens, REFRESH_AHEAD_MS) ? this.#tokens : undefined;
  }

  #lasts({ accessTokenExpiresAt }: TokenSet, milliseconds: number): boolean {
    return this.#now() < accessTokenExpiresAt - milliseconds;
  }

  async #renewed(
    signal: AbortSignal | undefined,
    refused?: string,
    ahead = REFRESH_AHEAD_MS,
  ): Promise<TokenSet> {
    if (this.#closed.signal.aborted) throw new SignInRequiredError('The session has ended');
    // A refused credential stays refused: asking again would only use up the few requests the server allows.
    if (this.#refusal) throw this.#refusal;
    const renewal = this.#renewal ?? this.#alone(() => this.#renew(refused, ahead));
    return unlessCancelled(renewal, signal);
  }

  /** What everybody in this window waits for who wants a token, and every other window that wants to renew it. */
  #alone(change: () => Promise<TokenSet>): Promise<TokenSet> {
    const renewal = this.#inTurn(change, this.#closed.signal).finally(() => (this.#renewal = undefined));
    this.#renewal = renewal;
    return renewal;
  }

  async #renew(refused: string | undefined, ahead: number): Promise<TokenSet> {
    const stored = await this.vault.read();
    const isUsable = (tokens: TokenSet, milliseconds: number): boolean =>
      tokens.accessToken !== refused && this.#lasts(tokens, milliseconds);
    // Another window may have renewed meanwhile, or this one may not have read its tokens yet.
    if (stored && isUsable(stored, ahead)) return this.#take(stored);
    const previous = stored ?? this.#tokens;
    let tokens: TokenSet;
    try {
      tokens = await this.#request(previous);
    } catch (error) {
      if (!isMailboxError(error, 'signInRequired')) throw error;
      // What was refused may just be out of date: a window without our turns may have renewed, or signed in, meanwhile.
      const latest = await this.vault.read();
      const isOther = latest?.accessToken !== previous?.accessToken;
      if (latest && isOther && isUsable(latest, REFRESH_AHEAD_MS)) return this.#take(latest);
      this.#tokens = previous;
      this.#setRefusal(error);
      throw error;
    }
    // Stored before anybody uses it: first use is what kills the refresh token before it.
    await this.vault.write(tokens);
    return this.#take(tokens);
  }

  async #request(previous: TokenSet | undefined): Promise<TokenSet> {
    const { http, credential } = this;
    const { rest } = credential.server;
    const signal = this.#closed.signal;
    // Whatever this computer's clock says of it: only the server knows whether it is still good.
    const refreshToken = previous?.refreshToken;
    if (refreshToken !== undefined) {
      try {
        return await requestTokenByRefresh(
          http,
          rest,
          credential,
          refreshToken,
          signal,
          undefined,
          this.#rates,
        );
      } catch (error) {
        if (!isMailboxError(error, 'signInRequired') || !('jwt' in credential)) throw error;
      }
    }
    if (!('jwt' in credential)) throw new SignInRequiredError('There is no refresh token');
    return requestTokenByJwt(http, rest, credential, credential.jwt, signal, undefined, this.#rates);
  }

  #take(tokens: TokenSet): TokenSet {
    this.#tokens = tokens;
    this.#renewWhileIdle(tokens);
    return tokens;
  }

  #renewWhileIdle(tokens: TokenSet): void {
    clearTimeout(this.#timer);
    const delay = tokens.accessTokenExpiresAt - IDLE_REFRESH_AHEAD_MS - this.#now();
    const canRenew = tokens.refreshToken !== undefined || 'jwt' in this.credential;
    // Tokens that are old already wait for somebody to ask for them.
    if (delay <= 0 || !canRenew || this.#closed.signal.aborted) return;
    const renew = (): void => {
      // Nobody waits for it: whoever needs a token asks again, and hears what is wrong.
      this.#renewed(undefined, undefined, IDLE_REFRESH_AHEAD_MS).catch(() => undefined);
    };
    this.#timer = setTimeout(renew, Math.min(delay, LONGEST_TIMER)).unref();
  }

  #setRefusal(refusal: MailboxError | undefined): void {
    const before = this.isSignInRequired;
    this.#refusal = refusal;
    if (before !== this.isSignInRequired) this.#signInRequired.fire(this.isSignInRequired);
  }
}
