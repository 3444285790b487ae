import type { BubbleView } from '../../viewers/conversationProtocol';
import { dayName } from '../dates';
import { element, setChildren } from '../element';
import { NearnessObserver } from '../lazy';
import type { Page } from '../page';
import { bubbleElement, type Bubble, type BubbleContext } from './bubble';
import { jointOf } from './bubbleRuns';
import type { LoadedPart } from './loadedPart';

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

/** What messages look like besides what they are. */
export interface Marks {
  /** Who is on the other side. */
  readonly otherSide: string;
  /** What is said above which message about those that are unread. */
  readonly unread: { readonly messageId: string; readonly text: string } | undefined;
  readonly isSelected: (messageId: string) => boolean;
  /** The message that was found last. */
  readonly found: string | undefined;
}

export interface ListEvents {
  /** The reader scrolled, or the list moved by itself. */
  onMove(): void;
  restore(messageId: string): void;
}

interface Row extends Bubble {
  readonly key: string;
  readonly lifetime: AbortController;
}

/**
 * A list of messages of which only those near the reader are there, with room left for the others: one can scroll
 * anywhere. What the reader sees stays where it is, whatever is added, let go or changes its size.
 */
export class MessageList {
  readonly element: HTMLElement;
  readonly #above = element('div');
  readonly #below = element('div');
  readonly #feed: HTMLElement;
  readonly #nearness = new NearnessObserver();
  readonly #rows = new Map<string, Row>();
  readonly #lifetime = new AbortController();
  #average = GUESSED_HEIGHT;
  #current: string | undefined;
  #atEnd = true;
  /** What is in the list, which is behind the part until that is shown. */
  #shown: { readonly start: number; readonly bubbles: readonly BubbleView[] } = { start: 0, bubbles: [] };
  /** Where the reader is, to be kept when something changes its size. */
  #place: Anchor | undefined;

