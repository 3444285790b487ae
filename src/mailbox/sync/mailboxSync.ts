import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../../api/cancellation';
import { isMailboxError } from '../../api/errors';
import { MAX_READ_IDS_PER_REQUEST, MAX_RECORDS_PER_PAGE, type MessageStoreApi } from '../../api/messageStore';
import type { ListMessagesParams, MessageSync } from '../../api/messageStoreParams';
import type { Message } from '../../api/schema';
import { creationTime } from '../message';
import type { Mark, MessageStore } from '../store/messageStore';
import { inOneStore } from '../store/storeReplaced';
import { BEGINNING } from './history';
import { RecordKeeper } from './recordKeeper';
import { Serial } from './serial';
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

/** What the server would otherwise leave out: all but the last 24 hours, and what is shared with this extension. */
const EVERYTHING = { dateFrom: isoOf(BEGINNING), owner: 'Any' } as const;

/**
 * Brings the store up to date with the server: once in full, newest first, by steps of a page each, of which each is kept
 * together with where to go on; and by what is new or changed (`syncMessages`), in between and ever after. A sync token
 * that the server refuses is answered with a new full sync, during which everything known stays on screen.
 */
export class MailboxSync {
  readonly #serial = new Serial();
  readonly #keeper: RecordKeeper;
  #background: MessageStoreApi;
  #backgroundKeeper: RecordKeeper;
  #asOf = 0;

