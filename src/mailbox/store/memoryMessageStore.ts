import type { Message } from '../../api/schema';
import { Emitter } from '../../util/emitter';
import type { Group, GroupKey, GroupLevel, Tally } from '../group';
import { inTypeOrder } from '../group';
import { creationTime, isUnread, otherPartyKey, threadKey, withReadings } from '../message';
import type {
  NewOperation,
  Operation,
  OperationItem,
  Progress,
  Settlement,
  StoredError,
} from '../outbox/operation';
import { DEFAULT_COUNTRY } from '../phoneNumber';
import type { MessageQuery, Page, Presence } from '../query';
import { type Searchable, searchableOf } from '../search/searchable';
import type { SyncState } from '../sync/syncState';
import { spanOf } from './dateSpans';
import { hasNewText, separateText } from './details';
import { MemoryOutbox } from './memoryOutbox';
import { filterMatcher, groupMatcher } from './messageFilter';
import { compareIds, idNumber } from './messageIds';
import type { Batch, Detail, Mark, MessageStore, MissingDetail, StoreChange } from './messageStore';
import { carriedOut, changedBy, isChangedBy, received } from './records';
import { changeOf, ANY_ID } from './storeChange';
import { StoreReplacedError } from './storeReplaced';

interface Entry {
  readonly record: Message;
  /** Of the last full sync that brought it. */
  readonly generation: number;
  readonly text?: string | undefined;
  readonly transcription?: string | undefined;
  /** Its details were asked for. */
  readonly asked?: boolean;
  readonly searchable: Searchable;
}

/** Messages of which words are made anew in one turn of the event loop. */
const REBUILT_AT_ONCE = 50;

/** The plain implementation, for hosts without SQLite: everything is in memory, and gone with the window. */
export class MemoryMessageStore implements MessageStore {
  readonly #entries = new Map<string, Entry>();
  readonly #outbox = new MemoryOutbox();
  readonly #changed = new Emitter<StoreChange>();
  /** When the user last changed a message at the server, counted in changes of the store. */
  readonly #settled = new Map<string, number>();
  readonly #epoch = crypto.randomUUID();

  readonly hasResidue = false;
  /** Ids of messages that are found by their numbers as another country would have them. */
  readonly #toRebuild = new Set<string>();
  #revision = 0;
  #country: string | undefined;
  #syncState: SyncState | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly now: () => number = Date.now) {}

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  get(id: string): Message | undefined {
    const entry = this.#entries.get(id);
    return entry && this.#shown(entry);
  }

  confirmed(id: string): Message | undefined {
    return this.#entries.get(id)?.record;
  }

  isPending(id: string): boolean {
    return this.#outbox.unconfirmed(id).length > 0;
  }

  transcription(id: string): string | undefined {
    return this.#entries.get(id)?.transcription;
  }

  messages(query: MessageQuery, { offset, limit }: Page): Message[] {
    return this.#matching(query).slice(offset, offset + limit);
  }

  ids(query: MessageQuery): string[] {
    return this.#matching(query).map(({ id }) => id);
  }

  tally(query: MessageQuery): Tally {
    return tallyOf(this.#matching(query));
  }

  countBefore(query: MessageQuery, id: string): number | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    const isBefore = (message: Message): boolean => newestFirst({ record: message }, entry) < 0;
    return this.#matching(query).filter(isBefore).length;
  }

  groups(query: MessageQuery, level: GroupLevel, { offset, limit }: Page): Group[] {
    return this.#groups(query, level).slice(offset, offset + limit);
  }

  groupCount(query: MessageQuery, level: GroupLevel): number {
    return this.#groups(query, level).length;
  }

