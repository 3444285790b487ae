import { matchRanges } from '../../mailbox/search/matchRanges';
import type { FindStep, Found } from '../../viewers/conversationProtocol';
import type { FindState } from '../findBar';

/** Names of highlights, as in the style sheet. */
const FOUND = 'found';
const FOUND_CURRENT = 'found-current';

export interface FindEvents {
  find(text: string, from: string | undefined, step: FindStep): Promise<Found>;
  /** @param messageId of what was found last; undefined for nothing */
  onFound(state: FindState, messageId: string | undefined, reveal: boolean): void;
  onFailure(error: unknown): void;
}

/** Finds words in the whole conversation, and highlights them in the messages that are there. */
export class ConversationFind {
  #text = '';
  #messageId: string | undefined;
  #turn = 0;

  constructor(private readonly events: FindEvents) {}

  get text(): string {
    return this.#text;
  }

  /** The message that was found last. */
  get messageId(): string | undefined {
    return this.#messageId;
  }

  /** @param from the message that the reader is at */
  search(text: string, from: string | undefined): Promise<void> {
    this.#text = text;
    this.#messageId = undefined;
    return this.#ask(from, 'stay', true);
  }

  move(step: 1 | -1, from: string | undefined): Promise<void> {
    return this.#ask(this.#messageId ?? from, step === 1 ? 'newer' : 'older', true);
  }

  /** Counts again, because messages came or went. */
  async refresh(): Promise<void> {
    if (this.#text.trim() !== '' && this.#messageId !== undefined)
      await this.#ask(this.#messageId, 'stay', false);
  }

  clear(): void {
    this.#turn++;
    this.#text = '';
    this.#messageId = undefined;
    CSS.highlights.delete(FOUND);
    CSS.highlights.delete(FOUND_CURRENT);
  }

  /** @param texts elements with the texts that are there, by message */
  highlight(texts: ReadonlyMap<string, HTMLElement>): void {
    if (this.#text.trim() === '') return;
    const terms = [{ in: 'text', text: this.#text, phrase: false } as const];
    const found = Array.from(texts, ([id, element]) => ({ id, ranges: rangesIn(element, terms) }));
    const current = found.filter(({ id }) => id === this.#messageId).flatMap(({ ranges }) => ranges);
    const others = found.filter(({ id }) => id !== this.#messageId).flatMap(({ ranges }) => ranges);
    CSS.highlights.set(FOUND, new Highlight(...others));
    CSS.highlights.set(FOUND_CURRENT, new Highlight(...current));
  }

  async #ask(from: string | undefined, step: FindStep, reveal: boolean): Promise<void> {
    const turn = ++this.#turn;
    try {
      const found = this.#text.trim() === '' ? { count: 0 } : await this.events.find(this.#text, from, step);
      if (turn !== this.#turn) return;
      this.#messageId = found.match?.messageId;
      const state = { matches: found.count, current: found.match?.ordinal ?? 0, finished: true };
      this.events.onFound(state, this.#messageId, reveal);
    } catch (error) {
      if (turn === this.#turn) this.events.onFailure(error);
    }
  }
}

function rangesIn(element: HTMLElement, terms: Parameters<typeof matchRanges>[1]): readonly Range[] {
  const nodes = textNodes(element);
  const text = nodes.map(({ data }) => data).join('');
  return matchRanges(text, terms).map(({ start, end }) => {
    const range = new Range();
    range.setStart(...placeIn(nodes, start));
    range.setEnd(...placeIn(nodes, end));
    return range;
  });
}

function textNodes(element: HTMLElement): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes;
}

/** The node that holds a place in the joined text, and where in it that is. */
function placeIn(nodes: readonly Text[], place: number): [Text, number] {
  let rest = place;
  for (const node of nodes) {
    if (rest <= node.length) return [node, rest];
    rest -= node.length;
  }
  throw new RangeError('The place is not in the text.');
}
