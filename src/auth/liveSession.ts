import type { MailboxError } from '../api/errors';
import type { ServerKind } from '../api/origins';
import type { RateGroups } from '../api/rateGroups';
import type { ServerOrigins } from '../api/transport';
import type { Event } from '../util/emitter';
import { serverKindOf } from './serverAddress';
import type { SessionRecord } from './sessionRecord';
import type { MailboxSession } from './sessions';
import type { SessionTokens } from './sessionTokens';
import type { SignIn } from './signIn';
import type { TokenVault } from './tokenVault';

/** A session of this window and what is stored of it. */
export class LiveSession implements MailboxSession {
  readonly id: string;
  readonly accountId: string;
  readonly signedInAt: number;
  readonly sample: boolean;
  readonly onDidChangeSignInRequired: Event<boolean>;
  #record: SessionRecord;

  constructor(
    record: SessionRecord,
    readonly origins: ServerOrigins,
    readonly tokens: SessionTokens,
    readonly vault: TokenVault,
    readonly rates: RateGroups,
  ) {
    this.id = record.id;
    this.accountId = record.accountId;
    this.signedInAt = record.signedInAt;
    this.sample = record.kind === 'sample';
    this.onDidChangeSignInRequired = tokens.onDidChangeSignInRequired;
    this.#record = record;
    this.#adoptTokens();
  }

  get label(): string {
    return this.#record.label;
  }

  get server(): ServerKind {
    return this.sample ? 'sample' : serverKindOf(this.origins);
  }

  get country(): string | undefined {
    return this.#record.country;
  }

  get kind(): SignIn['kind'] {
    return this.#record.kind;
  }

  get isSignInRequired(): boolean {
    return this.tokens.isSignInRequired;
  }

  get signInRefusal(): MailboxError | undefined {
    return this.tokens.signInRefusal;
  }

  /** How it was signed in. */
  get signIn(): SignIn {
    switch (this.#record.kind) {
      case 'sample':
        return { kind: 'sample' };
      case 'jwt':
        return { kind: 'jwt', ...this.#record.credential };
      case 'pkce':
        return { kind: 'pkce', ...this.#record.credential };
    }
  }

  /** Takes what is stored now; tells whether people can see a difference. */
  follow(record: SessionRecord): boolean {
    const { label, kind } = this.#record;
    this.#record = record;
    this.#adoptTokens();
    return label !== record.label || kind !== record.kind;
  }

  /** As `SessionTokens.close`. */
  close(): Promise<void> {
    return this.tokens.close();
  }

  dispose(): void {
    this.tokens.dispose();
  }

  #adoptTokens(): void {
    if (this.#record.kind !== 'sample') this.tokens.adopt(this.#record.credential, this.#record.tokens);
  }
}
