import type { Rotation } from '../../viewers/protocol';
import { element } from '../element';
import type { Page } from '../page';
import type { PagedDocument } from './pagedDocument';
import { Sheet } from './sheet';
import { clampScale, scaleFor, turned, ZOOM_STEP, type Size, type Zoom } from './zoom';

/** Space around pages; the same in the style sheet. CSS pixels. */
const MARGIN = 16;
/** How far outside the visible part pages are drawn: one height of it each way. */
const AHEAD = '100% 0px';
/** Milliseconds without a change of size before pages are drawn anew; until then they are stretched. */
const SETTLE = 120;
/** The page in front is the one that covers this part of the height, from the top. */
const EYE = 0.35;
/** How much one unit of the wheel enlarges. */
const WHEEL = 0.0025;

export interface Place {
  readonly page: number;
  /** Of the page's height that is above the visible part. */
  readonly offset: number;
}

export interface ScrollerEvents {
  /** Another page is in front. */
  onPage(number: number): void;
  onZoom(zoom: Zoom, scale: number): void;
  onText(number: number): void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** All pages of a document one below the other; only those near the visible part are drawn. */
export class PageScroller {
  readonly element: HTMLElement;
  readonly #sheets: readonly Sheet[];
  readonly #near = new Set<Sheet>();
  readonly #bySheet = new Map<Element, Sheet>();
  #zoom: Zoom = 'auto';
  #scale = 1;
  #rotation: Rotation = 0;
  #current = 1;
  /** Where the last jump led; the page it was to is in front until somebody scrolls. */
  #jumpedTo: number | undefined;
  /** Where to begin, once there is a size to lay out in. */
  #waiting: Place | undefined;
  #laidOut = false;
  #pointer: Point | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly document: PagedDocument,
    page: Page,
    private readonly events: ScrollerEvents,
    label: string,
    signal: AbortSignal,
  ) {
    this.#sheets = Array.from({ length: document.pageCount }, (_, index) => {
      const sheet = new Sheet({
        document,
        number: index + 1,
        page,
        onText: (number) => events.onText(number),
      });
      this.#bySheet.set(sheet.element, sheet);
      return sheet;
    });
    this.element = element('div', {
      class: 'scroller',
      attributes: { tabindex: '0', role: 'region', 'aria-label': label },
      children: [element('div', { class: 'sheets', children: this.#sheets.map((sheet) => sheet.element) })],
    });
    this.#watch(signal);
  }

  get current(): number {
    return this.#current;
  }

  get zoom(): Zoom {
    return this.#zoom;
  }

  get rotation(): Rotation {
    return this.#rotation;
  }

  get place(): Place {
    const top = this.element.scrollTop;
    const sheet = this.#sheet(this.#current).element;
    return { page: this.#current, offset: (top - sheet.offsetTop) / Math.max(1, sheet.offsetHeight) };
  }

  /** Whether pages are wider than there is room, so that the arrows scroll. */
  get scrollsSideways(): boolean {
    return this.element.scrollWidth > this.element.clientWidth;
  }

  sheet(number: number): Sheet | undefined {
    return this.#sheets[number - 1];
  }

  /** Sets where and how to begin, before the element is shown. */
  begin(options: { zoom: Zoom; rotation: Rotation; place: Place | undefined }): void {
    this.#zoom = options.zoom;
    this.#rotation = options.rotation;
    this.#waiting = options.place;
  }

  goTo(number: number): void {
    const wanted = Math.min(Math.max(number, 1), this.document.pageCount);
    this.#jump(wanted, this.#sheet(wanted).element.offsetTop - MARGIN);
  }

  /** Brings a part of a page into sight. */
  reveal(number: number, box: DOMRect | undefined): void {
    if (!box) {
      this.goTo(number);
      return;
    }
    const view = this.element.getBoundingClientRect();
    if (box.top >= view.top + MARGIN && box.bottom <= view.bottom - MARGIN) return;
    this.#jump(number, this.element.scrollTop + box.top - view.top - view.height * EYE);
    if (box.left < view.left || box.right > view.right)
      this.element.scrollLeft += box.left - view.left - MARGIN;
  }

  setZoom(zoom: Zoom): void {
    this.#zoom = zoom;
    this.#layOut(this.#pointer);
  }

  /** @param steps negative to make smaller */
  zoomBy(steps: number): void {
    this.setZoom(clampScale(this.#scale * ZOOM_STEP ** steps));
  }

  setRotation(rotation: Rotation): void {
    const { current } = this;
    this.#rotation = rotation;
    this.#layOut(undefined);
    this.goTo(current);
  }

  #watch(signal: AbortSignal): void {
    const scroller = this.element;
    const nearness = new IntersectionObserver((entries) => this.#sort(entries), {
      root: scroller,
      rootMargin: AHEAD,
    });
    const sizes = new ResizeObserver(() => this.#layOut(undefined));
    sizes.observe(scroller);
    for (const { element: sheet } of this.#sheets) nearness.observe(sheet);
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true, signal });
    scroller.addEventListener('wheel', (event) => this.#wheel(event), { passive: false, signal });
    scroller.addEventListener('pointermove', ({ clientX, clientY }) => {
      this.#pointer = { x: clientX, y: clientY };
    });
    scroller.addEventListener('pointerleave', () => {
      this.#pointer = undefined;
    });
    // The scale of the window changes from screen to screen.
    addEventListener('resize', () => this.#settle(), { signal });
    signal.addEventListener('abort', () => {
      nearness.disconnect();
      sizes.disconnect();
      clearTimeout(this.#settling);
      for (const sheet of this.#near) sheet.hide();
    });
  }

  #sort(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const sheet = this.#bySheet.get(target);
      if (!sheet) continue;
      if (isIntersecting) {
        this.#near.add(sheet);
        void this.#measure(Number(sheet.element.dataset.page));
      } else {
        this.#near.delete(sheet);
        sheet.hide();
      }
    }
    this.#draw();
  }

  /** Pages whose size was assumed only are looked at when they come near. */
  async #measure(number: number): Promise<void> {
    const assumed = this.document.size(number);
    try {
      const { width, height } = await this.document.measure(number);
      if (width !== assumed.width || height !== assumed.height) this.#layOut(undefined);
    } catch (error) {
      // The sheet says that the page is damaged when it is drawn.
      console.error(error);
    }
  }

  /** The page in front first. */
  #draw(): void {
    if (!this.#laidOut) return;
    const front = this.#current;
    const distance = (sheet: Sheet): number => Math.abs(Number(sheet.element.dataset.page) - front);
    for (const sheet of [...this.#near].sort((one, other) => distance(one) - distance(other)))
      void sheet.show();
  }

  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#draw(), SETTLE);
  }

  /** @param anchor what is under it stays where it is; without one, what is at the top */
  #layOut(anchor: Point | undefined): void {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth <= 2 * MARGIN || clientHeight <= 2 * MARGIN) return;
    const first = !this.#laidOut;
    const view = this.element.getBoundingClientRect();
    const { x, y } = anchor ?? { x: view.left + clientWidth / 2, y: view.top + MARGIN };
    const held = first ? undefined : this.#under(y);
    const before = held?.getBoundingClientRect();
    this.#resizeSheets({ width: clientWidth - 2 * MARGIN, height: clientHeight - 2 * MARGIN });
    this.#laidOut = true;
    if (held && before) {
      const after = held.getBoundingClientRect();
      const top = after.top + ((y - before.top) / before.height) * after.height - y;
      const left = after.left + ((x - before.left) / before.width) * after.width - x;
      this.element.scrollTop += top;
      this.element.scrollLeft += left;
    }
    if (first) {
      this.#restore();
      this.#draw();
    } else this.#settle();
    this.events.onZoom(this.#zoom, this.#scale);
  }

  #resizeSheets(room: Size): void {
    const lying = (number: number): Size => turned(this.document.size(number), this.#rotation);
    const sizes = this.#sheets.map((_, index) => lying(index + 1));
    const largest = {
      width: sizes.reduce((most, { width }) => Math.max(most, width), 0),
      height: sizes.reduce((most, { height }) => Math.max(most, height), 0),
    };
    this.#scale = scaleFor(this.#zoom, largest, room);
    this.#sheets.forEach((sheet, index) => {
      const { width, height } = sizes[index] ?? largest;
      sheet.resize({ width: width * this.#scale, height: height * this.#scale }, this.#scale, this.#rotation);
    });
  }

  #restore(): void {
    const place = this.#waiting;
    this.#waiting = undefined;
    if (!place || place.page > this.document.pageCount) return;
    const sheet = this.#sheet(place.page).element;
    this.#jump(place.page, sheet.offsetTop + place.offset * sheet.offsetHeight);
  }

  /** The sheet at a height of the window, else the next below, else the last. */
  #under(y: number): Element {
    const found = this.#sheets.find((sheet) => sheet.element.getBoundingClientRect().bottom >= y);
    return (found ?? this.#sheet(this.document.pageCount)).element;
  }

  #jump(number: number, top: number): void {
    this.element.scrollTop = top;
    this.#jumpedTo = this.element.scrollTop;
    this.#setCurrent(number);
  }

  #scrolled(): void {
    if (this.element.scrollTop === this.#jumpedTo) return;
    this.#jumpedTo = undefined;
    const view = this.element.getBoundingClientRect();
    this.#setCurrent(Number((this.#under(view.top + view.height * EYE) as HTMLElement).dataset.page));
  }

  #setCurrent(number: number): void {
    const changed = number !== this.#current;
    this.#current = number;
    if (changed) this.#draw();
    // Also when only the place on the page is another, which is kept as well.
    this.events.onPage(number);
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { clientX: x, clientY: y } = event;
    this.#pointer = { x, y };
    this.setZoom(clampScale(this.#scale * Math.exp(-event.deltaY * WHEEL)));
  }

  #sheet(number: number): Sheet {
    const sheet = this.#sheets[number - 1];
    if (!sheet) throw new RangeError(`There is no page ${String(number)}.`);
    return sheet;
  }
}
