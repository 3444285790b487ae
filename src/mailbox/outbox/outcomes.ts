import { setImmediate } from 'node:timers/promises';
import type { Message } from '../../api/schema';
import type { Disposable } from '../../util/disposable';
import { Emitter, type Event } from '../../util/emitter';
import type { ActionOptions, ActionOutcome } from '../mailboxActions';
import type { MessageStore } from '../store/messageStore';
import type { ItemState, NewOperation, Operation, OperationItem } from './operation';
import { restoredError } from './storedError';

/** What the server refused of an operation whose outcome nobody waited for any more. */
export interface Refusal {
  readonly kind: Operation['kind'];
  readonly failed: ActionOutcome['failed'];
}

type OutcomeFailure = ActionOutcome['failed'][number];

/** Messages that are read in one turn of the event loop. */
const READ_AT_ONCE = 500;

/**
 * Puts operations into the outbox and tells what came of them: whoever waits for it, or else, when the server refuses
 * later what had to wait, one window by an event.
 */
export class OutcomeKeeper implements Disposable {
  readonly #refused = new Emitter<Refusal>();
  readonly #following: Disposable;
  readonly #awaited = new Set<string>();
  #isDisposed = false;

  readonly onDidRefuse: Event<Refusal> = this.#refused.event;

  constructor(
    private readonly store: MessageStore,
    /** Tells this window from the others. */
    private readonly window: string,
    /** Has the outbox sent; resolves when everything is, or when it is known that it cannot be now. Never rejects. */
    private readonly send: () => Promise<void>,
    /** Whether this window answers for what that one has left behind. */
    private readonly inherits: (window: string) => boolean,
  ) {
    this.#following = store.onDidChange(() => ifReadable(() => this.report()));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#following.dispose();
    this.#refused.dispose();
  }

  /** @param onBegun is told, at once, which of the messages it changes */
  async run(
    operation: Omit<NewOperation, 'window'>,
    { signal, onProgress }: ActionOptions,
    onBegun: (messageIds: readonly string[]) => void,
  ): Promise<ActionOutcome> {
    const id = this.store.enqueue({ ...operation, window: this.window });
    if (id === undefined) return { changed: [], failed: [], waiting: [], cancelled: false };
    const begun = (this.store.operation(id)?.items ?? []).map(({ messageId }) => messageId);
    onBegun(begun);

    let cancelled = false;
    const cancel = (): void => {
      cancelled = (!this.#isDisposed && this.store.cancel(id)) || cancelled;
    };
    const decided = Promise.withResolvers<undefined>();
    let told = 0;
    const look = (): void => {
      const { open, settled } = this.store.progress(id);
      if (settled > told) onProgress?.((told = settled), begun.length);
      if (open === 0) decided.resolve(undefined);
    };
    this.#awaited.add(id);
    const following = this.store.onDidChange(() => ifReadable(look));
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    try {
      if (this.#isOpen(id)) await Promise.race([decided.promise, this.send()]);
    } finally {
      signal?.removeEventListener('abort', cancel);
      following.dispose();
      this.#awaited.delete(id);
    }
    // Whoever opens the store next goes on.
    if (this.#isDisposed) return { changed: [], failed: [], waiting: begun, cancelled };
    return { ...(await this.#take(id)), cancelled };
  }

  /** Tells what was refused of operations that nobody waits for, and forgets those that are over. */
  report(): void {
    for (const operation of this.store.finishedOperations()) {
      if (!this.#answersFor(operation)) continue;
      const failed = operation.items.filter(hasFailed).map((item) => this.#failure(item));
      this.store.forget(operation.id);
      if (failed.length > 0) this.#refused.fire({ kind: operation.kind, failed });
    }
  }

  #answersFor({ id, window }: Operation): boolean {
    return window === this.window ? !this.#awaited.has(id) : this.inherits(window);
  }

  #isOpen(id: string): boolean {
    return this.store.progress(id).open > 0;
  }

  async #take(id: string): Promise<Omit<ActionOutcome, 'cancelled'>> {
    const { items = [], delay } = this.store.operation(id) ?? {};
    if (!this.#isOpen(id)) this.store.forget(id);
    const inState = (...states: readonly ItemState[]): string[] =>
      items.filter(({ state }) => states.includes(state)).map(({ messageId }) => messageId);
    const failed: OutcomeFailure[] = [];
    for (const [index, item] of items.filter(hasFailed).entries()) {
      if (index > 0 && index % READ_AT_ONCE === 0) await setImmediate();
      failed.push(this.#failure(item));
    }
    const waiting = inState('waiting', 'sending');
    return {
      changed: inState('done'),
      failed,
      waiting,
      ...(waiting.length > 0 && delay && { delay: restoredError(delay) }),
    };
  }

  #failure({ messageId, availabilityThen, error }: OperationItem): OutcomeFailure {
    const known = this.#isDisposed ? undefined : this.store.get(messageId);
    return {
      message: known ?? bareMessage(messageId, availabilityThen),
      error: error && restoredError(error),
    };
  }
}

function hasFailed({ state }: OperationItem): boolean {
  return state === 'failed';
}

/** All that is left of a message that is gone. */
function bareMessage(id: string, availability: Message['availability']): Message {
  return { id, availability, to: [], attachments: [] };
}

/** Looks at the store because it has changed. If that cannot be read now, the next change or the next second brings another look. */
function ifReadable(look: () => void): void {
  try {
    look();
  } catch {
    // Whoever asks the store next is told what is wrong with it.
  }
}
