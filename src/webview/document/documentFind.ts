import { highlightOf } from '../highlightOf';
import type { FindState } from '../findBar';
import type { PageScroller } from './pageScroller';
import type { DocumentText } from './pagedDocument';
import { findSpans, piecesOf, type PageText, type Span } from './pageText';

/** Names of highlights, as in the style sheet. */
const FOUND = 'found';
const FOUND_CURRENT = 'found-current';

export interface Match extends Span {
  readonly page: number;
}

/** Finds words in a document, and highlights them where pages are shown. */
export class DocumentFind {
  readonly #texts = new Map<number, PageText>();
  #matches: readonly Match[] = [];
  #current = -1;
  #search = new AbortController();

  constructor(
    private readonly text: DocumentText,
    private readonly pageCount: number,
    private readonly scroller: PageScroller,
    private readonly onState: (state: FindState) => void,
  ) {}

  /** Looks through all pages; goes to the first match from the page in front on. */
  async search(query: string): Promise<void> {
    this.#search.abort();
    this.#search = new AbortController();
    const { signal } = this.#search;
    const from = this.scroller.current;
    this.#matches = [];
    this.#current = -1;
    this.#highlight();
    for (let page = 1; page <= this.pageCount && query.trim() !== ''; page++) {
      const text = await this.#read(page);
      if (signal.aborted) return;
      const found = findSpans(text.text, query).map((span) => ({ page, ...span }));
      this.#matches = [...this.#matches, ...found];
      if (found.length === 0) continue;
      if (this.#current < 0 && page >= from) this.#go(this.#matches.length - found.length);
      else this.#tell(false);
    }
    if (this.#current < 0 && this.#matches.length > 0) this.#go(0);
    this.#highlight();
    this.#tell(true);
  }

  /** @param step 1 to the next, -1 to the previous; from the last on to the first */
  move(step: 1 | -1): void {
    const { length } = this.#matches;
    if (length > 0) this.#go((this.#current + step + length) % length);
  }

  /** A page's text has been laid out, or taken away. */
  textChanged(number: number): void {
    this.#highlight();
    if (this.#matches[this.#current]?.page === number) this.#reveal();
  }

  clear(): void {
    this.#search.abort();
    this.#matches = [];
    this.#current = -1;
    this.#highlight();
  }

  #go(index: number): void {
    this.#current = index;
    this.#highlight();
    this.#reveal();
    this.#tell(true);
  }

  #tell(finished: boolean): void {
    this.onState({ matches: this.#matches.length, current: this.#current + 1, finished });
  }

  #reveal(): void {
    const match = this.#matches[this.#current];
    if (match) this.scroller.reveal(match.page, this.#ranges(match)[0]?.getBoundingClientRect());
  }

  #highlight(): void {
    const current = this.#matches[this.#current];
    const others = this.#matches.filter((match) => match !== current);
    CSS.highlights.set(FOUND, highlightOf(others.flatMap((match) => this.#ranges(match))));
    CSS.highlights.set(FOUND_CURRENT, highlightOf(current ? this.#ranges(current) : []));
  }

  /** Empty while the page is not shown. */
  #ranges(match: Match): readonly Range[] {
    const text = this.#texts.get(match.page);
    const nodes = this.scroller.sheet(match.page)?.textNodes ?? [];
    if (!text || nodes.length === 0) return [];
    return piecesOf(text, match).flatMap(({ piece, start, end }) => {
      const node = nodes[piece]?.firstChild;
      if (!node) return [];
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, end);
      return [range];
    });
  }

  /** A page that is damaged has no text. */
  async #read(number: number): Promise<PageText> {
    const known = this.#texts.get(number);
    if (known) return known;
    let text: PageText = { text: '', starts: [], lengths: [] };
    try {
      text = await this.text.read(number);
    } catch (error) {
      console.error(error);
    }
    this.#texts.set(number, text);
    return text;
  }
}
