import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../../api/cancellation';
import { isMailboxError, type MailboxError, ResponseFormatError } from '../../api/errors';
import { MAX_READ_IDS_PER_REQUEST, type MessageStoreApi } from '../../api/messageStore';
import type { Message } from '../../api/schema';
import type { Batch, Mark, MessageStore } from '../store/messageStore';

/** Records that are kept in one turn of the event loop. */
const CHUNK = 100;

/** Messages that are removed in one turn of the event loop: each takes its words and its counts along. */
const REMOVED_AT_ONCE = 100;

/**
 * How often records are read again that the user changes while they are on their way. Whoever changes them faster than
 * that makes the next synchronization bring them.
 */
const MAX_READS = 5;

/** What the server has of some messages. */
export interface Found {
  readonly records: readonly Message[];
  readonly gone: readonly string[];
  /** Of which it does not say what it has. */
  readonly unanswered: readonly { readonly id: string; readonly error: MailboxError }[];
}

/** Takes the server's records into the store, without the user's own changes getting lost among them. */
export class RecordKeeper {
  constructor(
    private readonly api: MessageStoreApi,
    private readonly store: MessageStore,
  ) {}

  /**
   * Keeps `records`, and `then` when all of them are kept, so that whatever is remembered of a synchronization is true.
   * @param since from before the request that brought them, and before what `then` is made of was read
   * @throws MailboxError if something has to be read again, and cannot be
   * @throws StoreReplacedError if the store is another one by now
   */
  async keep(
    records: readonly Message[],
    since: Mark,
    then: Pick<Batch, 'sync' | 'forgetBefore'>,
    signal: AbortSignal,
  ): Promise<void> {
    const leftOut: string[] = [];
    for (let start = 0; start < records.length; start += CHUNK) {
      if (start > 0) await setImmediate();
      throwIfCancelled(signal);
      leftOut.push(...this.store.apply({ put: records.slice(start, start + CHUNK), since }));
    }
    await this.#readAgain(leftOut, signal);
    throwIfCancelled(signal);
    while (this.store.removeSome({ ...then, since }, REMOVED_AT_ONCE)) {
      await setImmediate();
      throwIfCancelled(signal);
    }
    this.store.apply({ ...then, since });
  }

  /**
   * Reads messages by their ids and keeps what the server has of them.
   * @throws MailboxError if that cannot be done
   * @throws StoreReplacedError if the store is another one by now
   */
  async read(ids: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#readAgain(ids, signal);
  }

  /**
   * Likewise. What the server does not give says nothing of the others.
   * @returns why, for each message that it says nothing of
   * @throws MailboxError if the server cannot be asked
   * @throws StoreReplacedError if the store is another one by now
   */
  async readEach(ids: readonly string[], signal: AbortSignal): Promise<Found['unanswered']> {
    const since = this.store.mark();
    const { records, gone, unanswered } = await this.fetch(ids, signal);
    throwIfCancelled(signal);
    await this.#readAgain(this.store.apply({ put: records, remove: gone, since }), signal);
    return unanswered;
  }

  /**
   * Reads messages that a full sync has not brought, and removes those that the server says it has not. Those of which it
   * says nothing stay, and are not asked for again before the next full sync.
   * @throws MailboxError if the server cannot be asked
   * @throws StoreReplacedError if the store is another one by now
   */
  async verify(ids: readonly string[], signal: AbortSignal): Promise<void> {
    const since = this.store.mark();
    const { records, gone, unanswered } = await this.fetch(ids, signal);
    throwIfCancelled(signal);
    this.store.apply({ put: records, remove: gone, seen: unanswered.map(({ id }) => id), since });
  }

  /** @throws MailboxError if the server cannot be asked */
  async fetch(ids: readonly string[], signal: AbortSignal): Promise<Found> {
    const records: Message[] = [];
    const gone: string[] = [];
    const unanswered: Found['unanswered'][number][] = [];
    const asked = [...new Set(ids)];
    for (let start = 0; start < asked.length; start += MAX_READ_IDS_PER_REQUEST) {
      const part = asked.slice(start, start + MAX_READ_IDS_PER_REQUEST);
      try {
        for (const { id, message, error } of await this.api.readMessage(part, signal)) {
          if (message) records.push(message);
          else if (error?.kind === 'notFound') gone.push(id);
          else unanswered.push({ id, error: error ?? new ResponseFormatError('The answer has no record') });
        }
      } catch (error) {
        // A request for a single message has no status of its own for it.
        if (part.length > 1 || !isMailboxError(error, 'notFound')) throw error;
        gone.push(...part);
      }
    }
    return { records, gone, unanswered };
  }

  async #readAgain(ids: readonly string[], signal: AbortSignal): Promise<void> {
    let asked = [...new Set(ids)];
    for (let reads = 0; asked.length > 0 && reads < MAX_READS; reads++) {
      const since = this.store.mark();
      const { records, gone, unanswered } = await this.fetch(asked, signal);
      throwIfCancelled(signal);
      asked = [...this.store.apply({ put: records, remove: gone, since })];
      if (unanswered[0]) throw unanswered[0].error;
    }
  }
}
