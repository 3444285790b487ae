import { throwIfCancelled } from '../../api/cancellation';
import { MailboxError, ResponseFormatError } from '../../api/errors';
import type { Features } from '../../api/features';
import { MAX_RECORDS_PER_PAGE, type MessageStoreApi } from '../../api/messageStore';
import type { MessageList, MessageSync } from '../../api/messageStoreParams';
import type { Availability, Message } from '../../api/schema';
import { currentMoment, type Moment, shortestSince } from '../../util/moment';
import {
  alternatives,
  asksForShared,
  isRefusal,
  NOTHING_KNOWN,
  stillKnown,
  type OptionalParameters,
  type ServerSupport,
  withFeatures,
} from './serverSupport';

/** Milliseconds for which an answer about features is good; and after which they are asked for again if none came. */
const FEATURES_LAST = 60 * 60_000;
const FEATURES_RETRY = 5 * 60_000;

/** Milliseconds to wait for that answer: messages do not wait longer for something that can be done without. */
const FEATURES_PATIENCE = 5_000;

export interface QueryRange {
  /** Milliseconds since the epoch, inclusive. */
  readonly from: number;
  /** Milliseconds since the epoch, exclusive; without it, up to now. */
  readonly to?: number;
}

export interface ListQuery extends QueryRange {
  readonly availability: readonly Availability[];
}

/**
 * Asks for all messages that the server has for this extension, those that are shared with it included, with nothing that it
 * does not support: what it refuses although it is optional is left out from then on, or less of it is asked for.
 */
export class MessageQueries {
  #support: ServerSupport = NOTHING_KNOWN;
  /** When nothing was found that the server does not refuse, by operation. */
  readonly #inVainAt = new Map<'sync' | 'list', Moment>();
  #features: { readonly readAt: Moment; readonly last: number } | undefined;

  constructor(private readonly readFeatures: (signal: AbortSignal) => Promise<Features>) {}

  /** What is known of the server by now, to be kept. */
  get support(): ServerSupport {
    return this.#support;
  }

  /** Goes by what was kept. */
  restore(support: ServerSupport | undefined): void {
    this.#support = support ? stillKnown(support, Date.now()) : NOTHING_KNOWN;
  }

  /** The first moment (ms since the epoch) that the server can be asked for. */
  get earliest(): number {
    const { longestPast } = this.#support;
    return longestPast === undefined ? -Infinity : Date.now() - longestPast;
  }

  /** Whether the server lists messages by their availability. */
  get listsDeleted(): boolean {
    return !this.#support.refused?.includes('availability');
  }

  /** Whether the features that decide what can be asked for are to be read, for the first time or again. */
  get areFeaturesDue(): boolean {
    const isKnown = Object.keys(this.#support.features).length > 0;
    return !isKnown || !this.#features || shortestSince(this.#features.readAt) >= this.#features.last;
  }

  /**
   * What an answer about features says; nothing if there is none.
   * @throws CancelledError if the signal is aborted
   */
  async lookForFeatures(signal: AbortSignal): Promise<Features> {
    // An answer is as old as the question.
    const readAt = currentMoment();
    try {
      const features = await this.readFeatures(
        AbortSignal.any([signal, AbortSignal.timeout(FEATURES_PATIENCE)]),
      );
      throwIfCancelled(signal);
      this.#features = { readAt, last: FEATURES_LAST };
      return features;
    } catch (error) {
      throwIfCancelled(signal);
      if (!(error instanceof MailboxError)) throw error;
      const isAnswer = isRefusal(error) || error.kind === 'notFound';
      this.#features = { readAt, last: isAnswer ? FEATURES_LAST : FEATURES_RETRY };
      return new Map();
    }
  }

  /** Goes by what an answer about features says. */
  take(features: Features): void {
    this.#support = withFeatures(this.#support, features);
  }

  /**
   * A full sync: the newest living messages of the range, and a token for it.
   * @param count how many; the server may give more or fewer
   * @throws MailboxError if the server cannot be reached or refuses
   */
  fullSync(
    api: MessageStoreApi,
    range: QueryRange,
    count: number,
    signal: AbortSignal,
  ): Promise<MessageSync> {
    return this.#ask('sync', { ...range, count }, ({ pageSize, owner, dateFrom }) =>
      api.syncMessages(
        {
          syncType: 'FSync',
          dateFrom,
          ...(range.to !== undefined && { dateTo: isoOf(range.to) }),
          ...(owner && { owner }),
          ...(pageSize !== undefined && { recordCount: pageSize }),
        },
        signal,
      ),
    );
  }

