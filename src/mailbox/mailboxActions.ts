import type { Message, ReadStatus } from '../api/schema';
import type { NewOperation, OperationKind } from './outbox/operation';
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

/**
 * What the user does to messages. Each action shows at once, is kept until it is sent, and is taken back for whatever the
 * server refuses. What may be done to a message is decided when it is sent: see `Outbox`.
 */
export class MailboxActions {
  #lastDeleted: readonly string[] = [];

  constructor(
    private readonly store: MessageStore,
    private readonly outcomes: OutcomeKeeper,
  ) {}

  /** Ids of the messages that the last deletion moved to Deleted, or is about to, and that nothing else was done to here. */
  get undoable(): readonly string[] {
    return this.#lastDeleted;
  }

  /** Whether any of these is still there. */
  get canUndo(): boolean {
    return this.#lastDeleted.some((id) => this.store.get(id)?.availability === 'Deleted');
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
    const before = this.#lastDeleted;
    let begun = before;
    const outcome = await this.outcomes.run(operation, options, (ids) => {
      begun = this.#lastDeleted = undoableAfter(operation.kind, ids, before);
    });
    // Another one may have begun meanwhile.
    if (this.#lastDeleted === begun) {
      this.#lastDeleted = undoableAfter(operation.kind, [...outcome.changed, ...outcome.waiting], before);
    }
    return outcome;
  }
}

/**
 * What can be undone after an operation on the messages `ids`, if it was `before` until then. A deletion that came to
 * nothing leaves the one before it.
 */
function undoableAfter(
  kind: OperationKind,
  ids: readonly string[],
  before: readonly string[],
): readonly string[] {
  if (ids.length === 0) return before;
  switch (kind) {
    case 'delete':
    case 'deleteConversation':
      return ids;
    case 'restore':
    case 'deletePermanently': {
      const changed = new Set(ids);
      return before.filter((id) => !changed.has(id));
    }
    default:
      return before;
  }
}
