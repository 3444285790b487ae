import type { Rotation } from '../../viewers/protocol';
import { element } from '../element';
import type { Page } from '../page';
import { fill } from '../text';
import type { PagedDocument } from './pagedDocument';
import { canvasSize, turned } from './zoom';

/** CSS pixels. */
const WIDTH = 88;
/** How many stay drawn; the longest out of sight are given up first. */
const KEPT = 120;
/** How far outside the visible part they are drawn. */
const AHEAD = '50% 0px';

interface Thumbnail {
  readonly number: number;
  readonly button: HTMLButtonElement;
  readonly paper: HTMLElement;
  canvas?: HTMLCanvasElement;
  drawing?: AbortController;
}

/** Small pictures of all pages at the side, to go to one by a click or by the arrow keys. */
export class Thumbnails {
  readonly element: HTMLElement;
  readonly #thumbnails: readonly Thumbnail[];
  readonly #byButton = new Map<Element, Thumbnail>();
  /** Those that are drawn, the longest undisturbed first. */
  readonly #drawn = new Set<Thumbnail>();
  readonly #observer: IntersectionObserver;
  #rotation: Rotation = 0;
  #current = 1;

  constructor(
    private readonly document: PagedDocument,
    private readonly page: Page,
    private readonly goTo: (number: number) => void,
    signal: AbortSignal,
  ) {
    this.#thumbnails = Array.from({ length: document.pageCount }, (_, index) => this.#make(index + 1));
    this.element = element('nav', {
      class: 'thumbnails',
      attributes: { 'aria-label': page.strings.thumbnails },
      children: [
        element('ol', {
          children: this.#thumbnails.map(({ button }) => element('li', { children: [button] })),
        }),
      ],
    });
    this.#observer = new IntersectionObserver((entries) => this.#sort(entries), {
      root: this.element,
      rootMargin: AHEAD,
    });
    for (const { button } of this.#thumbnails) this.#observer.observe(button);
    this.element.addEventListener('keydown', (event) => this.#keyDown(event));
    signal.addEventListener('abort', () => {
      this.#observer.disconnect();
      for (const thumbnail of this.#thumbnails) forget(thumbnail);
    });
  }

  setCurrent(number: number): void {
    const old = this.#thumbnails[this.#current - 1];
    const current = this.#thumbnails[number - 1];
    this.#current = number;
    if (old) {
      old.button.removeAttribute('aria-current');
      old.button.tabIndex = -1;
    }
    if (!current) return;
    current.button.setAttribute('aria-current', 'page');
    current.button.tabIndex = 0;
    this.#reveal(current.button);
  }

  setRotation(rotation: Rotation): void {
    if (rotation === this.#rotation) return;
    this.#rotation = rotation;
    this.#drawn.clear();
    for (const thumbnail of this.#thumbnails) {
      forget(thumbnail);
      this.#size(thumbnail);
      // Observed anew, it is drawn anew if it is in sight.
      this.#observer.unobserve(thumbnail.button);
      this.#observer.observe(thumbnail.button);
    }
  }

  /** Scrolls the list, and nothing around it. */
  #reveal(button: HTMLElement): void {
    const list = this.element;
    const above = button.offsetTop - list.scrollTop;
    if (above < 0) list.scrollTop += above;
    const below = above + button.offsetHeight - list.clientHeight;
    if (below > 0) list.scrollTop += below;
  }

  #make(number: number): Thumbnail {
    const paper = element('span', { class: 'thumbnail-paper' });
    const button = element('button', {
      class: 'thumbnail',
      attributes: {
        type: 'button',
        tabindex: number === 1 ? '0' : '-1',
        'aria-label': fill(this.page.strings.pageOf, number, this.document.pageCount),
      },
      children: [paper, element('span', { text: String(number) })],
    });
    button.addEventListener('click', () => this.goTo(number));
    const thumbnail = { number, button, paper };
    this.#byButton.set(button, thumbnail);
    this.#size(thumbnail);
    return thumbnail;
  }

  #size({ paper, number }: Thumbnail): void {
    const { width, height } = turned(this.document.size(number), this.#rotation);
    paper.style.aspectRatio = `${String(width)} / ${String(height)}`;
  }

  #sort(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const thumbnail = this.#byButton.get(target);
      if (!thumbnail) continue;
      if (isIntersecting) void this.#draw(thumbnail);
      else thumbnail.drawing?.abort();
    }
  }

  async #draw(thumbnail: Thumbnail): Promise<void> {
    if (this.#drawn.delete(thumbnail)) {
      this.#drawn.add(thumbnail);
      return;
    }
    const drawing = new AbortController();
    thumbnail.drawing?.abort();
    thumbnail.drawing = drawing;
    const { signal } = drawing;
    try {
      const { width, height } = turned(await this.document.measure(thumbnail.number), this.#rotation);
      signal.throwIfAborted();
      this.#size(thumbnail);
      const canvas = element('canvas', { attributes: { 'aria-hidden': 'true' } });
      const pixels = canvasSize({ width: WIDTH, height: (WIDTH * height) / width }, devicePixelRatio);
      canvas.width = pixels.width;
      canvas.height = pixels.height;
      await this.document.draw(thumbnail.number, canvas, { rotation: this.#rotation, urgent: false, signal });
      signal.throwIfAborted();
      thumbnail.canvas = canvas;
      thumbnail.paper.replaceChildren(canvas);
      this.#keep(thumbnail);
    } catch (error) {
      // Its sheet says what is wrong with it; the paper here stays empty.
      if (!signal.aborted) console.error(error);
    }
  }

  #keep(thumbnail: Thumbnail): void {
    this.#drawn.add(thumbnail);
    for (const oldest of this.#drawn) {
      if (this.#drawn.size <= KEPT) return;
      this.#drawn.delete(oldest);
      forget(oldest);
    }
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const focused = this.#byButton.get(event.target as Element);
    const to = focused && this.#target(event.key, focused.number);
    const next = to === undefined ? undefined : this.#thumbnails[to - 1];
    if (!next) return;
    event.preventDefault();
    next.button.focus({ preventScroll: true });
    this.goTo(next.number);
  }

  #target(key: string, number: number): number | undefined {
    switch (key) {
      case 'ArrowUp':
      case 'ArrowLeft':
        return number - 1;
      case 'ArrowDown':
      case 'ArrowRight':
        return number + 1;
      case 'Home':
        return 1;
      case 'End':
        return this.#thumbnails.length;
      default:
        return undefined;
    }
  }
}

function forget(thumbnail: Thumbnail): void {
  thumbnail.drawing?.abort();
  if (thumbnail.canvas) {
    thumbnail.canvas.width = 0;
    thumbnail.canvas.height = 0;
    thumbnail.canvas.remove();
  }
  delete thumbnail.canvas;
}
