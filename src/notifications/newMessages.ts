import type { Message } from '../api/schema';
import type { Account, Accounts } from '../mailbox/accounts';
import { failureOf } from '../mailbox/delivery';
import { creationTime, isInbound, isUnread } from '../mailbox/message';
import type { MessageFilter } from '../mailbox/query';
import type { StoreChange } from '../mailbox/store/messageStore';
import type { Disposable } from '../util/disposable';
import type { Claims } from './claims';

/** Milliseconds from the first new message in which others are gathered, to be told of together. */
export const GATHERING = 10_000;

/** How much longer a window without the focus gathers (ms): the focused one tells first, and changes reach it within a second. */
const UNFOCUSED_DELAY = 2_000;

/** Milliseconds by which the clocks of this computer and of the server may differ. */
const CLOCK_SKEW = 60_000;

/** How long it may take until a message that was sent before turns out to have failed (ms): a fax is tried several times. */
const SENDING_TIME = 60 * 60_000;

/** At most so many milliseconds pass before the clock is looked at again: timers stand still while a computer sleeps. */
const LONGEST_WAIT = 60_000;

/** A change of more messages than this, as while the history is fetched, is looked at by what is new in the whole mailbox. */
const FEW = 10;

/** Most messages that are looked at then. */
const LOOKED_AT = 500;

export interface NewMessagesClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once, after that many milliseconds. */
  schedule(milliseconds: number, callback: () => void): Disposable;
}

export const SYSTEM_CLOCK: NewMessagesClock = {
  now: () => Date.now(),
  schedule: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return { dispose: () => clearTimeout(timer) };
  },
};

/** What there is to tell of one account. Never both empty. */
export interface NewMessageBatch {
  readonly account: Account;
  /** New messages from others, newest first. */
  readonly received: readonly Message[];
  /** Messages of ours that were not sent, or not to everybody; newest first. */
  readonly failed: readonly Message[];
}

export interface NewMessagesOptions {
  readonly accounts: Accounts;
  readonly claims: Claims;
  /** Whether this window has the focus. */
  readonly isFocused: () => boolean;
  /** Whether somebody is looking at the message at this moment. */
  readonly isShowing: (accountId: string, message: Message) => boolean;
  /** Until when nothing is told (ms since the epoch); undefined if it may be told now. */
  readonly quietUntil: (now: number) => number | undefined;
  readonly tell: (batch: NewMessageBatch) => void;
  readonly warn: (line: string) => void;
  readonly clock?: NewMessagesClock;
  /** See `GATHERING`. */
  readonly gathering?: number;
}

/**
 * Notices new messages of every account: those that others have sent since this window opened the account, when they are
 * seen here for the first time and are unread, and those of ours that fail to be sent from then on. Of all windows of this computer
 * one tells of each, the focused one if there is one.
 */
export class NewMessages implements Disposable {
  readonly #watched = new Map<Account, AccountWatch>();
  readonly #following: Disposable;

  constructor(private readonly options: NewMessagesOptions) {
    this.#following = options.accounts.onDidChange(() => this.#follow());
    this.#follow();
  }

  dispose(): void {
    this.#following.dispose();
    for (const watch of this.#watched.values()) watch.dispose();
    this.#watched.clear();
  }

  #follow(): void {
    const open = new Set(this.options.accounts.all);
    for (const [account, watch] of this.#watched) {
      if (open.has(account)) continue;
      watch.dispose();
      this.#watched.delete(account);
    }
    for (const account of open) {
      if (!this.#watched.has(account)) this.#watched.set(account, new AccountWatch(account, this.options));
    }
  }
}

type Kind = 'received' | 'failed';

class AccountWatch implements Disposable {
  readonly #following: Disposable;
  readonly #clock: NewMessagesClock;
  /** Messages that were created earlier are history (ms since the epoch). */
  readonly #since: number;
  /** Sent messages that are history, but not older than this, may still fail (ms since the epoch). */
  readonly #unfailedSince: number;
  /** Ids of those that have been seen without a failure: only if one of these fails, that is new. */
  readonly #unfailed = new Set<string>();
  /** The first synchronization is over: what comes from now on is not history as a whole. */
  #isSynchronized: boolean;
  /** Keys of what was noticed, whatever was made of it. */
  readonly #noticed = new Set<string>();
  /** What is to be told, by message id. */
  readonly #gathered = new Map<string, Kind>();
  #timer: Disposable | undefined;

  constructor(
    private readonly account: Account,
    private readonly options: NewMessagesOptions,
  ) {
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#isSynchronized = this.#hasSyncToken;
    this.#since = this.#clock.now() - (this.#isSynchronized ? CLOCK_SKEW : 0);
    this.#unfailedSince = this.#since - (this.#isSynchronized ? SENDING_TIME : 0);
    if (this.#isSynchronized)
      for (const message of this.#newest({ ...this.#ours, failed: false })) this.#rememberUnfailed(message);
    this.#following = account.mailbox.store.onDidChange((change) => this.#look(change));
  }

  dispose(): void {
    this.#following.dispose();
    this.#timer?.dispose();
  }

  get #hasSyncToken(): boolean {
    return this.account.mailbox.store.syncState()?.syncToken !== undefined;
  }

  /** Whoever changes the store has nothing to do with what goes wrong here. */
  #look(change: StoreChange): void {
    try {
      this.#isSynchronized ||= this.#hasSyncToken;
      if (this.#isSynchronized) for (const message of this.#changed(change)) this.#notice(message);
    } catch (error) {
      this.options.warn(`New messages could not be looked at. ${String(error)}`);
    }
  }

  #changed({ ids }: StoreChange): readonly Message[] {
    const { store } = this.account.mailbox;
    if (ids && ids.size <= FEW) return [...ids].flatMap((id) => store.get(id) ?? []);
    return [
      ...this.#newest({ direction: 'Inbound', readStatus: 'Unread', since: this.#since }),
      ...this.#newest({ ...this.#ours, failed: true }),
      ...this.#newest({ ...this.#ours, failed: false }),
    ];
  }

