import { setImmediate } from 'node:timers/promises';
import { isMailboxError, MailboxError, NotSentError } from '../../api/errors';
import { type ItemResult, MAX_IDS_PER_REQUEST, type MessageStoreApi } from '../../api/messageStore';
import type { Message } from '../../api/schema';
import type { MessageStore } from '../store/messageStore';
import { StoreReplacedError } from '../store/storeReplaced';
import type { RecordKeeper } from '../sync/recordKeeper';
import type { Operation, OperationItem, Settlement } from './operation';
import { isDeletion, sendRequest } from './operationRequests';
import { settleInTurns } from './settleInTurns';
import { isStillMeant } from './stillMeant';
import { storedError } from './storedError';
import { isOutage, type Verdict, verdictOn } from './verdict';
import { wholeConversation } from './wholeConversation';

/** Milliseconds after which a deletion whose answer was lost has either been carried out or never will be. */
export const SETTLED_AFTER = 10_000;

/** Milliseconds for which the server's word on a message lets it be deleted. */
const LOOK_LASTS = 2_000;

/** How often a deletion is begun, in a row, that was held back just before it was sent. */
const MAX_TRIES = 3;

export interface OutboxOptions {
  readonly api: MessageStoreApi;
  readonly store: MessageStore;
  readonly keeper: RecordKeeper;
  /**
   * Brings the store up to date, beginning now, so that it knows of these messages what is deleted already.
   * @throws MailboxError if that cannot be done
   */
  readonly freshen: (ids: readonly string[]) => Promise<void>;
  /** The moment (ms since the epoch) of which the store knew, after the last `freshen`, what the server has. */
  readonly asOf: () => number;
  /** Whether the store has every message that the server has. */
  readonly knowsEverything: () => boolean;
  /** Asked before each request: false once another window sends what is here. */
  readonly maySend: () => boolean;
  readonly signal: AbortSignal;
  readonly settledAfter?: number;
}

/** Why not everything was sent: what has to pass first. */
export interface Stall {
  readonly error: unknown;
}

/** What a request left undone, as an exception: nothing after it may be sent before it. */
class StalledError extends Error {
  constructor(readonly reason: unknown) {
    super('Stalled', { cause: reason });
  }
}

/**
 * Sends what the user has asked for, strictly in that order, in requests of the largest allowed size. Before a request
 * goes out the store remembers that it does, and then what came of it, so that neither a crash nor a lost answer can make
 * anything be done twice that is not the same as to do it once: where it is unknown whether a deletion was carried out,
 * the server is asked what has become of the messages, and what it still has unchanged is sent again.
 */
export class Outbox {
  readonly #settledAfter: number;
  /** When it was found, by operation, that nobody knows whether a request of it was carried out. */
  readonly #unknownSince = new Map<string, number>();
  /** `asOf` of the last look at the server. */
  #lookedAt = 0;
  /** How many tries of a deletion were held back since the last request that was answered. */
  #heldBack = 0;
  #running: Promise<Stall | undefined> | undefined;

  constructor(private readonly options: OutboxOptions) {
    this.#settledAfter = options.settledAfter ?? SETTLED_AFTER;
  }

  /** Sends everything that waits; callers that come while that is under way share it. Undefined if nothing is left. */
  drain(): Promise<Stall | undefined> {
    this.#running ??= this.#drain();
    return this.#running;
  }

