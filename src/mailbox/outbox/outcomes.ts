import type { Message } from '../../api/schema';
import type { Disposable } from '../../util/disposable';
import { Emitter, type Event } from '../../util/emitter';
import type { ActionOptions, ActionOutcome } from '../mailboxActions';
import type { MessageStore } from '../store/messageStore';
import type { NewOperation, Operation } from './operation';
import { isOpen } from './outbox';
import { restoredError } from './storedError';

/** What the server refused of an operation whose outcome nobody waited for any more. */
export interface Refusal {
  readonly kind: Operation['kind'];
  readonly failed: readonly { readonly message: Message; readonly error: unknown }[];
}

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
    this.#following = store.onDidChange(() => this.report());
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#following.dispose();
    this.#refused.dispose();
  }

  async run(
    operation: Pick<NewOperation, 'kind' | 'conversationId'>,
    messages: readonly Message[],
    { signal, onProgress }: ActionOptions,
  ): Promise<ActionOutcome> {
    const messageIds = messages.map(({ id }) => id);
    const id =
      messageIds.length > 0
        ? this.store.enqueue({ ...operation, window: this.window, messageIds })
        : undefined;
    if (id === undefined) return { changed: [], failed: [], waiting: [], cancelled: false };

    let cancelled = false;
    const cancel = (): void => {
      cancelled = this.#drop(id) || cancelled;
    };
    const decided = Promise.withResolvers<undefined>();
    let told = 0;
    const look = (): void => {
      const { items = [] } = this.store.operation(id) ?? {};
      const done = items.filter(({ state }) => state === 'done' || state === 'failed').length;
      if (done > told) onProgress?.((told = done), messages.length);
      if (!this.#isOpen(id)) decided.resolve(undefined);
    };
    this.#awaited.add(id);
    const following = this.store.onDidChange(look);
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
    if (this.#isDisposed) return { changed: [], failed: [], waiting: messages, cancelled };
    return { ...this.#take(id, messages), cancelled };
  }

  /** Tells what was refused of operations that nobody waits for, and forgets those that are over. */
  report(): void {
    for (const operation of this.store.finishedOperations()) {
      if (!this.#answersFor(operation)) continue;
      const failed = operation.items.flatMap(({ messageId, availabilityThen, error, state }) => {
        if (state !== 'failed') return [];
        const message = this.store.get(messageId) ?? bareMessage(messageId, availabilityThen);
        return [{ message, error: error && restoredError(error) }];
      });
      this.store.forget(operation.id);
      if (failed.length > 0) this.#refused.fire({ kind: operation.kind, failed });
    }
  }

  #answersFor({ id, window }: Operation): boolean {
    return window === this.window ? !this.#awaited.has(id) : this.inherits(window);
  }

  #isOpen(id: string): boolean {
    const operation = this.store.operation(id);
    return operation !== undefined && isOpen(operation);
  }

  /** @returns whether there was anything to be dropped */
  #drop(id: string): boolean {
    if (this.#isDisposed) return false;
    const items = this.store.operation(id)?.items ?? [];
    const dropped = items.filter(({ state }) => state === 'waiting').map(({ messageId }) => messageId);
    if (dropped.length > 0) this.store.settle(id, { dropped });
    return dropped.length > 0;
  }

  #take(id: string, messages: readonly Message[]): Omit<ActionOutcome, 'cancelled'> {
    const items = new Map(this.store.operation(id)?.items.map((item) => [item.messageId, item]));
    const inState = (...states: readonly string[]): Message[] =>
      messages.filter((message) => states.includes(items.get(message.id)?.state ?? ''));
    if (!this.#isOpen(id)) this.store.forget(id);
    return {
      changed: inState('done'),
      failed: inState('failed').map((message) => {
        const error = items.get(message.id)?.error;
        return { message, error: error && restoredError(error) };
      }),
      waiting: inState('waiting', 'sending'),
    };
  }
}

/** All that is left of a message that is gone. */
function bareMessage(id: string, availability: Message['availability']): Message {
  return { id, availability, to: [], attachments: [] };
}
