import type { BubbleView } from '../../viewers/conversationProtocol';
import { dayName } from '../dates';
import { element, setChildren } from '../element';
import { NearnessObserver } from '../lazy';
import type { Page } from '../page';
import { bubbleElement, type Bubble } from './bubble';
import { bubbleContent, type BubbleContent } from './bubbleContent';
import { jointOf } from './bubbleRuns';
import type { LoadedPart } from './loadedPart';
import type { Marks } from './marks';
import { successorOf } from './successor';

interface Content extends BubbleContent {
  readonly key: string;
  readonly lifetime: AbortController;
}

interface Row extends Bubble {
  readonly key: string;
  readonly content: Content;
}

/** The messages that are there, one below the other. Each is made once, and anew when something about it is different. */
export class MessageRows {
  readonly element = element('div', { class: 'feed' });
  readonly #nearness = new NearnessObserver();
  readonly #rows = new Map<string, Row>();
  #shown: readonly BubbleView[] = [];
  #current: string | undefined;

  constructor(
    private readonly page: Page,
    private readonly marks: () => Marks,
    private readonly restore: (messageId: string) => void,
  ) {}

  /** The message that the keys are at. */
  get current(): string | undefined {
    return this.#current;
  }

  /** That message, if it or something in it has the focus. */
  get focused(): string | undefined {
    return this.#currentRow?.contains(document.activeElement) ? this.#current : undefined;
  }

  /** The texts of the messages that are there. */
  get texts(): ReadonlyMap<string, HTMLElement> {
    return new Map(Array.from(this.#rows, ([id, { content }]) => [id, content.text]));
  }

  rowOf(messageId: string | undefined): HTMLElement | undefined {
    return messageId === undefined ? undefined : this.#rows.get(messageId)?.element;
  }

  /** Shows the part as it is now. */
  show({ bubbles, start, total }: LoadedPart): void {
    if (this.#current !== undefined)
      this.#current = successorOf(this.#current, this.#shown, { bubbles, start, total });
    this.#shown = bubbles;
    const marks = this.marks();
    this.#keepingFocus(() => {
      const rows = bubbles.map((bubble, index) => {
        const made = this.#row(bubble, bubbles[index - 1], marks);
        made.setAttribute('aria-posinset', String(start + index + 1));
        made.setAttribute('aria-setsize', String(total));
        return made;
      });
      setChildren(this.element, rows);
      this.#setRole(rows.length > 0);
      this.#forgetAllBut(bubbles);
      this.mark();
      this.#rove();
    });
  }

  /** Marks the messages that are there anew. */
  mark(): void {
    const { isSelected, found } = this.marks();
    for (const [id, { element: made, checkbox }] of this.#rows) {
      const selected = isSelected(id);
      checkbox.checked = selected;
      made.classList.toggle('selected', selected);
      made.classList.toggle('found', id === found);
    }
  }

  /** Has the keys go on from a message. @param focus whether it gets the focus, and comes into sight */
  setCurrent(messageId: string | undefined, focus: boolean): void {
    this.#current = messageId;
    this.#rove();
    if (!focus) return;
    this.focus();
    this.#currentRow?.scrollIntoView({ block: 'nearest' });
  }

  /**
   * The current message gets the focus, or the list itself while that is not there. Nothing is scrolled, and who works
   * elsewhere in VS Code, or has begun to type what to find meanwhile, keeps the focus there.
   */
  focus(): void {
    if (document.hasFocus() && !isTyped(document.activeElement))
      (this.#currentRow ?? this.element).focus({ preventScroll: true });
  }

  /** Ends everything under way. */
  dispose(): void {
    for (const { content } of this.#rows.values()) content.lifetime.abort();
  }

  get #currentRow(): HTMLElement | undefined {
    return this.rowOf(this.#current);
  }

  /** Nothing is no feed. */
  #setRole(isFeed: boolean): void {
    if (isFeed) {
      this.element.setAttribute('role', 'feed');
      this.element.setAttribute('aria-label', this.page.strings.messages);
    } else {
      this.element.removeAttribute('role');
      this.element.removeAttribute('aria-label');
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
    const content = this.#content(bubble, known?.content);
    const made = bubbleElement(bubble, options, content, this.page, this.restore);
    this.#rows.set(bubble.messageId, { ...made, key, content });
    return made.element;
  }

  /** What was sent does not change when it is read or has arrived: its pictures stay. */
  #content({ text, attachments }: BubbleView, known: Content | undefined): Content {
    const key = JSON.stringify([text, attachments]);
    if (known?.key === key) return known;
    known?.lifetime.abort();
    const lifetime = new AbortController();
    const made = bubbleContent({ text, attachments }, this.page, this.#nearness, lifetime.signal);
    return { ...made, key, lifetime };
  }

  #forgetAllBut(bubbles: readonly BubbleView[]): void {
    const kept = new Set(bubbles.map(({ messageId }) => messageId));
    for (const [id, { content }] of this.#rows) {
      if (kept.has(id)) continue;
      content.lifetime.abort();
      this.#rows.delete(id);
    }
  }

  /** One tab stop: the current message, or the list itself while that message is not there. */
  #rove(): void {
    const current = this.#currentRow;
    for (const row of this.#rows.values()) row.element.tabIndex = row.element === current ? 0 : -1;
    this.element.tabIndex = current ? -1 : 0;
  }

  /** A message that has the focus may be made anew, or let go; the keys work on. */
  #keepingFocus(work: () => void): void {
    const focused = document.activeElement;
    const hadFocus = this.element.contains(focused);
    work();
    if (!hadFocus || focused === document.activeElement) return;
    // What was sent is moved when its message is made anew.
    if (this.element.contains(focused) && focused instanceof HTMLElement)
      focused.focus({ preventScroll: true });
    else this.focus();
  }
}

function isTyped(element: Element | null): boolean {
  return element instanceof HTMLInputElement && element.type === 'text' && element.checkVisibility();
}
