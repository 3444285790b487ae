import { highlightOf } from '../highlightOf';
import { matchRanges } from '../../mailbox/search/matchRanges';
import type { MessageRows } from './messageRows';

/** Names of highlights, as in the style sheet. */
const FOUND = 'found';
const FOUND_CURRENT = 'found-current';

/** Highlights words in the messages that are there. */
export class FoundHighlights {
  #text = '';
  #messageId: string | undefined;
  #drawing = 0;

  constructor(
    private readonly rows: Pick<MessageRows, 'element' | 'texts'>,
    signal: AbortSignal,
  ) {
    // Whole texts arrive later than their messages.
    const texts = new MutationObserver(() => this.#drawSoon());
    texts.observe(rows.element, { childList: true, subtree: true });
    signal.addEventListener('abort', () => {
      texts.disconnect();
      this.clear();
    });
  }

  /** @param messageId of the one that was found last */
  show(text: string, messageId: string | undefined): void {
    this.#text = text;
    this.#messageId = messageId;
    if (text.trim() === '') this.clear();
    else this.#drawSoon();
  }

  clear(): void {
    this.#text = '';
    CSS.highlights.delete(FOUND);
    CSS.highlights.delete(FOUND_CURRENT);
  }

  #drawSoon(): void {
    if (this.#text === '' || this.#drawing !== 0) return;
    this.#drawing = requestAnimationFrame(() => {
      this.#drawing = 0;
      this.#draw();
    });
  }

  #draw(): void {
    if (this.#text.trim() === '') return;
    const terms = [{ in: 'text', text: this.#text, phrase: false } as const];
    const found = Array.from(this.rows.texts, ([id, element]) => ({ id, ranges: rangesIn(element, terms) }));
    const current = found.filter(({ id }) => id === this.#messageId).flatMap(({ ranges }) => ranges);
    const others = found.filter(({ id }) => id !== this.#messageId).flatMap(({ ranges }) => ranges);
    CSS.highlights.set(FOUND, highlightOf(others));
    CSS.highlights.set(FOUND_CURRENT, highlightOf(current));
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