  async #drain(): Promise<Stall | undefined> {
    // What the user does at one time is seen at one time.
    await setImmediate();
    this.#heldBack = 0;
    try {
      for (;;) {
        this.#checkMaySend();
        const operation = this.options.store.nextOperation();
        if (!operation) return undefined;
        // What is begun anew has other operations.
        await this.#send(operation).catch(passOverReplaced);
      }
    } catch (error) {
      if (error instanceof StalledError) return { error: error.reason };
      throw error;
    } finally {
      // At once, so that whoever comes now is not told that everything is done.
      this.#running = undefined;
    }
  }

  async #send(operation: Operation): Promise<void> {
    for (;;) {
      if (isDeletion(operation.kind)) await this.#prepareDeletion(operation);
      this.#checkMaySend();
      if (operation.kind === 'deleteConversation' && (await this.#sendWholeConversation(operation.id)))
        return;
      const items = this.#open(operation.id, MAX_IDS_PER_REQUEST);
      if (items.length === 0) return;
      const ids = this.#claim(operation, items);
      if (ids.length > 0) {
        await this.#exchange(operation, ids, () =>
          sendRequest(this.options.api, operation.kind, ids, this.#checkLook, this.options.signal),
        );
      }
    }
  }

  /** Only what the server has just said of a message can tell whether it may be deleted. */
  async #prepareDeletion(operation: Operation): Promise<void> {
    if (this.#open(operation.id, 1).length === 0) return;
    const { api, freshen, asOf, signal } = this.options;
    try {
      await api.whenMayDelete(signal);
      await freshen(this.#open(operation.id).map(idOf));
      this.#lookedAt = asOf();
      this.#checkMaySend();
    } catch (error) {
      this.#checkMaySend();
      if (isOutage(error)) throw new StalledError(error);
      if (!(error instanceof MailboxError)) throw error;
      const waiting = this.#open(operation.id).filter(({ state }) => state === 'waiting');
      await this.#settle(operation, { failed: failures(waiting.map(idOf), error) });
      if (this.#open(operation.id).length > 0) throw new StalledError(error);
    }
    await this.#decideUnknown(operation);
  }

  /** What is deleted elsewhere while a deletion waits to be sent would be purged by it. */
  readonly #checkLook = (): void => {
    if (!this.options.maySend()) throw new NotSentError('Another window sends what is here');
    if (Date.now() - this.#lookedAt > LOOK_LASTS) throw new NotSentError('What the server said is too old');
  };

  /** Finds out what has become of messages whose deletion was never answered. */
  async #decideUnknown(operation: Operation): Promise<void> {
    const unknown = this.#open(operation.id).filter(({ state }) => state === 'sending');
    if (unknown.length === 0) return;
    const { keeper, signal } = this.options;
    const since = this.#unknownSince.get(operation.id) ?? Date.now();
    this.#unknownSince.set(operation.id, since);
    let found: Awaited<ReturnType<RecordKeeper['fetch']>>;
    try {
      found = await keeper.fetch(unknown.map(idOf), signal);
    } catch (error) {
      throw new StalledError(error);
    }
    this.#checkMaySend();
    const records = new Map(found.records.map((record) => [record.id, record]));
    const gone = new Set(found.gone);
    const isDone = ({ messageId }: OperationItem): boolean => {
      const record = records.get(messageId);
      if (!record) return false;
      return (
        record.availability === 'Purged' ||
        (operation.kind !== 'deletePermanently' && record.availability === 'Deleted')
      );
    };
    const done = unknown.filter(isDone).map(idOf);
    const left = unknown.filter((item) => !isDone(item) && !gone.has(item.messageId));
    // A request that is still under way at the server would purge what is deleted again meanwhile.
    const isSettled = Date.now() - since >= this.#settledAfter;
    const again = isSettled ? left.filter(({ messageId }) => records.has(messageId)).map(idOf) : [];
    await this.#settle(operation, {
      done: [...done, ...gone],
      gone: [...gone],
      waiting: again,
      records: found.records,
    });
    if (again.length < left.length) {
      throw new StalledError(new Error('It is not known yet whether a deletion was carried out'));
    }
    this.#unknownSince.delete(operation.id);
  }

  /** @returns whether a single request does for all of it */
  async #sendWholeConversation(operationId: string): Promise<boolean> {
    const { api, store, signal, knowsEverything } = this.options;
    const operation = store.operation(operationId);
    const { conversationId, items } = operation ?? {};
    if (operation?.kind !== 'deleteConversation' || !items || conversationId === undefined) return false;
    if (items.length === 0 || !knowsEverything()) return false;
    if (!items.every(({ state }) => state === 'waiting')) return false;
    const ids = items.map(idOf);
    const bounds = wholeConversation(store.confirmedConversation(conversationId), new Set(ids));
    if (!bounds) return false;
    if (this.#claim(operation, items).length < ids.length) return false;
    await this.#exchange(operation, ids, async () => {
      await api.deleteMessageByFilter([conversationId], { ...bounds, beforeSend: this.#checkLook }, signal);
      return ids.map((id) => ({ id, status: 204 }));
    });
    return true;
  }

  /** Remembers that a request for `items` goes out, but for what it is not meant for any more. @returns what it is for */
  #claim(operation: Operation, items: readonly OperationItem[]): readonly string[] {
    const { store } = this.options;
    const meant = items
      .filter((item) => isStillMeant(operation, item, store.confirmed(item.messageId)))
      .map(idOf);
    const isMeant = new Set(meant);
    const dropped = items.map(idOf).filter((id) => !isMeant.has(id));
    if (dropped.length > 0) store.settle(operation.id, { dropped });
    const claimed = new Set(store.markSending(operation.id, meant));
    return meant.filter((id) => claimed.has(id));
  }

  async #exchange(
    operation: Operation,
    ids: readonly string[],
    send: () => Promise<readonly ItemResult[]>,
  ): Promise<void> {
    const isRepeatable = !isDeletion(operation.kind);
    let results: readonly ItemResult[];
    try {
      results = await send();
    } catch (error) {
      this.#checkAlive(error);
      if (isMailboxError(error, 'notSent')) this.#holdBack(operation, ids, error);
      else await this.#settleWhole(operation, ids, error, verdictOn(error, isRepeatable));
      return;
    }
    this.#checkAlive();
    this.#heldBack = 0;
    await this.#settleEach(operation, results, isRepeatable);
  }

  /** Nothing was sent, and it may be begun anew at once. */
  #holdBack(operation: Operation, ids: readonly string[], error: unknown): void {
    // What another window sends by now is not ours to change.
    this.#checkMaySend();
    this.options.store.settle(operation.id, { waiting: ids });
    if (++this.#heldBack >= MAX_TRIES) throw new StalledError(error);
  }

  /** The request failed as a whole. */
  async #settleWhole(
    operation: Operation,
    ids: readonly string[],
    error: unknown,
    verdict: Verdict,
  ): Promise<void> {
    const { store } = this.options;
    switch (verdict) {
      case 'unsent':
        store.settle(operation.id, { waiting: ids });
        throw new StalledError(error);
      case 'unknown':
        this.#unknownSince.set(operation.id, Date.now());
        // Stays as it is until the server is asked, which may be possible at once.
        return this.#prepareDeletion(operation);
      case 'gone':
        // Of several messages it would say which are gone.
        if (ids.length > 1) return this.#refuse(operation, ids, error);
        return this.#settle(operation, settlementOfGone(operation, ids, error));
      case 'refused':
        return this.#refuse(operation, ids, error);
    }
  }

  async #refuse(operation: Operation, ids: readonly string[], error: unknown): Promise<void> {
    if (await this.#areRestored(operation, ids, error)) return;
    // The following requests would fare no better.
    const open = this.#open(operation.id).map(idOf);
    await this.#settle(operation, { failed: failures(open, error) });
  }

  async #settleEach(
    operation: Operation,
    results: readonly ItemResult[],
    isRepeatable: boolean,
  ): Promise<void> {
    const verdicts = results.map((result) => ({
      ...result,
      verdict: result.error ? verdictOn(result.error, isRepeatable) : 'done',
    }));
    const idsOf = (verdict: string): string[] =>
      verdicts.filter((result) => result.verdict === verdict).map(({ id }) => id);
    const [unsent, unknown, goneIds] = [idsOf('unsent'), idsOf('unknown'), idsOf('gone')];
    const restored = await this.#restoredAmong(operation, idsOf('refused'));
    const refused = verdicts.filter(({ id, verdict }) => verdict === 'refused' && !restored.has(id));
    const gone = settlementOfGone(
      operation,
      goneIds,
      verdicts.find(({ verdict }) => verdict === 'gone')?.error,
    );
    await this.#settle(operation, {
      done: [...idsOf('done'), ...restored.keys(), ...(gone.done ?? [])],
      failed: [
        ...(gone.failed ?? []),
        ...refused.map(({ id, error }) => ({ messageId: id, error: storedError(error) })),
      ],
      gone: gone.gone ?? [],
      waiting: unsent,
      records: [...verdicts.flatMap(({ message }) => message ?? []), ...restored.values()],
    });
    if (unknown.length > 0) this.#unknownSince.set(operation.id, Date.now());
    const open = verdicts.find(({ verdict }) => verdict === 'unsent' || verdict === 'unknown');
    if (open) throw new StalledError(open.error);
  }

  #settle(operation: Operation, settlement: Settlement): Promise<void> {
    return settleInTurns(this.options.store, operation.id, settlement, () => this.#checkAlive());
  }

  async #areRestored(operation: Operation, ids: readonly string[], error: unknown): Promise<boolean> {
    if (isMailboxError(error, 'appPermission') || isMailboxError(error, 'userPermission')) return false;
    const restored = await this.#restoredAmong(operation, ids);
    if (restored.size < ids.length) return false;
    await this.#settle(operation, { done: ids, records: [...restored.values()] });
    return true;
  }

  /** What is Alive already of messages whose restoring was refused: only what is Deleted can be restored. */
  async #restoredAmong(operation: Operation, ids: readonly string[]): Promise<ReadonlyMap<string, Message>> {
    if (operation.kind !== 'restore' || ids.length === 0) return new Map();
    const { keeper, signal } = this.options;
    const found = await keeper.fetch(ids, signal).catch((error: unknown) => {
      throw new StalledError(error);
    });
    this.#checkAlive();
    const alive = found.records.filter(({ availability }) => availability === 'Alive');
    return new Map(alive.map((record) => [record.id, record]));
  }

  #open(operationId: string, limit?: number): readonly OperationItem[] {
    return this.options.store.openItems(operationId, limit);
  }

  #checkMaySend(): void {
    this.#checkAlive();
    if (!this.options.maySend()) throw new StalledError(new Error('Another window sends what is here'));
  }

  /** After the end the store must not be touched: what was being sent is decided by whoever opens it next. */
  #checkAlive(error?: unknown): void {
    if (this.options.signal.aborted) throw new StalledError(error ?? this.options.signal.reason);
  }
}

function passOverReplaced(error: unknown): void {
  if (!(error instanceof StoreReplacedError)) throw error;
}

function idOf({ messageId }: OperationItem): string {
  return messageId;
}

function failures(ids: readonly string[], error: unknown): NonNullable<Settlement['failed']> {
  const stored = storedError(error);
  return ids.map((messageId) => ({ messageId, error: stored }));
}

/** What is gone is as deleted as it can be; any other change of it has failed. */
function settlementOfGone(operation: Operation, gone: readonly string[], error: unknown): Settlement {
  return { gone, ...(isDeletion(operation.kind) ? { done: gone } : { failed: failures(gone, error) }) };
}