  constructor(
    private readonly page: Page,
    private readonly part: LoadedPart,
    private readonly events: ListEvents,
  ) {
    this.#feed = element('div', { class: 'feed' });
    this.element = element('div', {
      class: 'messages',
      children: [this.#above, this.#feed, this.#below],
    });
    this.#watch();
  }

  get feed(): HTMLElement {
    return this.#feed;
  }

  /** The message that the keys are at. */
  get current(): string | undefined {
    return this.#current;
  }

  /** That message, if it or something in it has the focus. */
  get focused(): string | undefined {
    const row = this.#current === undefined ? undefined : this.#rows.get(this.#current);
    return row?.element.contains(document.activeElement) ? this.#current : undefined;
  }

  /** The reader is at the end, and wants to stay there. */
  get atEnd(): boolean {
    return this.#atEnd && this.part.end === this.part.total;
  }

  /** The first message in sight; undefined where there are none yet. */
  get anchor(): Anchor | undefined {
    const { top, bottom } = this.element.getBoundingClientRect();
    const index = this.#firstBelow(top);
    const bubble = this.#shown.bubbles[index];
    const edge = bubble && this.#rows.get(bubble.messageId)?.element.getBoundingClientRect().top;
    if (!bubble || edge === undefined || edge >= bottom) return undefined;
    return { messageId: bubble.messageId, index: this.#shown.start + index, offset: edge - top };
  }

  get need(): Need | undefined {
    const { clientHeight, scrollTop } = this.element;
    const { start, end, total } = this.part;
    if (clientHeight === 0 || total === 0) return undefined;
    const gap = this.#placeInGap;
    if (gap !== undefined) return { index: Math.min(total - 1, Math.floor(gap)) };
    const first = this.#above.offsetHeight;
    const last = first + this.#feed.offsetHeight;
    const ahead = AHEAD * clientHeight;
    if (start > 0 && scrollTop - first < ahead) return 'older';
    if (end < total && last - scrollTop - clientHeight < ahead) return 'newer';
    return undefined;
  }

  /**
   * Shows the part as it is now.
   * @param place where the reader shall be; where it is if it is not given
   */
  show(marks: Marks, place: Anchor | 'end' | undefined = this.atEnd ? 'end' : this.anchor): void {
    const gap = place === undefined ? this.#placeInGap : undefined;
    this.#keepingFocus(() => this.#render(marks));
    this.#shown = { start: this.part.start, bubbles: this.part.bubbles };
    if (this.part.bubbles.length > 0)
      this.#average = Math.max(1, this.#feed.offsetHeight / this.part.bubbles.length);
    this.#above.style.height = `${this.part.start * this.#average}px`;
    this.#below.style.height = `${(this.part.total - this.part.end) * this.#average}px`;
    if (place === 'end') this.scrollToEnd();
    else if (place) this.#restore(place);
    else if (gap !== undefined) this.#restoreGap(gap);
    this.#place = this.anchor;
  }

  /** Marks the messages that are there anew. */
  mark({ isSelected, found }: Marks): void {
    for (const [id, { element: made, checkbox }] of this.#rows) {
      const selected = isSelected(id);
      checkbox.checked = selected;
      made.classList.toggle('selected', selected);
      made.classList.toggle('found', id === found);
    }
  }

  scrollToEnd(): void {
    this.#atEnd = true;
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** Brings a message that is there to the middle, and to the attention. */
  reveal(messageId: string): void {
    const made = this.#rows.get(messageId)?.element;
    if (!made) return;
    this.#atEnd = false;
    made.scrollIntoView({ block: 'center' });
    this.#place = this.anchor;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const ring = (color: string): Keyframe => ({ outline: `2px solid ${color}` });
    made.querySelector('.bubble-body')?.animate([ring('var(--vscode-focusBorder)'), ring('transparent')], {
      duration: 2000,
      easing: 'ease-in',
    });
  }

  /** Has the keys go on from a message. @param focus whether it gets the focus, and comes into sight */
  setCurrent(messageId: string | undefined, focus: boolean): void {
    this.#current = messageId;
    this.#rove();
    const made = messageId === undefined ? undefined : this.#rows.get(messageId)?.element;
    if (!focus || !made) return;
    made.focus({ preventScroll: true });
    made.scrollIntoView({ block: 'nearest' });
  }

  /** Whether a message is there and in sight, at least in part. */
  isInSight(messageId: string): boolean {
    const edges = this.#rows.get(messageId)?.element.getBoundingClientRect();
    const { top, bottom } = this.element.getBoundingClientRect();
    return edges !== undefined && edges.bottom > top && edges.top < bottom;
  }

  /** How many messages one sees at once. */
  get pageLength(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / this.#average) - 1);
  }

  /** The texts of the messages that are there. */
  get texts(): ReadonlyMap<string, HTMLElement> {
    return new Map(Array.from(this.#rows, ([id, { text }]) => [id, text]));
  }

  /** Ends everything under way. */
  dispose(): void {
    this.#lifetime.abort();
    for (const { lifetime } of this.#rows.values()) lifetime.abort();
  }

  #watch(): void {
    const { signal } = this.#lifetime;
    let lastY = 0;
    this.element.addEventListener(
      'scroll',
      () => {
        const { scrollTop, clientHeight, scrollHeight } = this.element;
        const near = scrollTop + clientHeight >= scrollHeight - END_TOLERANCE;
        // Only who scrolls up leaves the end: it also moves away by itself, when a picture above it arrives.
        this.#atEnd = near || (this.#atEnd && scrollTop >= lastY);
        lastY = scrollTop;
        this.#place = this.anchor;
        this.events.onMove();
      },
      { signal, passive: true },
    );
    // Pictures arrive and the window changes its width: what the reader sees stays in sight.
    const resized = new ResizeObserver(() => {
      if (this.atEnd) this.scrollToEnd();
      else if (this.#place) this.#restore(this.#place);
      this.events.onMove();
    });
    resized.observe(this.#feed);
    resized.observe(this.element);
    signal.addEventListener('abort', () => resized.disconnect());
  }

  #render(marks: Marks): void {
    const { bubbles, start, total } = this.part;
    const rows = bubbles.map((bubble, index) => {
      const made = this.#row(bubble, bubbles[index - 1], marks);
      made.setAttribute('aria-posinset', String(start + index + 1));
      made.setAttribute('aria-setsize', String(total));
      return made;
    });
    setChildren(this.#feed, rows);
    this.#setRole(rows.length > 0);
    this.#forget();
    this.mark(marks);
    this.#rove();
  }

  /** Nothing is no feed. */
  #setRole(isFeed: boolean): void {
    if (isFeed) {
      this.#feed.setAttribute('role', 'feed');
      this.#feed.setAttribute('aria-label', this.page.strings.messages);
    } else {
      this.#feed.removeAttribute('role');
      this.#feed.removeAttribute('aria-label');
    }
  }

  #row(bubble: BubbleView, before: BubbleView | undefined, { otherSide, unread }: Marks): HTMLElement {
    const { strings, dates } = this.page;
    const { day, continues } = jointOf(before, bubble, dates);
    const unreadText = unread?.messageId === bubble.messageId ? unread.text : undefined;
    const options = {
      continues: continues && unreadText === undefined,
      otherSide,
      day: day === undefined ? undefined : dayName(day, new Date(), strings, dates),
      unread: unreadText,
    };
    const key = JSON.stringify([bubble, options]);
    const known = this.#rows.get(bubble.messageId);
    if (known?.key === key) return known.element;
    known?.lifetime.abort();
    const lifetime = new AbortController();
    const context: BubbleContext = {
      page: this.page,
      nearness: this.#nearness,
      signal: lifetime.signal,
      restore: (messageId) => this.events.restore(messageId),
    };
    const made = bubbleElement(bubble, options, context);
    this.#rows.set(bubble.messageId, { ...made, key, lifetime });
    return made.element;
  }

  #forget(): void {
    const kept = new Set(this.part.bubbles.map(({ messageId }) => messageId));
    for (const [id, { lifetime }] of this.#rows) {
      if (kept.has(id)) continue;
      lifetime.abort();
      this.#rows.delete(id);
    }
  }

  /** One tab stop: the current message, or the list itself while that message is not there. */
  #rove(): void {
    const current = this.#current === undefined ? undefined : this.#rows.get(this.#current);
    for (const row of this.#rows.values()) row.element.tabIndex = row === current ? 0 : -1;
    this.#feed.tabIndex = current ? -1 : 0;
  }

  /** A message that has the focus may be made anew, or let go; the keys work on. */
  #keepingFocus(work: () => void): void {
    const hadFocus = this.#feed.contains(document.activeElement);
    work();
    if (!hadFocus || this.#feed.contains(document.activeElement)) return;
    const current = this.#current === undefined ? undefined : this.#rows.get(this.#current)?.element;
    (current ?? this.#feed).focus({ preventScroll: true });
  }

  #restore({ messageId, index, offset }: Anchor): void {
    const row = this.#rows.get(messageId) ?? this.#rows.get(this.part.at(index)?.messageId ?? '');
    if (!row) return;
    const edge = row.element.getBoundingClientRect().top - this.element.getBoundingClientRect().top;
    if (Math.abs(edge - offset) >= 1) this.element.scrollTop += edge - offset;
  }

  /**
   * Where in the conversation the upper edge of the list is while no message is in sight, because the reader scrolled to
   * where none are yet; with the part of a message that is above it.
   */
  get #placeInGap(): number | undefined {
    const { clientHeight, scrollTop } = this.element;
    const first = this.#above.offsetHeight;
    const last = first + this.#feed.offsetHeight;
    if (this.#shown.start > 0 && scrollTop + clientHeight <= first) return scrollTop / this.#average;
    if (this.#below.offsetHeight > 0 && scrollTop >= last)
      return this.#shown.start + this.#shown.bubbles.length + (scrollTop - last) / this.#average;
    return undefined;
  }

  #restoreGap(place: number): void {
    const index = Math.floor(place);
    const messageId = this.part.at(index)?.messageId;
    const height = this.#rows.get(messageId ?? '')?.element.offsetHeight ?? 0;
    if (messageId !== undefined) this.#restore({ messageId, index, offset: (index - place) * height });
  }

  /** Index among the bubbles of the first one that ends below a height on the screen. */
  #firstBelow(y: number): number {
    const { bubbles } = this.#shown;
    let low = 0;
    let high = bubbles.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const made = this.#rows.get(bubbles[middle]?.messageId ?? '')?.element;
      if (made && made.getBoundingClientRect().bottom <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
