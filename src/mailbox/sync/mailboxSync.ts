import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../../api/cancellation';
import { ApiError, isMailboxError, ResponseFormatError } from '../../api/errors';
import type { Features } from '../../api/features';
import { MAX_READ_IDS_PER_REQUEST, MAX_RECORDS_PER_PAGE, type MessageStoreApi } from '../../api/messageStore';
import type { MessageSync } from '../../api/messageStoreParams';
import type { Message } from '../../api/schema';
import { currentMoment, type Moment } from '../../util/moment';
import { creationTime } from '../message';
import type { Mark, MessageStore } from '../store/messageStore';
import { inOneStore } from '../store/storeReplaced';
import { BEGINNING } from './history';
import { MessageQueries } from './messageQueries';
import { RecordKeeper } from './recordKeeper';
import { Serial } from './serial';
import { asksForShared, isRefusal, SHARED_SMS } from './serverSupport';
import type { Backfill, SyncState } from './syncState';

/** Small enough to show the newest messages fast, large enough for a first screen of everything. */
const FIRST_RECORD_COUNT = 250;

/**
 * Milliseconds after which the server may have forgotten that it ever had a message: about five days after it was purged
 * (FACTS, Messages). An incremental sync after a longer time says nothing of it, and only a full one shows that it is gone.
 */
const MEMORY_OF_SERVER = 4 * 24 * 60 * 60 * 1000;

/** Messages that are read in one turn of the event loop. */
const READ_AT_ONCE = 500;

/**
 * Brings the store up to date with the server: once in full, newest first, by steps of a page each, of which each is kept
 * together with where to go on; and by what is new or changed (`syncMessages`), in between and ever after. A sync token
 * that the server refuses is answered with a new full sync, during which everything known stays on screen.
 */
export class MailboxSync {
  readonly #serial = new Serial();
  readonly #queries: MessageQueries;
  readonly #keeper: RecordKeeper;
  #background: MessageStoreApi;
  #backgroundKeeper: RecordKeeper;
  #asOf = currentMoment();

  constructor(
    private readonly api: MessageStoreApi,
    private readonly store: MessageStore,
    /** The first moment (ms since the epoch) of which messages are wanted. */
    private readonly start: () => number,
    readFeatures: (signal: AbortSignal) => Promise<Features>,
  ) {
    this.#queries = new MessageQueries(readFeatures);
    this.#keeper = new RecordKeeper(api, store);
    this.#background = api.inBackground();
    this.#backgroundKeeper = new RecordKeeper(this.#background, store);
  }

  /**
   * Fetches what has changed since the last time; at first the newest messages. Begins when whatever is under way ends.
   * @throws MailboxError if the server cannot be reached or refuses; what had arrived by then is kept
   */
  update(signal: AbortSignal): Promise<void> {
    return this.#serial.run(() => inOneStore(() => this.#update(signal)));
  }

  /** Whether there is anything left for `backfill` to do. */
  get isComplete(): boolean {
    const state = this.store.syncState();
    return state?.syncToken !== undefined && state.backfill === undefined && !this.#isTooShort(state);
  }

  /** When the server was asked by the last `update` that has come to its end. */
  get asOf(): Moment {
    return this.#asOf;
  }

  /** What the server has that is more than messages: whether SMS are shared with the extension, which it tells of apart. */
  get hasSharedSms(): boolean {
    return this.store.syncState()?.server?.features[SHARED_SMS] === true;
  }

  /** Whether `followFeatures` has something to do. */
  get areFeaturesDue(): boolean {
    return this.#queries.areFeaturesDue;
  }

  /**
   * Looks whether the extension has the features that decide what can be asked for, without holding up anything else.
   * @throws MailboxError if one has come or gone, and the full synchronization that this needs fails
   */
  async followFeatures(signal: AbortSignal): Promise<void> {
    const features = await this.#queries.lookForFeatures(signal);
    await this.#serial.run(() => inOneStore(() => this.#followFeatures(features, signal)));
  }

