import { randomUUID } from 'node:crypto';
import { type MailboxError, SignInRequiredError } from '../api/errors';
import type { HttpClient } from '../api/httpClient';
import { requestTokenByCode, requestTokenByJwt, type TokenSet } from '../api/oauth';
import type { ServerKind } from '../api/origins';
import { MONOTONIC, RateLimits } from '../api/rateLimits';
import { RateGroups } from '../api/rateGroups';
import { Transport, type ServerOrigins, type TokenSource } from '../api/transport';
import type { Disposable } from '../util/disposable';
import { Emitter, type Event } from '../util/emitter';
import { accountIdOf, labelOf, SAMPLE_ACCOUNT_ID, whoSignedIn } from './accountIdentity';
import { LiveSession } from './liveSession';
import { revokeSession } from './revokeSession';
import type { SampleServer } from './sampleServer';
import type { SecretSessionStore } from './secretSessionStore';
import type { SessionRecord } from './sessionRecord';
import { SessionTokens } from './sessionTokens';
import type {
  AppCredential,
  Credential,
  GrantedSignIn,
  JwtCredential,
  JwtSignIn,
  ReadySignIn,
  SignIn,
} from './signIn';
import { memoryVault, secretVault } from './tokenVault';
import { alone, type InTurn } from './windowTurns';

/** A signed-in mailbox. The same object for as long as the account stays signed in, however often that is renewed. */
export interface MailboxSession {
  /** New for every account that is signed in; signing in to it again keeps it. */
  readonly id: string;
  /** The same whenever the same extension of the same server signs in. */
  readonly accountId: string;
  /** Name and number of the extension, for people. */
  readonly label: string;
  /** Where the account is at home (ISO 3166); undefined if it was not known when it was signed in. */
  readonly country?: string | undefined;
  /** How it was signed in. */
  readonly kind: SignIn['kind'];
  /** Of the embedded emulator. */
  readonly sample: boolean;
  /** Which server it is signed in to. */
  readonly server: ServerKind;
  readonly origins: ServerOrigins;
  readonly tokens: TokenSource;
  /** The limits of whatever is sent for it. */
  readonly rates: RateGroups;
  /** RingCentral no longer accepts the sign-in: every request fails until the user has signed in again. */
  readonly isSignInRequired: boolean;
  /** Why, if so. */
  readonly signInRefusal?: MailboxError | undefined;
  /** Fires with `isSignInRequired` when it changes: with false, what has failed for want of a token can be repeated. */
  readonly onDidChangeSignInRequired: Event<boolean>;
}

/** What the user wants to be done with what is kept of the messages on this computer; `ask`: nobody has asked yet. */
export type KeptMessages = 'keep' | 'remove' | 'ask';

/** An account that the user has signed out of, in this window. */
export interface SignedOut {
  readonly accountId: string;
  readonly label: string;
  readonly sample: boolean;
  readonly server: ServerKind;
  readonly messages: KeptMessages;
}

/**
 * The sessions of this window, one for each account. They follow SecretStorage: what another window signs in or out is
 * signed in or out here as well.
 */
export class Sessions implements Disposable {
  readonly #live = new Map<string, LiveSession>();
  readonly #changed = new Emitter<void>();
  readonly #signedOut = new Emitter<SignedOut>();
  readonly #following: Disposable;
  #queue: Promise<unknown> = Promise.resolve();

  /** Fires when a session has come or gone, was signed in to again, or needs to be. */
  readonly onDidChange: Event<void> = this.#changed.event;

  /** Fires after `onDidChange` when the user has signed out in this window; other windows only see the session go. */
  readonly onDidSignOut: Event<SignedOut> = this.#signedOut.event;