  /**
   * A page of a list, newest first.
   * @param perPage how many; the server may give fewer
   * @throws MailboxError if the server cannot be reached or refuses
   */
  list(
    api: MessageStoreApi,
    query: ListQuery,
    { page, perPage }: { readonly page: number; readonly perPage: number },
    signal: AbortSignal,
  ): Promise<MessageList> {
    return this.#ask('list', { ...query, count: perPage }, ({ pageSize, owner, dateFrom, availability }) =>
      api.listMessages(
        {
          dateFrom,
          ...(query.to !== undefined && { dateTo: isoOf(query.to) }),
          ...(owner && { owner }),
          ...(availability && { availability }),
          ...(pageSize !== undefined && { perPage: pageSize }),
          page,
        },
        signal,
      ),
    );
  }

  /**
   * All messages of a list, page by page, until an answer proves that there are no more.
   * @throws ResponseFormatError if no answer does: if the server gives the same messages over and over again, for example
   * @throws MailboxError if the server cannot be reached or refuses
   */
  async listAll(api: MessageStoreApi, query: ListQuery, signal: AbortSignal): Promise<readonly Message[]> {
    const records = new Map<string, Message>();
    let support = this.#support;
    for (let page = 1; ; page++) {
      const list = await this.list(api, query, { page, perPage: MAX_RECORDS_PER_PAGE }, signal);
      if (this.#support !== support) {
        support = this.#support;
        if (page > 1) {
          // Pages of what is asked for now hold other records than those before.
          records.clear();
          page = 0;
          continue;
        }
      }
      const before = records.size;
      for (const record of list.records) records.set(record.id, record);
      if (list.hasNextPage === false) return [...records.values()];
      if (records.size === before) throw new ResponseFormatError('The list has no end');
    }
  }

  /** Sends a request with what the server is not known to refuse, and again with less if it refuses some of that. */
  async #ask<T>(
    operation: 'sync' | 'list',
    { from, count, availability }: QueryRange & { count: number; availability?: readonly Availability[] },
    send: (parameters: OptionalParameters & { availability?: readonly Availability[] }) => Promise<T>,
  ): Promise<T> {
    const known = this.#support;
    let support = known;
    let refusal: unknown;
    let untried: readonly ServerSupport[] = [];
    for (;;) {
      const pageSize = Math.min(count, support.largestPage ?? Infinity);
      const earliest = support.longestPast === undefined ? from : Date.now() - support.longestPast;
      const sent = {
        dateFrom: isoOf(Math.max(from, earliest)),
        ...(asksForShared(support) && { owner: 'Any' as const }),
        ...(availability && !support.refused?.includes('availability') && { availability }),
        ...(pageSize > 0 && { pageSize }),
      };
      try {
        const answer = await send(sent);
        // Another request may have learned something meanwhile.
        if (support !== known) this.#support = { ...support, limitedAt: Date.now() };
        return answer;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        // What is named needs no search.
        if (error.parameter === undefined && this.#wasInVain(operation)) throw error;
        // A parameter that is named is dealt with before those that are only suspected.
        if (refusal === undefined || error.parameter !== undefined) {
          untried = [...alternatives(support, sent, error), ...untried];
        }
        refusal ??= error;
        const [next, ...others] = untried;
        if (!next) {
          this.#inVainAt.set(operation, currentMoment());
          throw refusal;
        }
        [support, untried] = [next, others];
      }
    }
  }

  /** Whether it was tried lately to find out what the server refuses: whoever refuses everything is not asked ten times each time. */
  #wasInVain(operation: 'sync' | 'list'): boolean {
    const inVainAt = this.#inVainAt.get(operation);
    return inVainAt !== undefined && shortestSince(inVainAt) < FEATURES_LAST;
  }
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}