  /**
   * Goes one page further back in time, if older messages are wanted than were fetched; not if an `update` comes while it
   * waits, which goes first.
   * @throws MailboxError likewise
   */
  backfill(signal: AbortSignal): Promise<void> {
    return this.#serial.runYielding(async (giveWay) => {
      this.#background = this.api.inBackground(giveWay);
      this.#backgroundKeeper = new RecordKeeper(this.#background, this.store);
      try {
        await inOneStore(() => this.#step(signal));
      } catch (error) {
        if (signal.aborted || !giveWay.aborted || !isMailboxError(error, 'cancelled')) throw error;
      }
    });
  }

  async #update(signal: AbortSignal): Promise<void> {
    throwIfCancelled(signal);
    const since = this.store.mark();
    const state = this.store.syncState();
    this.#queries.restore(state?.server);
    if (state?.syncToken === undefined) return this.#begin(signal);
    try {
      await this.#followUp(state.syncToken, state, since, signal);
    } catch (error) {
      // A full sync comes in pages, however much has changed.
      if (!isMailboxError(error, 'fullSyncRequired') && !isMailboxError(error, 'tooLarge')) throw error;
      await this.#beginAnew(state, since, signal);
    }
  }

  /** A token speaks of shared messages or not: with a feature that has come or gone it is of no use. */
  async #followFeatures(features: Features, signal: AbortSignal): Promise<void> {
    const since = this.store.mark();
    const state = this.store.syncState();
    this.#queries.restore(state?.server);
    this.#queries.take(features);
    const { support } = this.#queries;
    if (!state || JSON.stringify(state.server) === JSON.stringify(support)) return;
    const wasKnown = Object.keys(state.server?.features ?? {}).length > 0;
    if (state.server && wasKnown && asksForShared(state.server) !== asksForShared(support)) {
      await this.#beginAnew({ ...state, server: support }, since, signal);
    } else {
      this.store.apply({ sync: { ...state, server: support }, since });
    }
  }

  async #beginAnew(state: SyncState, since: Mark, signal: AbortSignal): Promise<void> {
    throwIfCancelled(signal);
    const { syncToken: _useless, ...rest } = state;
    this.store.apply({ sync: rest, since });
    await this.#begin(signal);
  }

  async #begin(signal: AbortSignal): Promise<void> {
    const since = this.store.mark();
    const queries = this.#queries;
    if (queries.areFeaturesDue) queries.take(await queries.lookForFeatures(signal));
    const newest = await queries.fullSync(this.api, { from: BEGINNING }, FIRST_RECORD_COUNT, signal);
    throwIfCancelled(signal);
    const { generation = 0, reaches } = this.store.syncState() ?? {};
    const begun = {
      generation: generation + 1,
      server: queries.support,
      ...(reaches !== undefined && { reaches }),
    };
    // Its records are the first of the new generation.
    this.store.apply({ sync: { ...begun }, since });
    const backfill: Backfill =
      newest.olderRecordsExist === false
        ? { phase: 'deleted' }
        : { phase: 'alive', before: edgeOf(newest.records, this.start(), Infinity) ?? Date.now() };
    await this.#keep(
      this.#keeper,
      newest.records,
      since,
      newest.syncToken === undefined
        ? begun
        : { ...begun, ...timeOf(newest), syncToken: newest.syncToken, backfill },
      signal,
    );
    if (newest.syncToken === undefined) throw new ResponseFormatError('The synchronization has no token');
    this.#asOf = newest.sentAt;
  }

  async #followUp(syncToken: string, state: SyncState, since: Mark, signal: AbortSignal): Promise<void> {
    const changes = await this.api.syncMessages({ syncType: 'ISync', syncToken }, signal);
    const syncTime = timeOf(changes);
    if ((syncTime.syncTime ?? 0) - (state.syncTime ?? Infinity) > MEMORY_OF_SERVER)
      return this.#begin(signal);
    const { records } = await this.#keeper.fetch(await this.#untold(changes.records, signal), signal);
    await this.#keep(
      this.#keeper,
      [...changes.records, ...records],
      since,
      // Without a new one the old one goes on; what comes twice changes nothing.
      { ...state, ...syncTime, syncToken: changes.syncToken ?? syncToken },
      signal,
    );
    this.#asOf = changes.sentAt;
  }

  /**
   * Deleted messages of which more has to be known than an incremental sync tells, id and availability: those that were
   * never known here cannot be shown without, and the others may have changed before or since. Of very many at once only
   * the former are worth the requests.
   */
  async #untold(records: readonly Message[], signal: AbortSignal): Promise<readonly string[]> {
    const deleted = records.filter(({ availability }) => availability === 'Deleted').map(({ id }) => id);
    if (new Set(deleted).size <= MAX_READ_IDS_PER_REQUEST) return deleted;
    const unknown: string[] = [];
    for (const [index, id] of deleted.entries()) {
      if (index > 0 && index % READ_AT_ONCE === 0) await setImmediate();
      throwIfCancelled(signal);
      if (!this.store.confirmed(id)) unknown.push(id);
    }
    return unknown;
  }

  async #step(signal: AbortSignal): Promise<void> {
    throwIfCancelled(signal);
    const since = this.store.mark();
    const state = this.store.syncState();
    this.#queries.restore(state?.server);
    if (state?.syncToken === undefined) return this.#begin(signal);
    const backfill = state.backfill ?? this.#continuation(state);
    switch (backfill?.phase) {
      case 'alive':
        return this.#fetchAlive(backfill.before, state, since, signal);
      case 'deleted':
        return this.#fetchDeleted(backfill.before, state, since, signal);
      case 'sweep':
        return this.#sweep(state, since, signal);
      case undefined:
    }
  }

  /** Walks back in time by the creation time of the last record received. */
  async #fetchAlive(before: number, state: SyncState, since: Mark, signal: AbortSignal): Promise<void> {
    const range = { from: this.start(), to: endOf(before) };
    const queries = this.#queries;
    if (range.to <= queries.earliest) {
      return this.#keep(
        this.#backgroundKeeper,
        [],
        since,
        { ...state, backfill: { phase: 'deleted' } },
        signal,
      );
    }
    const page = await inSmallerPages((count) => queries.fullSync(this.#background, range, count, signal));
    const { records, next } = await this.#pageOf(
      page.records,
      page.olderRecordsExist,
      'Alive',
      before,
      signal,
    );
    const backfill: Backfill = next === undefined ? { phase: 'deleted' } : { phase: 'alive', before: next };
    await this.#keep(this.#backgroundKeeper, records, since, { ...state, backfill }, signal);
  }

  /** A full sync speaks of living messages only. */
  async #fetchDeleted(
    before: number | undefined,
    state: SyncState,
    since: Mark,
    signal: AbortSignal,
  ): Promise<void> {
    const range = { from: this.start(), ...(before !== undefined && { to: endOf(before) }) };
    const queries = this.#queries;
    if (!queries.listsDeleted || (range.to ?? Infinity) <= queries.earliest) {
      return this.#keep(
        this.#backgroundKeeper,
        [],
        since,
        { ...state, backfill: { phase: 'sweep' } },
        signal,
      );
    }
    const query = { ...range, availability: ['Deleted'] as const };
    const listed = async (): Promise<{ readonly records: readonly Message[]; readonly next?: number }> => {
      const page = await inSmallerPages((perPage) =>
        queries.list(this.#background, query, { page: 1, perPage }, signal),
      );
      return this.#pageOf(page.records, page.hasNextPage, 'Deleted', before, signal);
    };
    // Without that list the mailbox is whole but for what was deleted before; the next full sync asks for it again.
    const { records, next } = await listed().catch((error: unknown) => {
      if (!isListRefused(error)) throw error;
      return { records: [], next: undefined };
    });
    const backfill: Backfill = next === undefined ? { phase: 'sweep' } : { phase: 'deleted', before: next };
    await this.#keep(this.#backgroundKeeper, records, since, { ...state, backfill }, signal);
  }

  /**
   * The records of a page whose newest moment is `edge`, and the moment at which the next one begins, unless it is proved
   * that there is none. Records of one moment are never parted: where a page holds nothing else, all of that moment are
   * listed. Where no record tells a moment to go on from, all that is left is listed at once.
   * @param more whether there are older records; undefined if the server does not say
   */
  async #pageOf(
    records: readonly Message[],
    more: boolean | undefined,
    availability: 'Alive' | 'Deleted',
    edge = Infinity,
    signal: AbortSignal,
  ): Promise<{ readonly records: readonly Message[]; readonly next?: number }> {
    if (more === false) return { records };
    const next = edgeOf(records, this.start(), edge);
    if (next !== undefined && next < edge) return { records, next };
    const range = { from: next ?? this.start(), ...(Number.isFinite(edge) && { to: endOf(edge) }) };
    const query = { ...range, availability: [availability] };
    const listed = await this.#queries.listAll(this.#background, query, signal);
    return { records: [...records, ...listed], ...(next !== undefined && { next: edge - 1 }) };
  }

  /**
   * Removes what the server does not have any more: of what the full sync has not brought, the server is asked message by
   * message, for an answer that lacks something proves nothing. It may still have what was restored since its time was
   * fetched, and before the deleted ones were listed.
   */
  async #sweep(state: SyncState, since: Mark, signal: AbortSignal): Promise<void> {
    const unseen = this.store.unseen(state.generation, MAX_READ_IDS_PER_REQUEST);
    if (unseen.length > 0) return this.#backgroundKeeper.verify(unseen, signal);
    const { backfill: _finished, ...rest } = state;
    await this.#keeper.keep([], since, { sync: { ...rest, reaches: this.start() } }, signal);
  }

  async #keep(
    keeper: RecordKeeper,
    records: readonly Message[],
    since: Mark,
    state: SyncState,
    signal: AbortSignal,
  ): Promise<void> {
    const start = this.start();
    const known = { ...state, server: this.#queries.support };
    if (start <= BEGINNING) return keeper.keep(records, since, { sync: known }, signal);
    const reaches = state.reaches !== undefined && { reaches: Math.max(state.reaches, start) };
    await keeper.keep(records, since, { sync: { ...known, ...reaches }, forgetBefore: start }, signal);
  }

  #isTooShort({ reaches }: SyncState): boolean {
    return reaches !== undefined && this.start() < reaches;
  }

  /** Where to go on when more is wanted than was fetched. */
  #continuation(state: SyncState): Backfill | undefined {
    return this.#isTooShort(state) && state.reaches !== undefined
      ? { phase: 'alive', before: state.reaches }
      : undefined;
  }
}