  owners(): readonly { readonly extensionId: string; readonly name: string }[] {
    const names = new Map<string, string>();
    for (const { record } of [...this.#entries.values()].sort(newestFirst)) {
      const id = record.owner?.extensionId;
      if (id && !names.has(id)) names.set(id, record.owner.name ?? '');
    }
    return [...names]
      .map(([extensionId, name]) => ({ extensionId, name }))
      .sort((a, b) => compareIds(a.extensionId, b.extensionId));
  }

  syncState(): SyncState | undefined {
    return this.#syncState;
  }

  mark(): Mark {
    return { epoch: this.#epoch, revision: this.#revision };
  }

  apply(batch: Batch): readonly string[] {
    this.#expect(batch.since);
    if (batch.sync) this.#syncState = batch.sync;
    const changed = new Set<string>();
    const leftOut = new Set<string>();
    for (const record of batch.put ?? []) {
      if (batch.since !== undefined && (this.#settled.get(record.id) ?? 0) > batch.since.revision) {
        leftOut.add(record.id);
        this.#seen(record.id);
      } else if (this.#keep(record.id, received(this.confirmed(record.id), record))) {
        changed.add(record.id);
      }
    }
    for (const id of batch.remove ?? []) if (this.#entries.delete(id)) changed.add(id);
    for (const id of batch.seen ?? []) this.#seen(id);
    this.#forget(batch, Infinity, changed);
    this.#fire(changed);
    return [...leftOut];
  }

  removeSome(batch: Pick<Batch, 'forgetBefore' | 'since'>, limit: number): boolean {
    this.#expect(batch.since);
    const changed = new Set<string>();
    this.#forget(batch, limit, changed);
    this.#fire(changed);
    return changed.size >= limit;
  }

  unseen(generation: number, limit: number): readonly string[] {
    return [...this.#entries]
      .filter(([, entry]) => entry.generation < generation)
      .slice(0, limit)
      .map(([id]) => id);
  }

  missingDetails(limit: number): readonly MissingDetail[] {
    return [...this.#entries.values()]
      .sort(newestFirst)
      .flatMap(({ record, asked }) => {
        const missing = asked ? undefined : separateText(record);
        return missing ? [{ message: record, missing }] : [];
      })
      .slice(0, limit);
  }

  putDetails(details: readonly Detail[], since?: Mark): void {
    this.#expect(since);
    const changed = new Set<string>();
    for (const { id, text, transcription } of details) {
      const known = this.#entries.get(id);
      if (!known) continue;
      const entry = {
        ...known,
        text: text ?? known.text,
        transcription: transcription ?? known.transcription,
      };
      this.#entries.set(id, { ...entry, searchable: this.#searchableOf(entry), asked: true });
      if (entry.text !== known.text || entry.transcription !== known.transcription) changed.add(id);
    }
    this.#fire(changed);
  }

  enqueue(operation: NewOperation): string | undefined {
    const chosen = [...new Set(operation.messageIds)]
      .flatMap((id) => this.get(id) ?? [])
      .filter((message) => isChangedBy(operation.kind, message));
    if (chosen.length === 0) return undefined;
    const id = this.#outbox.add(operation, chosen);
    this.#fire(new Set(chosen.map((message) => message.id)));
    return id;
  }

  cancel(operationId: string): boolean {
    const cancelled = this.#outbox.cancel(operationId);
    this.#fire(new Set(cancelled));
    return cancelled.length > 0;
  }

  /** Everything is shown at once. */
  showMore(): boolean {
    return false;
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
    return this.#outbox.move(operationId, messageIds, 'sending');
  }

  settle(operationId: string, settlement: Settlement): void {
    const kind = this.operation(operationId)?.kind;
    if (!kind) return;
    const { done = [], failed = [], waiting = [], dropped = [], gone = [], records = [] } = settlement;
    const answers = new Map(records.map((record) => [record.id, record]));
    const changed = new Set<string>();
    for (const { messageId, error } of failed) {
      for (const id of this.#outbox.move(operationId, [messageId], 'failed', error)) changed.add(id);
    }
    for (const id of this.#outbox.remove(operationId, dropped)) changed.add(id);
    this.#outbox.move(operationId, waiting, 'waiting');
    for (const id of this.#outbox.move(operationId, done, 'done')) {
      const known = this.confirmed(id);
      if (known) this.#keep(id, carriedOut(kind, known, answers.get(id)));
      this.#settled.set(id, this.#revision + 1);
      changed.add(id);
    }
    for (const record of records) {
      if (this.#keep(record.id, received(this.confirmed(record.id), record))) changed.add(record.id);
    }
    this.#outbox.remove(operationId, gone);
    for (const id of gone) {
      this.#entries.delete(id);
      this.#settled.set(id, this.#revision + 1);
      changed.add(id);
    }
    this.#fire(changed);
  }

  setDelay(operationId: string, delay: StoredError | undefined): void {
    this.#outbox.setDelay(operationId, delay);
  }

  get country(): string | undefined {
    return this.#country;
  }

  setCountry(country: string): void {
    const isDifferent = (this.#country ?? DEFAULT_COUNTRY) !== country;
    this.#country = country;
    if (!isDifferent) return;
    for (const id of this.#entries.keys()) this.#toRebuild.add(id);
    this.#fire(new Set([ANY_ID]));
  }

  /** Only words are kept; all else is derived when it is asked for. */
  rebuildSome(): boolean {
    let count = 0;
    for (const id of this.#toRebuild) {
      if (++count > REBUILT_AT_ONCE) return true;
      this.#toRebuild.delete(id);
      const entry = this.#entries.get(id);
      if (entry) this.#entries.set(id, { ...entry, searchable: this.#searchableOf(entry) });
    }
    if (count > 0) this.#fire(new Set([ANY_ID]));
    return false;
  }

  eraseSome(): 'done' {
    return 'done';
  }

  forget(operationId: string): void {
    this.#outbox.forget(operationId);
  }

  dispose(): void {
    this.#changed.dispose();
    this.#entries.clear();
  }

  #forget({ forgetBefore }: Pick<Batch, 'forgetBefore'>, limit: number, changed: Set<string>): void {
    if (forgetBefore === undefined) return;
    for (const [id, { record }] of this.#entries) {
      if (changed.size >= limit) return;
      const time = creationTime(record);
      if (time === 0 || time >= forgetBefore) continue;
      this.#entries.delete(id);
      changed.add(id);
    }
  }

  #expect(moment: Mark | undefined): void {
    if (moment && moment.epoch !== this.#epoch) throw new StoreReplacedError();
  }

  /** @returns whether anything is different now */
  #keep(id: string, record: Message | undefined): boolean {
    const known = this.#entries.get(id);
    if (!record) return this.#entries.delete(id);
    if (idNumber(id) === undefined) return false;
    if (known && JSON.stringify(known.record) === JSON.stringify(record)) {
      this.#seen(id);
      return false;
    }
    this.#entries.set(id, {
      ...known,
      record,
      generation: this.#generation,
      asked: known?.asked === true && !hasNewText(record, known.record),
      searchable: this.#searchableOf({ ...known, record }),
    });
    return true;
  }

  #seen(id: string): void {
    const known = this.#entries.get(id);
    if (known) this.#entries.set(id, { ...known, generation: this.#generation });
  }

  get #generation(): number {
    return this.#syncState?.generation ?? 0;
  }

  #searchableOf({ record, text, transcription }: Omit<Entry, 'searchable' | 'generation'>): Searchable {
    return searchableOf(withReadings(record, this.#country), text, transcription);
  }

  #shown({ record, text, transcription }: Entry): Message {
    const whole: Message = {
      ...withReadings(record, this.#country),
      ...(text !== undefined && { subject: text }),
      ...(transcription !== undefined && { transcription }),
    };
    return this.#outbox
      .unconfirmed(record.id)
      .reduce<Message>((message, kind) => changedBy(kind, message), whole);
  }

  /** Newest first. */
  #matching({ availability, filter, group }: MessageQuery): Message[] {
    const matches = filterMatcher(filter, this.#country);
    const isInGroup = group ? groupMatcher(group, this.now()) : () => true;
    const conversations = new Set<string>();
    return [...this.#entries.values()].sort(newestFirst).flatMap((entry) => {
      const message = this.#shown(entry);
      if (!isPresent(message, availability) || !matches(message, () => entry.searchable)) return [];
      if (filter.latestPerConversation && message.conversationId !== undefined) {
        if (conversations.has(message.conversationId)) return [];
        conversations.add(message.conversationId);
      }
      return isInGroup(message) ? [message] : [];
    });
  }

  #groups(query: MessageQuery, level: GroupLevel): Group[] {
    const members = new Map<string, { readonly key: GroupKey; readonly messages: [Message, ...Message[]] }>();
    for (const message of this.#matching(query)) {
      const key = this.#groupKey(message, level);
      const name = JSON.stringify(key);
      const group = members.get(name);
      if (group) group.messages.push(message);
      else members.set(name, { key, messages: [message] });
    }
    const groups = [...members.values()].map(({ key, messages }) => ({
      key,
      newest: messages[0],
      ...tallyOf(messages),
    }));
    return level === 'type' ? inTypeOrder(groups) : groups;
  }

  #groupKey(message: Message, level: GroupLevel): GroupKey {
    const type = message.type ?? '';
    switch (level) {
      case 'type':
        return { kind: 'type', type };
      case 'thread':
        return { kind: 'thread', type, thread: threadKey(message) };
      case 'party':
        return { kind: 'party', party: otherPartyKey(message) };
      case 'date':
        return { kind: 'date', span: spanOf(creationTime(message), this.now()) };
    }
  }

  #fire(ids: ReadonlySet<string>): void {
    if (ids.size === 0) return;
    this.#revision += 1;
    this.#changed.fire(changeOf(ids));
  }
}

function tallyOf(messages: readonly Message[]): Tally {
  return { total: messages.length, unread: messages.filter(isUnread).length };
}

function isPresent(message: Message, presence: Presence): boolean {
  return presence === 'AliveOrDeleted'
    ? message.availability === 'Alive' || message.availability === 'Deleted'
    : message.availability === presence;
}

type Recorded = Pick<Entry, 'record'>;

function newestFirst({ record: a }: Recorded, { record: b }: Recorded): number {
  return creationTime(b) - creationTime(a) || compareIds(b.id, a.id);
}
