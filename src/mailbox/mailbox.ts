import type { MessageStoreApi } from '../api/messageStore';
import type { Disposable } from '../util/disposable';
import { Emitter, type Event } from '../util/emitter';
import { MailboxActions } from './mailboxActions';
import { MailboxSync } from './mailboxSync';
import { MessageStore } from './messageStore';

export type MailboxState =
  /** The first synchronization is under way. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  /** The last synchronization failed; what was known before is still there. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** One signed-in extension's mailbox: its messages, how they are kept current, and what can be done to them. */
export class Mailbox implements Disposable {
  readonly store = new MessageStore();
  readonly actions: MailboxActions;
  readonly #sync: MailboxSync;
  readonly #stateChanged = new Emitter<MailboxState>();
  readonly #lifetime = new AbortController();
  #state: MailboxState = { kind: 'loading' };
  #running: Promise<void> | undefined;

  readonly onDidChangeState: Event<MailboxState> = this.#stateChanged.event;

  constructor(readonly api: MessageStoreApi) {
    this.#sync = new MailboxSync(api, this.store);
    this.actions = new MailboxActions(api, this.store, () => this.#freshen());
  }

  get state(): MailboxState {
    return this.#state;
  }

  /**
   * Synchronizes with the server; callers that come while one is under way share it.
   * @throws MailboxError if it fails; the state says so, too
   */
  refresh(): Promise<void> {
    this.#running ??= this.#refresh().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  dispose(): void {
    this.#lifetime.abort();
    this.#stateChanged.dispose();
    this.store.dispose();
  }

  /**
   * A synchronization that begins now: one under way may have asked before something that matters happened, such as a
   * deletion whose answer was lost.
   */
  async #freshen(): Promise<void> {
    await this.#running?.catch(() => undefined);
    await this.refresh();
  }

  async #refresh(): Promise<void> {
    if (this.#state.kind === 'failed' && this.store.size === 0) this.#setState({ kind: 'loading' });
    try {
      await this.#sync.run(this.#lifetime.signal);
      this.#setState({ kind: 'ready' });
    } catch (error) {
      if (!this.#lifetime.signal.aborted) this.#setState({ kind: 'failed', error });
      throw error;
    }
  }

  #setState(state: MailboxState): void {
    if (this.#lifetime.signal.aborted) return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}
