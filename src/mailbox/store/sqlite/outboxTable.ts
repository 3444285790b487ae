import type { Message } from '../../../api/schema';
import { DamagedError, storedChoice, storedJson } from '../../../storage/damage';
import { AT_MOST, type Statements } from '../../../storage/statements';
import {
  ITEM_STATES,
  type NewOperation,
  type Operation,
  OPERATION_KINDS,
  type OperationItem,
  type OperationKind,
  type Progress,
  type Settlement,
  type StoredError,
} from '../../outbox/operation';
import { isStoredError } from '../../outbox/storedError';
import { idNumber } from '../messageIds';
import { changedBy } from '../records';

const IS_OPEN = "state IN ('waiting', 'sending')";

const IS_WAITING = "state = 'waiting'";

/** Items that are open and whose messages are named in JSON. */
const ARE_OPEN_AMONG = `${IS_OPEN} AND message IN (SELECT CAST(value AS INTEGER) FROM json_each(?))`;

const HAS_OPEN_ITEM = `EXISTS (SELECT 1 FROM operation_item WHERE operation = operation.id AND ${IS_OPEN})`;

/** As SQLite puts it. */
const NO_LIMIT = -1;

/** The number that an operation has in this file, which grows with time. */
const NUMBER = '(SELECT id FROM operation WHERE name = ?)';

/** Which messages an operation changes. See `isChangedBy`. */
const IS_CHANGED: Readonly<Record<OperationKind, string>> = {
  markRead: "message.read_status IS NOT 'Read'",
  markUnread: "message.read_status IS NOT 'Unread'",
  delete: "message.availability = 'Alive'",
  deleteConversation: "message.availability = 'Alive'",
  restore: "message.availability = 'Deleted'",
  deletePermanently: "message.availability <> 'Purged'",
};

/** The messages that are named in JSON, as `chosen`, in that order. */
const CHOSEN = 'json_each(?) AS chosen CROSS JOIN message ON message.id = CAST(chosen.value AS INTEGER)';

const AVAILABILITIES: readonly Message['availability'][] = ['Alive', 'Deleted', 'Purged'];

interface OperationRow {
  readonly id: number;
  readonly name: unknown;
  readonly kind: unknown;
  readonly conversation: string | null;
  readonly window: string;
  readonly delay?: string | null;
}

const ITEM_COLUMNS = 'CAST(message AS TEXT) AS message, state, availability_then, error';

/** A row of these columns. */
interface ItemRow {
  readonly message: string;
  readonly state: unknown;
  readonly availability_then: unknown;
  readonly error: string | null;
}

/** The operations of a store, within the transaction of the caller. */
export class OutboxTable {
  constructor(private readonly statements: Statements) {}

  /** @returns the id that the operation has been given; undefined if there is nothing that it would change */
  add({ kind, conversationId, window, messageIds }: NewOperation): string | undefined {
    const name = crypto.randomUUID();
    const { lastInsertRowid: operation } = this.statements
      .prepare('INSERT INTO operation (name, kind, conversation, window) VALUES (?, ?, ?, ?)')
      .run(name, kind, conversationId ?? null, window);
    const { changes } = this.statements
      .prepare(
        // What does not look yet as it should may be about to.
        `INSERT INTO operation_item (operation, position, message, state, availability_then)
         SELECT ?, chosen.key, message.id, 'waiting', message.availability
         FROM ${CHOSEN} WHERE ${IS_CHANGED[kind]} OR message.id IN stale`,
      )
      .run(operation, listOf(new Set(messageIds)));
    if (changes === 0) {
      this.forget(name);
      return undefined;
    }
    this.#makeStale(name, IS_OPEN);
    return name;
  }

