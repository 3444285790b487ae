import type { TroubleNotice } from './troubleNotice';

/** Does what may fail, and says so if it does. */
export class Trouble {
  /** What the notice is about. */
  #told: 'reading' | 'acting' | undefined;

  /** @param signal once aborted, nothing is told any more */
  constructor(
    private readonly notice: Pick<TroubleNotice, 'show' | 'hide'>,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Reads something. What was said about reading is over when it succeeds.
   * @returns undefined if it failed
   */
  reading<T>(work: () => Promise<T>, retry?: () => void): Promise<T | undefined> {
    return this.#attempt('reading', work, retry);
  }

  /**
   * Does what somebody wants, whose failure stays to be read whatever is read meanwhile.
   * @returns undefined if it failed
   */
  acting<T>(work: () => Promise<T>): Promise<T | undefined> {
    return this.#attempt('acting', work);
  }

  async #attempt<T>(
    what: 'reading' | 'acting',
    work: () => Promise<T>,
    retry?: () => void,
  ): Promise<T | undefined> {
    try {
      const result = await work();
      if (this.#told === what) this.#end();
      return result;
    } catch (error) {
      this.tell(error, what, retry);
      return undefined;
    }
  }

  tell(error: unknown, what: 'reading' | 'acting', retry?: () => void): void {
    if (this.signal.aborted) return;
    this.#told = what;
    this.notice.show(error, retry);
  }

  #end(): void {
    this.#told = undefined;
    this.notice.hide();
  }
}
