import type { Message } from '../../api/schema';
import type { Disposable } from '../../util/disposable';
import type { Event } from '../../util/emitter';
import type { Group, GroupLevel, Tally } from '../group';
import type {
  NewOperation,
  Operation,
  OperationItem,
  Progress,
  Settlement,
  StoredError,
} from '../outbox/operation';
import type { MessageQuery, Page } from '../query';
import type { SyncState } from '../sync/syncState';

export interface StoreChange {
  /** Ids of the messages that were added, changed or removed; undefined if they are too many to name. */
  readonly ids: ReadonlySet<string> | undefined;
}

/** A moment of a store. What is made of something that was read after it can be kept only while the store is the same. */
export interface Mark {
  /** Tells the store, or its file, from every other one. */
  readonly epoch: string;
  /** Counts changes. */
  readonly revision: number;
}

/** What a synchronization brings. All of it is kept in one transaction. */
export interface Batch {
  /**
   * Records from the server. One that comes as id and availability only (a deleted message in an ISync) keeps what is
   * known of it, or is left out if nothing is. Purged ones are removed. An older state of a record than the one that is
   * known (by `lastModifiedTime`) is left out.
   */
  readonly put?: readonly Message[];
  /** Gone from the server. */
  readonly remove?: readonly string[];
  /** What to remember together with it. */
  readonly sync?: SyncState;
  /** Not known to be gone: they count as put. */
  readonly seen?: readonly string[];
  /** Removes messages created before this moment (ms since the epoch); those without a creation time stay. */
  readonly forgetBefore?: number;
  /**
   * From `mark()`, taken before the request, and before anything was read that the batch is made of: what the user has
   * changed at the server since, or what was found gone, is left as it is.
   */
  readonly since?: Mark;
}

/** A text that lists do not carry, to be found by searches and shown in full. */
export interface Detail {
  readonly id: string;
  /** The whole text of a message whose `subject` is cut. */
  readonly text?: string;
  /** Of a voicemail. */
  readonly transcription?: string;
}

/** What is still missing of a message for searches to be complete. */
export interface MissingDetail {
  readonly message: Message;
  readonly missing: 'text' | 'transcription';
}

/**
 * One account's messages on this computer, with the user's changes that the server has not confirmed yet laid over them.
 * Everything is read by page; nothing is kept in memory that grows with the mailbox (but by the implementation that is
 * for hosts without SQLite). All methods are quick enough for the event loop: callers give batches of some hundred records.
 * One contract suite, `test/unit/mailbox/store`, holds for every implementation.
 */
export interface MessageStore extends Disposable {
  /** Fires once for each batch or operation that changed something, of this window or another. */
  readonly onDidChange: Event<StoreChange>;

  // What there is. "Shown" is with the user's unconfirmed changes, "confirmed" without.

  /** As shown, with its whole text and its transcription if these are known; `Purged` while it is being deleted permanently. */
  get(id: string): Message | undefined;
  /** The server's own record. */
  confirmed(id: string): Message | undefined;
  /** A change of it has not been sent yet, or not been answered. */
  isPending(id: string): boolean;
  /** The transcription of a voicemail, if it was fetched. */
  transcription(id: string): string | undefined;
  /** As shown, newest first; of equal times the larger id first. */
  messages(query: MessageQuery, page: Page): Message[];
  /** Ids in the same order, all of them: for acting on a whole group. */
  ids(query: MessageQuery): string[];
  tally(query: MessageQuery): Tally;
  /**
   * How many messages of the query come before the message `id` in their order, be it one of them or not; undefined if
   * it is not known at all.
   */
  countBefore(query: MessageQuery, id: string): number | undefined;
  /** The groups of a level in the order in which they are shown: types in a fixed one, the others by their newest message. */
  groups(query: MessageQuery, level: GroupLevel, page: Page): Group[];
  /** How many groups the level has. */
  groupCount(query: MessageQuery, level: GroupLevel): number;
  /** Extensions that own shared messages, for the owner filter, by id. */
  owners(): readonly { readonly extensionId: string; readonly name: string }[];
  /** No message at all, whatever its availability. */
  readonly isEmpty: boolean;

  // Synchronization.

