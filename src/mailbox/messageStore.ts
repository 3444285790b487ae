import type { Message } from '../api/schema';
import { Emitter, type Event } from '../util/emitter';
import { creationTime } from './message';
import { matcher, type MessageQuery } from './query';

/** A change that shows before the server has confirmed it. */
export type Change = Partial<Pick<Message, 'readStatus' | 'availability'>>;

/** A change in flight. Exactly one of its two methods ends it, once. */
export interface StagedChange {
  /** Makes the change permanent for `confirmed` and takes it back for the rest. */
  settle(confirmed: ReadonlySet<string>): void;
}

export interface StoreChange {
  /** Ids of the messages that were added, changed or removed in this batch. */
  readonly ids: ReadonlySet<string>;
}

interface Entry {
  readonly record: Message;
  readonly time: number;
}

/**
 * The messages that this window knows, in memory: the server's records, with the user's unconfirmed changes laid over
 * them, so that a record arriving in between can neither undo a change on screen nor be lost when it is taken back.
 */
export class MessageStore {
  readonly #entries = new Map<string, Entry>();
  readonly #staged = new Map<string, Change[]>();
  readonly #changed = new Emitter<StoreChange>();

  /** Fires once for each batch. */
  readonly onDidChange: Event<StoreChange> = this.#changed.event;

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): Message | undefined {
    const entry = this.#entries.get(id);
    return entry && this.#overlaid(entry.record);
  }

  /** The server's own record, without the user's unconfirmed changes. */
  confirmed(id: string): Message | undefined {
    return this.#entries.get(id)?.record;
  }

  /** Matching messages, newest first. */
  query(query: MessageQuery): Message[] {
    const matches = matcher(query);
    const found: { message: Message; time: number }[] = [];
    for (const { record, time } of this.#entries.values()) {
      const message = this.#overlaid(record);
      if (matches(message)) found.push({ message, time });
    }
    found.sort((a, b) => b.time - a.time || compareIds(b.message.id, a.message.id));
    return found.map(({ message }) => message);
  }

  /** All messages of a conversation in one availability, oldest first. */
  conversation(conversationId: string, availability: Message['availability'] = 'Alive'): Message[] {
    return this.#entriesOf(conversationId)
      .map(({ record }) => this.#overlaid(record))
      .filter((message) => message.availability === availability);
  }

  /** The server's own records of a conversation, whatever their availability, oldest first. */
  confirmedConversation(conversationId: string): Message[] {
    return this.#entriesOf(conversationId).map(({ record }) => record);
  }

  /**
   * Takes records from the server. One that comes as id and availability only (a deleted message in an ISync) keeps
   * what is known of it; an unknown one of that kind is left out, for nothing could be shown of it. Purged ones go.
   */
  put(records: Iterable<Message>): void {
    const ids = new Set<string>();
    for (const record of records) {
      const known = this.#entries.get(record.id);
      if (record.availability === 'Purged') {
        if (this.#entries.delete(record.id)) ids.add(record.id);
      } else if (isTombstone(record)) {
        if (!known) continue;
        this.#entries.set(record.id, {
          ...known,
          record: { ...known.record, availability: record.availability },
        });
        ids.add(record.id);
      } else {
        this.#entries.set(record.id, { record, time: creationTime(record) });
        ids.add(record.id);
      }
    }
    this.#fire(ids);
  }

  /** Forgets messages that are gone from the server. */
  remove(gone: Iterable<string>): void {
    const ids = new Set<string>();
    for (const id of gone) if (this.#entries.delete(id)) ids.add(id);
    this.#fire(ids);
  }

  /** Ids of everything known. */
  ids(): Iterable<string> {
    return this.#entries.keys();
  }

  /** Shows `change` on the messages `ids` at once; the result ends it when the server has answered. */
  stage(ids: readonly string[], change: Change): StagedChange {
    for (const id of ids) this.#staged.set(id, [...(this.#staged.get(id) ?? []), change]);
    this.#fire(new Set(ids));
    let open = true;
    return {
      settle: (confirmed) => {
        if (!open) return;
        open = false;
        for (const id of ids) this.#settle(id, change, confirmed.has(id));
        this.#fire(new Set(ids));
      },
    };
  }

  dispose(): void {
    this.#changed.dispose();
    this.#entries.clear();
    this.#staged.clear();
  }

  #settle(id: string, change: Change, confirmed: boolean): void {
    const remaining = (this.#staged.get(id) ?? []).filter((staged) => staged !== change);
    if (remaining.length > 0) this.#staged.set(id, remaining);
    else this.#staged.delete(id);
    const entry = this.#entries.get(id);
    if (!confirmed || !entry) return;
    if (change.availability === 'Purged') this.#entries.delete(id);
    else this.#entries.set(id, { ...entry, record: { ...entry.record, ...change } });
  }

  #entriesOf(conversationId: string): Entry[] {
    const found: Entry[] = [];
    for (const entry of this.#entries.values()) {
      if (entry.record.conversationId === conversationId) found.push(entry);
    }
    return found.sort((a, b) => a.time - b.time || compareIds(a.record.id, b.record.id));
  }

  #overlaid(record: Message): Message {
    const staged = this.#staged.get(record.id);
    return staged?.reduce<Message>((message, change) => ({ ...message, ...change }), record) ?? record;
  }

  #fire(ids: ReadonlySet<string>): void {
    if (ids.size > 0) this.#changed.fire({ ids });
  }
}

function isTombstone(record: Message): boolean {
  return record.type === undefined && record.creationTime === undefined;
}

/** Ids grow with time; the longer of two decimal strings is the larger number. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