function timeOf({ syncTime = '' }: MessageSync): Pick<SyncState, 'syncTime'> {
  const time = Date.parse(syncTime);
  return Number.isNaN(time) ? {} : { syncTime: time };
}

/** Whether a server does not list messages, or not so that the list can be understood, and would not another time. */
function isListRefused(error: unknown): boolean {
  if (isRefusal(error) || isMailboxError(error, 'notFound') || isMailboxError(error, 'responseFormat'))
    return true;
  return error instanceof ApiError && error.kind === 'other' && error.status < 500;
}

/** One millisecond on, so that records of the moment come again rather than never. */
function endOf(time: number): number {
  return time + 1;
}

/** Asks for a page of the largest size, or of a smaller one if that is too large to be read. */
async function inSmallerPages<T>(ask: (size: number) => Promise<T>): Promise<T> {
  for (let size = MAX_RECORDS_PER_PAGE; ; size = Math.floor(size / 10)) {
    try {
      return await ask(size);
    } catch (error) {
      if (!isMailboxError(error, 'tooLarge') || size === 1) throw error;
    }
  }
}

/**
 * The moment from which to go on back in time after `records`: that of the last one of them, as the server gives them
 * newest first. One that is dated before `from` or after `to`, and so is none of what was asked for, is passed over: it
 * must not end the history early. Undefined if there is no other.
 */
function edgeOf(records: readonly Message[], from: number, to: number): number | undefined {
  const times = records.map(creationTime).filter((time) => time >= from && time <= to);
  const last = times.at(-1);
  // A server that does not keep to that order.
  return last === to ? Math.min(...times) : last;
}
