import type { BubbleView } from '../../viewers/conversationProtocol';
import { element } from '../element';
import type { LoadedPart } from './loadedPart';
import type { MessageRows } from './messageRows';

/** How near to the end counts as being there. CSS pixels. */
const END_TOLERANCE = 60;
/** How far beyond what is in sight there are messages, in heights of the list. */
const AHEAD = 2;
/** Of a message that was not there yet. CSS pixels. */
const GUESSED_HEIGHT = 64;

/** A message and where its upper edge is, from that of the list. CSS pixels. */
export interface Anchor {
  readonly messageId: string;
  readonly index: number;
  readonly offset: number;
}

/** What is missing in the list where the reader is: older or newer messages, or those around a place in the conversation. */
export type Need = 'older' | 'newer' | { readonly index: number };

/**
 * A list of messages of which only those near the reader are there, with room left for the others: one can scroll
 * anywhere. What the reader sees stays where it is, whatever is added, let go or changes its size.
 */
export class MessageList {
  readonly element: HTMLElement;
  readonly #above = element('div');
  readonly #below = element('div');
  readonly #lifetime = new AbortController();
  #average = GUESSED_HEIGHT;
  #atEnd = true;
  /** CSS pixels: where the list was scrolled to when that was last looked at. */
  #lastTop = 0;
  /** What is in the list, which is behind the part until that is shown. */
  #shown: { readonly start: number; readonly bubbles: readonly BubbleView[] } = { start: 0, bubbles: [] };
  /** Where the reader is, to be kept when something changes its size. */
  #place: Anchor | undefined;

  /** @param onMove the reader scrolled, or the list moved by itself */
  constructor(
    private readonly part: LoadedPart,
    private readonly rows: MessageRows,
    private readonly onMove: () => void,
  ) {
    this.element = element('div', {
      class: 'messages',
      children: [this.#above, rows.element, this.#below],
    });
    this.#watch();
  }

  /** The reader is at the end, and wants to stay there. */
  get atEnd(): boolean {
    // What a key has scrolled the browser tells of only in the next frame.
    this.#noteScroll();
    return this.#atEnd && this.part.end === this.part.total;
  }

  /** The first message in sight; undefined where there are none yet. */
  get anchor(): Anchor | undefined {
    const { top, bottom } = this.element.getBoundingClientRect();
    const index = this.#firstBelow(top);
    const bubble = this.#shown.bubbles[index];
    const edge = this.rows.rowOf(bubble?.messageId)?.getBoundingClientRect().top;
    if (!bubble || edge === undefined || edge >= bottom) return undefined;
    return { messageId: bubble.messageId, index: this.#shown.start + index, offset: edge - top };
  }

  get need(): Need | undefined {
    const { clientHeight, scrollTop } = this.element;
    const { start, end, total } = this.part;
    if (clientHeight === 0 || total === 0) return undefined;
    const gap = this.#placeInGap;
    if (gap !== undefined) return { index: Math.min(total - 1, Math.floor(gap)) };
    const { first, last } = this.#edges;
    const ahead = AHEAD * clientHeight;
    if (start > 0 && scrollTop - first < ahead) return 'older';
    if (end < total && last - scrollTop - clientHeight < ahead) return 'newer';
    return undefined;
  }

  /** How many messages one sees at once. */
  get pageLength(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / this.#average) - 1);
  }

  /**
   * Shows the part as it is now.
   * @param place where the reader shall be; where it is if it is not given
   */
  show(place: Anchor | 'end' | undefined = this.atEnd ? 'end' : this.anchor): void {
    const gap = place === undefined ? this.#placeInGap : undefined;
    const { start, end, total, bubbles } = this.part;
    this.rows.show(this.part);
    this.#shown = { start, bubbles };
    if (bubbles.length > 0) this.#average = Math.max(1, this.rows.element.offsetHeight / bubbles.length);
    this.#above.style.height = `${start * this.#average}px`;
    this.#below.style.height = `${(total - end) * this.#average}px`;
    if (place === 'end') this.scrollToEnd();
    else if (place) {
      this.#restore(place);
      // At the top there is nothing to scroll, and no event that would tell.
      this.#atEnd = this.#isNearEnd;
    } else if (gap !== undefined) this.#restoreGap(gap);
    this.#place = this.anchor;
  }

  scrollToEnd(): void {
    this.#atEnd = true;
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** Brings a message that is there to the middle, and to the attention. */
  reveal(messageId: string): void {
    const made = this.rows.rowOf(messageId);
    if (!made) return;
    made.scrollIntoView({ block: 'center' });
    this.#atEnd = this.#isNearEnd;
    this.#place = this.anchor;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const ring = (color: string): Keyframe => ({ outline: `2px solid ${color}` });
    made.querySelector('.bubble-body')?.animate([ring('var(--vscode-focusBorder)'), ring('transparent')], {
      duration: 2000,
      easing: 'ease-in',
    });
  }

  /** Whether a message is there and in sight, at least in part. */
  isInSight(messageId: string): boolean {
    const edges = this.rows.rowOf(messageId)?.getBoundingClientRect();
    const { top, bottom } = this.element.getBoundingClientRect();
    return edges !== undefined && edges.bottom > top && edges.top < bottom;
  }

  /** Ends everything under way. */
  dispose(): void {
    this.#lifetime.abort();
  }

  #watch(): void {
    const { signal } = this.#lifetime;
    this.element.addEventListener(
      'scroll',
      () => {
        this.#noteScroll();
        this.#place = this.anchor;
        this.onMove();
      },
      { signal, passive: true },
    );
    // Pictures arrive and the window changes its width: what the reader sees stays in sight.
    const resized = new ResizeObserver(() => {
      if (this.atEnd) this.scrollToEnd();
      else if (this.#place) this.#restore(this.#place);
      this.onMove();
    });
    resized.observe(this.rows.element);
    resized.observe(this.element);
    signal.addEventListener('abort', () => resized.disconnect());
  }

  #noteScroll(): void {
    const { scrollTop } = this.element;
    // Only who scrolls up leaves the end: it also moves away by itself, when a picture above it arrives.
    this.#atEnd = this.#isNearEnd || (this.#atEnd && scrollTop >= this.#lastTop);
    this.#lastTop = scrollTop;
  }

  get #isNearEnd(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    return scrollTop + clientHeight >= scrollHeight - END_TOLERANCE;
  }

  /** Where the messages that are there begin and end, from the beginning of the conversation. CSS pixels. */
  get #edges(): { readonly first: number; readonly last: number } {
    const first = this.#above.offsetHeight;
    return { first, last: first + this.rows.element.offsetHeight };
  }

