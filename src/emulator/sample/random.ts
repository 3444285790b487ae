import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Choices that look random and are the same for the same seed. */
export class Random {
  readonly #generator;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** A whole number; both bounds may come. */
  integer(from: number, to: number): number {
    return uniformInt(this.#generator, from, to);
  }

  /** True in so many of a hundred cases. */
  percent(share: number): boolean {
    return this.integer(1, 100) <= share;
  }

  /** @throws RangeError if there is nothing to pick from */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.integer(0, items.length - 1)];
    if (item === undefined) throw new RangeError('Nothing to pick from');
    return item;
  }
}
