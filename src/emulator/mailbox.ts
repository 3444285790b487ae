import type { ReadStatus } from '../api/schema';
import { Emitter } from '../util/emitter';
import { type Clock, DAY } from './clock';
import type { StoredMessage } from './record';
import { Timeline } from './timeline';

/** A Deleted message becomes Purged, and a Purged one is gone, this long after (FACTS, Messages). */
export const DAYS_TO_NEXT_STEP = 5 * DAY;

interface Change {
  /** ms since the epoch. */
  readonly time: number;
  readonly id: string;
}

/** What happened to a message that is now as it stands here. */
export interface MailboxEvent {
  readonly kind: 'new' | 'updated';
  readonly message: StoredMessage;
}

export interface MessageRange {
  /** Inclusive, ms since the epoch. */
  readonly from?: number | undefined;
  /** Exclusive, ms since the epoch. */
  readonly to?: number | undefined;
  readonly conversationId?: string | undefined;
}

/** The messages, their life cycle and the history of their changes. */
export class Mailbox {
  readonly #byId = new Map<string, StoredMessage>();
  readonly #timeline: Timeline;
  readonly #conversations = new Map<string, Timeline>();
  readonly #deleted = new Set<StoredMessage>();
  readonly #purged = new Set<StoredMessage>();
  /** In order of time. */
  readonly #changes: Change[] = [];
  readonly #changed = new Emitter<MailboxEvent>();
  #lastId = 0n;

  /** Fires for each message that is added or changed, by whomever. */
  readonly onDidChange = this.#changed.event;

  constructor(
    messages: readonly StoredMessage[],
    private readonly clock: Clock,
  ) {
    this.#timeline = new Timeline(messages);
    const conversations = new Map<string, StoredMessage[]>();
    for (const message of messages) {
      this.#byId.set(message.id, message);
      this.#lastId = maximum(this.#lastId, message);
      if (message.conversationId === undefined) continue;
      const conversation = conversations.get(message.conversationId);
      if (conversation) conversation.push(message);
      else conversations.set(message.conversationId, [message]);
    }
    for (const [id, conversation] of conversations) this.#conversations.set(id, new Timeline(conversation));
    for (const message of messages) this.#await(message);
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): StoredMessage | undefined {
    return this.#byId.get(id);
  }

  /** Newest first, in every availability. */
  newestFirst(range: MessageRange = {}): Iterable<StoredMessage> {
    if (range.conversationId === undefined) return this.#timeline.newestFirst(range.from, range.to);
    return this.#conversations.get(range.conversationId)?.newestFirst(range.from, range.to) ?? [];
  }

  /** Messages added or changed at `time` (ms since the epoch) or later, each once. */
  changedSince(time: number): ReadonlySet<StoredMessage> {
    const changed = new Set<StoredMessage>();
    for (let index = this.#changes.length - 1; index >= 0; index--) {
      const change = this.#changes[index];
      if (change === undefined || change.time < time) break;
      const message = this.#byId.get(change.id);
      if (message) changed.add(message);
    }
    return changed;
  }

  /** An id larger than any before it. */
  nextId(): string {
    return String(++this.#lastId);
  }

  add(message: StoredMessage): void {
    this.#insert(message);
    this.#record(message, 'new');
  }

  /** Replaces the message of the same id. */
  replace(message: StoredMessage): void {
    const old = this.#byId.get(message.id);
    if (old) this.#forget(new Set([old]));
    this.#insert(message);
    this.#record(message, 'updated');
  }

  setReadStatus(message: StoredMessage, readStatus: ReadStatus): void {
    if (message.readStatus === readStatus) return;
    message.readStatus = readStatus;
    this.#touch(message);
  }

  /** Deleted → Alive; nothing for a message that is Alive. Purged ones are beyond it: the caller must not ask. */
  restore(message: StoredMessage): void {
    if (message.availability === 'Alive') return;
    this.#deleted.delete(message);
    message.availability = 'Alive';
    delete message.removedAt;
    this.#touch(message);
  }

  /** One step on: Alive → Deleted → Purged; with `purge`, straight to Purged. A Purged message stays as it is. */
  remove(message: StoredMessage, purge: boolean): void {
    if (message.availability === 'Purged') return;
    const availability = purge || message.availability === 'Deleted' ? 'Purged' : 'Deleted';
    this.#moveTo(message, availability, this.clock.now());
  }

  /** Moves on the messages whose time has come; to be called before each look at the mailbox. */
  age(): void {
    const due = this.clock.now() - DAYS_TO_NEXT_STEP;
    for (const message of this.#deleted) {
      const { removedAt = due } = message;
      if (removedAt <= due) this.#moveTo(message, 'Purged', removedAt + DAYS_TO_NEXT_STEP);
    }
    const gone = new Set([...this.#purged].filter(({ removedAt = due }) => removedAt <= due));
    if (gone.size > 0) this.#forget(gone);
  }

  #insert(message: StoredMessage): void {
    this.#byId.set(message.id, message);
    this.#lastId = maximum(this.#lastId, message);
    this.#timeline.insert(message);
    if (message.conversationId !== undefined) {
      const conversation = this.#conversations.get(message.conversationId) ?? new Timeline();
      conversation.insert(message);
      this.#conversations.set(message.conversationId, conversation);
    }
    this.#await(message);
  }

  #moveTo(message: StoredMessage, availability: 'Deleted' | 'Purged', time: number): void {
    this.#waitingRoom(message)?.delete(message);
    message.availability = availability;
    message.removedAt = time;
    this.#await(message);
    this.#touch(message);
  }

  #await(message: StoredMessage): void {
    const room = this.#waitingRoom(message);
    if (!room) return;
    message.removedAt ??= Date.parse(message.lastModifiedTime);
    room.add(message);
  }

  /** Where a message waits for the next step of its life cycle. */
  #waitingRoom(message: StoredMessage): Set<StoredMessage> | undefined {
    if (message.availability === 'Alive') return undefined;
    return message.availability === 'Deleted' ? this.#deleted : this.#purged;
  }

  #forget(gone: ReadonlySet<StoredMessage>): void {
    this.#timeline.remove(gone);
    for (const message of gone) {
      this.#byId.delete(message.id);
      this.#waitingRoom(message)?.delete(message);
    }
    for (const id of new Set([...gone].flatMap(({ conversationId }) => conversationId ?? []))) {
      const conversation = this.#conversations.get(id);
      conversation?.remove(gone);
      if (conversation?.isEmpty) this.#conversations.delete(id);
    }
  }

  #touch(message: StoredMessage): void {
    message.lastModifiedTime = new Date(this.clock.now()).toISOString();
    this.#record(message, 'updated');
  }

  #record(message: StoredMessage, kind: MailboxEvent['kind']): void {
    this.#changes.push({ time: this.clock.now(), id: message.id });
    this.#changed.fire({ kind, message });
  }
}

function maximum(id: bigint, message: StoredMessage): bigint {
  const other = BigInt(message.id);
  return other > id ? other : id;
}