  get #ours(): MessageFilter {
    return { direction: 'Outbound', since: this.#unfailedSince };
  }

  #newest(filter: MessageFilter): readonly Message[] {
    return this.account.mailbox.store.messages(
      { availability: 'Alive', filter },
      { offset: 0, limit: LOOKED_AT },
    );
  }

  /** Remembers a sent message that has not failed yet. */
  #rememberUnfailed(message: Message): void {
    if (!isInbound(message) && creationTime(message) >= this.#unfailedSince && !failureOf(message))
      this.#unfailed.add(message.id);
  }

  #notice(message: Message): void {
    this.#rememberUnfailed(message);
    const kind = this.#kindOf(message);
    if (!kind || this.#noticed.has(keyOf(message.id, kind))) return;
    this.#noticed.add(keyOf(message.id, kind));
    if (!isWorthTelling(message, kind)) return;
    // Nobody needs to be told of it in another window either.
    if (this.#isShowing(message)) {
      this.#claim([keyOf(message.id, kind)]);
      return;
    }
    this.#gathered.set(message.id, kind);
    if (!this.#timer) this.#tellLater();
  }

  #kindOf(message: Message): Kind | undefined {
    if (message.availability !== 'Alive') return undefined;
    const time = creationTime(message);
    if (isInbound(message)) return time >= this.#since ? 'received' : undefined;
    const isNew = time >= this.#since || this.#unfailed.has(message.id);
    return isNew && failureOf(message) ? 'failed' : undefined;
  }

  #tellLater(): void {
    const { gathering = GATHERING, isFocused } = this.options;
    this.#schedule(gathering + (isFocused() ? 0 : UNFOCUSED_DELAY), () => this.#tell(false));
  }

  #schedule(milliseconds: number, callback: () => void): void {
    this.#timer = this.#clock.schedule(milliseconds, () => {
      this.#timer = undefined;
      try {
        callback();
      } catch (error) {
        this.options.warn(`New messages could not be told of. ${String(error)}`);
      }
    });
  }

  /** @param isLeft another window has told of some, and has had its time to tell of the others */
  #tell(isLeft: boolean): void {
    const now = this.#clock.now();
    const quietUntil = this.options.quietUntil(now);
    if (quietUntil !== undefined) {
      this.#schedule(Math.min(quietUntil - now, LONGEST_WAIT), () => this.#tell(isLeft));
      return;
    }
    const told = this.#claimedByOthers();
    for (const [id, kind] of this.#gathered) if (told.has(keyOf(id, kind))) this.#gathered.delete(id);
    if (this.#gathered.size === 0) return;
    if (told.size > 0 && !isLeft) {
      const { gathering = GATHERING } = this.options;
      this.#schedule(gathering + UNFOCUSED_DELAY, () => this.#tell(true));
      return;
    }
    const claimed = this.#claim(this.#keys);
    const batch = { received: [] as Message[], failed: [] as Message[] };
    for (const [id, kind] of this.#gathered) {
      const message = this.account.mailbox.store.get(id);
      const isWanted = message && this.#kindOf(message) === kind && isWorthTelling(message, kind);
      if (isWanted && claimed.has(keyOf(id, kind)) && !this.#isShowing(message)) batch[kind].push(message);
    }
    this.#gathered.clear();
    const received = newestFirst(batch.received);
    const failed = newestFirst(batch.failed);
    if (received.length + failed.length > 0) this.options.tell({ account: this.account, received, failed });
  }

  get #keys(): readonly string[] {
    return Array.from(this.#gathered, ([id, kind]) => keyOf(id, kind));
  }

  #isShowing(message: Message): boolean {
    return this.options.isShowing(this.account.id, message);
  }

  #claimedByOthers(): ReadonlySet<string> {
    // Each window has a sample mailbox of its own.
    if (this.account.sample) return new Set();
    try {
      return this.options.claims.claimed(this.account.id, this.#keys);
    } catch {
      // The claim that follows fails, too, and says so.
      return new Set();
    }
  }

  #claim(keys: readonly string[]): ReadonlySet<string> {
    if (this.account.sample) return new Set(keys);
    try {
      return this.options.claims.claim(this.account.id, keys);
    } catch (error) {
      this.options.warn(`The windows cannot agree on who tells of new messages. ${String(error)}`);
      return new Set(this.account.mailbox.isSyncer ? keys : []);
    }
  }
}

function isWorthTelling(message: Message, kind: Kind): boolean {
  return kind === 'failed' || isUnread(message);
}

/** Tells apart that a message came and that one failed, for both may be told of the same in the course of time. */
function keyOf(id: string, kind: Kind): string {
  return `${kind} ${id}`;
}

function newestFirst(messages: readonly Message[]): readonly Message[] {
  return [...messages].sort((one, other) => creationTime(other) - creationTime(one));
}
