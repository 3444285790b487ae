import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../api/cancellation';
import { CancelledError, isMailboxError, ResponseFormatError } from '../api/errors';
import type { Features } from '../api/features';
import type { MessageStoreApi } from '../api/messageStore';
import type { SharedDatabase } from '../storage/sharedDatabase';
import type { Disposable } from '../util/disposable';
import { Emitter, type Event } from '../util/emitter';
import { currentMoment, type Moment } from '../util/moment';
import { MailboxActions } from './mailboxActions';
import { isSameState, stateOf, type MailboxState } from './mailboxState';
import { Outbox, type Stall } from './outbox/outbox';
import { OutcomeKeeper, type Refusal } from './outbox/outcomes';
import { restoredError, storedError } from './outbox/storedError';
import { IdleErasure } from './store/idleErasure';
import type { MessageStore } from './store/messageStore';
import { Details } from './sync/details';
import { type HistoryLimit, historyStart } from './sync/history';
import { MailboxSync } from './sync/mailboxSync';
import { RecordKeeper } from './sync/recordKeeper';
import { Retry } from './sync/retry';
import { Windows } from './sync/windows';

export interface MailboxOptions {
  readonly api: MessageStoreApi;
  /** Which features the extension has; throws as the API does. */
  readonly readFeatures: (signal: AbortSignal) => Promise<Features>;
  readonly store: MessageStore;
  /** If other windows have the messages of `store` open, too. */
  readonly shared?: {
    /** By which the windows agree on who does what, and nothing else; closed with the mailbox. */
    readonly database: SharedDatabase;
    /** Looks for what other windows have changed in `store`. */
    readonly poll: () => void;
    /** Whether this window has messages of its own by now, which it has to care for alone. */
    readonly isDetached?: () => boolean;
  };
  /** How much of the past is kept; asked at each synchronization. */
  readonly history?: () => HistoryLimit;
  /** Told what goes wrong with work that nobody waits for. */
  readonly onTrouble?: (error: unknown) => void;
  /** See `SETTLED_AFTER`. */
  readonly settledAfter?: number;
  /** Milliseconds between two looks at what the other windows do; `TICK` by default. */
  readonly tick?: number;
}

const TICK = 1_000;

/** How often the history may be begun anew while the server is asked what has become of some messages. */
const MAX_ROUNDS = 3;

/**
 * One signed-in extension's mailbox: its messages, how they are kept current, and what can be done to them. Of several
 * windows with one database, one synchronizes and sends for all; the others ask it to, and see what it brings.
 */
export class Mailbox implements Disposable {
  readonly api: MessageStoreApi;
  readonly store: MessageStore;
  readonly actions: MailboxActions;

  readonly #window = crypto.randomUUID();
  readonly #allWindows: Windows | undefined;
  readonly #sync: MailboxSync;
  readonly #details: Details;
  readonly #outbox: Outbox;
  readonly #outcomes: OutcomeKeeper;
  readonly #keeper: RecordKeeper;
  readonly #erasure: IdleErasure;
  readonly #start: () => number;
  readonly #stateChanged = new Emitter<MailboxState>();
  readonly #ticked = new Emitter<undefined>();
  readonly #lifetime = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;

  #state: MailboxState;
  #online = true;
  #hadSharedSms = false;
  #error: unknown;
  #isSyncer = false;
  #refreshing: Promise<void> | undefined;
  /** Of the messages that this window has synchronized, or meant to. */
  #epoch: string;
  #country: string | undefined;
  #isNotified = false;
  #isCatchingUp = false;
  #isShowing = false;
  #serving: Promise<void> | undefined;
  readonly #sendRetry = new Retry();
  readonly #catchUpRetry = new Retry();

  /** Fires with the state when that, `online`, `isSyncer` or `hasSharedSms` changes. */
  readonly onDidChangeState: Event<MailboxState> = this.#stateChanged.event;
  /** Fires, in one window, when the server has refused what had to wait until nobody waited for it any more. */
  readonly onDidRefuse: Event<Refusal>;

