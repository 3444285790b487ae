import type { Finding } from '../api/check/finding';
import type { MailboxError } from '../api/errors';
import type { Event } from '../util/emitter';
import type { ServerKind } from '../api/origins';
import type { Mailbox } from './mailbox';
import { DEFAULT_COUNTRY } from './phoneNumber';

/** A signed-in extension of RingCentral and its mailbox. */
export interface Account {
  /** The same whenever the same extension signs in. */
  readonly id: string;
  /** By which it is signed out of. */
  readonly sessionId: string;
  /** Name and number of the extension, for people. */
  readonly label: string;
  /** Made up, and served by this computer. */
  readonly sample: boolean;
  /** Which server it is signed in to. */
  readonly server: ServerKind;
  /** RingCentral no longer accepts the sign-in: what is here can be read, and changes wait. */
  readonly isSignInRequired: boolean;
  /** Why, if so. */
  readonly signInRefusal?: MailboxError | undefined;
  readonly mailbox: Mailbox;
  /**
   * Asks the server, by requests that change nothing, how it differs from what is expected of it.
   * @throws CancelledError if the signal is aborted
   */
  checkConnection(signal: AbortSignal): Promise<CheckedConnection>;
}

/** The home countries (ISO 3166) by which these accounts read numbers, in the same order. */
export function homeCountries(accounts: readonly Account[]): readonly string[] {
  return accounts.map(({ mailbox }) => mailbox.store.country ?? DEFAULT_COUNTRY);
}

export interface CheckedConnection {
  readonly findings: readonly Finding[];
  readonly server: ServerKind;
  /** Such as `jwt`. */
  readonly signIn: string;
}

/** The accounts that commands act on; asked at each use, because signing in and out changes them. */
export interface Accounts {
  /** In the order in which they are shown. */
  readonly all: readonly Account[];
  /** The one that commands act on which are not called for a row; undefined while nobody is signed in. */
  readonly current: Account | undefined;
  /** Fires when accounts come, go, are switched, or need to be signed in to again. */
  readonly onDidChange: Event<void>;
  /** By `Account.id`. */
  get(id: string): Account | undefined;
}