  syncState(): SyncState | undefined;
  /** This moment, to be handed to whatever keeps what is read after it. */
  mark(): Mark;
  /**
   * @returns ids whose records were left out because the user has changed them since `batch.since`: to be read again
   * @throws StoreReplacedError if `batch.since` is a moment of another store; nothing is kept then
   */
  apply(batch: Batch): readonly string[];
  /**
   * Removes some of what such a batch would remove, so that it has less to do at once.
   * @returns whether there may be more
   * @throws StoreReplacedError likewise
   */
  removeSome(batch: Pick<Batch, 'forgetBefore' | 'since'>, limit: number): boolean;
  /**
   * Ids of some messages that no batch has put since `SyncState.generation` reached this number. What the user has changed
   * at the server since then counts as put.
   */
  unseen(generation: number, limit: number): readonly string[];
  missingDetails(limit: number): readonly MissingDetail[];
  /**
   * Keeps details; one with neither text is not asked for again.
   * @throws StoreReplacedError likewise
   */
  putDetails(details: readonly Detail[], since?: Mark): void;

  // The outbox. No two operations have the same id, in whichever store they are: with an id of another one nothing happens.

  /**
   * Keeps an operation, as a whole, until its outcome is taken, and shows its change: what is too much for one turn of
   * the event loop by `showMore`. Messages of which it would change nothing are left out.
   * @returns its id; undefined if it would change nothing at all
   */
  enqueue(operation: NewOperation): string | undefined;
  /** Takes everything that is still waiting out of an operation, and shows that likewise. @returns whether there was anything */
  cancel(operationId: string): boolean;
  /**
   * Shows some more of what was asked for, or taken back, and is not shown yet; by whichever window. `get` is exact at
   * any time.
   * @returns whether there is more: to be called again, in another turn of the event loop
   */
  showMore(): boolean;
  operation(id: string): Operation | undefined;
  /** Every operation that is kept, in order. */
  operations(): readonly Operation[];
  /**
   * The first operation of which something is still waiting or being sent.
   * @param except operations that are passed over, and with them every later one that has to do with a message of theirs
   */
  nextOperation(except?: readonly string[]): Operation | undefined;
  /** Whether an operation of which something is still waiting has a delay. */
  readonly hasDelay: boolean;
  /** The operations of which nothing is, in order. */
  finishedOperations(): readonly Operation[];
  /** How many items of operations are still waiting or being sent. */
  readonly openCount: number;
  progress(operationId: string): Progress;
  /** The first of the items that are still waiting or being sent, in order. */
  openItems(operationId: string, limit?: number): readonly OperationItem[];
  /**
   * Remembers, before it happens, that a request for these items goes out. Nothing fires: nothing looks different.
   * @returns ids of those that it goes out for: another window may have cancelled some
   */
  markSending(operationId: string, messageIds: readonly string[]): readonly string[];
  /**
   * Takes what came of a request, for whichever of the items are still waiting or being sent. Dropped items and those of
   * messages that are gone leave the operation. A record in the answer that is older than the known one changes nothing.
   */
  settle(operationId: string, settlement: Settlement): void;
  /** Remembers why an operation could not be sent, or that it is tried again. Nothing fires. */
  setDelay(operationId: string, delay: StoredError | undefined): void;
  /** Forgets an operation, unless something of it is still waiting or being sent. */
  forget(operationId: string): void;

  // What is derived from records.

  /** The account's home country (ISO 3166), by which its numbers are read; undefined while that is not known. */
  readonly country: string | undefined;
  /** Remembers that, and shows numbers so at once; groups and searches follow (`rebuildSome`). */
  setCountry(country: string): void;
  /**
   * Derives again, for some messages, what an earlier version of the program or another home country made of their records:
   * parties, failures, search words. Until its turn a message stays in its old groups.
   * @returns whether there is more: to be called again, in another turn of the event loop, by whichever window
   */
  rebuildSome(): boolean;

  // What removed messages leave behind.

  /** Whether something of messages that were removed may still be where the store keeps them; cheap enough for every second. */
  readonly hasResidue: boolean;
  /**
   * Rids the store of some of it.
   * @returns 'more' to be called again, in another turn of the event loop; 'later' if that is no use at this moment
   */
  eraseSome(): 'more' | 'later' | 'done';
}
