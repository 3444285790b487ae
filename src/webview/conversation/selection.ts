/** The messages that are selected, wherever in the conversation they are: ids and nothing else, so that no other is meant. */
export class Selection {
  #ids: ReadonlySet<string> = new Set();
  /** Where a range begins. */
  #anchor: string | undefined;
  /** Where it ends. */
  #head: string | undefined;

  constructor(private readonly onChange: () => void) {}

  get size(): number {
    return this.#ids.size;
  }

  get ids(): readonly string[] {
    return [...this.#ids];
  }

  get anchor(): string | undefined {
    return this.#anchor;
  }

  /** Where the range ends that was made last; one that is made from somewhere else is another. */
  get head(): string | undefined {
    return this.#head;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  toggle(id: string): void {
    const ids = new Set(this.#ids);
    if (!ids.delete(id)) ids.add(id);
    this.#set(ids, id, id);
  }

  /** Selects exactly these. @param anchor where a range begins @param head where it ends */
  replace(ids: readonly string[], anchor = this.#anchor, head = this.#head): void {
    this.#set(new Set(ids), anchor, head);
  }

  /** Keeps of what is selected only these; what was selected meanwhile stays. */
  retain(asked: readonly string[], kept: readonly string[]): void {
    const gone = new Set(asked).difference(new Set(kept));
    const ids = this.#ids.difference(gone);
    if (ids.size !== this.#ids.size) this.#set(ids, this.#anchor, this.#head);
  }

  clear(): void {
    if (this.#ids.size > 0) this.#set(new Set(), undefined, undefined);
  }

  /** A range that is made from here on begins at this message. */
  beginAt(id: string): void {
    this.#anchor = id;
    this.#head = id;
  }

  #set(ids: ReadonlySet<string>, anchor: string | undefined, head: string | undefined): void {
    this.#ids = ids;
    this.#anchor = anchor;
    this.#head = head;
    this.onChange();
  }
}
