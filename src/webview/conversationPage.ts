import type { BubbleView, ConversationView } from '../viewers/protocol';
import { bubbleElement } from './bubble';
import { CHUNK, continuesRun, firstShown } from './bubbleRuns';
import { button } from './button';
import { dayName } from './dates';
import { groupByDay } from './days';
import { element, setChildren } from './element';
import { NearnessObserver } from './lazy';
import { dotted } from './messageHeader';
import type { Page } from './page';
import { fill } from './text';

/** How near to the end counts as being there. CSS pixels. */
const END_TOLERANCE = 60;

/** Milliseconds without scrolling before the place is kept. */
const REST = 200;
/** Under which the message at the top of the window is kept, while the reader is not at the end. */
const PLACE = 'place';

interface ShownBubble {
  readonly key: string;
  readonly element: HTMLElement;
  readonly lifetime: AbortController;
}

interface DayElements {
  readonly section: HTMLElement;
  readonly heading: HTMLElement;
  readonly list: HTMLElement;
}

/** A conversation, oldest message on top; older ones are added when the reader comes near them. */
export class ConversationPage {
  readonly element: HTMLElement;
  readonly #head = element('header', { class: 'conversation-head' });
  readonly #days: HTMLElement;
  readonly #earlier: HTMLElement;
  readonly #newMessages: HTMLElement;
  readonly #announcements = element('p', { class: 'visually-hidden', attributes: { role: 'status' } });
  readonly #nearness = new NearnessObserver();
  readonly #bubbles = new Map<string, ShownBubble>();
  readonly #dayElements = new Map<string, DayElements>();
  readonly #lifetime = new AbortController();
  #view: ConversationView | undefined;
  /** Index of the oldest bubble shown. */
  #from = 0;
  /** The reader is at the end and wants to stay there. */
  #atEnd = true;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly page: Page) {
    const { strings } = page;
    this.#days = element('div', {
      class: 'days',
      attributes: { role: 'log', 'aria-live': 'off', 'aria-label': strings.messages },
    });
    this.#earlier = button({ label: strings.showEarlier, onClick: () => this.#showEarlier() });
    this.#earlier.classList.add('earlier');
    this.#newMessages = button({
      label: strings.newMessages,
      icon: 'down',
      primary: true,
      onClick: () => this.#goToEnd(),
    });
    this.#newMessages.classList.add('new-messages');
    this.#newMessages.hidden = true;
    this.element = element('div', {
      class: 'conversation',
      children: [this.#head, this.#earlier, this.#days, this.#newMessages, this.#announcements],
    });
    this.#watch();
  }

  /**
   * Shows the conversation, or what has become of it. The page's element must be in the document.
   * @param target id of the message to begin at, instead of the end
   */
  show(view: ConversationView, target?: string): void {
    const before = this.#view;
    this.#view = view;
    this.#setHead(view);
    const kept = this.page.state.get(PLACE);
    const place = target ?? (typeof kept === 'string' ? kept : undefined);
    this.#from = before ? this.#sameStart(before, view) : firstShown(view.bubbles, place);
    this.#render();
    if (before) this.#tellNews(before, view);
    else if (target !== undefined && this.#bubbles.has(target)) this.reveal(target);
    else if (place !== undefined && this.#bubbles.has(place)) this.#return(place);
    else this.#goToEnd();
  }

  /** Brings a message into sight; does nothing if it is not in the conversation. */
  reveal(messageId: string): void {
    const bubbles = this.#view?.bubbles ?? [];
    const index = bubbles.findIndex((bubble) => bubble.messageId === messageId);
    if (index < 0) return;
    if (index < this.#from) {
      this.#from = firstShown(bubbles, messageId);
      this.#render();
    }
    const shown = this.#bubbles.get(messageId)?.element;
    if (!shown) return;
    this.#atEnd = false;
    shown.scrollIntoView({ block: 'center' });
    shown.focus({ preventScroll: true });
    const ring = (color: string): Keyframe => ({ outline: `2px solid ${color}` });
    shown.animate([ring('var(--vscode-focusBorder)'), ring('transparent')], {
      duration: 2000,
      easing: 'ease-in',
    });
  }

  /** Ends everything under way. */
  dispose(): void {
    this.#lifetime.abort();
    for (const { lifetime } of this.#bubbles.values()) lifetime.abort();
  }

  #watch(): void {
    const { signal } = this.#lifetime;
    let lastY = scrollY;
    const scrolled = (): void => {
      const near = scrollY + innerHeight >= document.documentElement.scrollHeight - END_TOLERANCE;
      // Only who scrolls up leaves the end: it also moves away by itself, when a picture above it arrives.
      this.#atEnd = near || (this.#atEnd && scrollY >= lastY);
      lastY = scrollY;
      if (near) this.#newMessages.hidden = true;
      clearTimeout(this.#resting);
      this.#resting = setTimeout(() => this.#keepPlace(), REST);
    };
    addEventListener('scroll', scrolled, { signal, passive: true });
    // Pictures arrive and the window changes its width: the end moves, and who was there stays there.
    const keepEnd = (): void => {
      if (this.#atEnd) this.#scrollToEnd();
    };
    const resized = new ResizeObserver(keepEnd);
    resized.observe(this.#days);
    addEventListener('resize', keepEnd, { signal });
    const earlier = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) this.#showEarlier();
      },
      { rootMargin: '600px' },
    );
    earlier.observe(this.#earlier);
    signal.addEventListener('abort', () => {
      resized.disconnect();
      earlier.disconnect();
      clearTimeout(this.#resting);
    });
  }

  #keepPlace(): void {
    const top = this.#head.getBoundingClientRect().bottom;
    const inSight = [...this.#bubbles].find(
      ([, { element: shown }]) => shown.getBoundingClientRect().bottom > top,
    );
    this.page.state.set(PLACE, this.#atEnd ? undefined : inSight?.[0]);
  }

  /** Where the reader was when the window was closed. */
  #return(messageId: string): void {
    this.#atEnd = false;
    this.#bubbles.get(messageId)?.element.scrollIntoView({ block: 'start' });
  }

  #setHead({ title, details }: ConversationView): void {
    const line = dotted('details', details);
    this.#head.replaceChildren(element('h1', { text: title }), ...(line ? [line] : []));
  }

  /** Where the bubbles shown so far begin in a changed conversation. */
  #sameStart(before: ConversationView, view: ConversationView): number {
    const first = before.bubbles[this.#from]?.messageId;
    const index = view.bubbles.findIndex(({ messageId }) => messageId === first);
    return index < 0 ? firstShown(view.bubbles, undefined) : index;
  }

  #render(): void {
    const shown = this.#view?.bubbles.slice(this.#from) ?? [];
    this.#earlier.hidden = this.#from === 0;
    const now = new Date();
    const { strings, dates } = this.page;
    const sections = groupByDay(shown, dates).map(({ key, items }) => {
      const { section, heading, list } = this.#day(key);
      const name = dayName(key, now, strings, dates);
      section.setAttribute('aria-label', name);
      if (heading.textContent !== name) heading.textContent = name;
      setChildren(
        list,
        items.map((bubble, index) => this.#bubble(bubble, continuesRun(items[index - 1], bubble))),
      );
      return section;
    });
    setChildren(this.#days, sections);
    this.#forget(shown);
  }

  #day(key: string): DayElements {
    const known = this.#dayElements.get(key);
    if (known) return known;
    const heading = element('h2');
    const list = element('ol', { class: 'bubbles' });
    const day = { section: element('section', { class: 'day', children: [heading, list] }), heading, list };
    this.#dayElements.set(key, day);
    return day;
  }

  #bubble(bubble: BubbleView, continues: boolean): HTMLElement {
    const options = { continues, otherSide: this.#view?.title ?? '' };
    const key = JSON.stringify([bubble, options]);
    const known = this.#bubbles.get(bubble.messageId);
    if (known?.key === key) return known.element;
    known?.lifetime.abort();
    const lifetime = new AbortController();
    const made = bubbleElement(bubble, options, this.page, this.#nearness, lifetime.signal);
    this.#bubbles.set(bubble.messageId, { key, element: made, lifetime });
    return made;
  }

  #forget(shown: readonly BubbleView[]): void {
    const kept = new Set(shown.map(({ messageId }) => messageId));
    for (const [id, { lifetime }] of this.#bubbles) {
      if (kept.has(id)) continue;
      lifetime.abort();
      this.#bubbles.delete(id);
    }
  }

  #showEarlier(): void {
    if (this.#from === 0) return;
    const { scrollHeight } = document.documentElement;
    const fromEnd = scrollHeight - scrollY;
    this.#from = Math.max(0, this.#from - CHUNK);
    this.#render();
    // What is in sight stays where it is.
    scrollTo({ top: document.documentElement.scrollHeight - fromEnd });
  }

  #tellNews(before: ConversationView, view: ConversationView): void {
    const known = new Set(before.bubbles.map(({ messageId }) => messageId));
    const news = view.bubbles.filter(({ messageId, side }) => side === 'theirs' && !known.has(messageId));
    if (this.#atEnd) this.#scrollToEnd();
    const newest = news.at(-1);
    if (!newest) return;
    this.#newMessages.hidden = this.#atEnd;
    this.#announcements.textContent = fill(
      this.page.strings.newMessageFrom,
      newest.sender ?? view.title,
      newest.text.text,
    );
  }

  #goToEnd(): void {
    this.#atEnd = true;
    this.#newMessages.hidden = true;
    this.#scrollToEnd();
  }

  #scrollToEnd(): void {
    scrollTo({ top: document.documentElement.scrollHeight });
  }
}
