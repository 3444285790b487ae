import type { StoredMessage } from './record';

/** Messages ordered by creation time, then id, so that ranges are found without sorting per request. */
export class Timeline {
  /** Oldest first: a new message, the common case, goes to the end. */
  #messages: StoredMessage[];

  constructor(messages: Iterable<StoredMessage> = []) {
    this.#messages = [...messages].sort(compareAge);
  }

  get isEmpty(): boolean {
    return this.#messages.length === 0;
  }

  insert(message: StoredMessage): void {
    this.#messages.splice(
      this.#firstIndex((other) => compareAge(other, message) > 0),
      0,
      message,
    );
  }

  remove(gone: ReadonlySet<StoredMessage>): void {
    this.#messages = this.#messages.filter((message) => !gone.has(message));
  }

  /** Messages created in [`from`, `to`), in ms since the epoch; newest first. */
  *newestFirst(from = -Infinity, to = Infinity): Generator<StoredMessage, undefined> {
    const start = from === -Infinity ? 0 : this.#firstIndex(notBefore(from));
    const end = to === Infinity ? this.#messages.length : this.#firstIndex(notBefore(to));
    yield* this.#messages.slice(start, end).reverse();
  }

  /** Index of the first message for which `isPast` holds; it must hold for all after it. */
  #firstIndex(isPast: (message: StoredMessage) => boolean): number {
    let low = 0;
    let high = this.#messages.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const message = this.#messages[middle];
      if (message === undefined || isPast(message)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function notBefore(time: number): (message: StoredMessage) => boolean {
  return (message) => Date.parse(message.creationTime) >= time;
}

/** Orders oldest first. Creation times all have the form of `Date.toISOString`, so their texts compare as their times do. */
export function compareAge(a: StoredMessage, b: StoredMessage): number {
  if (a.creationTime !== b.creationTime) return a.creationTime < b.creationTime ? -1 : 1;
  return a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
