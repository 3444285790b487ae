import * as vscode from 'vscode';
import type { HttpClient } from '../api/httpClient';
import type { MailboxSession, Sessions, SignedOut } from '../auth/sessions';
import { accountLabel } from '../display/accountLabel';
import { describeError } from '../display/describeError';
import { showError, showInformation } from '../display/window';
import type { Accounts } from '../mailbox/accounts';
import type { Refusal } from '../mailbox/outbox/outcomes';
import type { MailboxFiles, OpenedStore } from './mailboxFiles';
import { OpenAccount, type AccountServices } from './openAccount';
import type { StorageSettings } from './storageSettings';
import { WaitNotice } from './waitNotice';

/** Milliseconds after which it is tried again to keep messages on this computer. */
const RETRY = 30_000;

/** Which account was current, by its id. */
const CURRENT_KEY = 'currentAccount';

/** Opens the mailbox of each account that is signed in, and closes it when it is signed out of. */
export class OpenAccounts implements Accounts, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #refused = new vscode.EventEmitter<Refusal>();
  readonly #following: vscode.Disposable[];
  readonly #services: AccountServices;
  readonly #waits: WaitNotice;
  /** By session id. */
  readonly #open = new Map<string, OpenAccount>();
  /** Accounts, by session id, whose messages are in memory until they can be kept on this computer. */
  readonly #fallbacks = new Set<string>();
  readonly #retrying: NodeJS.Timeout;
  #currentId: string | undefined;

  readonly onDidChange = this.#changed.event;
  /** The server has refused what was done earlier, when nobody waits for it any more. */
  readonly onDidRefuse = this.#refused.event;

  constructor(
    private readonly sessions: Sessions,
    http: HttpClient,
    private readonly files: MailboxFiles,
    private readonly settings: StorageSettings,
    private readonly memory: vscode.Memento,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#waits = new WaitNotice(log);
    this.#services = { http, log, waits: this.#waits, history: () => settings.history };
    this.#currentId = memory.get(CURRENT_KEY);
    this.#following = [
      sessions.onDidChange(() => this.#follow()),
      sessions.onDidSignOut((signedOut) => void this.#clearAway(signedOut)),
      settings.onDidChangeKeepOnDisk(() => this.#reopen()),
      settings.onDidChangeHistory(() => {
        for (const { mailbox } of this.all) mailbox.notify();
      }),
    ];
    this.#retrying = setInterval(() => this.#retry(), RETRY);
    this.#retrying.unref();
    this.#follow();
  }

  /** In the order in which they were signed in, the sample last. */
  get all(): readonly OpenAccount[] {
    return this.sessions
      .all()
      .map(({ id }) => this.#open.get(id))
      .filter((account) => account !== undefined)
      .sort((a, b) => Number(a.sample) - Number(b.sample));
  }

  get current(): OpenAccount | undefined {
    const { all } = this;
    return all.find(({ id }) => id === this.#currentId) ?? all[0];
  }

  get(id: string): OpenAccount | undefined {
    return this.all.find((account) => account.id === id);
  }

  /** Makes an account the one that commands act on which are not called for a row. */
  async setCurrent(account: { readonly id: string }): Promise<void> {
    this.#currentId = account.id;
    this.#changed.fire();
    await this.memory.update(CURRENT_KEY, account.id);
  }

  /** Removes what is kept of an account on this computer, and fetches it anew. Changes that have not been sent are lost. */
  clearLocalData(account: { readonly id: string; readonly sessionId: string }): void {
    this.#close(account.sessionId);
    this.#remove(() => this.files.removeMessages(account.id));
    this.#follow();
  }

  dispose(): void {
    clearInterval(this.#retrying);
    for (const disposable of this.#following) disposable.dispose();
    for (const id of [...this.#open.keys()]) this.#close(id);
    this.#waits.dispose();
    this.#changed.dispose();
    this.#refused.dispose();
  }

  #follow(): void {
    const sessions = this.sessions.all();
    const stays = new Set(sessions.map(({ id }) => id));
    const gone = [...this.#open.keys()].filter((id) => !stays.has(id));
    for (const session of sessions) {
      if (this.#open.has(session.id)) continue;
      try {
        this.#openAccount(session);
      } catch (error) {
        // The others are opened all the same.
        this.log.error(`An account could not be opened. ${String(error)}`);
        void showError(vscode.l10n.t("Couldn't open {0}. {1}", accountLabel(session), describeError(error)));
      }
    }
    // The views let go of an account before it is closed.
    this.#changed.fire();
    for (const id of gone) this.#close(id);
  }

  #openAccount(session: MailboxSession): void {
    const stored = this.#storeOf(session);
    const account = new OpenAccount(session, stored, this.#services);
    account.mailbox.onDidRefuse((refusal) => this.#refused.fire(refusal));
    this.#open.set(session.id, account);
    if (stored.isFallback) this.#fallbacks.add(session.id);
    else this.#fallbacks.delete(session.id);
    if (!session.sample && !this.settings.keepOnDisk) this.#removeOnceSent(account);
  }

  #storeOf(session: MailboxSession): OpenedStore {
    const { accountId, sample } = session;
    const label = accountLabel(session);
    const isKept = this.settings.keepOnDisk || this.files.has(accountId);
    return isKept && !sample ? this.files.open(accountId, label) : this.files.openInMemory(label);
  }

  /** Goes over to messages on this computer where these can be kept by now: there is room again, for example. */
  #retry(): void {
    for (const sessionId of [...this.#fallbacks]) {
      const account = this.#open.get(sessionId);
      // What waits is in memory alone.
      if (
        !account ||
        account.mailbox.waitingCount > 0 ||
        !this.files.canOpen(account.id, accountLabel(account))
      )
        continue;
      this.#close(sessionId);
      this.#follow();
    }
  }

  #reopen(): void {
    const { keepOnDisk } = this.settings;
    const accounts = [...this.#open.values()];
    const stay = keepOnDisk ? [] : accounts.filter(({ mailbox }) => mailbox.waitingCount > 0);
    for (const account of accounts) {
      if (stay.includes(account)) this.#removeOnceSent(account);
      else this.#close(account.sessionId);
    }
    if (!keepOnDisk) this.#remove(() => this.files.removeAllBut(stay.map(({ id }) => id)));
    this.#follow();
  }

  /** Nothing of the account shall be kept on this computer any more, but what waits to be sent is not lost. */
  #removeOnceSent(account: OpenAccount): void {
    const { id, sessionId, mailbox } = account;
    const look = (): void => {
      const isOpen = this.#open.get(sessionId) === account;
      if (!isOpen || this.settings.keepOnDisk || mailbox.waitingCount > 0 || !this.files.has(id)) return;
      this.#close(sessionId);
      this.#remove(() => this.files.remove(id));
      this.#follow();
    };
    // Not in the midst of a change of the store, which is closed here.
    mailbox.store.onDidChange(() => setImmediate(look));
    setImmediate(look);
  }

  /** Does with what is kept of an account that was signed out of what the user wants. */
  async #clearAway(signedOut: SignedOut): Promise<void> {
    const { accountId, messages } = signedOut;
    const isUnwanted =
      messages === 'remove' ||
      (messages === 'ask' && (await this.#askToRemove(accountId, accountLabel(signedOut))));
    // It may have been signed in to again while the question stood there.
    if (isUnwanted && !this.get(accountId)) this.#remove(() => this.files.remove(accountId));
  }

  async #askToRemove(accountId: string, label: string): Promise<boolean> {
    if (!this.files.has(accountId)) return false;
    const remove = vscode.l10n.t('Remove Messages');
    const text = vscode.l10n.t('Signed out of {0}. Its messages are still stored on this computer.', label);
    return (await showInformation(text, remove)) === remove;
  }

  #close(sessionId: string): void {
    const account = this.#open.get(sessionId);
    this.#open.delete(sessionId);
    this.#fallbacks.delete(sessionId);
    account?.dispose();
  }

  #remove(remove: () => void): void {
    try {
      remove();
    } catch (error) {
      this.log.error(`Messages could not be removed. ${String(error)}`);
      void showError(
        vscode.l10n.t(
          "Couldn't remove the messages from this computer, perhaps because another window is using them. Close your other windows, and then run Clear Local Data.",
        ),
      );
    }
  }
}
