import { TooLargeError } from '../tooLarge';

/** What decoding may take in all. Sizes come from the file, and are believed as long as it lasts. */
export class Budget {
  #spent = 0;

  constructor(private readonly limit: number) {}

  get spent(): number {
    return this.#spent;
  }

  /** @throws TooLargeError if that is more than is left, or no number */
  spend(amount: number): void {
    if (!(amount <= this.limit - this.#spent)) throw new TooLargeError('The page is too large.');
    this.#spent += amount;
  }
}

/** What decoding one page may take. */
export interface PageBudget {
  /** Pixels of its blocks. */
  readonly pixels: Budget;
  /** Bytes that are read of the file, some of them again and again. */
  readonly stored: Budget;
  /** Bytes that come out of that. */
  readonly unpacked: Budget;
}
