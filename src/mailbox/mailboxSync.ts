import { isMailboxError } from '../api/errors';
import { MAX_RECORDS_PER_PAGE, MAX_READ_IDS_PER_REQUEST, type MessageStoreApi } from '../api/messageStore';
import type { ListMessagesParams } from '../api/messageStoreParams';
import type { Message } from '../api/schema';
import { creationTime } from './message';
import type { MessageStore } from './messageStore';

/** Small enough to show the newest messages fast, large enough for a first screen of everything. */
const FIRST_RECORD_COUNT = 250;

/**
 * What the server would otherwise leave out: all but the last 24 hours, and what is shared with this extension. (The
 * date is before the service existed.)
 */
const EVERYTHING = { dateFrom: '2000-01-01T00:00:00.000Z', owner: 'Any' } as const;

/**
 * Brings the store up to date with the server: once in full, then by what is new or changed (`syncMessages`). A sync
 * token that the server refuses is answered with a new full sync, during which everything known stays on screen.
 */
export class MailboxSync {
  #syncToken: string | undefined;

  constructor(
    private readonly api: MessageStoreApi,
    private readonly store: MessageStore,
  ) {}

  /**
   * Fetches changes since the last call; everything on the first.
   * @throws MailboxError if the server cannot be reached or refuses; what had arrived by then is kept
   */
  async run(signal: AbortSignal): Promise<void> {
    if (this.#syncToken === undefined) {
      await this.#fullSync(signal);
      return;
    }
    try {
      await this.#incrementalSync(this.#syncToken, signal);
    } catch (error) {
      if (!isMailboxError(error, 'fullSyncRequired')) throw error;
      this.#syncToken = undefined;
      await this.#fullSync(signal);
    }
  }

  async #fullSync(signal: AbortSignal): Promise<void> {
    const seen = new Set<string>();
    const take = (records: readonly Message[]): void => {
      for (const record of records) seen.add(record.id);
      this.store.put(records);
    };
    const newest = await this.api.syncMessages(
      { ...EVERYTHING, syncType: 'FSync', recordCount: FIRST_RECORD_COUNT },
      signal,
    );
    take(newest.records);
    if (newest.olderRecordsExist) await this.#fetchOlder(newest.records, seen, take, signal);
    // A full sync speaks of living messages only.
    await this.#listAll({ ...EVERYTHING, availability: ['Deleted'] }, take, signal);
    this.store.remove([...this.store.ids()].filter((id) => !seen.has(id)));
    // Only now: a full sync that was interrupted starts again, rather than leaving a hole in the history.
    this.#syncToken = newest.syncToken;
  }

  /** Walks back in time by the creation time of the oldest record received. */
  async #fetchOlder(
    newest: readonly Message[],
    seen: ReadonlySet<string>,
    take: (records: readonly Message[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    let edge = oldestTime(newest);
    // A record without a readable time gives no edge to go on from.
    for (let more = true; more && Number.isFinite(edge);) {
      const known = seen.size;
      const page = await this.api.syncMessages(
        {
          ...EVERYTHING,
          syncType: 'FSync',
          dateTo: momentOf(edge).dateTo,
          recordCount: MAX_RECORDS_PER_PAGE,
        },
        signal,
      );
      take(page.records);
      more = page.olderRecordsExist && page.records.length > 0;
      if (seen.size > known) {
        edge = oldestTime(page.records);
      } else {
        // More records of one single moment than a page holds: this page would come again for ever.
        await this.#listAll({ availability: ['Alive'], ...momentOf(edge) }, take, signal);
        edge -= 1;
      }
    }
  }

  /** Takes every page of a list. */
  async #listAll(
    filters: Pick<ListMessagesParams, 'availability' | 'dateFrom' | 'dateTo'>,
    take: (records: readonly Message[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    for (let page = 1, more = true; more; page++) {
      const list = await this.api.listMessages(
        { ...EVERYTHING, ...filters, page, perPage: MAX_RECORDS_PER_PAGE },
        signal,
      );
      take(list.records);
      more = list.hasNextPage;
    }
  }

  async #incrementalSync(syncToken: string, signal: AbortSignal): Promise<void> {
    const changes = await this.api.syncMessages({ syncType: 'ISync', syncToken }, signal);
    // Deleted elsewhere before this window ever saw them: id and availability alone cannot be shown, so read them.
    const unknown = changes.records
      .filter((record) => record.availability === 'Deleted' && !this.store.get(record.id))
      .map((record) => record.id);
    const read: Message[] = [];
    for (let start = 0; start < unknown.length; start += MAX_READ_IDS_PER_REQUEST) {
      const results = await this.api.readMessage(
        unknown.slice(start, start + MAX_READ_IDS_PER_REQUEST),
        signal,
      );
      for (const { message } of results) if (message) read.push(message);
    }
    this.store.put([...changes.records, ...read]);
    this.#syncToken = changes.syncToken;
  }
}

/** Its end is one millisecond on, so that records of the moment come again rather than never. */
function momentOf(time: number): { readonly dateFrom: string; readonly dateTo: string } {
  return { dateFrom: new Date(time).toISOString(), dateTo: new Date(time + 1).toISOString() };
}

function oldestTime(records: readonly Message[]): number {
  return records.reduce((oldest, record) => Math.min(oldest, creationTime(record) || oldest), Infinity);
}
