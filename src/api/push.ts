import type { Disposable } from '../util/disposable';
import { Emitter } from '../util/emitter';
import { MONOTONIC } from './rateLimits';
import type { NetworkSettings } from './network';
import { MESSAGE_STORE, SHARED_SMS } from './paths';
import { trustedPushAddress } from './push/pushAddress';
import { PushSession } from './push/pushSession';
import { requestPushToken } from './push/pushToken';
import { isRefusal } from './push/refusal';
import type { Clock } from './rateLimiter';
import type { Transport } from './transport';

/**
 * - `connecting`: not yet, or for a moment not
 * - `connected`: every change is told as it happens
 * - `unavailable`: not here (a permission, the network), so go on asking; it is tried again, much later
 * - `closed`: disposed
 */
export type PushState = 'connecting' | 'connected' | 'unavailable' | 'closed';

export interface PushOptions {
  /** The REST origin of the signed-in server. */
  readonly rest: string;
  /** Whether SMS are shared with the extension, which are told of apart. */
  readonly sharedSms?: boolean;
  /** As they are at each new connection. */
  readonly network: () => NetworkSettings;
  /** Gets lines without anything secret or personal. */
  readonly log?: (line: string) => void;
  readonly clock?: Clock;
  /** At least 0, less than 1. */
  readonly random?: () => number;
}

/** Milliseconds: doubled from the first to the longest as attempts fail. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15 * 60_000;

/** Milliseconds until what was refused is asked for again: somebody may have been granted the permission. */
const PAUSE_AFTER_REFUSAL = 60 * 60_000;

/** Attempts in a row that fail before nobody should count on notifications. */
const FAILURES_TO_GIVE_UP = 4;

/** Milliseconds after which a connection counts as one that works. */
const STABLE = 60_000;

/**
 * Tells that something changed in the message store, as soon as the server says so (FACTS, Push). Keeps itself
 * connected until it is disposed; nobody has to do anything about its troubles, which only the log hears of.
 */
export class PushConnection implements Disposable {
  readonly #notified = new Emitter<undefined>();
  readonly #stateChanged = new Emitter<PushState>();
  readonly #disposing = new AbortController();
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #log: (line: string) => void;
  #state: PushState = 'connecting';
  #failures = 0;
  /** How to take up the last session, and until when (milliseconds since the epoch). */
  #recovery: { readonly token: string; readonly until: number } | undefined;

  /** Fires when something changed, or may have while nobody listened. */
  readonly onDidNotify = this.#notified.event;

  readonly onDidChangeState = this.#stateChanged.event;

  /** Connects by itself; nothing fires before the next turn. */
  constructor(
    private readonly transport: Transport,
    private readonly options: PushOptions,
  ) {
    this.#clock = options.clock ?? MONOTONIC;
    this.#random = options.random ?? Math.random;
    this.#log = options.log ?? (() => undefined);
    void this.#stayConnected();
  }

  get state(): PushState {
    return this.#state;
  }

  dispose(): void {
    this.#disposing.abort();
    this.#enter('closed');
    this.#notified.dispose();
    this.#stateChanged.dispose();
  }

  async #stayConnected(): Promise<void> {
    while (!this.#isDisposed()) {
      const pause = await this.#connect();
      if (this.#isDisposed()) return;
      try {
        await this.#clock.sleep(pause * (0.5 + this.#random() / 2), this.#disposing.signal);
      } catch {
        // Only disposing ends a pause, and with it all of this.
        return;
      }
    }
  }

  /** One connection from beginning to end; gives the longest pause before the next one, in milliseconds. Never throws. */
  async #connect(): Promise<number> {
    try {
      const session = await this.#open();
      const connectedAt = this.#clock.now();
      this.#enter('connected');
      this.#log(`Push: connected${session.isRecovered ? ', nothing missed' : ''}`);
      if (!session.isRecovered) this.#notify();
      const reason = await session.ended;
      const now = this.#clock.now();
      const token = session.recoveryToken;
      this.#recovery = token === undefined ? undefined : { token, until: now + session.recoveryTimeout };
      if (now - connectedAt >= STABLE) this.#failures = 0;
      return this.#failed(reason);
    } catch (error) {
      return this.#failed(String(error), isRefusal(error));
    }
  }

  async #open(): Promise<PushSession> {
    const { signal } = this.#disposing;
    const { uri, token } = await requestPushToken(this.transport, signal);
    const address = trustedPushAddress(uri, this.options.rest);
    address.searchParams.set('access_token', token);
    if (this.#recovery && this.#clock.now() < this.#recovery.until) {
      address.searchParams.set('wsc', this.#recovery.token);
    }
    const options = {
      network: this.options.network(),
      clock: this.#clock,
      eventFilters: [MESSAGE_STORE, ...(this.options.sharedSms ? [SHARED_SMS] : [])] as const,
      onNotification: () => this.#notify(),
      onPartlyRefused: (error: unknown) =>
        this.#log(`Push: notifications of shared SMS were refused. ${String(error)}`),
    };
    return PushSession.open(address, options, signal);
  }

  #failed(reason: string, isRefused = false): number {
    if (this.#isDisposed()) return 0;
    const pause = isRefused
      ? PAUSE_AFTER_REFUSAL
      : Math.min(FIRST_PAUSE * 2 ** this.#failures, LONGEST_PAUSE);
    this.#failures++;
    this.#enter(isRefused || this.#failures >= FAILURES_TO_GIVE_UP ? 'unavailable' : 'connecting');
    this.#log(`Push: ${this.#state}, next attempt within ${pause / 1000} s. ${reason}`);
    return pause;
  }

  #notify(): void {
    if (!this.#isDisposed()) this.#notified.fire(undefined);
  }

  #enter(state: PushState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #isDisposed(): boolean {
    return this.#disposing.signal.aborted;
  }
}