  constructor(
    private readonly store: SecretSessionStore,
    private readonly http: HttpClient,
    private readonly sample: SampleServer,
    log: (line: string) => void,
    private readonly inTurn: InTurn = alone,
    private readonly rates = new RateLimits(),
  ) {
    this.#following = store.onDidChange(() => {
      this.restore().catch((error: unknown) =>
        log(`The stored sessions could not be read. ${String(error)}`),
      );
    });
  }

  /** In the order in which the accounts were first signed in, which is the same in every window. */
  all(): readonly MailboxSession[] {
    return [...this.#live.values()].sort((one, other) => one.signedInAt - other.signedInAt);
  }

  get(id: string): MailboxSession | undefined {
    return this.#live.get(id);
  }

  /** How the session with this id was signed in, to sign in that way again. */
  signInOf(id: string): SignIn | undefined {
    return this.#live.get(id)?.signIn;
  }

  /**
   * Brings the sessions in line with what is stored. Nothing is sent: tokens are asked for when they are needed. A
   * sample session starts the emulator.
   */
  restore(): Promise<void> {
    return this.#inTurn(() => this.#follow());
  }

  /**
   * Signs in to an account beside the others. An account that is signed in already keeps its session, which goes on
   * with the new tokens; the server's session before is revoked.
   * @throws SignInRequiredError if the server refuses the credential
   * @throws MailboxError if the server cannot be reached or fails, or the app lacks a permission
   */
  signIn(how: ReadySignIn, signal?: AbortSignal): Promise<MailboxSession> {
    return this.#inTurn(async () => {
      try {
        return await this.#signIn(how, signal);
      } finally {
        await this.#stopUnusedSample();
      }
    });
  }

  /** Ends a session: it is forgotten at once, then revoked at the server as well as that can be done. */
  signOut(id: string, messages: KeptMessages = 'keep'): Promise<void> {
    return this.#signOut(() => [id], messages);
  }

  /** As `signOut`, for every session there is. */
  signOutAll(messages: KeptMessages = 'keep'): Promise<void> {
    return this.#signOut(() => [...this.#live.keys()], messages);
  }

  dispose(): void {
    this.#following.dispose();
    this.#changed.dispose();
    this.#signedOut.dispose();
    for (const session of this.#live.values()) session.dispose();
    this.#live.clear();
  }

  async #signIn(how: ReadySignIn, signal: AbortSignal | undefined): Promise<MailboxSession> {
    // Whoever starts the emulator gets the JWT that signs in to it.
    const begin = how.kind === 'sample' ? { ...(await this.sample.start()), kind: 'jwt' as const } : how;
    const tokens = await this.#requestTokens(begin, how.kind === 'sample', signal);
    const own =
      begin.kind === 'jwt'
        ? { kind: begin.kind, credential: jwtCredentialOf(begin) }
        : { kind: begin.kind, credential: appCredentialOf(begin) };
    const { credential } = own;
    const { server } = credential;
    const rates = this.#ratesOf(how.kind === 'sample', credential);
    try {
      const extension = await whoSignedIn(
        new Transport(this.http, server, only(tokens), { rates }),
        tokens,
        signal,
      );
      const isSample = how.kind === 'sample';
      const accountId = isSample ? SAMPLE_ACCOUNT_ID : accountIdOf(extension, server.rest);
      const present = [...this.#live.values()].find((session) => session.accountId === accountId);
      const kept = present && isSameServer(present.origins, server) ? present : undefined;
      const identity = {
        id: kept?.id ?? randomUUID(),
        signedInAt: kept?.signedInAt ?? this.#nextPlace(),
        accountId,
        label: labelOf(extension),
        ...(extension.country !== undefined && { country: extension.country }),
      };
      const record: SessionRecord = isSample
        ? { kind: 'sample', ...identity }
        : { ...own, ...identity, tokens };
      return kept ? await this.#renew(kept, record, credential, tokens) : await this.#begin(record, tokens);
    } catch (error) {
      // A user may have few sessions at a time (FACTS, Hosts and authorization): attempts must not use them up.
      void revokeSession(this.http, credential, tokens);
      throw error;
    }
  }

  #requestTokens(
    how: JwtSignIn | GrantedSignIn,
    isSample: boolean,
    signal: AbortSignal | undefined,
  ): Promise<TokenSet> {
    const { rest } = how.server;
    const rates = this.#ratesOf(isSample, how);
    return how.kind === 'jwt'
      ? requestTokenByJwt(this.http, rest, how, how.jwt, signal, undefined, rates)
      : requestTokenByCode(this.http, rest, how, how.grant, signal, undefined, rates);
  }

  async #renew(
    session: LiveSession,
    record: SessionRecord,
    credential: Credential,
    tokens: TokenSet,
  ): Promise<MailboxSession> {
    const revokeFormer = await session.tokens.replace(credential, tokens, () =>
      record.kind === 'sample' ? session.vault.write(tokens) : this.store.put(record),
    );
    session.follow(record);
    this.#changed.fire();
    void revokeFormer();
    return session;
  }

  async #begin(record: SessionRecord, tokens: TokenSet): Promise<MailboxSession> {
    const earlier = (await this.store.all()).filter(({ accountId }) => accountId === record.accountId);
    await this.store.put(record);
    const ended: (LiveSession | undefined)[] = [];
    for (const { id } of earlier) ended.push(await this.#forget(id));
    const begun = await this.#open(record, tokens);
    this.#live.set(begun.id, begun);
    this.#changed.fire();
    // Not waited for: the server of the session before may be out of reach, which is no concern of the new one.
    for (const session of ended) void session?.tokens.revoke();
    return begun;
  }

  async #signOut(which: () => readonly string[], messages: KeptMessages): Promise<void> {
    const ended = await this.#inTurn(async () => {
      const sessions: LiveSession[] = [];
      for (const id of which()) {
        const session = await this.#forget(id);
        if (session) sessions.push(session);
      }
      if (sessions.length > 0) this.#changed.fire();
      for (const { accountId, label, sample, server } of sessions)
        this.#signedOut.fire({ accountId, label, sample, server, messages });
      await this.#stopUnusedSample();
      return sessions;
    });
    await Promise.all(ended.map(({ tokens }) => tokens.revoke()));
  }

  /** Runs after every change of what is stored, those of this window included. */
  async #follow(): Promise<void> {
    const records = new Map((await this.store.all()).map((record) => [record.id, record]));
    const isStored = ({ id, sample, origins }: LiveSession): boolean => {
      const record = records.get(id);
      return record !== undefined && (sample || isSameServer(serverOf(record) ?? origins, origins));
    };
    const gone = [...this.#live.values()].filter((session) => !isStored(session));
    let isChanged = gone.length > 0;
    try {
      for (const session of gone) {
        this.#live.delete(session.id);
        await session.close();
      }
      for (const record of records.values()) {
        const session = this.#live.get(record.id);
        if (session) isChanged = session.follow(record) || isChanged;
        else {
          this.#live.set(record.id, await this.#open(record));
          isChanged = true;
        }
      }
    } finally {
      if (isChanged) this.#changed.fire();
    }
    await this.#stopUnusedSample();
  }

  async #forget(id: string): Promise<LiveSession | undefined> {
    const session = this.#live.get(id);
    await session?.close();
    await this.store.delete(id);
    this.#live.delete(id);
    return session;
  }

  async #stopUnusedSample(): Promise<void> {
    if (![...this.#live.values()].some(({ sample }) => sample)) await this.sample.stop();
  }

  async #open(record: SessionRecord, tokens?: TokenSet): Promise<LiveSession> {
    const isSample = record.kind === 'sample';
    const credential = isSample ? await this.sample.start() : record.credential;
    const vault = isSample ? memoryVault(tokens) : secretVault(this.store, record.id);
    const rates = this.#ratesOf(isSample, credential, record.accountId);
    const source = new SessionTokens(this.http, credential, vault, {
      inTurn: (task, signal) => (isSample ? task() : this.inTurn(`tokens of ${record.id}`, task, signal)),
      rates,
    });
    source.onDidChangeSignInRequired(() => this.#changed.fire());
    return new LiveSession(record, credential.server, source, vault, rates);
  }

  /** The sample's server is new in each window, and goes by no limits. */
  #ratesOf(isSample: boolean, { server, clientId }: AppCredential, accountId?: string): RateGroups {
    if (isSample) return new RateGroups(MONOTONIC);
    return this.rates.groupsOf({
      rest: server.rest,
      clientId,
      ...(accountId !== undefined && { accountId }),
    });
  }

  /** A time of sign-in that puts an account behind all others. */
  #nextPlace(): number {
    return Math.max(Date.now(), ...[...this.#live.values()].map(({ signedInAt }) => signedInAt + 1));
  }

  /** One change at a time, in the order asked for. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(change);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function jwtCredentialOf({ server, clientId, clientSecret, jwt }: JwtCredential): JwtCredential {
  return { server, clientId, clientSecret, jwt };
}

function appCredentialOf({ server, clientId, clientSecret }: AppCredential): AppCredential {
  return { server, clientId, ...(clientSecret !== undefined && { clientSecret }) };
}

function serverOf(record: SessionRecord): ServerOrigins | undefined {
  return record.kind === 'sample' ? undefined : record.credential.server;
}

function isSameServer(one: ServerOrigins, other: ServerOrigins): boolean {
  return one.rest === other.rest && one.media === other.media;
}

/** The tokens of a session that has not begun yet; if they are refused right away, renewing them cannot help. */
function only(tokens: TokenSet): TokenSource {
  return {
    accessToken: () => Promise.resolve(tokens.accessToken),
    renew: () => Promise.reject(new SignInRequiredError('The new token was refused')),
  };
}
