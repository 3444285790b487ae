/**
 * The store is another one than that which something was read from: its file was damaged, or another window has begun it
 * anew. What was made of it is not true of this one.
 */
export class StoreReplacedError extends Error {
  constructor() {
    super('The messages were begun anew meanwhile');
    this.name = 'StoreReplacedError';
  }
}

/** Does `work`, and begins it again for as long as the store is replaced while it is under way. */
export async function inOneStore<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreReplacedError)) throw error;
    }
  }
}
