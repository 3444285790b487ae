import type { Message, ReadStatus } from '../api/schema';
import type { NewOperation } from './outbox/operation';
import type { OutcomeKeeper } from './outbox/outcomes';
import type { MessageStore } from './store/messageStore';

/** What became of an action on several messages: bulk requests are not atomic (FACTS, Changing). */
export interface ActionOutcome {
  /** Ids. */
  readonly changed: readonly string[];
  readonly failed: readonly { readonly message: Message; readonly error: unknown }[];
  /** Ids of what is kept, to be sent later. */
  readonly waiting: readonly string[];
  /** Why it waits, if something does and it is known. */
  readonly delay?: unknown;
  /** The user cancelled before all requests were sent; what was not sent is neither changed nor failed. */
  readonly cancelled: boolean;
}

export interface ActionOptions {
  /** Stops before the next request; one that is under way is waited for, because its effect could not be taken back. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Deletions that can be undone one after the other. */
const MOST_DELETIONS = 100;

/**
 * What the user does to messages. Each action shows at once, is kept until it is sent, and is taken back for whatever the
 * server refuses. What may be done to a message is decided when it is sent: see `Outbox`.
 */
export class MailboxActions {
  /** From this window, the last one at the end. */
  #deletions: Deletion[] = [];
  /** Ids of messages that are being restored, or deleted for good. */
  readonly #beingChanged = new Set<string>();

  constructor(
    private readonly store: MessageStore,
    private readonly outcomes: OutcomeKeeper,
  ) {}

  /**
   * Ids of the messages that the last deletion moved to Deleted, or is about to, and that nothing else was done to here. Once they
   * are back, or gone, it is the deletion before.
   */
  get undoable(): readonly string[] {
    return [...(this.#last?.ids ?? [])].filter((id) => !this.#beingChanged.has(id));
  }

  get canUndo(): boolean {
    return this.#last !== undefined;
  }

  /** `updateMessage`. Messages that have the status already are left alone. */
  setReadStatus(
    messageIds: readonly string[],
    readStatus: ReadStatus,
    options: ActionOptions = {},
  ): Promise<ActionOutcome> {
    return this.#run({ kind: readStatus === 'Read' ? 'markRead' : 'markUnread', messageIds }, options);
  }

  /**
   * `deleteMessage`: moves living messages to Deleted. To delete a deleted message again would purge it, so the
   * mailbox is brought up to date first, and whatever is not alive any more is left out.
   */
  delete(messageIds: readonly string[], options: ActionOptions = {}): Promise<ActionOutcome> {
    return this.#run({ kind: 'delete', messageIds }, options);
  }

  /** `patchMessage` with `availability: Alive`: only a deleted message can be restored. */
  restore(messageIds: readonly string[], options: ActionOptions = {}): Promise<ActionOutcome> {
    return this.#run({ kind: 'restore', messageIds }, options);
  }

  /**
   * `deleteMessage` with `purge`: gone for good. The caller has asked the user; what was restored elsewhere since then is
   * not what the user agreed to lose, and is left out.
   */
  deletePermanently(messageIds: readonly string[], options: ActionOptions = {}): Promise<ActionOutcome> {
    return this.#run({ kind: 'deletePermanently', messageIds }, options);
  }

  /**
   * Deletes the messages `messageIds` of one conversation, one by one. `deleteMessageByFilter` would need a single request,
   * but would also delete what the user has never seen: a server may leave messages out of its lists without saying so.
   */
  deleteConversation(
    conversationId: string,
    messageIds: readonly string[],
    options: ActionOptions = {},
  ): Promise<ActionOutcome> {
    return this.#run({ kind: 'deleteConversation', conversationId, messageIds }, options);
  }

  /**
   * Takes back what has not been confirmed of an operation: it is not sent any more. What of it is on its way to the server
   * may be carried out all the same, which the next synchronization shows.
   */
  discard(operationId: string): void {
    const dropped = this.store.openItems(operationId).map(({ messageId }) => messageId);
    this.store.settle(operationId, { dropped });
  }

  /** What shows as deleted can be undone from that moment on. */
  async #run(operation: Omit<NewOperation, 'window'>, options: ActionOptions): Promise<ActionOutcome> {
    switch (operation.kind) {
      case 'delete':
      case 'deleteConversation':
        return this.#runDeletion(operation, options);
      case 'restore':
      case 'deletePermanently':
        return this.#runAfterDeletion(operation, options);
      default:
        return this.outcomes.run(operation, options, () => undefined);
    }
  }

  async #runDeletion(
    operation: Omit<NewOperation, 'window'>,
    options: ActionOptions,
  ): Promise<ActionOutcome> {
    const deletion: Deletion = { ids: new Set() };
    const outcome = await this.outcomes.run(operation, options, (ids) => {
      deletion.ids = new Set(ids);
      this.#deletions.push(deletion);
    });
    // Some may have been restored meanwhile.
    deletion.ids = new Set([...outcome.changed, ...outcome.waiting].filter((id) => deletion.ids.has(id)));
    this.#deletions = this.#deletions.filter(({ ids }) => ids.size > 0).slice(-MOST_DELETIONS);
    return outcome;
  }

  /** What happens to deleted messages is not undone, unless the server refuses it. */
  async #runAfterDeletion(
    operation: Omit<NewOperation, 'window'>,
    options: ActionOptions,
  ): Promise<ActionOutcome> {
    let begun: readonly string[] = [];
    try {
      const outcome = await this.outcomes.run(operation, options, (ids) => {
        begun = ids;
        for (const id of ids) this.#beingChanged.add(id);
      });
      for (const id of [...outcome.changed, ...outcome.waiting])
        for (const { ids } of this.#deletions) ids.delete(id);
      this.#deletions = this.#deletions.filter(({ ids }) => ids.size > 0);
      return outcome;
    } finally {
      for (const id of begun) this.#beingChanged.delete(id);
    }
  }

  /** The last deletion of which a message is still there. */
  get #last(): Deletion | undefined {
    return this.#deletions.findLast(({ ids }) => [...ids].some((id) => this.#isUndoable(id)));
  }

  #isUndoable(id: string): boolean {
    return !this.#beingChanged.has(id) && this.store.get(id)?.availability === 'Deleted';
  }
}

interface Deletion {
  /** Of the messages that it moved to Deleted, or is about to, and that nothing else was done to here. */
  ids: Set<string>;
}
