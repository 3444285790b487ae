import { lookUp } from '../../util/lookUp';
import type { ThemeKind } from '../../viewers/protocol';
import { element } from '../element';
import type { ShowContext, Shown } from '../show';
import { FindBar } from '../findBar';
import { fill } from '../text';
import { DocumentFind } from './documentFind';
import { DocumentToolbar } from './documentToolbar';
import type { PagedDocument } from './pagedDocument';
import { PageScroller, type Place } from './pageScroller';
import { onThemeChange, themeKind } from '../theme';
import { Thumbnails } from './thumbnails';
import { isZoom, turnedRight, type Zoom } from './zoom';

/** Milliseconds before the number of the page in front is said, and kept: scrolling goes over many. */
const REST = 250;
/** From this width on, thumbnails are there from the beginning. CSS pixels. */
const ROOM_FOR_THUMBNAILS = 720;

/** Shows a document: all pages in one scroll, thumbnails at the side, controls above. */
export function documentViewer(paged: PagedDocument, context: ShowContext): Shown {
  return { element: new DocumentViewer(paged, context).element };
}

class DocumentViewer {
  readonly element: HTMLElement;
  readonly #scroller: PageScroller;
  readonly #thumbnails: Thumbnails;
  readonly #toolbar: DocumentToolbar;
  readonly #findBar: FindBar;
  readonly #find: DocumentFind | undefined;
  readonly #announcement = element('p', { class: 'visually-hidden', attributes: { role: 'status' } });
  readonly #inverted: Set<ThemeKind>;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly paged: PagedDocument,
    private readonly context: ShowContext,
  ) {
    const { page, attachment, signal } = context;
    const { strings, documents } = page;
    const label = fill(strings.documentNamed, attachment.name);
    this.#inverted = new Set(documents.inverted);
    this.#scroller = new PageScroller(
      paged,
      page,
      {
        onPage: (number) => this.#showPage(number),
        onZoom: (zoom, scale) => this.#showZoom(zoom, scale),
        onText: (number) => this.#find?.textChanged(number),
      },
      label,
      signal,
    );
    this.#thumbnails = new Thumbnails(paged, page, (number) => this.#scroller.goTo(number), signal);
    this.#toolbar = this.#makeToolbar();
    this.#findBar = new FindBar(
      strings,
      {
        onQuery: (query) => void this.#find?.search(query),
        onMove: (step) => this.#find?.move(step),
        onClose: () => {
          this.#find?.clear();
          this.#scroller.element.focus({ preventScroll: true });
        },
      },
      paged.text !== undefined,
    );
    this.#find =
      paged.text &&
      new DocumentFind(paged.text, paged.pageCount, this.#scroller, (state) => this.#findBar.show(state));
    this.element = element('div', {
      class: 'document',
      children: [
        this.#toolbar.element,
        this.#findBar.element,
        element('div', {
          class: 'document-body',
          children: [this.#thumbnails.element, this.#scroller.element],
        }),
        this.#announcement,
      ],
    });
    this.#begin();
    addEventListener('keydown', (event) => this.#keyDown(event), { signal, capture: true });
    onThemeChange(() => this.#showInverted(), signal);
    signal.addEventListener('abort', () => {
      clearTimeout(this.#resting);
      this.#find?.clear();
    });
  }

  get #card(): Element | null {
    return this.element.closest('.attachment');
  }

  get #stateName(): string {
    return `document:${this.context.attachment.attachmentId}`;
  }

  #begin(): void {
    const { documents, state } = this.context.page;
    const { zoom, place } = keptState(state.get(this.#stateName));
    const rotation = lookUp(documents.rotations, this.context.attachment.attachmentId) ?? 0;
    this.#scroller.begin({ zoom, rotation, place });
    this.#thumbnails.setRotation(rotation);
    this.#thumbnails.setCurrent(place?.page ?? 1);
    this.#toolbar.showPage(place?.page ?? 1);
    this.#openThumbnails(
      documents.thumbnails ?? (this.paged.pageCount > 1 && innerWidth >= ROOM_FOR_THUMBNAILS),
    );
    this.#showInverted();
  }

  #makeToolbar(): DocumentToolbar {
    const { page, attachment } = this.context;
    return new DocumentToolbar(
      page.strings,
      this.paged.pageCount,
      {
        onThumbnails: () => {
          const on = this.#thumbnails.element.hidden !== false;
          this.#openThumbnails(on);
          page.host.remember({ what: 'thumbnails', on });
        },
        onPage: (number) => {
          this.#scroller.goTo(number < 1 ? this.#scroller.current : number);
          this.#scroller.element.focus({ preventScroll: true });
          this.#toolbar.showPage(this.#scroller.current);
        },
        onStep: (step) => this.#scroller.goTo(this.#scroller.current + step),
        onZoomStep: (step) => this.#scroller.zoomBy(step),
        onZoom: (zoom) => this.#scroller.setZoom(this.#scroller.zoom === zoom ? 'auto' : zoom),
        onRotate: () => this.#rotate(),
        onInvert: () => this.#invert(),
        onFind: () => this.#findBar.open(),
        onPrint: () => void page.host.print(attachment).catch((error: unknown) => console.error(error)),
      },
      fill(page.strings.printNamed, attachment.name),
    );
  }

  #openThumbnails(open: boolean): void {
    this.#thumbnails.element.hidden = !open;
    this.#toolbar.showThumbnails(open);
    if (open) this.#thumbnails.setCurrent(this.#scroller.current);
  }

  #rotate(): void {
    const { page, attachment } = this.context;
    const rotation = turnedRight(this.#scroller.rotation);
    this.#scroller.setRotation(rotation);
    this.#thumbnails.setRotation(rotation);
    page.host.remember({ what: 'rotation', attachmentId: attachment.attachmentId, rotation });
  }

  /**
   * Paper stays white until somebody wants it dark, because a fax is a document, and photographs turn into negatives. What
   * they want is remembered for dark and for light themes apart: it is the glare beside a dark window that they mind.
   */
  #invert(): void {
    const theme = themeKind();
    const on = !this.#inverted.has(theme);
    if (on) this.#inverted.add(theme);
    else this.#inverted.delete(theme);
    this.#showInverted();
    this.context.page.host.remember({ what: 'inverted', theme, on });
  }

  #showInverted(): void {
    const on = this.#inverted.has(themeKind());
    this.element.classList.toggle('inverted', on);
    this.#toolbar.showInverted(on);
  }

  #showPage(number: number): void {
    this.#toolbar.showPage(number);
    this.#thumbnails.setCurrent(number);
    this.#keepLater();
  }

  #showZoom(zoom: Zoom, scale: number): void {
    this.#toolbar.showZoom(zoom, scale);
    this.#keepLater();
  }

  #keepLater(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      const { current, zoom, place } = this.#scroller;
      const { page } = this.context;
      const text = fill(page.strings.pageOf, current, this.paged.pageCount);
      if (this.#announcement.textContent !== text) this.#announcement.textContent = text;
      page.state.set(this.#stateName, { zoom, place });
    }, REST);
  }

  /** Before VS Code sees the key, which has a find box of its own. */
  #keyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || !this.#hearsKeys(event.target)) return;
    const done = event.ctrlKey || event.metaKey ? this.#withControl(event) : this.#plainKey(event);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #withControl(event: KeyboardEvent): boolean {
    if (event.key.toLowerCase() !== 'f' || event.shiftKey) return false;
    this.#findBar.open();
    return true;
  }

  #plainKey(event: KeyboardEvent): boolean {
    const { target, key, shiftKey } = event;
    if (target instanceof HTMLInputElement) return false;
    const inThumbnails = target instanceof Node && this.#thumbnails.element.contains(target);
    if (inThumbnails && /^Arrow|^Home$|^End$/.test(key)) return false;
    if (/^[1-9]$/.test(key)) {
      this.#toolbar.type(key);
      return true;
    }
    const zoomStep = { '+': 1, '=': 1, '-': -1, _: -1 }[key];
    if (zoomStep !== undefined) {
      this.#scroller.zoomBy(zoomStep);
      return true;
    }
    if (key === '0') {
      this.#scroller.setZoom('auto');
      return true;
    }
    const page = shiftKey ? undefined : this.#pageByKey(key);
    if (page === undefined) return false;
    this.#scroller.goTo(page);
    return true;
  }

  #pageByKey(key: string): number | undefined {
    const { current, scrollsSideways } = this.#scroller;
    switch (key) {
      case 'PageUp':
        return current - 1;
      case 'PageDown':
        return current + 1;
      case 'ArrowLeft':
        return scrollsSideways ? undefined : current - 1;
      case 'ArrowRight':
        return scrollsSideways ? undefined : current + 1;
      case 'Home':
        return 1;
      case 'End':
        return this.paged.pageCount;
      default:
        return undefined;
    }
  }

  /** Keys pressed in this viewer, or nowhere in particular if it is the only one on the page. */
  #hearsKeys(target: EventTarget | null): boolean {
    if (target instanceof Node && this.#card?.contains(target)) return true;
    return target === document.body && document.querySelectorAll('.document').length === 1;
  }
}

/** What was kept of a document, as far as it makes sense. */
function keptState(kept: unknown): { zoom: Zoom; place: Place | undefined } {
  const { zoom, place } = (typeof kept === 'object' && kept !== null ? kept : {}) as {
    zoom?: unknown;
    place?: Partial<Record<keyof Place, unknown>>;
  };
  const { page, offset } = place ?? {};
  return {
    zoom: isZoom(zoom) ? zoom : 'auto',
    place:
      Number.isInteger(page) && Number.isFinite(offset)
        ? { page: Number(page), offset: Number(offset) }
        : undefined,
  };
}
