import { setImmediate } from 'node:timers/promises';
import {
  isMailboxError,
  MailboxError,
  NotSentError,
  OutcomeUnknownError,
  ResponseFormatError,
  SlowConnectionError,
} from '../../api/errors';
import {
  type ItemResult,
  MAX_CHANGED_IDS_PER_REQUEST,
  MAX_DELETED_IDS_PER_REQUEST,
  type MessageStoreApi,
} from '../../api/messageStore';
import type { Message } from '../../api/schema';
import { currentMoment, longestSince, type Moment, shortestSince } from '../../util/moment';
import type { MessageStore } from '../store/messageStore';
import { StoreReplacedError } from '../store/storeReplaced';
import type { RecordKeeper } from '../sync/recordKeeper';
import type { Operation, OperationItem, Settlement } from './operation';
import { isCarriedOut, isDeletion, sendRequest } from './operationRequests';
import { settleInTurns } from './settleInTurns';
import { type Precondition, preconditionOf } from './precondition';
import { storedError } from './storedError';
import { isOutage, isOutageOfAll, type Verdict, verdictOn } from './verdict';

/** Milliseconds after which a deletion whose answer was lost has either been carried out or never will be. */
export const SETTLED_AFTER = 10_000;

/** Milliseconds for which what the server said of a message, counted from the question, lets it be deleted. */
export const FRESHNESS_MS = 2_000;

/** How many operations the server may have trouble with before the others are not even tried. */
const MAX_TROUBLES = 2;

/** How often a deletion is begun, in a row, that was held back just before it was sent. */
const MAX_TRIES = 3;

export interface OutboxOptions {
  readonly api: MessageStoreApi;
  readonly store: MessageStore;
  readonly keeper: RecordKeeper;
  /**
   * Brings the store up to date, beginning now, so that it knows of these messages what is deleted already.
   * @returns when the server was asked: what has changed there since then is not known
   * @throws MailboxError if that cannot be done
   */
  readonly freshen: (ids: readonly string[]) => Promise<Moment>;
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
 * Sends what the user has asked for, in that order, in requests of the largest allowed size. What cannot be sent for a
 * reason of its own is passed over, with whatever follows for the same messages, until the next time. Before a request
 * goes out the store remembers that it does, and then what came of it, so that neither a crash nor a lost answer can make
 * anything be done twice that is not the same as to do it once: where it is unknown whether a deletion was carried out,
 * the server is asked what has become of the messages, and what it still has unchanged is sent again.
 */
export class Outbox {
  readonly #settledAfter: number;
  /** When it was found, by operation, that nobody knows whether a request of it was carried out. */
  readonly #unknownSince = new Map<string, Moment>();
  /** When the server was asked what has become of the messages that are to be deleted next. */
  #askedAt: Moment | undefined;
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
    const delayed: string[] = [];
    let first: Stall | undefined;
    let troubles = 0;
    try {
      for (;;) {
        this.#checkMaySend();
        const operation = this.options.store.nextOperation(delayed);
        if (!operation) return first;
        const stall = await this.#tryToSend(operation);
        if (!stall) continue;
        first ??= stall;
        delayed.push(operation.id);
        if (isMailboxError(stall.error, 'temporary')) troubles++;
        // Others would fare no better.
        if (isOutageOfAll(stall.error) || troubles >= MAX_TROUBLES) return first;
      }
    } catch (error) {
      if (error instanceof StalledError) return { error: error.reason };
      throw error;
    } finally {
      // At once, so that whoever comes now is not told that everything is done.
      this.#running = undefined;
    }
  }

