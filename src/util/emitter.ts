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

  /** A listener that throws stops neither the others nor whoever fires; its error is left to the process. */
  fire(event: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
