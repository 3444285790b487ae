import type { BubbleView, ConversationPart, Place } from '../../viewers/conversationProtocol';

/** How many messages are read at first, so that the page is there at once. */
export const FIRST = 60;
/** How many are read further when the reader comes near the end of what is there. */
const CHUNK = 80;
/** How many are kept: what is far from the reader is let go. */
export const LIMIT = 240;

export type Direction = 'older' | 'newer';

type Read = (place: Place, before: number, after: number) => Promise<ConversationPart>;

/**
 * The messages that the page has: some that follow each other, out of the whole conversation. Each time it is read as a
 * whole, so that it is one state of the conversation and never a patchwork of several.
 */
export class LoadedPart {
  #part: ConversationPart = { total: 0, start: 0, index: 0, bubbles: [] };
  #turn = 0;

  constructor(private readonly read: Read) {}

  get total(): number {
    return this.#part.total;
  }

  get start(): number {
    return this.#part.start;
  }

  get end(): number {
    return this.#part.start + this.#part.bubbles.length;
  }

  get bubbles(): readonly BubbleView[] {
    return this.#part.bubbles;
  }

  /** What is at the place that was asked for last: the message itself, or the one after it if it is not shown. */
  get asked(): BubbleView | undefined {
    return this.at(this.#part.index);
  }

  /** Where in the conversation a message is; undefined if it is not here. */
  indexOf(messageId: string): number | undefined {
    const index = this.#part.bubbles.findIndex((bubble) => bubble.messageId === messageId);
    return index < 0 ? undefined : this.start + index;
  }

  /** The message at a place in the conversation; undefined if it is not here. */
  at(index: number): BubbleView | undefined {
    return this.#part.bubbles[index - this.start];
  }

  /** Ids from one message to another, whichever comes first, both included; undefined if one of them is not here. */
  idsBetween(one: string, other: string): readonly string[] | undefined {
    const ids = this.#part.bubbles.map(({ messageId }) => messageId);
    const places = [ids.indexOf(one), ids.indexOf(other)];
    const [first, last] = [Math.min(...places), Math.max(...places)];
    return first < 0 ? undefined : ids.slice(first, last + 1);
  }

  /** Goes somewhere else. @returns whether nothing else was asked for meanwhile, as from all of these */
  open(place: Place): Promise<boolean> {
    return place.kind === 'end'
      ? this.#load(place, FIRST - 1, 0)
      : this.#load(place, FIRST / 2, FIRST / 2 - 1);
  }

  /** Goes on in one direction, and lets go of what is too far in the other. */
  extend(direction: Direction): Promise<boolean> {
    const { start, bubbles } = this.#part;
    const edge = direction === 'older' ? bubbles[0] : bubbles.at(-1);
    if (!edge) return this.open({ kind: 'end' });
    const kept = Math.min(bubbles.length, LIMIT - CHUNK) - 1;
    const place = {
      kind: 'message',
      messageId: edge.messageId,
      index: direction === 'older' ? start : this.end - 1,
    } as const;
    return direction === 'older' ? this.#load(place, CHUNK, kept) : this.#load(place, kept, CHUNK);
  }

  /**
   * Reads the same part again.
   * @param around a message that the reader sees, whatever comes or goes; undefined at the end, to stay there
   */
  refresh(around: string | undefined): Promise<boolean> {
    const length = Math.max(FIRST, this.#part.bubbles.length);
    const index = around === undefined ? undefined : this.indexOf(around);
    if (around === undefined || index === undefined) return this.#load({ kind: 'end' }, length - 1, 0);
    const before = index - this.start;
    return this.#load({ kind: 'message', messageId: around, index }, before, length - before - 1);
  }

  async #load(place: Place, before: number, after: number): Promise<boolean> {
    const turn = ++this.#turn;
    const part = await this.read(place, before, after);
    if (turn !== this.#turn) return false;
    this.#part = part;
    return true;
  }
}
