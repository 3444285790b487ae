import type { Message } from '../../../api/schema';
import { openDatabase } from '../../../storage/sqlite';
import { Statements } from '../../../storage/statements';
import { isOpen, type Operation } from '../../outbox/operation';
import { OutboxTable } from './outboxTable';
import { parseRecord } from './rows';

/** What could be read of the outbox of a damaged file. */
export interface Recovered {
  /** Those with something that is still waiting or being sent. */
  readonly operations: readonly Operation[];
  /** Of their messages, as far as they can be read. */
  readonly records: readonly Message[];
  /** How many items of operations were still waiting or being sent and cannot be read; undefined if that cannot be told. */
  readonly lost: number | undefined;
}

const OPEN_ITEMS = "SELECT count(*) AS count FROM operation_item WHERE state IN ('waiting', 'sending')";

/**
 * Reads what had not been sent. Nothing is taken from tables whose indexes say something else: a message that is named
 * by a broken byte is not one that the user chose.
 * @param file nothing else may have it open
 */
export function recoverOperations(file: string): Recovered {
  const nothing = (lost: number | undefined): Recovered => ({ operations: [], records: [], lost });
  let database;
  try {
    database = openDatabase(file);
  } catch {
    return nothing(undefined);
  }
  try {
    const statements = new Statements(database);
    const count = Number(statements.prepare(OPEN_ITEMS).get()?.['count']);
    const isSound = ['operation', 'operation_item'].every((table) => {
      const rows = statements.prepare(`PRAGMA integrity_check(${table})`).all();
      return rows.length === 1 && rows[0]?.['integrity_check'] === 'ok';
    });
    if (!isSound) return nothing(count);
    const operations = readable(new OutboxTable(statements), statements);
    const ids = operations.flatMap(({ items }) => items.filter(isOpen).map(({ messageId }) => messageId));
    return { operations, records: recordsOf(statements, ids), lost: Math.max(0, count - ids.length) };
  } catch {
    return nothing(undefined);
  } finally {
    database.close();
  }
}

function readable(outbox: OutboxTable, statements: Statements): Operation[] {
  const rows = statements.prepare('SELECT name FROM operation ORDER BY id').all();
  return rows
    .flatMap(({ name }) => ifReadable(() => outbox.operation(String(name))) ?? [])
    .filter(({ items }) => items.some(isOpen));
}

function recordsOf(statements: Statements, ids: readonly string[]): Message[] {
  const select = statements.prepare('SELECT record FROM message WHERE id = ?');
  return [...new Set(ids)].flatMap((id) => {
    const record = ifReadable(() => select.get(BigInt(id)) as { record: string } | undefined);
    const message = record && ifReadable(() => parseRecord(record.record));
    return message?.id === id ? [message] : [];
  });
}

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
