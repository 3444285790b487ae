import { isMailboxError } from '../api/errors';
import { type ItemResult, MAX_IDS_PER_REQUEST, type MessageStoreApi } from '../api/messageStore';
import type { Message, ReadStatus } from '../api/schema';
import { creationTime } from './message';
import type { Change, MessageStore, StagedChange } from './messageStore';

/** What became of an action on several messages: bulk requests are not atomic (FACTS, Changing). */
export interface ActionOutcome {
  readonly changed: readonly Message[];
  readonly failed: readonly { readonly message: Message; readonly error: unknown }[];
  /** The user cancelled before all requests were sent; what was not sent is neither changed nor failed. */
  readonly cancelled: boolean;
}

export interface ActionOptions {
  /** Stops before the next request; one that is under way is waited for, because its effect could not be taken back. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

interface Precondition {
  readonly before?: () => Promise<void>;
  /** Asked of the server's record just before it is sent. */
  readonly isStillMeant?: (record: Message) => boolean;
}

type Send = (ids: readonly string[]) => Promise<readonly ItemResult[]>;

const DELETED: Change = { availability: 'Deleted' };

/**
 * What the user does to messages. Each action shows at once, is sent in requests of the largest allowed size, and is
 * taken back for whatever the server refuses.
 */
export class MailboxActions {
  #lastDeleted: readonly string[] = [];

  constructor(
    private readonly api: MessageStoreApi,
    private readonly store: MessageStore,
    /** Synchronizes, starting now, so that the store knows what is deleted already. */
    private readonly freshen: () => Promise<void>,
  ) {}

