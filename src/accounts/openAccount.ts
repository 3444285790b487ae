import * as vscode from 'vscode';
import { readExtension } from '../api/account';
import { checkConnection } from '../api/check/connectionCheck';
import { readFeatures } from '../api/features';
import type { MailboxError } from '../api/errors';
import type { HttpClient } from '../api/httpClient';
import { MessageStoreApi } from '../api/messageStore';
import { PushConnection } from '../api/push';
import { Transport } from '../api/transport';
import type { MailboxSession } from '../auth/sessions';
import { showError, withProgressIn } from '../display/window';
import type { OpenedStore } from './mailboxFiles';
import { readNetworkSettings } from './networkSettings';
import { describeError } from '../display/describeError';
import { View } from '../ids';
import type { ServerKind } from '../api/origins';
import type { Account, CheckedConnection } from '../mailbox/accounts';
import { Mailbox } from '../mailbox/mailbox';
import { AutoSync } from '../mailbox/sync/autoSync';
import type { HistoryLimit } from '../mailbox/sync/history';
import type { WaitNotice } from './waitNotice';

export interface AccountServices {
  readonly http: HttpClient;
  readonly log: vscode.LogOutputChannel;
  readonly waits: WaitNotice;
  readonly history: () => HistoryLimit;
}

/** One account while it is signed in: its mailbox, and what keeps that current. */
export class OpenAccount implements Account, vscode.Disposable {
  readonly mailbox: Mailbox;
  readonly #transport: Transport;
  readonly #autoSync: AutoSync;
  readonly #following: vscode.Disposable[];
  #push: PushConnection | undefined;
  #hearsSharedSms = false;
  #isDisposed = false;
  #isCountryAsked = false;

  constructor(
    private readonly session: MailboxSession,
    stored: OpenedStore,
    private readonly services: AccountServices,
  ) {
    const { http, log, waits, history } = services;
    this.#transport = new Transport(http, session.origins, session.tokens, {
      onWait: (wait) => waits.tell(wait),
      rates: session.rates,
    });
    let told = '';
    this.mailbox = new Mailbox({
      store: stored.store,
      ...(stored.shared && { shared: stored.shared }),
      api: new MessageStoreApi(this.#transport),
      readFeatures: (signal) => readFeatures(this.#transport, signal),
      history,
      onTrouble: (error) => {
        const line = `Work in the background failed. ${String(error)}`;
        // Some of it is tried every second.
        if (line !== told) log.warn(line);
        told = line;
      },
    });
    this.#autoSync = new AutoSync(() => this.mailbox.refresh());
    this.#autoSync.setFocused(vscode.window.state.focused);
    this.#following = [
      vscode.window.onDidChangeWindowState(({ focused }) => this.#autoSync.setFocused(focused)),
      this.mailbox.onDidChangeState(() => {
        this.#listenIfNeeded();
        void this.#learnCountry();
      }),
      session.onDidChangeSignInRequired((isRequired) => {
        this.#listenIfNeeded();
        if (isRequired) return;
        this.#tellCountry();
        // What has failed for want of a token is tried again.
        this.mailbox.notify();
      }),
    ];
    this.#tellCountry();
    this.#listenIfNeeded();
    void this.#load();
  }

  get id(): string {
    return this.session.accountId;
  }

  get sessionId(): string {
    return this.session.id;
  }

  get label(): string {
    return this.session.label;
  }

  get sample(): boolean {
    return this.session.sample;
  }

  get server(): ServerKind {
    return this.session.server;
  }

  get isSignInRequired(): boolean {
    return this.session.isSignInRequired;
  }

  get signInRefusal(): MailboxError | undefined {
    return this.session.signInRefusal;
  }

  async checkConnection(signal: AbortSignal): Promise<CheckedConnection> {
    const findings = await checkConnection(this.#transport, this.#push?.state ?? 'elsewhere', signal);
    return { findings, server: this.server, signIn: this.session.kind };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#unlisten();
    this.#autoSync.dispose();
    for (const disposable of this.#following) disposable.dispose();
    this.mailbox.dispose();
  }

  #tellCountry(): void {
    if (this.session.country !== undefined) this.mailbox.setCountry(this.session.country);
  }

  /** Of accounts that an earlier version has signed in. Until it is known, numbers are read as in the default country. */
  async #learnCountry(): Promise<void> {
    const { state, online, store } = this.mailbox;
    if (this.#isCountryAsked || this.session.sample || !online || state.kind !== 'ready') return;
    this.#isCountryAsked = true;
    try {
      if (store.country !== undefined) {
        // For a store that is begun anew.
        this.mailbox.setCountry(store.country);
        return;
      }
      const { country } = await readExtension(this.#transport);
      if (country !== undefined && !this.#isDisposed) this.mailbox.setCountry(country);
    } catch (error) {
      // It is asked for again with the next start.
      this.services.log.debug(`The country of an account could not be read. ${String(error)}`);
    }
  }

  /**
   * One window hears for all what is new, as long as the server lets it. Before the first synchronization there is nothing
   * to be told of, nor is it known what of.
   */
  #listenIfNeeded(): void {
    const { hasSharedSms, isSyncer, state } = this.mailbox;
    const isNeeded = isSyncer && state.kind !== 'loading' && !this.isSignInRequired && !this.#isDisposed;
    if (!isNeeded || this.#hearsSharedSms !== hasSharedSms) this.#unlisten();
    if (isNeeded && !this.#push) this.#listen(hasSharedSms);
  }

  #listen(sharedSms: boolean): void {
    const { log } = this.services;
    this.#hearsSharedSms = sharedSms;
    const push = new PushConnection(this.#transport, {
      rest: this.session.origins.rest,
      sharedSms,
      network: readNetworkSettings,
      log: (line) => log.debug(line),
    });
    push.onDidNotify(() => this.mailbox.notify());
    push.onDidChangeState((state) => this.#autoSync.setPushed(state === 'connected'));
    this.#push = push;
  }

  #unlisten(): void {
    this.#push?.dispose();
    this.#push = undefined;
    this.#autoSync.setPushed(false);
  }

  /** A view with rows tells of a failure above them; of an empty one, which says what to do, the reason is told beside it. */
  async #load(): Promise<void> {
    try {
      await withProgressIn(View.Messages, () => this.mailbox.refresh());
    } catch (error) {
      if (this.#isDisposed) return;
      this.services.log.error(`The messages could not be loaded. ${String(error)}`);
      if (this.mailbox.store.isEmpty && !this.isSignInRequired) void showError(describeError(error));
    }
  }
}
