import type { Message } from '../../api/schema';
import { isDamage } from '../../storage/damage';
import { fileIdentity, removeSetAside, setAside } from '../../storage/databaseFile';
import { Emitter } from '../../util/emitter';
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
import type { Batch, Detail, Mark, MessageStore, MissingDetail, StoreChange } from './messageStore';
import { type Recovered, recoverOperations } from './sqlite/recoverOperations';
import type { SqliteMessageStore } from './sqliteMessageStore';

/** The file of a store turned out to be damaged. */
export interface Damage {
  /** What SQLite said. */
  readonly error: unknown;
  /** Where the damaged file is now; undefined if it could not be moved, and messages are kept in memory meanwhile. */
  readonly setAside: string | undefined;
  /** How many changes that had not been sent were carried over. */
  readonly kept: number;
  /** How many were not; undefined if that cannot be told. */
  readonly lost: number | undefined;
}

/** Polls after which a file that was removed is begun anew: whoever removed it may do so, or leave it at that. */
const PATIENCE = 3;

/**
 * A store in a file that may turn out to be damaged at any call: the file is set aside then, a new one begun, and the
 * call made again, which refuses what was made of the old one (`Mark`). When another window has done so, `poll` notices
 * and goes on with the new file.
 */
export class MendingMessageStore implements MessageStore {
  readonly #changed = new Emitter<StoreChange>();
  #store: SqliteMessageStore;
  /** Of the file that is open; undefined while there is none. */
  #identity: string | undefined;
  /** How many polls have found no file. */
  #missing = 0;

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly file: string,
    private readonly open: (file: string) => SqliteMessageStore,
    private readonly onDamage: (damage: Damage) => void,
    private readonly now: () => number,
  ) {
    try {
      this.#store = this.#opened(file);
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#store = this.#begunAnew(error);
    }
    this.#follow();
  }

  get isEmpty(): boolean {
    return this.#try((store) => store.isEmpty);
  }

  get(id: string): Message | undefined {
    return this.#try((store) => store.get(id));
  }

  confirmed(id: string): Message | undefined {
    return this.#try((store) => store.confirmed(id));
  }

  isPending(id: string): boolean {
    return this.#try((store) => store.isPending(id));
  }

  transcription(id: string): string | undefined {
    return this.#try((store) => store.transcription(id));
  }

  messages(query: MessageQuery, page: Page): Message[] {
    return this.#try((store) => store.messages(query, page));
  }

  ids(query: MessageQuery): string[] {
    return this.#try((store) => store.ids(query));
  }

  tally(query: MessageQuery): Tally {
    return this.#try((store) => store.tally(query));
  }

  countBefore(query: MessageQuery, id: string): number | undefined {
    return this.#try((store) => store.countBefore(query, id));
  }

  groups(query: MessageQuery, level: GroupLevel, page: Page): Group[] {
    return this.#try((store) => store.groups(query, level, page));
  }

  groupCount(query: MessageQuery, level: GroupLevel): number {
    return this.#try((store) => store.groupCount(query, level));
  }

  owners(): readonly { readonly extensionId: string; readonly name: string }[] {
    return this.#try((store) => store.owners());
  }

  syncState(): SyncState | undefined {
    return this.#try((store) => store.syncState());
  }

  mark(): Mark {
    return this.#try((store) => store.mark());
  }

  apply(batch: Batch): readonly string[] {
    return this.#try((store) => store.apply(batch));
  }

  removeSome(batch: Pick<Batch, 'forgetBefore' | 'since'>, limit: number): boolean {
    return this.#try((store) => store.removeSome(batch, limit));
  }

  unseen(generation: number, limit: number): readonly string[] {
    return this.#try((store) => store.unseen(generation, limit));
  }

  missingDetails(limit: number): readonly MissingDetail[] {
    return this.#try((store) => store.missingDetails(limit));
  }

  putDetails(details: readonly Detail[], since?: Mark): void {
    this.#try((store) => store.putDetails(details, since));
  }

  enqueue(operation: NewOperation): string | undefined {
    return this.#try((store) => store.enqueue(operation));
  }

  cancel(operationId: string): boolean {
    return this.#try((store) => store.cancel(operationId));
  }

  showMore(): boolean {
    return this.#try((store) => store.showMore());
  }

  operation(id: string): Operation | undefined {
    return this.#try((store) => store.operation(id));
  }

  operations(): readonly Operation[] {
    return this.#try((store) => store.operations());
  }

  nextOperation(except: readonly string[] = []): Operation | undefined {
    return this.#try((store) => store.nextOperation(except));
  }

  finishedOperations(): readonly Operation[] {
    return this.#try((store) => store.finishedOperations());
  }

  get hasDelay(): boolean {
    return this.#try((store) => store.hasDelay);
  }

  get openCount(): number {
    return this.#try((store) => store.openCount);
  }

  progress(operationId: string): Progress {
    return this.#try((store) => store.progress(operationId));
  }

  openItems(operationId: string, limit?: number): readonly OperationItem[] {
    return this.#try((store) => store.openItems(operationId, limit));
  }

  markSending(operationId: string, messageIds: readonly string[]): readonly string[] {
    return this.#try((store) => store.markSending(operationId, messageIds));
  }

  settle(operationId: string, settlement: Settlement): void {
    this.#try((store) => store.settle(operationId, settlement));
  }

  setDelay(operationId: string, delay: StoredError | undefined): void {
    this.#try((store) => store.setDelay(operationId, delay));
  }

  forget(operationId: string): void {
    this.#try((store) => store.forget(operationId));
  }

  get country(): string | undefined {
    return this.#try((store) => store.country);
  }

  setCountry(country: string): void {
    this.#try((store) => store.setCountry(country));
  }

  rebuildSome(): boolean {
    return this.#try((store) => store.rebuildSome());
  }

  get hasResidue(): boolean {
    return this.#try((store) => store.hasResidue);
  }

  eraseSome(): 'more' | 'later' | 'done' {
    const result = this.#try((store) => store.eraseSome());
    // What was set aside has them as well, and what could be read of it was.
    if (result === 'done') removeSetAside(this.file);
    return result;
  }

  /** Whether messages are in memory, for this window alone, because a damaged file could not be moved. */
  get isDetached(): boolean {
    return this.#identity === undefined;
  }

  /**
   * Looks for what other windows have changed, and fires if there is something; cheap enough for every second.
   * @throws NewerDatabaseError if a newer version of this program has made the file anew; what was known stays
   */
  poll(): void {
    const identity = fileIdentity(this.file);
    if (this.isDetached || identity === this.#identity) {
      this.#missing = 0;
      this.#try((store) => store.poll());
    } else if (identity !== undefined || ++this.#missing > PATIENCE) {
      this.#goOnWithOther();
    }
  }

  dispose(): void {
    this.#changed.dispose();
    this.#store.dispose();
  }

  /** Another window has begun the file anew, or nobody has after it was removed. */
  #goOnWithOther(): void {
    const [store, identity] = [this.#store, this.#identity];
    try {
      this.#store = this.#opened(this.file);
    } catch (error) {
      if (!isDamage(error)) {
        this.#identity = identity;
        throw error;
      }
      this.#store = this.#begunAnew(error);
    }
    this.#follow();
    store.dispose();
    this.#missing = 0;
    this.#changed.fire({ ids: undefined });
  }

  #try<T>(call: (store: SqliteMessageStore) => T): T {
    try {
      return call(this.#store);
    } catch (error) {
      if (!this.#store.isDamagedBy(error)) throw error;
      this.#store.dispose();
      this.#store = this.#begunAnewOrInMemory(error);
      this.#follow();
      try {
        return call(this.#store);
      } finally {
        this.#changed.fire({ ids: undefined });
      }
    }
  }

  /** Nobody is left without a store: should nothing be possible with files now, messages are in memory. */
  #begunAnewOrInMemory(error: unknown): SqliteMessageStore {
    try {
      return this.#begunAnew(error);
    } catch (cause) {
      this.onDamage({ error: cause, setAside: undefined, kept: 0, lost: undefined });
      return this.#opened(':memory:');
    }
  }

  #begunAnew(error: unknown): SqliteMessageStore {
    // Another window has come before us, and told of it.
    if (fileIdentity(this.file) !== this.#identity) return this.#opened(this.file);
    const aside = this.#setAside();
    const recovered = aside === undefined ? undefined : recoverOperations(aside);
    const store = this.#adopting(this.#openedAnew(aside), recovered);
    this.onDamage({ error, setAside: aside, kept: store.openCount, lost: recovered?.lost });
    return store;
  }

  /** The store, with what was recovered; one in memory if there is no room for that. */
  #adopting(store: SqliteMessageStore, recovered: Recovered | undefined): SqliteMessageStore {
    if (!recovered) return store;
    try {
      store.adopt(recovered.operations, recovered.records);
      return store;
    } catch {
      store.dispose();
      const inMemory = this.#opened(':memory:');
      inMemory.adopt(recovered.operations, recovered.records);
      return inMemory;
    }
  }

  /** In memory if there can be no new file, for example because the disk is full: nobody is left without a store. */
  #openedAnew(aside: string | undefined): SqliteMessageStore {
    if (aside === undefined) return this.#opened(':memory:');
    try {
      return this.#opened(this.file);
    } catch {
      return this.#opened(':memory:');
    }
  }

  #setAside(): string | undefined {
    try {
      return setAside(this.file, this.now());
    } catch {
      // Some systems do not move what another window has open. It is tried again with the next start.
      return undefined;
    }
  }

  #opened(file: string): SqliteMessageStore {
    const isFile = file === this.file;
    this.#identity = isFile ? fileIdentity(file) : undefined;
    const store = this.open(file);
    // There may have been none.
    if (isFile) this.#identity = fileIdentity(file);
    return store;
  }

  /** Not before it is the store: whoever hears of a change reads what has changed. */
  #follow(): void {
    this.#store.onDidChange((change) => this.#changed.fire(change));
  }
}