  /** Ids of the messages that the last deletion moved to Deleted, and that are still there. */
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
    return this.#run(
      chosen,
      { readStatus },
      (chunk) => this.api.updateMessage(chunk, { readStatus }),
      options,
    );
  }

  /**
   * `deleteMessage`: moves living messages to Deleted. To delete a deleted message again would purge it, so the
   * mailbox is brought up to date first, and whatever is not alive any more is left out.
   */
  async delete(ids: readonly string[], options: ActionOptions = {}): Promise<ActionOutcome> {
    const chosen = this.#known(ids, isAlive);
    const outcome = await this.#run(chosen, DELETED, (chunk) => this.api.deleteMessage(chunk, {}), options, {
      before: this.freshen,
      isStillMeant: isAlive,
    });
    this.#remember(outcome);
    return outcome;
  }

  /** `patchMessage` with `availability: Alive`: only a deleted message can be restored. */
  async restore(ids: readonly string[], options: ActionOptions = {}): Promise<ActionOutcome> {
    const chosen = this.#known(ids, (message) => message.availability === 'Deleted');
    return this.#run(
      chosen,
      { availability: 'Alive' },
      (chunk) => this.api.patchMessage(chunk, { availability: 'Alive' }),
      options,
    );
  }

  /**
   * `deleteMessage` with `purge`: gone for good. The caller has asked the user; what was restored elsewhere since then is
   * not what the user agreed to lose, and is left out.
   */
  async deletePermanently(ids: readonly string[], options: ActionOptions = {}): Promise<ActionOutcome> {
    const chosen = this.#known(ids, (message) => message.availability !== 'Purged');
    const wasDeleted = new Set(chosen.filter((message) => !isAlive(message)).map(idOf));
    return this.#run(
      chosen,
      { availability: 'Purged' },
      (chunk) => this.api.deleteMessage(chunk, { purge: true }),
      options,
      { before: this.freshen, isStillMeant: (record) => !(wasDeleted.has(record.id) && isAlive(record)) },
    );
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
    const failure = await failureOf(this.freshen);
    if (failure)
      return { changed: [], failed: chosen.map((message) => ({ message, ...failure })), cancelled: false };
    const records = this.store.confirmedConversation(conversationId);
    const newest = records.at(-1);
    const agreed = new Set(chosen.map(idOf));
    const isWhole =
      records.length === agreed.size &&
      records.every(
        (record) => agreed.has(record.id) && isAlive(record) && !record.owner && creationTime(record) > 0,
      );
    if (!newest || !isWhole) return this.delete(ids, options);

    const bounds = { dateTo: new Date(creationTime(newest) + 1).toISOString(), type: newest.type ?? 'All' };
    const staged = this.store.stage(chosen.map(idOf), DELETED);
    const { changed, failed } = await this.#settle(chosen, staged, DELETED, async (sent) => {
      await this.api.deleteMessageByFilter([conversationId], bounds);
      return sent.map((id) => ({ id, status: 204 }));
    });
    const outcome = { changed, failed, cancelled: false };
    this.#remember(outcome);
    return outcome;
  }

  /** A deletion that came to nothing leaves the one before it to be undone. */
  #remember({ changed }: ActionOutcome): void {
    if (changed.length > 0) this.#lastDeleted = changed.map(idOf);
  }

  #known(ids: readonly string[], isMeant: (message: Message) => boolean): Message[] {
    return [...new Set(ids)]
      .map((id) => this.store.get(id))
      .filter((message) => message !== undefined)
      .filter(isMeant);
  }

  async #run(
    messages: readonly Message[],
    change: Change,
    send: Send,
    options: ActionOptions,
    check: Precondition = {},
  ): Promise<ActionOutcome> {
    const requests = chunk(messages, MAX_IDS_PER_REQUEST).map((part) => ({
      part,
      staged: this.store.stage(part.map(idOf), change),
    }));
    const changed: Message[] = [];
    const failed: { message: Message; error: unknown }[] = [];
    let stopped: { error: unknown } | undefined = await failureOf(check.before);
    let cancelled = false;
    for (const { part, staged } of requests) {
      cancelled ||= options.signal?.aborted ?? false;
      if (stopped || cancelled) {
        staged.settle(new Set());
        if (stopped) for (const message of part) failed.push({ message, error: stopped.error });
        continue;
      }
      const meant = part.filter(({ id }) => {
        const record = this.store.confirmed(id);
        return record && (check.isStillMeant?.(record) ?? true);
      });
      const outcome = await this.#settle(meant, staged, change, send);
      changed.push(...outcome.changed);
      failed.push(...outcome.failed);
      // Refused as a whole (no permission, no network): the following requests would fare no better.
      if (outcome.error !== undefined) stopped = { error: outcome.error };
      options.onProgress?.(changed.length + failed.length, messages.length);
    }
    return { changed, failed, cancelled };
  }

  /** Sends one request and makes its result final: what the server confirmed stays, the rest is taken back. */
  async #settle(
    messages: readonly Message[],
    staged: StagedChange,
    change: Change,
    send: Send,
  ): Promise<Pick<ActionOutcome, 'changed' | 'failed'> & { readonly error?: unknown }> {
    let results: readonly ItemResult[];
    try {
      results = messages.length > 0 ? await send(messages.map(idOf)) : [];
    } catch (error) {
      staged.settle(new Set());
      return { changed: [], failed: messages.map((message) => ({ message, error })), error };
    }
    const errors = new Map(results.filter(({ error }) => error).map(({ id, error }) => [id, error]));
    const gone = messages.filter(({ id }) => isMailboxError(errors.get(id), 'notFound')).map(idOf);
    // What is gone already is as deleted as it can be.
    if (change.availability === 'Deleted' || change.availability === 'Purged')
      for (const id of gone) errors.delete(id);
    staged.settle(new Set(messages.map(idOf).filter((id) => !errors.has(id))));
    this.store.remove(gone);
    return {
      changed: messages.filter(({ id }) => !errors.has(id)),
      failed: messages
        .filter(({ id }) => errors.has(id))
        .map((message) => ({ message, error: errors.get(message.id) })),
    };
  }
}

function isAlive(message: Message): boolean {
  return message.availability === 'Alive';
}

function idOf(message: Message): string {
  return message.id;
}

async function failureOf(step: (() => Promise<void>) | undefined): Promise<{ error: unknown } | undefined> {
  try {
    await step?.();
    return undefined;
  } catch (error) {
    return { error };
  }
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
