import { TooLargeError } from '../tooLarge';
import type { Rotation } from '../../viewers/protocol';
import { element } from '../element';
import { icon } from '../icons';
import type { Page } from '../page';
import { fill } from '../text';
import type { PagedDocument } from './pagedDocument';
import { canvasSize, type Size } from './zoom';

/** CSS pixels in a point of a PDF, in whose units text is laid out. */
const PIXELS_PER_POINT = 96 / 72;

export interface SheetOptions {
  readonly document: PagedDocument;
  readonly number: number;
  readonly page: Page;
  /** The text of the page has been laid over it, or taken away. */
  onText(number: number): void;
}

/**
 * A page's place in the scrolled document: paper of the right size, on which the page is drawn while it is near. What is to be
 * said of the page stands above the paper, and covers nothing of it.
 */
export class Sheet {
  readonly element: HTMLElement;
  readonly #paper = element('div', { class: 'paper' });
  readonly #options: SheetOptions;
  #shown: Size = { width: 1, height: 1 };
  #rotation: Rotation = 0;
  #near = false;
  #drawing = new AbortController();
  /** What was drawn last, to tell whether something has changed. */
  #drawn = '';
  /** It is not tried again and again; after it was out of sight, once more. */
  #failed = false;
  #canvas: HTMLCanvasElement | undefined;
  #text: { readonly layer: HTMLElement; readonly rotation: Rotation; nodes: readonly Node[] } | undefined;
  #note: HTMLElement | undefined;

  constructor(options: SheetOptions) {
    this.#options = options;
    this.element = element('div', {
      class: 'sheet',
      attributes: { 'data-page': String(options.number) },
      children: [this.#paper],
    });
  }

  /** What is drawn at present; undefined while nothing is. */
  get canvas(): HTMLCanvasElement | undefined {
    return this.#canvas;
  }

  /** The nodes that hold the pieces of the page's text; empty while it is not laid out. */
  get textNodes(): readonly Node[] {
    return this.#text?.nodes ?? [];
  }

  /** @param shown CSS pixels, as the page lies */
  resize(shown: Size, scale: number, rotation: Rotation): void {
    this.#shown = shown;
    if (rotation !== this.#rotation) this.#clear();
    this.#rotation = rotation;
    this.element.style.width = `${String(shown.width)}px`;
    const { style } = this.#paper;
    style.height = `${String(shown.height)}px`;
    style.setProperty('--total-scale-factor', String(scale * PIXELS_PER_POINT));
  }

  /** Draws the page, if it is not drawn at this size already. */
  async show(): Promise<void> {
    this.#near = true;
    const pixels = canvasSize(this.#shown, devicePixelRatio);
    const key = [pixels.width, pixels.height, this.#rotation].join();
    if (this.#failed || key === this.#drawn) return;
    this.#drawn = key;
    this.#drawing.abort();
    this.#drawing = new AbortController();
    const { signal } = this.#drawing;
    this.element.setAttribute('aria-busy', 'true');
    try {
      await this.#draw(pixels, signal);
    } catch (error) {
      if (signal.aborted) return;
      console.error(error);
      this.#fail(error);
    }
    if (!signal.aborted) this.element.removeAttribute('aria-busy');
  }

  /** Gives back the memory of what is out of sight. */
  hide(): void {
    if (!this.#near) return;
    this.#near = false;
    this.#clear();
    this.#options.document.release(this.#options.number);
  }

  async #draw(pixels: Size, signal: AbortSignal): Promise<void> {
    const { document, number, page } = this.#options;
    const canvas = element('canvas', {
      attributes: {
        role: 'img',
        'aria-label': fill(page.strings.pageOf, number, document.pageCount),
      },
    });
    canvas.width = pixels.width;
    canvas.height = pixels.height;
    const drawing = { rotation: this.#rotation, urgent: true, signal };
    const condition = await document.draw(number, canvas, drawing);
    signal.throwIfAborted();
    // The old picture stays until the new one is finished, so that nothing flickers.
    this.#canvas?.remove();
    release(this.#canvas);
    this.#canvas = canvas;
    canvas.dataset.page = String(number);
    this.#paper.prepend(canvas);
    if (condition === 'damaged') this.#say(page.strings.pageDamaged);
    if (condition === 'incomplete') this.#say(page.strings.pageIncomplete);
    if (document.text && !this.#text) await this.#layText(signal);
  }

  async #layText(signal: AbortSignal): Promise<void> {
    const { document, number } = this.#options;
    const layer = element('div', { class: 'text-layer' });
    const nodes = await document.text?.lay(number, layer, this.#rotation);
    if (signal.aborted || !nodes) return;
    this.#text?.layer.remove();
    this.#text = { layer, rotation: this.#rotation, nodes };
    this.#paper.append(layer);
    this.#options.onText(number);
  }

  #fail(error: unknown): void {
    const { number, page } = this.#options;
    const { strings } = page;
    this.#clear();
    this.#failed = true;
    this.#note?.remove();
    this.#note = undefined;
    this.#paper.append(
      element('div', {
        class: 'notice',
        attributes: { role: 'alert' },
        children: [
          icon('warning'),
          element('p', {
            text: fill(error instanceof TooLargeError ? strings.pageTooLarge : strings.pageFailed, number),
          }),
        ],
      }),
    );
    this.element.removeAttribute('aria-busy');
  }

  /** It stays when the page is out of sight, so that nothing moves. */
  #say(sentence: string): void {
    if (this.#note) return;
    this.#note = element('div', {
      class: 'sheet-note',
      attributes: { role: 'status' },
      children: [icon('warning'), element('p', { text: fill(sentence, this.#options.number) })],
    });
    this.element.prepend(this.#note);
  }

  #clear(): void {
    this.#drawing.abort();
    this.#drawn = '';
    this.#failed = false;
    release(this.#canvas);
    this.#canvas = undefined;
    const hadText = this.#text !== undefined;
    this.#text = undefined;
    this.#paper.replaceChildren();
    this.element.removeAttribute('aria-busy');
    if (hadText) this.#options.onText(this.#options.number);
  }
}

/** Browsers keep the pixels of a canvas until it is collected, which may be long. */
function release(canvas: HTMLCanvasElement | undefined): void {
  if (!canvas) return;
  canvas.width = 0;
  canvas.height = 0;
}
