/** A place to keep values, as `globalState` is. */
export class FakeMemento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get(key: string, otherwise?: unknown): unknown {
    return this.#values.has(key) ? this.#values.get(key) : otherwise;
  }

  update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
    return Promise.resolve();
  }
}