  /** @returns why not all of it could be sent; undefined if it was, or has to do with nothing any more */
  async #tryToSend(operation: Operation): Promise<Stall | undefined> {
    const { store, signal, maySend } = this.options;
    try {
      if (operation.delay) store.setDelay(operation.id, undefined);
      await this.#send(operation);
      return undefined;
    } catch (error) {
      // What is begun anew has other operations.
      if (error instanceof StoreReplacedError) return undefined;
      if (!(error instanceof StalledError)) throw error;
      // Whoever sends by now, or opens the store next, finds out for itself.
      if (signal.aborted || !maySend()) throw error;
      store.setDelay(operation.id, storedError(error.reason));
      return { error: error.reason };
    }
  }

  async #send(operation: Operation): Promise<void> {
    for (;;) {
      this.#checkMaySend();
      const limit = isDeletion(operation.kind) ? MAX_DELETED_IDS_PER_REQUEST : MAX_CHANGED_IDS_PER_REQUEST;
      const next = this.#open(operation.id, limit);
      if (next.length === 0) return;
      if (isDeletion(operation.kind)) await this.#freshen(operation, next.map(idOf));
      await this.#readUnknown(operation, next);
      const ids = this.#claim(operation, this.#stillOpen(operation.id, next));
      if (ids.length > 0) await this.#exchange(operation, ids);
    }
  }

  /**
   * Reads messages that are not here, although something is to be done to them: it was carried over from a damaged file, from
   * which they could not be read. What is read is newer than what the server was asked before, by which a deletion is held back.
   */
  async #readUnknown(operation: Operation, items: readonly OperationItem[]): Promise<void> {
    const { store, keeper, signal } = this.options;
    const unknown = items.map(idOf).filter((id) => !store.confirmed(id));
    if (unknown.length === 0) return;
    const unanswered = await keeper.readEach(unknown, signal).catch((error: unknown) => {
      throw error instanceof StoreReplacedError ? error : new StalledError(error);
    });
    this.#checkMaySend();
    const isRefused = ({ error }: { readonly error: unknown }): boolean =>
      verdictOn(error, true) === 'refused';
    const failed = unanswered
      .filter(isRefused)
      .map(({ id, error }) => ({ messageId: id, error: storedError(error) }));
    await this.#settle(operation, { failed });
    const other = unanswered.find((each) => !isRefused(each));
    if (other) throw new StalledError(other.error);
  }

  /** Only what the server has just said of a message can tell whether it may be deleted. */
  async #freshen(operation: Operation, ids: readonly string[]): Promise<void> {
    const { api, freshen, signal } = this.options;
    try {
      this.#askedAt = undefined;
      await api.whenMayDelete(signal);
      this.#askedAt = await freshen(ids);
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
  readonly #checkFreshness = (): void => {
    if (!this.options.maySend()) throw new NotSentError('Another window sends what is here');
    if (!this.#askedAt || longestSince(this.#askedAt) > FRESHNESS_MS) throw new SlowConnectionError();
  };

  /** Finds out what has become of messages whose deletion was never answered. */
  async #decideUnknown(operation: Operation): Promise<void> {
    const unknown = this.#open(operation.id).filter(({ state }) => state === 'sending');
    if (unknown.length === 0) return;
    const { keeper, signal } = this.options;
    const since = this.#unknownSince.get(operation.id) ?? currentMoment();
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
      return record !== undefined && isCarriedOut(operation.kind, record);
    };
    const done = unknown.filter(isDone).map(idOf);
    const left = unknown.filter((item) => !isDone(item) && !gone.has(item.messageId));
    // A request that is still under way at the server would purge what is deleted again meanwhile.
    const isSettled = shortestSince(since) >= this.#settledAfter;
    const again = isSettled ? left.filter(({ messageId }) => records.has(messageId)).map(idOf) : [];
    await this.#settle(operation, {
      done: [...done, ...gone],
      gone: [...gone],
      waiting: again,
      records: found.records,
    });
    if (again.length < left.length) {
      throw new StalledError(new OutcomeUnknownError());
    }
    this.#unknownSince.delete(operation.id);
  }

  /** Remembers that a request for `items` goes out, but for what it is not meant for any more. @returns what it is for */
  #claim(operation: Operation, items: readonly OperationItem[]): readonly string[] {
    const { store } = this.options;
    const found: Record<Precondition, string[]> = { met: [], unmet: [], unproven: [] };
    for (const item of items) {
      found[preconditionOf(operation, item, store.confirmed(item.messageId))].push(item.messageId);
    }
    const { met: meant, unmet: dropped, unproven } = found;
    if (dropped.length + unproven.length > 0) {
      const error = new ResponseFormatError('The server does not say whether the message is deleted already');
      store.settle(operation.id, { dropped, failed: failures(unproven, error) });
    }
    const claimed = new Set(store.markSending(operation.id, meant));
    return meant.filter((id) => claimed.has(id));
  }

  /** Sends one request, for the messages `ids`, and keeps what came of it. */
  async #exchange(operation: Operation, ids: readonly string[]): Promise<void> {
    const { api, signal } = this.options;
    const isRepeatable = !isDeletion(operation.kind);
    let results: readonly ItemResult[];
    try {
      results = await sendRequest(api, operation.kind, ids, this.#checkFreshness, signal);
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
  #holdBack(operation: Operation, ids: readonly string[], error: MailboxError): void {
    // What another window sends by now is not ours to change.
    this.#checkMaySend();
    this.options.store.settle(operation.id, { waiting: ids });
    if (++this.#heldBack < MAX_TRIES) return;
    const { cause } = error;
    throw new StalledError(cause instanceof MailboxError ? cause : error);
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
        return this.#clarify(operation, ids, error);
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
    const open = verdicts.find(({ verdict }) => verdict === 'unsent' || verdict === 'unknown');
    if (unknown.length > 0) await this.#clarify(operation, unknown, open?.error);
    const unsentOne = verdicts.find(({ verdict }) => verdict === 'unsent');
    if (unsentOne) throw new StalledError(unsentOne.error);
  }

  /** Asks the server what has become of messages of which nobody knows whether a request for them was carried out. */
  async #clarify(operation: Operation, ids: readonly string[], error: unknown): Promise<void> {
    this.#unknownSince.set(operation.id, currentMoment());
    // They stay as they are until the server can be asked, which may be possible at once.
    if (isDeletion(operation.kind)) return this.#freshen(operation, ids);
    const { keeper, signal } = this.options;
    const found = await keeper.fetch(ids, signal).catch((reason: unknown) => {
      throw new StalledError(reason);
    });
    this.#checkMaySend();
    const done = found.records.filter((record) => isCarriedOut(operation.kind, record)).map(({ id }) => id);
    const left = ids.filter((id) => !done.includes(id) && !found.gone.includes(id));
    const gone = settlementOfGone(operation, found.gone, error);
    await this.#settle(operation, {
      ...gone,
      done: [...done, ...(gone.done ?? [])],
      waiting: left,
      records: found.records,
    });
    // To do it again is harmless, but the server would answer likewise.
    if (left.length > 0) throw new StalledError(error);
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

  /** Those of the items that were not cancelled, or decided, meanwhile. */
  #stillOpen(operationId: string, items: readonly OperationItem[]): readonly OperationItem[] {
    const chosen = new Set(items.map(idOf));
    return this.#open(operationId, MAX_CHANGED_IDS_PER_REQUEST).filter(({ messageId }) =>
      chosen.has(messageId),
    );
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
