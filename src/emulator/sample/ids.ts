import type { Random } from './random';

const FIRST_MESSAGE_ID = 1_712_000_000_000;

/** Ids of messages and attachments: 13 digits, rising. */
export class MessageIds {
  #last = FIRST_MESSAGE_ID;

  constructor(private readonly random: Random) {}

  next(): string {
    this.#last += 4 * this.random.integer(1, 999);
    return String(this.#last);
  }
}

/**
 * Ids of conversations: int64 far beyond 2^53. Every second one follows its predecessor directly, so that whoever reads
 * them as JavaScript numbers mixes up two conversations.
 */
export class ConversationIds {
  #neighbour: bigint | undefined;

  constructor(private readonly random: Random) {}

  next(): string {
    if (this.#neighbour !== undefined) {
      const id = this.#neighbour;
      this.#neighbour = undefined;
      return String(id);
    }
    const id =
      (BigInt(this.random.integer(0x40000000, 0x7fffffff)) << 32n) |
      BigInt(this.random.integer(0, 0x7fffffff) * 2);
    this.#neighbour = id + 1n;
    return String(id);
  }
}