  /** Keeps an operation of another file, with its id; its items keep their states. */
  adopt({ id, kind, conversationId, window, items }: Operation): void {
    const { lastInsertRowid: operation } = this.statements
      .prepare('INSERT INTO operation (name, kind, conversation, window) VALUES (?, ?, ?, ?)')
      .run(id, kind, conversationId ?? null, window);
    const insert = this.statements.prepare(
      `INSERT INTO operation_item (operation, position, message, state, availability_then, error)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    for (const [position, item] of items.entries()) {
      const message = idNumber(item.messageId);
      if (message === undefined) continue;
      const error = item.error ? JSON.stringify(item.error) : null;
      insert.run(operation, position, message, item.state, item.availabilityThen, error);
    }
    this.#makeStale(id, IS_OPEN);
  }

  /**
   * Takes what is waiting out of an operation.
   * @returns whether there was anything
   */
  cancel(id: string): boolean {
    this.#makeStale(id, IS_WAITING);
    const { changes } = this.statements
      .prepare(`DELETE FROM operation_item WHERE operation = ${NUMBER} AND ${IS_WAITING}`)
      .run(id);
    return changes > 0;
  }

  /** Some of the messages that do not look yet as they should, the latest first; the caller sees to that. */
  takeStale(limit: number): { readonly id: bigint; readonly text: string }[] {
    const sql = `DELETE FROM stale WHERE message IN (SELECT message FROM stale ORDER BY message DESC ${AT_MOST})
      RETURNING CAST(message AS TEXT) AS message`;
    const rows = this.statements.prepare(sql).all(limit) as { message: string }[];
    return rows.map(({ message }) => ({ id: BigInt(message), text: message }));
  }

  get hasStale(): boolean {
    return this.statements.prepare('SELECT 1 FROM stale LIMIT 1').get() !== undefined;
  }

  operation(id: string): Operation | undefined {
    const row = this.statements.prepare('SELECT * FROM operation WHERE name = ?').get(id);
    return row && this.#operation(row as unknown as OperationRow);
  }

  /** Undefined if there is no such operation. */
  kind(id: string): OperationKind | undefined {
    const row = this.statements.prepare('SELECT kind FROM operation WHERE name = ?').get(id) as
      | { kind: unknown }
      | undefined;
    return row && storedChoice(row.kind, OPERATION_KINDS);
  }

  operations(): Operation[] {
    const rows = this.statements.prepare('SELECT * FROM operation ORDER BY id').all();
    return rows.map((row) => this.#operation(row as unknown as OperationRow));
  }

  /** The first operation with an open item that has nothing to do with those that are passed over. */
  next(except: readonly string[]): Operation | undefined {
    // What comes after one that is passed over waits for it if they have a message in common, and so on.
    const rows = this.statements
      .prepare(`SELECT id, name FROM operation WHERE ${HAS_OPEN_ITEM} ORDER BY id`)
      .iterate() as Iterable<{ id: number; name: string }>;
    const passedOver = new Set(except);
    const blocking: number[] = [];
    let found: string | undefined;
    for (const { id, name } of rows) {
      if (!passedOver.has(name) && !this.#haveMessageInCommon(id, blocking)) {
        found = name;
        break;
      }
      blocking.push(id);
    }
    return found === undefined ? undefined : this.operation(found);
  }

  get hasDelay(): boolean {
    const sql = `SELECT 1 FROM operation WHERE delay IS NOT NULL AND ${HAS_OPEN_ITEM} LIMIT 1`;
    return this.statements.prepare(sql).get() !== undefined;
  }

  /** Those without. */
  finished(): Operation[] {
    const rows = this.statements
      .prepare(`SELECT * FROM operation WHERE NOT ${HAS_OPEN_ITEM} ORDER BY id`)
      .all();
    return rows.map((row) => this.#operation(row as unknown as OperationRow));
  }

  get openCount(): number {
    const row = this.statements
      .prepare(`SELECT count(*) AS count FROM operation_item WHERE ${IS_OPEN}`)
      .get();
    return Number(row?.['count'] ?? 0);
  }

  openItems(id: string, limit = NO_LIMIT): OperationItem[] {
    const rows = this.statements
      .prepare(
        `SELECT ${ITEM_COLUMNS} FROM operation_item WHERE operation = ${NUMBER} AND ${IS_OPEN}
         ORDER BY position ${AT_MOST}`,
      )
      .all(id, limit) as unknown as ItemRow[];
    return rows.map(itemOf);
  }

  progress(id: string): Progress {
    const row = this.statements
      .prepare(
        `SELECT count(*) AS total, count(*) FILTER (WHERE ${IS_OPEN}) AS open
         FROM operation_item WHERE operation = ${NUMBER}`,
      )
      .get(id);
    const open = Number(row?.['open']);
    return { open, settled: Number(row?.['total']) - open };
  }

  isPending(message: bigint): boolean {
    const sql = `SELECT 1 FROM operation_item WHERE message = ? AND ${IS_OPEN} LIMIT 1`;
    return this.statements.prepare(sql).get(message) !== undefined;
  }

  /** Lays what is not confirmed yet over a record, in order. */
  overlaid(message: bigint, record: Message): Message {
    const rows = this.statements
      .prepare(
        `SELECT kind FROM operation_item JOIN operation ON operation.id = operation
         WHERE message = ? AND ${IS_OPEN} ORDER BY operation`,
      )
      .all(message) as { kind: unknown }[];
    return rows.reduce((shown, { kind }) => changedBy(storedChoice(kind, OPERATION_KINDS), shown), record);
  }

  /** @returns which of the items are still open */
  markSending(operation: string, messageIds: readonly string[]): string[] {
    const rows = this.statements
      .prepare(
        `UPDATE operation_item SET state = 'sending' WHERE operation = ${NUMBER} AND ${ARE_OPEN_AMONG}
         RETURNING CAST(message AS TEXT) AS message`,
      )
      .all(operation, listOf(messageIds)) as { message: string }[];
    return rows.map(({ message }) => message);
  }

  /**
   * Changes the state of an item that is still open.
   * @returns whether it was
   */
  move(operation: string, message: bigint, state: 'waiting' | 'done'): boolean {
    const { changes } = this.statements
      .prepare(
        `UPDATE operation_item SET state = ? WHERE operation = ${NUMBER} AND message = ? AND ${IS_OPEN}`,
      )
      .run(state, operation, message);
    return changes > 0;
  }

  /** Keeps why whichever of the items are still open have failed. */
  fail(operation: string, failed: NonNullable<Settlement['failed']>): void {
    this.#makeStale(operation, ARE_OPEN_AMONG, listOf(failed.map(({ messageId }) => messageId)));
    const update = this.statements.prepare(
      `UPDATE operation_item SET state = 'failed', error = ? WHERE operation = ${NUMBER} AND message = ? AND ${IS_OPEN}`,
    );
    for (const { messageId, error } of failed) {
      const id = idNumber(messageId);
      if (id !== undefined) update.run(JSON.stringify(error), operation, id);
    }
  }

  /** Takes whichever of the items are still open out of their operation. */
  remove(operation: string, messageIds: readonly string[]): void {
    const list = listOf(messageIds);
    this.#makeStale(operation, ARE_OPEN_AMONG, list);
    this.statements
      .prepare(`DELETE FROM operation_item WHERE operation = ${NUMBER} AND ${ARE_OPEN_AMONG}`)
      .run(operation, list);
  }

  setDelay(operation: string, delay: StoredError | undefined): void {
    this.statements
      .prepare('UPDATE operation SET delay = ? WHERE name = ?')
      .run(delay ? JSON.stringify(delay) : null, operation);
  }

  forget(operation: string): void {
    this.statements.prepare(`DELETE FROM operation WHERE name = ? AND NOT ${HAS_OPEN_ITEM}`).run(operation);
  }

  #haveMessageInCommon(operation: number, others: readonly number[]): boolean {
    if (others.length === 0) return false;
    const sql = `SELECT 1 FROM operation_item AS item WHERE operation = ? AND ${IS_OPEN} AND EXISTS (
      SELECT 1 FROM operation_item AS other WHERE other.message = item.message AND other.${IS_OPEN}
        AND other.operation IN (SELECT value FROM json_each(?))
    ) LIMIT 1`;
    return this.statements.prepare(sql).get(operation, JSON.stringify(others)) !== undefined;
  }

  /** Remembers that what is shown of the messages of these items is, or will be, not what it should be. */
  #makeStale(operation: string, items: string, ...values: readonly string[]): void {
    this.statements
      .prepare(
        `INSERT OR IGNORE INTO stale (message)
         SELECT message FROM operation_item WHERE operation = ${NUMBER} AND ${items} ORDER BY message`,
      )
      .run(operation, ...values);
  }

  #operation({ id, name, kind, conversation, window, delay }: OperationRow): Operation {
    const items = this.statements
      .prepare(`SELECT ${ITEM_COLUMNS} FROM operation_item WHERE operation = ? ORDER BY position`)
      .all(id) as unknown as ItemRow[];
    if (typeof name !== 'string') throw new DamagedError('An operation has no name');
    return {
      id: name,
      kind: storedChoice(kind, OPERATION_KINDS),
      ...(conversation !== null && { conversationId: conversation }),
      window,
      items: items.map(itemOf),
      ...(typeof delay === 'string' && { delay: storedJson(delay, isStoredError) }),
    };
  }
}

/** As a parameter for `json_each`; what is no id is left out. */
function listOf(messageIds: Iterable<string>): string {
  return JSON.stringify(Array.from(messageIds).filter((id) => idNumber(id) !== undefined));
}

function itemOf({ message, state, availability_then, error }: ItemRow): OperationItem {
  return {
    messageId: message,
    state: storedChoice(state, ITEM_STATES),
    availabilityThen: storedChoice(availability_then, AVAILABILITIES),
    ...(error !== null && { error: storedJson(error, isStoredError) }),
  };
}
