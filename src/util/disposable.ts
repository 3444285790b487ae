/** Anything that must be given back: structurally the same as `vscode.Disposable`, without importing it. */
export interface Disposable {
  dispose(): void;
}

/** Collects disposables and disposes them once, last added first. */
export class DisposableStore implements Disposable {
  readonly #items: Disposable[] = [];
  #disposed = false;

  /** Adds `item` and returns it; an item added after disposal is disposed at once, so that nothing is left running. */
  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  dispose(): void {
    this.#disposed = true;
    for (const item of this.#items.splice(0).reverse()) item.dispose();
  }
}
