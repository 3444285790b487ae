import { button } from './button';
import { element } from './element';
import { icon } from './icons';
import { canvasSize, fitPage, type Fit } from './pageFit';
import type { PagedDocument } from './pagedDocument';
import type { ShowContext, Shown } from './show';
import { fill } from './text';

/** Space around the page; the same in the style sheet. CSS pixels. */
const MARGIN = 16;

/** Shows a document one page at a time, with buttons and keys to go through it. */
export function pagedViewer(paged: PagedDocument, context: ShowContext): Shown {
  const viewer = new PagedViewer(paged, context);
  return { element: viewer.element, toolbar: viewer.toolbar };
}

class PagedViewer {
  readonly element: HTMLElement;
  readonly toolbar: HTMLElement;
  readonly #label = element('span', { class: 'page-number', attributes: { role: 'status' } });
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #fitButton = element('span', { class: 'fit' });
  #number = 1;
  #fit: Fit = 'width';
  #drawing = new AbortController();
  /** What was drawn last, to tell whether a change of size needs a new drawing. */
  #drawn = '';

  constructor(
    private readonly paged: PagedDocument,
    private readonly context: ShowContext,
  ) {
    const { strings } = context.page;
    this.#previous = button({
      label: strings.previousPage,
      icon: 'previous',
      compact: true,
      onClick: () => this.#go(this.#number - 1),
    });
    this.#next = button({
      label: strings.nextPage,
      icon: 'next',
      compact: true,
      onClick: () => this.#go(this.#number + 1),
    });
    this.toolbar = element('div', {
      class: 'pages-toolbar',
      attributes: { role: 'toolbar', 'aria-label': fill(strings.documentNamed, context.attachment.name) },
      children: [this.#previous, this.#label, this.#next, this.#fitButton],
    });
    this.element = element('div', {
      class: 'pages',
      attributes: {
        tabindex: '0',
        role: 'group',
        'aria-label': fill(strings.documentNamed, context.attachment.name),
      },
    });
    this.#watch();
    this.#setFit('width');
  }

  get #card(): Element | null {
    return this.element.closest('.attachment');
  }

  #watch(): void {
    const { signal } = this.context;
    const redraw = (): void => {
      if (this.element.isConnected) void this.#draw();
    };
    const observer = new ResizeObserver(redraw);
    observer.observe(this.element);
    signal.addEventListener('abort', () => {
      observer.disconnect();
      this.#drawing.abort();
    });
    // The height of the window matters as well, and so does its scale, which changes from screen to screen.
    addEventListener('resize', redraw, { signal });
    addEventListener('keydown', (event) => this.#keyDown(event), { signal });
  }

  #go(number: number): void {
    const wanted = Math.min(Math.max(number, 1), this.paged.pageCount);
    if (wanted === this.#number) return;
    this.#number = wanted;
    void this.#draw();
    // The top of a page comes first, also when the end of the last one was in sight.
    const top = this.element.getBoundingClientRect().top - this.#headHeight();
    if (top < 0) scrollBy({ top });
  }

  #setFit(fit: Fit): void {
    const { strings } = this.context.page;
    const focused = this.#fitButton.contains(document.activeElement);
    this.#fit = fit;
    const toggle = button(
      fit === 'width'
        ? { label: strings.fitPage, icon: 'fitPage', compact: true, onClick: () => this.#setFit('page') }
        : { label: strings.fitWidth, icon: 'fitWidth', compact: true, onClick: () => this.#setFit('width') },
    );
    this.#fitButton.replaceChildren(toggle);
    if (focused) toggle.focus();
    // The page fits the window, so it should have the window for itself.
    if (fit === 'page') this.#card?.scrollIntoView({ block: 'start' });
    void this.#draw();
  }

  async #draw(): Promise<void> {
    const number = this.#number;
    this.#showNumber();
    const width = this.element.clientWidth - 2 * MARGIN;
    if (width <= 0) return;
    const room = { width, height: innerHeight - this.#headHeight() - 2 * MARGIN };
    const key = [number, this.#fit, room.width, room.height, devicePixelRatio].join();
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#drawing.abort();
    this.#drawing = new AbortController();
    const { signal } = this.#drawing;
    this.element.setAttribute('aria-busy', 'true');
    let sheet: HTMLElement;
    try {
      sheet = await this.#sheet(number, room, signal);
    } catch (error) {
      if (signal.aborted) return;
      console.error(error);
      sheet = this.#damaged(number);
    }
    // Another page, or another size, was asked for meanwhile.
    if (signal.aborted) return;
    this.element.removeAttribute('aria-busy');
    this.element.replaceChildren(sheet);
  }

  /** The page on a canvas that is shown only when it is finished, so that paging does not flicker. */
  async #sheet(
    number: number,
    room: { width: number; height: number },
    signal: AbortSignal,
  ): Promise<HTMLElement> {
    const page = await this.paged.page(number, signal);
    const shown = fitPage(page, room, this.#fit);
    const canvas = element('canvas', {
      class: 'sheet',
      attributes: {
        role: 'img',
        'aria-label': fill(this.context.page.strings.pageOf, number, this.paged.pageCount),
      },
    });
    const pixels = canvasSize(shown, devicePixelRatio);
    canvas.width = pixels.width;
    canvas.height = pixels.height;
    canvas.style.width = `${String(shown.width)}px`;
    canvas.style.height = `${String(shown.height)}px`;
    await page.draw(canvas, signal);
    canvas.dataset.page = String(number);
    return canvas;
  }

  #damaged(number: number): HTMLElement {
    return element('div', {
      class: 'notice',
      attributes: { role: 'alert' },
      children: [icon('warning'), element('p', { text: fill(this.context.page.strings.pageFailed, number) })],
    });
  }

  #showNumber(): void {
    const { strings } = this.context.page;
    const { pageCount } = this.paged;
    const text = fill(strings.pageOf, this.#number, pageCount);
    if (this.#label.textContent !== text) this.#label.textContent = text;
    // Not `disabled`, which would take the focus from somebody who pages with the keyboard.
    this.#previous.setAttribute('aria-disabled', String(this.#number <= 1));
    this.#next.setAttribute('aria-disabled', String(this.#number >= pageCount));
  }

  #headHeight(): number {
    return this.#card?.querySelector('.attachment-head')?.clientHeight ?? 0;
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!this.#hearsKeys(event.target)) return;
    const target = this.#keyTarget(event.key);
    if (target === undefined) return;
    event.preventDefault();
    this.#go(target);
  }

  /** Keys pressed in this viewer, or nowhere in particular if it is the only one on the page. */
  #hearsKeys(target: EventTarget | null): boolean {
    if (target instanceof Node && this.#card?.contains(target)) return true;
    return target === document.body && document.querySelectorAll('.pages').length === 1;
  }

  #keyTarget(key: string): number | undefined {
    switch (key) {
      case 'PageUp':
      case 'ArrowLeft':
        return this.#number - 1;
      case 'PageDown':
      case 'ArrowRight':
        return this.#number + 1;
      case 'Home':
        return 1;
      case 'End':
        return this.paged.pageCount;
      default:
        return undefined;
    }
  }
}
