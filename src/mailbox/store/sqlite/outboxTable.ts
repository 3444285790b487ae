import type { Message } from '../../../api/schema';
import type { Statements } from '../../../storage/statements';
import type {
  ItemState,
  NewOperation,
  Operation,
  OperationItem,
  OperationKind,
  StoredError,
} from '../../outbox/operation';
import { changedBy } from '../records';

const IS_OPEN = "state IN ('waiting', 'sending')";

const HAS_OPEN_ITEM = `EXISTS (SELECT 1 FROM operation_item WHERE operation = operation.id AND ${IS_OPEN})`;

/** The number that an operation has in this file, which grows with time. */
const NUMBER = '(SELECT id FROM operation WHERE name = ?)';

interface OperationRow {
  readonly id: number;
  readonly name: string;
  readonly kind: OperationKind;
  readonly conversation: string | null;
  readonly window: string;
}

interface ItemRow {
  readonly message: string;
  readonly state: ItemState;
  readonly availability_then: Message['availability'];
  readonly error: string | null;
}

/** The operations of a store, within the transaction of the caller. */
export class OutboxTable {
  constructor(private readonly statements: Statements) {}

  /** @returns the id that the operation has been given */
  add(
    { kind, conversationId, window }: NewOperation,
    messages: readonly { readonly id: bigint; readonly record: Message }[],
  ): string {
    const name = crypto.randomUUID();
    const { lastInsertRowid: operation } = this.statements
      .prepare('INSERT INTO operation (name, kind, conversation, window) VALUES (?, ?, ?, ?)')
      .run(name, kind, conversationId ?? null, window);
    const insert = this.statements.prepare(
      `INSERT INTO operation_item (operation, position, message, state, availability_then)
       VALUES (?, ?, ?, 'waiting', ?)`,
    );
    for (const [position, { id, record }] of messages.entries()) {
      insert.run(operation, position, id, record.availability);
    }
    return name;
  }

  operation(id: string): Operation | undefined {
    const row = this.statements.prepare('SELECT * FROM operation WHERE name = ?').get(id);
    return row && this.#operation(row as unknown as OperationRow);
  }

  /** Undefined if there is no such operation. */
  kind(id: string): OperationKind | undefined {
    const row = this.statements.prepare('SELECT kind FROM operation WHERE name = ?').get(id) as
      { kind: OperationKind } | undefined;
    return row?.kind;
  }

  operations(): Operation[] {
    const rows = this.statements.prepare('SELECT * FROM operation ORDER BY id').all();
    return rows.map((row) => this.#operation(row as unknown as OperationRow));
  }

  /** The first operation with an open item. */
  next(): Operation | undefined {
    const row = this.statements
      .prepare(`SELECT * FROM operation WHERE ${HAS_OPEN_ITEM} ORDER BY id LIMIT 1`)
      .get();
    return row && this.#operation(row as unknown as OperationRow);
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
      .all(message) as { kind: OperationKind }[];
    return rows.reduce((shown, { kind }) => changedBy(kind, shown), record);
  }

  /**
   * Changes the state of an item that is still open.
   * @returns whether it was
   */
  move(operation: string, message: bigint, state: ItemState, error?: StoredError): boolean {
    const { changes } = this.statements
      .prepare(
        `UPDATE operation_item SET state = ?, error = ? WHERE operation = ${NUMBER} AND message = ? AND ${IS_OPEN}`,
      )
      .run(state, error ? JSON.stringify(error) : null, operation, message);
    return changes > 0;
  }

  /**
   * Takes an item that is still open out of its operation.
   * @returns whether it was
   */
  remove(operation: string, message: bigint): boolean {
    const { changes } = this.statements
      .prepare(`DELETE FROM operation_item WHERE operation = ${NUMBER} AND message = ? AND ${IS_OPEN}`)
      .run(operation, message);
    return changes > 0;
  }

  forget(operation: string): void {
    this.statements.prepare(`DELETE FROM operation WHERE name = ? AND NOT ${HAS_OPEN_ITEM}`).run(operation);
  }

  #operation({ id, name, kind, conversation, window }: OperationRow): Operation {
    const items = this.statements
      .prepare(
        `SELECT CAST(message AS TEXT) AS message, state, availability_then, error
         FROM operation_item WHERE operation = ? ORDER BY position`,
      )
      .all(id) as unknown as ItemRow[];
    return {
      id: name,
      kind,
      ...(conversation !== null && { conversationId: conversation }),
      window,
      items: items.map(itemOf),
    };
  }
}

function itemOf({ message, state, availability_then, error }: ItemRow): OperationItem {
  return {
    messageId: message,
    state,
    availabilityThen: availability_then,
    ...(error !== null && { error: JSON.parse(error) as StoredError }),
  };
}
