import type { Message } from '../../api/schema';
import { DamagedError, isDamage, isSuspicious } from '../../storage/damage';
import { isMigrated, migrate } from '../../storage/migrations';
import { type DatabaseSync, transaction } from '../../storage/sqlite';
import { Statements } from '../../storage/statements';
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
import { idNumber } from './messageIds';
import type { Batch, Detail, Mark, MessageStore, MissingDetail, StoreChange } from './messageStore';
import { carriedOut, received } from './records';
import { ANY_ID } from './storeChange';
import { ChangeLog } from './sqlite/changeLog';
import { Derivation } from './sqlite/derivation';
import { Erasure } from './sqlite/erasure';
import { GroupReader } from './sqlite/groupReader';
import { MessageReader } from './sqlite/messageReader';
import { OutboxTable } from './sqlite/outboxTable';
import { RecordTable } from './sqlite/recordTable';
import { VERSIONS } from './sqlite/schema';
import { SyncTable } from './sqlite/syncTable';
import type { QueryContext } from './queryContext';
import { StoreReplacedError } from './storeReplaced';

/** Messages whose change is shown in one turn of the event loop: each takes its groups and their counts along. */
const SHOWN_AT_ONCE = 50;

/** Likewise, of which is made anew what is derived from their records. */
const REBUILT_AT_ONCE = 50;

/** The store in a database, which several windows may have open. What others change shows by `poll`. */
export class SqliteMessageStore implements MessageStore {
  readonly #log: ChangeLog;
  readonly #messages: MessageReader;
  readonly #groups: GroupReader;
  readonly #records: RecordTable;
  readonly #outbox: OutboxTable;
  readonly #sync: SyncTable;
  readonly #erasure: Erasure;
  readonly #derivation: Derivation;
  readonly #changed = new Emitter<StoreChange>();
  readonly #epoch: string;

  readonly onDidChange = this.#changed.event;