  constructor(
    private readonly api: MessageStoreApi,
    private readonly store: MessageStore,
    /** The first moment (ms since the epoch) of which messages are wanted. */
    private readonly start: () => number,
  ) {
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

  /** The moment (ms since the epoch) of the server's answer to the last `update` that has come to its end. */
  get asOf(): number {
    return this.#asOf;
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
    if (state?.syncToken === undefined) return this.#begin(signal);
    try {
      await this.#followUp(state.syncToken, state, since, signal);
    } catch (error) {
      if (!isMailboxError(error, 'fullSyncRequired')) throw error;
      throwIfCancelled(signal);
      const { syncToken: _refused, ...rest } = state;
      this.store.apply({ sync: rest, since });
      await this.#begin(signal);
    }
  }

  async #begin(signal: AbortSignal): Promise<void> {
    const since = this.store.mark();
    const newest = await this.api.syncMessages(
      { ...EVERYTHING, syncType: 'FSync', recordCount: FIRST_RECORD_COUNT },
      signal,
    );
    const asOf = Date.now();
    throwIfCancelled(signal);
    const { generation = 0, reaches } = this.store.syncState() ?? {};
    const begun = { generation: generation + 1, ...(reaches !== undefined && { reaches }) };
    // Its records are the first of the new generation.
    this.store.apply({ sync: { ...begun }, since });
    const oldest = oldestTime(newest.records);
    const goesOn = newest.olderRecordsExist && Number.isFinite(oldest) && oldest >= this.start();
    const backfill: Backfill = goesOn ? { phase: 'alive', before: oldest } : { phase: 'deleted' };
    await this.#keep(
      this.#keeper,
      newest.records,
      since,
      { ...begun, ...timeOf(newest), syncToken: newest.syncToken, backfill },
      signal,
    );
    this.#asOf = asOf;
  }

  async #followUp(syncToken: string, state: SyncState, since: Mark, signal: AbortSignal): Promise<void> {
    const changes = await this.api.syncMessages({ syncType: 'ISync', syncToken }, signal);
    const asOf = Date.now();
    const syncTime = timeOf(changes);
    if ((syncTime.syncTime ?? 0) - (state.syncTime ?? Infinity) > MEMORY_OF_SERVER)
      return this.#begin(signal);
    const { records } = await this.#keeper.fetch(await this.#untold(changes.records, signal), signal);
    await this.#keep(
      this.#keeper,
      [...changes.records, ...records],
      since,
      { ...state, ...syncTime, syncToken: changes.syncToken },
      signal,
    );
    this.#asOf = asOf;
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
    if (state?.syncToken === undefined) return this.#begin(signal);
    const backfill = state.backfill ?? this.#continuation(state);
    switch (backfill?.phase) {
      case 'alive':
        return this.#fetchAlive(backfill.before, state, since, signal);
      case 'deleted':
        return this.#fetchDeleted(backfill.before, state, since, signal);
      case 'sweep':
        return this.#sweep(signal);
      case undefined:
    }
  }

  /** Walks back in time by the creation time of the oldest record received. */
  async #fetchAlive(before: number, state: SyncState, since: Mark, signal: AbortSignal): Promise<void> {
    const page: Pick<MessageSync, 'records' | 'olderRecordsExist'> = await this.#background.syncMessages(
      {
        ...EVERYTHING,
        dateFrom: isoOf(this.start()),
        syncType: 'FSync',
        dateTo: isoOf(endOf(before)),
        recordCount: MAX_RECORDS_PER_PAGE,
      },
      signal,
    );
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
    const page = await this.#background.listMessages(
      {
        ...EVERYTHING,
        dateFrom: isoOf(this.start()),
        availability: ['Deleted'],
        perPage: MAX_RECORDS_PER_PAGE,
        ...(before !== undefined && { dateTo: isoOf(endOf(before)) }),
      },
      signal,
    );
    const { records, next } = await this.#pageOf(page.records, page.hasNextPage, 'Deleted', before, signal);
    const backfill: Backfill = next === undefined ? { phase: 'sweep' } : { phase: 'deleted', before: next };
    await this.#keep(this.#backgroundKeeper, records, since, { ...state, backfill }, signal);
  }

  /**
   * The records of a page whose newest moment is `edge`, and the moment at which the next one begins, if there is one.
   * Records of one moment are never parted: where a page holds nothing else, all of that moment are listed.
   */
  async #pageOf(
    records: readonly Message[],
    more: boolean,
    availability: 'Alive' | 'Deleted',
    edge = Infinity,
    signal: AbortSignal,
  ): Promise<{ readonly records: readonly Message[]; readonly next?: number }> {
    const oldest = oldestTime(records);
    // A record without a readable time gives no edge to go on from.
    if (!more || !Number.isFinite(oldest)) return { records };
    if (oldest < edge) return { records, next: oldest };
    const moment = { dateFrom: isoOf(edge), dateTo: isoOf(endOf(edge)) };
    return {
      records: [...records, ...(await this.#listAll({ availability: [availability], ...moment }, signal))],
      next: edge - 1,
    };
  }

  async #listAll(
    filters: Pick<ListMessagesParams, 'availability' | 'dateFrom' | 'dateTo'>,
    signal: AbortSignal,
  ): Promise<readonly Message[]> {
    const records: Message[] = [];
    for (let page = 1, more = true; more; page++) {
      const list = await this.#background.listMessages(
        { ...EVERYTHING, ...filters, page, perPage: MAX_RECORDS_PER_PAGE },
        signal,
      );
      records.push(...list.records);
      more = list.hasNextPage;
    }
    return records;
  }

  /**
   * What was restored since its time was fetched, and before the deleted ones were listed, is in neither: only with what
   * has changed meanwhile is it known what the server does not have any more.
   */
  async #sweep(signal: AbortSignal): Promise<void> {
    await this.#update(signal);
    const since = this.store.mark();
    const state = this.store.syncState();
    if (state?.backfill?.phase !== 'sweep') return;
    const { backfill: _finished, ...rest } = state;
    const swept = { ...rest, reaches: this.start() };
    await this.#keeper.keep([], since, { sweep: state.generation, sync: swept }, signal);
  }

  async #keep(
    keeper: RecordKeeper,
    records: readonly Message[],
    since: Mark,
    state: SyncState,
    signal: AbortSignal,
  ): Promise<void> {
    const start = this.start();
    if (start <= BEGINNING) return keeper.keep(records, since, { sync: state }, signal);
    const reaches = state.reaches !== undefined && { reaches: Math.max(state.reaches, start) };
    await keeper.keep(records, since, { sync: { ...state, ...reaches }, forgetBefore: start }, signal);
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

function isoOf(time: number): string {
  return new Date(time).toISOString();
}

/** One millisecond on, so that records of the moment come again rather than never. */
function endOf(time: number): number {
  return time + 1;
}

function oldestTime(records: readonly Message[]): number {
  return records.reduce((oldest, record) => Math.min(oldest, creationTime(record) || oldest), Infinity);
}
