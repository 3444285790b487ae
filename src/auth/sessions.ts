import { randomUUID } from 'node:crypto';
import { readExtension } from '../api/account';
import { SignInRequiredError } from '../api/errors';
import type { HttpClient } from '../api/httpClient';
import { requestTokenByJwt, type TokenSet } from '../api/oauth';
import { Transport, type ServerOrigins, type TokenSource } from '../api/transport';
import type { Disposable } from '../util/disposable';
import { Emitter, type Event } from '../util/emitter';
import { accountIdOf, labelOf, SAMPLE_ACCOUNT_ID } from './accountIdentity';
import { revokeSession } from './revokeSession';
import type { SampleServer } from './sampleServer';
import type { SecretSessionStore } from './secretSessionStore';
import type { SessionRecord } from './sessionRecord';
import { SessionTokens } from './sessionTokens';
import type { JwtCredential, SignIn } from './signIn';
import { memoryVault, secretVault } from './tokenVault';

/** A signed-in mailbox. */
export interface MailboxSession {
  /** New with every sign-in. */
  readonly id: string;
  /** The same whenever the same extension of the same server signs in. */
  readonly accountId: string;
  /** Name and number of the extension, for people. */
  readonly label: string;
  /** Of the embedded emulator. */
  readonly sample: boolean;
  readonly origins: ServerOrigins;
  readonly tokens: TokenSource;
}

interface LiveSession extends MailboxSession {
  readonly tokens: SessionTokens;
}

/**
 * The sessions of this window, which follow SecretStorage: what another window signs in or out is signed in or out here
 * as well. For now there is one at a time, so signing in ends the session before.
 */
export class Sessions implements Disposable {
  readonly #live = new Map<string, LiveSession>();
  readonly #changed = new Emitter<void>();
  readonly #following: Disposable;
  #queue: Promise<unknown> = Promise.resolve();

  /** Fires when a session has come or gone. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(
    private readonly store: SecretSessionStore,
    private readonly http: HttpClient,
    private readonly sample: SampleServer,
    log: (line: string) => void,
  ) {
    this.#following = store.onDidChange(() => {
      this.restore().catch((error: unknown) =>
        log(`The stored sessions could not be read. ${String(error)}`),
      );
    });
  }

  current(): MailboxSession | undefined {
    return this.#live.values().next().value;
  }

  /**
   * Brings the sessions in line with what is stored. Nothing is sent: tokens are asked for when they are needed. A
   * sample session starts the emulator.
   */
  restore(): Promise<void> {
    return this.#inTurn(() => this.#follow());
  }

  /**
   * Signs in and ends the session before, also if it is of the same account.
   * @throws SignInRequiredError if the server refuses the credential
   * @throws MailboxError if the server cannot be reached or fails, or the app lacks a permission
   */
  signIn(how: SignIn, signal?: AbortSignal): Promise<MailboxSession> {
    return this.#inTurn(async () => {
      try {
        const credential = how.kind === 'sample' ? await this.sample.start() : credentialOf(how);
        return await this.#signIn(how.kind, credential, signal);
      } finally {
        await this.#stopUnusedSample();
      }
    });
  }

  /** Ends a session: it is forgotten at once, then revoked at the server as well as that can be done. */
  async signOut(id: string): Promise<void> {
    const ended = await this.#inTurn(async () => {
      const session = await this.#forget(id);
      if (session) this.#changed.fire();
      return session;
    });
    await ended?.tokens.revoke();
  }

  dispose(): void {
    this.#following.dispose();
    this.#changed.dispose();
    for (const session of this.#live.values()) session.tokens.dispose();
    this.#live.clear();
  }

  async #signIn(
    kind: SignIn['kind'],
    credential: JwtCredential,
    signal: AbortSignal | undefined,
  ): Promise<MailboxSession> {
    const { http } = this;
    const { server, jwt } = credential;
    const tokens = await requestTokenByJwt(http, server.rest, credential, jwt, signal);
    try {
      const extension = await readExtension(new Transport(http, server, only(tokens)), signal);
      const session = { id: randomUUID(), label: labelOf(extension) };
      return await this.#begin(
        kind === 'sample'
          ? { kind, accountId: SAMPLE_ACCOUNT_ID, ...session }
          : { kind, accountId: accountIdOf(extension, server.rest), ...session, credential, tokens },
        tokens,
      );
    } catch (error) {
      // A user may have few sessions at a time (FACTS, Hosts and authorization): attempts must not use them up.
      void revokeSession(http, credential, tokens);
      throw error;
    }
  }

  async #begin(record: SessionRecord, tokens: TokenSet): Promise<MailboxSession> {
    const earlier = await this.store.all();
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

  /** Runs after every change of what is stored, those of this window included. */
  async #follow(): Promise<void> {
    const records = await this.store.all();
    const stored = new Set(records.map(({ id }) => id));
    const gone = [...this.#live.values()].filter(({ id }) => !stored.has(id));
    const come = records.filter(({ id }) => !this.#live.has(id));
    try {
      for (const session of gone) {
        this.#live.delete(session.id);
        await session.tokens.close();
      }
      for (const record of come) this.#live.set(record.id, await this.#open(record));
    } finally {
      if (gone.length > 0 || come.length > 0) this.#changed.fire();
    }
    await this.#stopUnusedSample();
  }

  async #forget(id: string): Promise<LiveSession | undefined> {
    const session = this.#live.get(id);
    await session?.tokens.close();
    await this.store.delete(id);
    this.#live.delete(id);
    return session;
  }

  async #stopUnusedSample(): Promise<void> {
    if (![...this.#live.values()].some(({ sample }) => sample)) await this.sample.stop();
  }

  async #open(record: SessionRecord, tokens?: TokenSet): Promise<LiveSession> {
    const { id, accountId, label } = record;
    const sample = record.kind === 'sample';
    const credential = sample ? await this.sample.start() : record.credential;
    const vault = sample ? memoryVault(tokens) : secretVault(this.store, id);
    const source = new SessionTokens(this.http, credential, vault);
    return { id, accountId, label, sample, origins: credential.server, tokens: source };
  }

  /** One change at a time, in the order asked for. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(change);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function credentialOf({ server, clientId, clientSecret, jwt }: JwtCredential): JwtCredential {
  return { server, clientId, clientSecret, jwt };
}

/** The tokens of a session that has not begun yet; if they are refused right away, renewing them cannot help. */
function only(tokens: TokenSet): TokenSource {
  return {
    accessToken: () => Promise.resolve(tokens.accessToken),
    renew: () => Promise.reject(new SignInRequiredError('The new token was refused')),
  };
}