  constructor(private readonly options: MailboxOptions) {
    const {
      api,
      readFeatures,
      store,
      shared,
      history = () => 'everything',
      settledAfter,
      tick = TICK,
    } = options;
    const { signal } = this.#lifetime;
    this.api = api;
    this.store = store;
    this.#start = () => historyStart(history(), Date.now());
    this.#allWindows = shared && new Windows(shared.database, this.#window);
    this.#keeper = new RecordKeeper(api, store);
    this.#sync = new MailboxSync(api, store, this.#start, readFeatures);
    this.#details = new Details(api, store);
    this.#erasure = new IdleErasure(
      store,
      () => !this.#isDisposed && !this.#isCatchingUp && store.openCount === 0,
    );
    this.#outbox = new Outbox({
      api,
      store,
      keeper: this.#keeper,
      signal,
      freshen: (ids) => this.#freshen(ids),
      maySend: () => this.#maySync(),
      ...(settledAfter !== undefined && { settledAfter }),
    });
    this.#outcomes = new OutcomeKeeper(
      store,
      this.#window,
      () => this.#deliver(),
      (window) => this.#isSyncer && (this.#windows?.isGone(window) ?? true),
    );
    this.onDidRefuse = this.#outcomes.onDidRefuse;
    this.actions = new MailboxActions(store, this.#outcomes);
    this.#state = this.#currentState();
    this.#epoch = store.mark().epoch;
    store.onDidChange(() => this.#lookForReplacement());
    store.onDidChange(() => void this.#showAll());
    this.#tick();
    if (this.#allWindows) {
      this.#timer = setInterval(() => this.#tick(), tick);
      this.#timer.unref();
    }
  }

  get state(): MailboxState {
    return this.#state;
  }

  /** Whether the server could be reached the last time that it was tried. */
  get online(): boolean {
    return this.#online;
  }

  /** Whether this window is the one of all that synchronizes, and needs to hear of what is new at the server. */
  get isSyncer(): boolean {
    return this.#isSyncer;
  }

  /** Whether SMS are shared with the extension, of which the server tells apart. */
  get hasSharedSms(): boolean {
    return this.#sync.hasSharedSms;
  }

  /** How many changes of messages the server has not confirmed yet. */
  get waitingCount(): number {
    return this.store.openCount;
  }

  /**
   * Synchronizes with the server; callers that come while one is under way share it. Resolves when what is new is here,
   * which at first is the newest messages; older ones follow.
   * @throws MailboxError if it fails; the state says so, too
   */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** The server has something new: synchronizes, beginning from now on. */
  notify(): void {
    if (this.#isNotified) return;
    this.#isNotified = true;
    void this.#followNotice();
  }

  /** Tells where the account is at home (ISO 3166): numbers are read as they are dialled there. */
  setCountry(country: string): void {
    this.#country = country;
    try {
      this.store.setCountry(country);
    } catch (error) {
      this.#trouble(error);
    }
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#lifetime.abort();
    clearInterval(this.#timer);
    this.#sendRetry.dispose();
    this.#catchUpRetry.dispose();
    this.#ticked.fire(undefined);
    this.#ticked.dispose();
    this.#outcomes.dispose();
    this.#stateChanged.dispose();
    try {
      this.#allWindows?.leave();
    } catch {
      // The others notice that this window is gone, only later.
    }
    this.options.shared?.database.close();
    this.store.dispose();
  }

  get #isDisposed(): boolean {
    return this.#lifetime.signal.aborted;
  }

  /** The windows that have the same messages. */
  get #windows(): Windows | undefined {
    return this.options.shared?.isDetached?.() ? undefined : this.#allWindows;
  }

  /** Whether this window is the one that synchronizes and sends, as of now. */
  #maySync(): boolean {
    return !this.#isDisposed && (this.#windows?.isSyncer() ?? true);
  }

  /** Looks at what the other windows do. */
  #tick(): void {
    try {
      const was = this.#isSyncer;
      this.#windows?.renew();
      this.#isSyncer = this.#maySync();
      this.options.shared?.poll();
      // A file that was begun anew knows nothing of it.
      if (this.#country !== undefined && this.store.country === undefined)
        this.store.setCountry(this.#country);
      void this.#showAll();
      if (this.#isSyncer) {
        this.#serve();
        if (!was) this.#takeOver();
        this.#beginAnewIfReplaced();
        this.#erasure.run().catch((error: unknown) => this.#trouble(error));
      } else {
        this.#follow();
      }
      if (was !== this.#isSyncer) this.#setState(this.#currentState(), true);
      this.#outcomes.report();
      this.#ticked.fire(undefined);
    } catch (error) {
      this.#trouble(error);
    }
  }

  /** Goes on with what another window, or this one before a restart, has left. */
  #takeOver(): void {
    if (this.store.openCount > 0) void this.#deliver();
    if (this.store.syncState()?.syncToken !== undefined) this.#catchUp();
  }

  /** Whoever changes the store has nothing to do with what goes wrong here. */
  #lookForReplacement(): void {
    try {
      this.#beginAnewIfReplaced();
    } catch (error) {
      this.#trouble(error);
    }
  }

  /** Fetches all messages again at once when there are none any more: they were damaged, or cleared in another window. */
  #beginAnewIfReplaced(): void {
    const { epoch } = this.store.mark();
    if (epoch === this.#epoch || !this.#maySync()) return;
    this.#epoch = epoch;
    this.notify();
  }

  /** Has the store show what it does not show yet, and derive anew what is out of date, whichever window has left it. */
  async #showAll(): Promise<void> {
    if (this.#isShowing) return;
    this.#isShowing = true;
    try {
      do await setImmediate();
      while (!this.#isDisposed && (this.store.showMore() || this.store.rebuildSome()));
    } catch (error) {
      this.#trouble(error);
    } finally {
      this.#isShowing = false;
    }
  }

  /** Does what the other windows ask for. */
  #serve(): void {
    const number = this.#windows?.requests.pending();
    if (number === undefined || this.#serving) return;
    this.#serving = (async () => {
      try {
        await this.#deliver();
        await this.#synchronize();
      } catch (error) {
        if (!isMailboxError(error)) this.#trouble(error);
      } finally {
        this.#serving = undefined;
        this.#report(number);
      }
    })();
  }

  /** Takes over how the window that synchronizes is doing. */
  #follow(): void {
    const report = this.#windows?.requests.last();
    if (!report) return;
    this.#error = report.error && restoredError(report.error);
    this.#update(report.online);
  }

  async #refresh(): Promise<void> {
    throwIfCancelled(this.#lifetime.signal);
    if (this.#state.kind === 'failed' && this.store.isEmpty) this.#setState({ kind: 'loading' });
    if (this.#maySync()) return this.#synchronize();
    const report = await this.#ask();
    if (!report) return this.#synchronize();
    this.#follow();
    if (report.error) throw restoredError(report.error);
  }

  /** Asks the window that synchronizes to do it now. @returns undefined if that is this one by now */
  async #ask(): Promise<ReturnType<Windows['requests']['last']> | undefined> {
    throwIfCancelled(this.#lifetime.signal);
    const requests = this.#windows?.requests;
    const number = requests?.ask() ?? 0;
    for (;;) {
      await this.#nextTick();
      throwIfCancelled(this.#lifetime.signal);
      const report = requests?.last();
      if (report && report.served >= number) return report;
      if (this.#isSyncer) return undefined;
    }
  }

  #nextTick(): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#ticked.event(() => {
        waiting.dispose();
        resolve();
      });
    });
  }

  async #followNotice(): Promise<void> {
    try {
      // One under way may have asked before there was something new.
      await this.#refreshing?.catch(() => undefined);
      this.#isNotified = false;
      await this.refresh();
    } catch (error) {
      this.#trouble(error);
    }
  }

  /** A synchronization that begins now. */
  async #synchronize(): Promise<void> {
    const { signal } = this.#lifetime;
    try {
      await this.#sync.update(signal);
      throwIfCancelled(signal);
      this.#error = undefined;
    } catch (error) {
      if (this.#isDisposed) throw new CancelledError({ cause: error });
      this.#error = error;
      this.#update(!isUnreachable(error));
      this.#report();
      throw error;
    }
    this.#update(true);
    this.#report();
    this.#catchUp();
    if (this.store.openCount > 0) void this.#deliver();
  }

  /**
   * Has the store know of these messages what is deleted already. What has changed since the last synchronization tells
   * that, unless the server has refused the sync token and the history is only being fetched anew.
   * @returns when the server was asked
   */
  async #freshen(ids: readonly string[]): Promise<Moment> {
    let read = 1;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const generation = this.#sync.isComplete ? 0 : (this.store.syncState()?.generation ?? 0);
      if (generation > read) {
        const askedAt = currentMoment();
        await this.#keeper.read(ids, this.#lifetime.signal);
        // A server that takes none of its sync tokens says nothing else of them.
        if (round === MAX_ROUNDS - 1) return askedAt;
        read = generation;
      }
      // What has changed while they were read, too.
      await this.#synchronize();
      if (this.#sync.isComplete || (this.store.syncState()?.generation ?? 0) <= read) return this.#sync.asOf;
    }
    throw new ResponseFormatError('The server takes none of the sync tokens that it gives');
  }

  /** Sends what waits in the outbox, or has it sent; resolves when that is done, or cannot be done now. */
  async #deliver(): Promise<void> {
    try {
      if (!this.#maySync() && (await this.#ask())) return;
      this.#noteStall(await this.#outbox.drain());
    } catch (error) {
      if (this.#isDisposed) return;
      this.#noteStall({ error });
      this.#trouble(error);
    }
  }

  #noteStall(stall: Stall | undefined): void {
    if (this.#isDisposed) return;
    if (!stall) {
      this.#sendRetry.reset();
      return;
    }
    if (isUnreachable(stall.error)) this.#update(false);
    this.#sendRetry.after(stall.error, () => void this.#deliver());
  }

  /** Fetches the rest of the history, and the details, in the background. */
  #catchUp(): void {
    if (this.#isCatchingUp || this.#isDisposed) return;
    this.#isCatchingUp = true;
    this.#catchUpRetry.cancel();
    void this.#fetchWhatIsMissing();
  }

  async #fetchWhatIsMissing(): Promise<void> {
    try {
      while (this.#maySync() && (await this.#fetchNext()));
      this.#catchUpRetry.reset();
    } catch (error) {
      if (this.#isDisposed) return;
      this.#trouble(error);
      this.#catchUpRetry.after(error, () => this.#catchUp());
    } finally {
      this.#isCatchingUp = false;
    }
  }

  /** @returns whether there was anything to fetch */
  async #fetchNext(): Promise<boolean> {
    const { signal } = this.#lifetime;
    if (this.#sync.areFeaturesDue) {
      await this.#sync.followFeatures(signal);
      this.#update(this.#online);
      return true;
    }
    if (this.#sync.isComplete) return this.#details.fetchSome(signal);
    await this.#sync.backfill(signal);
    if (!this.#isDisposed) this.#update(this.#online);
    return true;
  }

  /** Tells the other windows how it is going. */
  #report(served?: number): void {
    if (this.#isDisposed) return;
    this.#windows?.requests.report({
      online: this.#online,
      ...(served !== undefined && { served }),
      ...(this.#error !== undefined && { error: storedError(this.#error) }),
    });
  }

  #update(online: boolean): void {
    const { hasSharedSms } = this;
    const isChanged = online !== this.#online || hasSharedSms !== this.#hadSharedSms;
    this.#online = online;
    this.#hadSharedSms = hasSharedSms;
    this.#setState(this.#currentState(), isChanged);
  }

  #currentState(): MailboxState {
    return stateOf(this.store, this.#error, this.#start());
  }

  #setState(state: MailboxState, isChanged = false): void {
    if (this.#isDisposed || (!isChanged && isSameState(state, this.#state))) return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #trouble(error: unknown): void {
    if (!this.#isDisposed) this.options.onTrouble?.(error);
  }
}

function isUnreachable(error: unknown): boolean {
  return isMailboxError(error, 'network') || isMailboxError(error, 'temporary');
}
