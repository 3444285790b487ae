import type { FindStep, Found } from '../../viewers/conversationProtocol';
import type { FindState } from '../findBar';

export interface FindEvents {
  find(text: string, from: string | undefined, step: FindStep): Promise<Found>;
  /** @param reveal the message that was found is to come into sight */
  onFound(state: FindState, reveal: boolean): void;
  onFailure(error: unknown): void;
}

/** The message to begin at, known perhaps only when what the reader did before is done. */
type Start = Promise<string | undefined> | string | undefined;

/** Finds words in the whole conversation, message by message. */
export class ConversationFind {
  #text = '';
  #messageId: string | undefined;
  /** Counts what was looked for. */
  #turn = 0;
  #last = Promise.resolve();

  constructor(private readonly events: FindEvents) {}

  get text(): string {
    return this.#text;
  }

  /** The message that was found last. */
  get messageId(): string | undefined {
    return this.#messageId;
  }

  /** @param from where to begin */
  search(text: string, from: Start): Promise<void> {
    this.#text = text;
    this.#messageId = undefined;
    // What is on its way for other words is not waited for.
    const turn = ++this.#turn;
    this.#last = this.#ask(turn, from, 'stay', true);
    return this.#last;
  }

  /** Goes on from what was found last. @param from where to begin if nothing was */
  move(step: 1 | -1, from: Start): Promise<void> {
    return this.#afterwards((turn) =>
      this.#ask(turn, this.#messageId ?? from, step === 1 ? 'newer' : 'older', true),
    );
  }

  /** Counts again, because messages came or went. */
  refresh(): Promise<void> {
    return this.#afterwards(async (turn) => {
      if (this.#text.trim() !== '') await this.#ask(turn, this.#messageId, 'stay', false);
    });
  }

  clear(): void {
    this.#turn++;
    this.#text = '';
    this.#messageId = undefined;
  }

  /** Does it when what is being found is there, unless other words are looked for by then. */
  #afterwards(work: (turn: number) => Promise<void>): Promise<void> {
    const turn = this.#turn;
    this.#last = this.#last.then(() => (turn === this.#turn ? work(turn) : undefined));
    return this.#last;
  }

  async #ask(turn: number, from: Start, step: FindStep, reveal: boolean): Promise<void> {
    try {
      const start = await from;
      if (turn !== this.#turn) return;
      const found = this.#text.trim() === '' ? { count: 0 } : await this.events.find(this.#text, start, step);
      if (turn !== this.#turn) return;
      this.#messageId = found.match?.messageId;
      const state = { matches: found.count, current: found.match?.ordinal ?? 0, finished: true };
      this.events.onFound(state, reveal);
    } catch (error) {
      if (turn === this.#turn) this.events.onFailure(error);
    }
  }
}
