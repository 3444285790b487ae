import type { Disposable } from './disposable';

/** A function to subscribe with; structurally the same as `vscode.Event`, so that lower layers need no `vscode`. */
export type Event<T> = (listener: (event: T) => void) => Disposable;

/** A small event emitter for the layers that must not import `vscode`. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(event: T) => void>();

  readonly event: Event<T> = (listener) => {
    // Wrapped, so that the same function subscribed twice is called twice and removed once.
    const entry = (event: T): void => listener(event);
    this.#listeners.add(entry);
    return { dispose: () => this.#listeners.delete(entry) };
  };

  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
