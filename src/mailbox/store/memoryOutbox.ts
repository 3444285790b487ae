import type { Message } from '../../api/schema';
import {
  isOpen,
  type ItemState,
  type NewOperation,
  type Operation,
  type OperationItem,
  type OperationKind,
  type Progress,
  type StoredError,
} from '../outbox/operation';

/** The operations of a store in memory, in order. */
export class MemoryOutbox {
  readonly #operations = new Map<string, Operation>();
  /** Worked out when it is asked for, for every row asks. */
  #unconfirmed: ReadonlyMap<string, readonly OperationKind[]> | undefined;

  /** @returns the id that the operation has been given */
  add({ kind, conversationId, window }: NewOperation, messages: readonly Message[]): string {
    const id = crypto.randomUUID();
    const items = messages.map(({ id: messageId, availability }) => ({
      messageId,
      state: 'waiting' as const,
      availabilityThen: availability,
    }));
    this.#unconfirmed = undefined;
    this.#operations.set(id, {
      id,
      kind,
      ...(conversationId !== undefined && { conversationId }),
      window,
      items,
    });
    return id;
  }

  operation(id: string): Operation | undefined {
    return this.#operations.get(id);
  }

  operations(): readonly Operation[] {
    return [...this.#operations.values()];
  }

  /** The first operation with an open item that has nothing to do with those that are passed over. */
  next(except: readonly string[]): Operation | undefined {
    const passedOver = new Set(except);
    const messages = new Set<string>();
    for (const operation of this.operations()) {
      const open = operation.items.filter(isOpen).map(({ messageId }) => messageId);
      if (open.length === 0) continue;
      if (!passedOver.has(operation.id) && !open.some((id) => messages.has(id))) return operation;
      for (const id of open) messages.add(id);
    }
    return undefined;
  }

  get hasDelay(): boolean {
    return this.operations().some((operation) => operation.delay !== undefined && hasOpenItem(operation));
  }

  /** Those without. */
  finished(): Operation[] {
    return this.operations().filter((operation) => !hasOpenItem(operation));
  }

  get openCount(): number {
    return this.operations().reduce((count, { items }) => count + items.filter(isOpen).length, 0);
  }

  openItems(operationId: string, limit?: number): OperationItem[] {
    return (this.#operations.get(operationId)?.items ?? []).filter(isOpen).slice(0, limit);
  }

  progress(operationId: string): Progress {
    const { items = [] } = this.#operations.get(operationId) ?? {};
    const open = items.filter(isOpen).length;
    return { open, settled: items.length - open };
  }

  /**
   * Takes what is waiting out of an operation.
   * @returns ids of the messages
   */
  cancel(operationId: string): string[] {
    return this.#replace(operationId, (item) => (item.state === 'waiting' ? undefined : item));
  }

  /** What was asked for and is not confirmed yet for a message, in order. */
  unconfirmed(messageId: string): readonly OperationKind[] {
    this.#unconfirmed ??= this.#openKinds();
    return this.#unconfirmed.get(messageId) ?? [];
  }

  /**
   * Changes the state of whichever of the items are still open.
   * @returns ids of their messages
   */
  move(operationId: string, messageIds: readonly string[], state: ItemState, error?: StoredError): string[] {
    const moved = new Set(messageIds);
    return this.#replace(operationId, (item) =>
      moved.has(item.messageId) ? { ...item, state, ...(error && { error }) } : item,
    );
  }

  /**
   * Takes whichever of the items are still open out of the operation.
   * @returns ids of their messages
   */
  remove(operationId: string, messageIds: readonly string[]): string[] {
    const removed = new Set(messageIds);
    return this.#replace(operationId, (item) => (removed.has(item.messageId) ? undefined : item));
  }

  setDelay(operationId: string, delay: StoredError | undefined): void {
    const operation = this.#operations.get(operationId);
    if (!operation) return;
    const { delay: _before, ...rest } = operation;
    this.#operations.set(operationId, { ...rest, ...(delay && { delay }) });
  }

  forget(operationId: string): void {
    if (!this.#operations.get(operationId)?.items.some(isOpen)) this.#operations.delete(operationId);
  }

  #openKinds(): ReadonlyMap<string, readonly OperationKind[]> {
    const kinds = new Map<string, OperationKind[]>();
    for (const { kind, items } of this.#operations.values()) {
      for (const { messageId } of items.filter(isOpen)) {
        kinds.set(messageId, [...(kinds.get(messageId) ?? []), kind]);
      }
    }
    return kinds;
  }

  #replace(operationId: string, replacement: (item: OperationItem) => OperationItem | undefined): string[] {
    const operation = this.#operations.get(operationId);
    if (!operation) return [];
    const replaced: string[] = [];
    const items = operation.items.flatMap((item) => {
      const now = isOpen(item) ? replacement(item) : item;
      if (now !== item) replaced.push(item.messageId);
      return now ?? [];
    });
    this.#unconfirmed = undefined;
    this.#operations.set(operationId, { ...operation, items });
    return replaced;
  }
}

function hasOpenItem({ items }: Operation): boolean {
  return items.some(isOpen);
}
