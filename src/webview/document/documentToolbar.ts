import type { Strings } from '../../viewers/strings';
import { button } from '../button';
import { element } from '../element';
import type { IconName } from '../icons';
import { fill } from '../text';
import type { Zoom } from './zoom';

export interface ToolbarEvents {
  onThumbnails(): void;
  onPage(number: number): void;
  onStep(step: 1 | -1): void;
  onZoomStep(step: 1 | -1): void;
  onZoom(zoom: Zoom): void;
  onRotate(): void;
  onInvert(): void;
  onFind(): void;
  onPrint(): void;
}

/** The controls of a document. */
export class DocumentToolbar {
  readonly element: HTMLElement;
  readonly #thumbnails: HTMLButtonElement;
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #page: HTMLInputElement;
  readonly #scale = element('span', { class: 'scale', attributes: { 'aria-live': 'polite' } });
  readonly #fitWidth: HTMLButtonElement;
  readonly #fitPage: HTMLButtonElement;
  readonly #invert: HTMLButtonElement;

  constructor(
    private readonly strings: Strings,
    private readonly pageCount: number,
    events: ToolbarEvents,
    printName: string,
  ) {
    const make = (label: string, icon: IconName, onClick: () => void, name = label): HTMLButtonElement =>
      button({ label, name, icon, compact: true, onClick });
    this.#thumbnails = make(strings.thumbnails, 'thumbnails', () => events.onThumbnails());
    this.#previous = make(strings.previousPage, 'up', () => events.onStep(-1));
    this.#next = make(strings.nextPage, 'down', () => events.onStep(1));
    this.#fitWidth = make(strings.fitWidth, 'fitWidth', () => events.onZoom('width'));
    this.#fitPage = make(strings.fitPage, 'fitPage', () => events.onZoom('page'));
    this.#invert = make(strings.invert, 'invert', () => events.onInvert());
    this.#page = this.#pageInput(events);
    this.element = element('div', {
      class: 'document-toolbar',
      children: [
        group(this.#thumbnails),
        group(
          this.#previous,
          this.#page,
          element('span', { class: 'muted', text: fill(strings.ofPages, pageCount) }),
          this.#next,
        ),
        group(
          make(strings.zoomOut, 'zoomOut', () => events.onZoomStep(-1)),
          this.#scale,
          make(strings.zoomIn, 'zoomIn', () => events.onZoomStep(1)),
          this.#fitWidth,
          this.#fitPage,
        ),
        group(
          make(strings.rotate, 'rotate', () => events.onRotate()),
          this.#invert,
          make(strings.find, 'search', () => events.onFind()),
          make(strings.print, 'print', () => events.onPrint(), printName),
        ),
      ],
    });
  }

  showPage(number: number): void {
    if (document.activeElement !== this.#page) this.#page.value = String(number);
    // Not `disabled`, which would take the focus from somebody who pages with the keyboard.
    this.#previous.setAttribute('aria-disabled', String(number <= 1));
    this.#next.setAttribute('aria-disabled', String(number >= this.pageCount));
  }

  showZoom(zoom: Zoom, scale: number): void {
    this.#scale.textContent = fill(this.strings.zoomedTo, Math.round(scale * 100));
    press(this.#fitWidth, zoom === 'width');
    press(this.#fitPage, zoom === 'page');
  }

  showThumbnails(open: boolean): void {
    this.#thumbnails.setAttribute('aria-expanded', String(open));
  }

  showInverted(on: boolean): void {
    press(this.#invert, on);
  }

  /** Begins to take a page's number. */
  type(digit: string): void {
    this.#page.focus();
    this.#page.value = digit;
  }

  #pageInput(events: ToolbarEvents): HTMLInputElement {
    const input = element('input', {
      class: 'field page-field',
      attributes: {
        type: 'text',
        inputmode: 'numeric',
        'aria-label': this.strings.pageNumber,
        maxlength: '4',
        size: String(String(this.pageCount).length + 1),
      },
    });
    input.addEventListener('change', () => {
      const number = Number.parseInt(input.value, 10);
      events.onPage(Number.isNaN(number) ? 0 : number);
    });
    input.addEventListener('focus', () => input.select());
    return input;
  }
}

function group(...children: readonly HTMLElement[]): HTMLElement {
  return element('span', { class: 'controls', children });
}

function press(toggle: HTMLButtonElement, on: boolean): void {
  toggle.setAttribute('aria-pressed', String(on));
}