  #restore({ messageId, index, offset }: Anchor): void {
    const row = this.rows.rowOf(messageId) ?? this.rows.rowOf(this.part.at(index)?.messageId);
    if (!row) return;
    const edge = edgeBetween(row, this.element);
    if (Math.abs(edge - offset) >= 1) this.element.scrollTop += edge - offset;
  }

  /**
   * Where in the conversation the upper edge of the list is while no message is in sight, because the reader scrolled to
   * where none are yet; with the part of a message that is above it.
   */
  get #placeInGap(): number | undefined {
    const { clientHeight, scrollTop } = this.element;
    const { first, last } = this.#edges;
    if (this.#shown.start > 0 && scrollTop + clientHeight <= first) return scrollTop / this.#average;
    if (this.#below.offsetHeight > 0 && scrollTop >= last)
      return this.#shown.start + this.#shown.bubbles.length + (scrollTop - last) / this.#average;
    return undefined;
  }

  /** What a message takes up is guessed anew each time; the reader is at the same place in the conversation all the same. */
  #restoreGap(place: number): void {
    const index = Math.floor(place);
    const row = this.rows.rowOf(this.part.at(index)?.messageId);
    const { start, end } = this.part;
    const { first, last } = this.#edges;
    if (row) this.element.scrollTop += edgeBetween(row, this.element) + (place - index) * row.offsetHeight;
    else
      this.element.scrollTop = place < start ? (place / start) * first : last + (place - end) * this.#average;
  }

  /** Index among the bubbles of the first one that ends below a height on the screen. */
  #firstBelow(y: number): number {
    const { bubbles } = this.#shown;
    let low = 0;
    let high = bubbles.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const made = this.rows.rowOf(bubbles[middle]?.messageId);
      if (made && made.getBoundingClientRect().bottom <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** How far the upper edge of a row is from that of the list. CSS pixels. */
function edgeBetween(row: HTMLElement, list: HTMLElement): number {
  return row.getBoundingClientRect().top - list.getBoundingClientRect().top;
}