  /**
   * @param database belongs to the store from now on, and is closed with it
   * @throws NewerDatabaseError if a newer version of this program has made it
   * @throws DamagedError if it is none of ours
   * @throws Error of SQLite if it cannot be read or written
   */
  constructor(
    private readonly database: DatabaseSync,
    now: () => number = Date.now,
  ) {
    migrateKnown(database);
    const statements = new Statements(database);
    this.#log = new ChangeLog(statements);
    this.#derivation = new Derivation(statements);
    const context = (): QueryContext => ({ now: now(), country: this.#derivation.country });
    this.#messages = new MessageReader(statements, context);
    this.#groups = new GroupReader(statements, context);
    this.#outbox = new OutboxTable(statements);
    this.#records = new RecordTable(
      statements,
      (id, record) => this.#outbox.overlaid(id, record),
      this.#derivation,
    );
    this.#sync = new SyncTable(statements);
    this.#epoch = this.#sync.epoch;
    this.#erasure = new Erasure(database, statements);
    if (this.#derivation.isBehind && this.#messages.isEmpty) this.#derivation.markCurrent();
  }

  get isEmpty(): boolean {
    return this.#messages.isEmpty;
  }

  get(id: string): Message | undefined {
    const number = idNumber(id);
    const message = number === undefined ? undefined : this.#messages.get(number);
    // Exactly, although lists may not show yet what was asked for a moment ago.
    return message && number !== undefined ? this.#outbox.overlaid(number, message) : undefined;
  }

  confirmed(id: string): Message | undefined {
    const number = idNumber(id);
    return number === undefined ? undefined : this.#records.confirmed(number);
  }

  isPending(id: string): boolean {
    const number = idNumber(id);
    return number !== undefined && this.#outbox.isPending(number);
  }

  transcription(id: string): string | undefined {
    const number = idNumber(id);
    return number === undefined ? undefined : this.#messages.transcription(number);
  }

  messages(query: MessageQuery, page: Page): Message[] {
    return this.#messages.messages(query, page);
  }

  ids(query: MessageQuery): string[] {
    return this.#messages.ids(query);
  }

  tally(query: MessageQuery): Tally {
    return this.#messages.tally(query);
  }

  countBefore(query: MessageQuery, id: string): number | undefined {
    const number = idNumber(id);
    return number === undefined ? undefined : this.#messages.countBefore(query, number);
  }

  groups(query: MessageQuery, level: GroupLevel, page: Page): Group[] {
    return this.#groups.groups(query, level, page);
  }

  groupCount(query: MessageQuery, level: GroupLevel): number {
    return this.#groups.groupCount(query, level);
  }

  owners(): readonly { readonly extensionId: string; readonly name: string }[] {
    return this.#messages.owners();
  }

  syncState(): SyncState | undefined {
    return this.#sync.state();
  }

  mark(): Mark {
    return { epoch: this.#epoch, revision: this.#log.revision };
  }

  apply(batch: Batch): readonly string[] {
    this.#expect(batch.since);
    const leftOut = new Set<string>();
    this.#change((changed) => {
      if (batch.sync) this.#sync.setState(batch.sync);
      const generation = this.#sync.generation;
      const isOutdated = (id: bigint): boolean =>
        batch.since !== undefined && this.#sync.isSettledSince(id, batch.since.revision);
      for (const record of batch.put ?? []) {
        const id = idNumber(record.id);
        if (id === undefined) continue;
        if (isOutdated(id)) {
          leftOut.add(record.id);
          this.#records.seen(id, generation);
        } else {
          this.#put(id, record, generation, changed);
        }
      }
      for (const { id, text } of numbered(batch.remove ?? []))
        if (this.#records.remove(id)) changed.add(text);
      for (const { id } of numbered(batch.seen ?? [])) this.#records.seen(id, generation);
      if (batch.forgetBefore !== undefined) addAll(changed, this.#records.forgetBefore(batch.forgetBefore));
    });
    return [...leftOut];
  }

  removeSome({ forgetBefore, since }: Pick<Batch, 'forgetBefore' | 'since'>, limit: number): boolean {
    this.#expect(since);
    return this.#change((changed) => {
      if (forgetBefore !== undefined) addAll(changed, this.#records.forgetBefore(forgetBefore, limit));
      return changed.size >= limit;
    });
  }

  unseen(generation: number, limit: number): readonly string[] {
    return this.#records.unseen(generation, limit);
  }

  missingDetails(limit: number): readonly MissingDetail[] {
    return this.#records.missingDetails(limit);
  }

  putDetails(details: readonly Detail[], since?: Mark): void {
    this.#expect(since);
    this.#change((changed) => {
      for (const detail of details) {
        const id = idNumber(detail.id);
        if (id !== undefined && this.#records.putDetail(id, detail)) changed.add(detail.id);
      }
    });
  }

  enqueue(operation: NewOperation): string | undefined {
    return this.#change((changed) => {
      const id = this.#outbox.add(operation);
      if (id !== undefined) this.#showSome(changed);
      return id;
    });
  }

  cancel(operationId: string): boolean {
    return this.#change((changed) => {
      const isAnything = this.#outbox.cancel(operationId);
      if (isAnything) this.#showSome(changed);
      return isAnything;
    });
  }

  showMore(): boolean {
    if (!this.#outbox.hasStale) return false;
    return this.#change((changed) => {
      this.#showSome(changed);
      return this.#outbox.hasStale;
    });
  }

  operation(id: string): Operation | undefined {
    return this.#outbox.operation(id);
  }

  operations(): readonly Operation[] {
    return this.#outbox.operations();
  }

  nextOperation(except: readonly string[] = []): Operation | undefined {
    return this.#outbox.next(except);
  }

  finishedOperations(): readonly Operation[] {
    return this.#outbox.finished();
  }

  get hasDelay(): boolean {
    return this.#outbox.hasDelay;
  }

  get openCount(): number {
    return this.#outbox.openCount;
  }

  progress(operationId: string): Progress {
    return this.#outbox.progress(operationId);
  }

  openItems(operationId: string, limit?: number): readonly OperationItem[] {
    return this.#outbox.openItems(operationId, limit);
  }

  markSending(operationId: string, messageIds: readonly string[]): readonly string[] {
    return this.#outbox.markSending(operationId, messageIds);
  }

  settle(operationId: string, settlement: Settlement): void {
    const { done = [], failed = [], waiting = [], dropped = [], gone = [], records = [] } = settlement;
    const answers = new Map(records.map((record) => [record.id, record]));
    this.#change((changed) => {
      const kind = this.#outbox.kind(operationId);
      if (!kind) return;
      const generation = this.#sync.generation;
      const settled: bigint[] = [];
      this.#outbox.fail(operationId, failed);
      this.#outbox.remove(operationId, dropped);
      this.#showSome(changed);
      for (const { id } of numbered(waiting)) this.#outbox.move(operationId, id, 'waiting');
      for (const { id, text } of numbered(done)) {
        if (!this.#outbox.move(operationId, id, 'done')) continue;
        const known = this.#records.confirmed(id);
        const answer = answers.get(text);
        const after = known && carriedOut(kind, known, answer);
        const now = answer ? received(after, answer) : after;
        // The same record may look different now that nothing is laid over it.
        if (!this.#records.keep(id, now, generation)) this.#records.refresh(id);
        answers.delete(text);
        settled.push(id);
        changed.add(text);
      }
      for (const record of answers.values()) {
        const id = idNumber(record.id);
        if (id !== undefined) this.#put(id, record, generation, changed);
      }
      this.#outbox.remove(operationId, gone);
      for (const { id, text } of numbered(gone)) {
        this.#records.remove(id);
        settled.push(id);
        changed.add(text);
      }
      this.#sync.markSettled(settled, this.#log.revision + 1);
    });
  }

  setDelay(operationId: string, delay: StoredError | undefined): void {
    this.#outbox.setDelay(operationId, delay);
  }

  forget(operationId: string): void {
    this.#outbox.forget(operationId);
  }

  get country(): string | undefined {
    return this.#derivation.country;
  }

  setCountry(country: string): void {
    if (this.#derivation.country === country) return;
    this.#change((changed) => {
      if (this.#derivation.setCountry(country)) changed.add(ANY_ID);
    });
  }

  rebuildSome(): boolean {
    if (!this.#derivation.isBehind) return false;
    return this.#change((changed) => {
      const next = this.#derivation.next(REBUILT_AT_ONCE);
      for (const id of next.ids) if (this.#records.derive(id)) changed.add(String(id));
      this.#derivation.finish(next, REBUILT_AT_ONCE);
      const hasMore = this.#derivation.isBehind;
      // Changed search words were not announced until now.
      if (!hasMore) changed.add(ANY_ID);
      return hasMore;
    });
  }

  get hasResidue(): boolean {
    return this.#erasure.isNeeded;
  }

  eraseSome(): 'more' | 'later' | 'done' {
    return this.#erasure.step();
  }

  /** Looks for what other windows have changed, and fires if there is something; cheap enough for every second. */
  poll(): void {
    if (this.#log.mayHaveChanged()) this.#announce();
  }

  /**
   * Whether the file is damaged, as an error suggests that a call has thrown.
   * @throws NewerDatabaseError if a newer version of this program has changed the file
   */
  isDamagedBy(error: unknown): boolean {
    if (isDamage(error)) return true;
    if (!isSuspicious(error)) return false;
    try {
      if (!isMigrated(this.database, VERSIONS)) return true;
      const [result] = this.database.prepare('PRAGMA quick_check(1)').all();
      return result?.['quick_check'] !== 'ok';
    } catch (second) {
      if (isDamage(second) || isSuspicious(second)) return true;
      throw second;
    }
  }

  /** Takes over operations of another file, as they are, and what is known of their messages. */
  adopt(operations: readonly Operation[], records: readonly Message[]): void {
    this.#change((changed) => {
      for (const record of records) {
        const id = idNumber(record.id);
        if (id !== undefined) this.#put(id, record, 0, changed);
      }
      for (const operation of operations) this.#outbox.adopt(operation);
      this.#showSome(changed);
    });
  }

  dispose(): void {
    this.#changed.dispose();
    if (this.database.isOpen) this.database.close();
  }

  #expect(moment: Mark | undefined): void {
    if (moment && moment.epoch !== this.#epoch) throw new StoreReplacedError();
  }

  /** Brings what is shown in line with the outbox, for some of what is not yet. */
  #showSome(changed: Set<string>): void {
    for (const { id, text } of this.#outbox.takeStale(SHOWN_AT_ONCE)) {
      this.#records.refresh(id);
      changed.add(text);
    }
  }

  #put(id: bigint, record: Message, generation: number, changed: Set<string>): void {
    const now = received(this.#records.confirmed(id), record);
    if (this.#records.keep(id, now, generation)) changed.add(record.id);
  }

  /** Does something as a whole, with a line in the log about the messages that it names, and tells of it. */
  #change<T>(work: (changed: Set<string>) => T): T {
    const changed = new Set<string>();
    const result = transaction(this.database, () => {
      const outcome = this.#records.writing(() => work(changed));
      if (changed.size > 0) this.#log.add(changed);
      return outcome;
    });
    if (changed.size > 0) this.#announce();
    return result;
  }

  #announce(): void {
    const change = this.#log.take();
    if (change) this.#changed.fire(change);
  }
}

/** A schema that is of a version that we know, but not as we make it, is as bad as malformed pages. */
function migrateKnown(database: DatabaseSync): void {
  try {
    migrate(database, VERSIONS);
  } catch (error) {
    if (isSuspicious(error))
      throw new DamagedError('The file is not of the version that it says', { cause: error });
    throw error;
  }
  if (!isMigrated(database, VERSIONS)) throw new DamagedError('The schema of the file is not ours');
}

/** Those of the ids that are some, with their numbers. */
function numbered(ids: Iterable<string>): { readonly id: bigint; readonly text: string }[] {
  return Array.from(ids).flatMap((text) => {
    const id = idNumber(text);
    return id === undefined ? [] : [{ id, text }];
  });
}

function addAll(set: Set<string>, ids: readonly string[]): void {
  for (const id of ids) set.add(id);
}
