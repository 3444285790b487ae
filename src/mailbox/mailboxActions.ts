import type { Message, ReadStatus } from '../api/schema';
import type { OperationKind } from './outbox/operation';
import type { OutcomeKeeper } from './outbox/outcomes';
import type { MessageStore } from './store/messageStore';

/** What became of an action on several messages: bulk requests are not atomic (FACTS, Changing). */
export interface ActionOutcome {
  readonly changed: readonly Message[];
  readonly failed: readonly { readonly message: Message; readonly error: unknown }[];
  /** Kept, to be sent when the server can be reached again. */
  readonly waiting: readonly Message[];
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

  /** Ids of the messages that the last deletion moved to Deleted, or is about to, and that are still there. */
  get undoable(): readonly string[] {
    return this.#lastDeleted.filter((id) => this.store.get(id)?.availability === 'Deleted');
  }

  /** `updateMessage`. Messages that have the status already are left alone. */
  async setReadStatus(
    ids: readonly string[],
    readStatus: ReadStatus,
    options: ActionOptions = {},
  ): Promise<ActionOutcome> {
    const chosen = this.#known(ids, (message) => message.readStatus !== readStatus);
    return this.#run(readStatus === 'Read' ? 'markRead' : 'markUnread', chosen, options);
  }

  /**
   * `deleteMessage`: moves living messages to Deleted. To delete a deleted message again would purge it, so the
   * mailbox is brought up to date first, and whatever is not alive any more is left out.
   */
  async delete(ids: readonly string[], options: ActionOptions = {}): Promise<ActionOutcome> {
    const chosen = this.#known(ids, isAlive);
    return this.#undoably(chosen, () => this.#run('delete', chosen, options));
  }

  /** `patchMessage` with `availability: Alive`: only a deleted message can be restored. */
  async restore(ids: readonly string[], options: ActionOptions = {}): Promise<ActionOutcome> {
    const chosen = this.#known(ids, ({ availability }) => availability === 'Deleted');
    return this.#run('restore', chosen, options);
  }

  /**
   * `deleteMessage` with `purge`: gone for good. The caller has asked the user; what was restored elsewhere since then is
   * not what the user agreed to lose, and is left out.
   */
  async deletePermanently(ids: readonly string[], options: ActionOptions = {}): Promise<ActionOutcome> {
    const chosen = this.#known(ids, ({ availability }) => availability !== 'Purged');
    return this.#run('deletePermanently', chosen, options);
  }

  /**
   * Deletes the messages `ids` of one conversation. If they are all that it consists of, `deleteMessageByFilter` does it
   * in one request, bounded by the newest of them, so that a message arriving meanwhile stays. If there is more to the
   * conversation than the user agreed to delete, they are deleted one by one, and likewise where the operation would do
   * something else: push what is in Deleted already on to Purged, or pass over what is shared by another extension.
   */
  async deleteConversation(
    conversationId: string,
    ids: readonly string[],
    options: ActionOptions = {},
  ): Promise<ActionOutcome> {
    const chosen = this.#known(ids, isAlive);
    return this.#undoably(chosen, () => this.#run('deleteConversation', chosen, options, conversationId));
  }

  /** What shows as deleted can be undone from that moment on. A deletion that came to nothing leaves the one before it. */
  async #undoably(chosen: readonly Message[], run: () => Promise<ActionOutcome>): Promise<ActionOutcome> {
    const before = this.#lastDeleted;
    const begun = idsOf(chosen);
    if (begun.length > 0) this.#lastDeleted = begun;
    const outcome = await run();
    const deleted = idsOf([...outcome.changed, ...outcome.waiting]);
    // Another one may have begun meanwhile.
    if (this.#lastDeleted === begun) this.#lastDeleted = deleted.length > 0 ? deleted : before;
    return outcome;
  }

  #known(ids: readonly string[], isMeant: (message: Message) => boolean): Message[] {
    return [...new Set(ids)]
      .map((id) => this.store.get(id))
      .filter((message) => message !== undefined)
      .filter(isMeant);
  }

  #run(
    kind: OperationKind,
    messages: readonly Message[],
    options: ActionOptions,
    conversationId?: string,
  ): Promise<ActionOutcome> {
    return this.outcomes.run(
      { kind, ...(conversationId !== undefined && { conversationId }) },
      messages,
      options,
    );
  }
}

function idsOf(messages: readonly Message[]): readonly string[] {
  return messages.map(({ id }) => id);
}

function isAlive({ availability }: Message): boolean {
  return availability === 'Alive';
}
