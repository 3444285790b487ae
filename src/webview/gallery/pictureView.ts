import { button } from '../button';
import { element } from '../element';
import { atRest } from '../rest';
import type { ShowContext } from '../show';
import { fill } from '../text';
import {
  fitted,
  isCut,
  isLook,
  lookOf,
  panned,
  placedFor,
  ZOOM_STEP,
  zoomedAt,
  type Look,
  type Placement,
  type Point,
  type Size,
} from './placement';

/** CSS pixels that an arrow key moves a picture. */
const PAN_STEP = 60;
/** Share of the window's height that a picture may take, so that what is around it stays in sight. */
const STAGE_SHARE = 0.72;
/** The lowest stage, in CSS pixels. */
const LEAST_STAGE = 120;
/** How much a turn of the wheel by one pixel zooms. */
const WHEEL_ZOOM = 0.002;

/** A picture to look at closely: zoom at the pointer, by keys and by buttons; pan by dragging and by keys. */
export class PictureView {
  readonly element: HTMLElement;
  readonly toolbar: HTMLElement;
  readonly #zoom = element('span', { class: 'zoom', attributes: { role: 'status' } });
  #placement: Placement = { scale: 1, x: 0, y: 0 };
  /** Undefined while all of the picture is to be seen, whatever the size of the pane. */
  #look: Look | undefined;
  readonly #keep: () => void;

  /** @param picture is decoded, so that its size is known */
  constructor(
    private readonly picture: HTMLImageElement | HTMLCanvasElement,
    private readonly context: ShowContext,
  ) {
    const { page, attachment, signal } = context;
    const { strings } = page;
    this.element = element('div', {
      class: 'stage',
      attributes: { tabindex: '0', role: 'group', 'aria-label': attachment.name },
      children: [picture],
    });
    this.toolbar = element('div', {
      class: 'picture-toolbar',
      attributes: { role: 'toolbar' },
      children: [
        button({
          label: strings.zoomOut,
          icon: 'zoomOut',
          compact: true,
          onClick: () => this.#zoomBy(1 / ZOOM_STEP),
        }),
        this.#zoom,
        button({
          label: strings.zoomIn,
          icon: 'zoomIn',
          compact: true,
          onClick: () => this.#zoomBy(ZOOM_STEP),
        }),
        button({ label: strings.fitPicture, icon: 'fit', compact: true, onClick: () => this.#fit() }),
      ],
    });
    const kept = page.state.get(this.#stateName);
    if (isLook(kept)) this.#look = kept;
    this.#keep = atRest(() => page.state.set(this.#stateName, this.#look), signal);
    this.#listen();
    const resized = new ResizeObserver(() => this.#layOut());
    resized.observe(this.element);
    addEventListener('resize', () => this.#layOut(), { signal });
    signal.addEventListener('abort', () => resized.disconnect(), { once: true });
  }

  get #stateName(): string {
    return `picture:${this.context.attachment.attachmentId}`;
  }

  get #size(): Size {
    const { picture } = this;
    return picture instanceof HTMLImageElement
      ? { width: picture.naturalWidth, height: picture.naturalHeight }
      : picture;
  }

  get #stage(): Size {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  #listen(): void {
    const { element: stage } = this;
    stage.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    stage.addEventListener('dblclick', (event) => {
      if (!this.#look) this.#zoomTo(1, this.#pointOf(event));
      else this.#fit();
    });
    stage.addEventListener('pointerdown', (event) => {
      if (event.button === 0 && this.#isCut()) stage.setPointerCapture(event.pointerId);
    });
    stage.addEventListener('pointermove', (event) => {
      if (stage.hasPointerCapture(event.pointerId)) this.#pan({ x: event.movementX, y: event.movementY });
    });
    // Pictures can be dragged to elsewhere, which would come before dragging them here.
    stage.addEventListener('dragstart', (event) => event.preventDefault());
    stage.addEventListener('keydown', (event) => this.#panByKey(event));
    addEventListener('keydown', (event) => this.#zoomByKey(event), { signal: this.context.signal });
  }

  /** As high as the whole picture needs, if the window has that; then the picture on it. */
  #layOut(): void {
    const { width } = this.#stage;
    if (width <= 0) return;
    const size = this.#size;
    const wanted = Math.min(size.height, (width / size.width) * size.height, innerHeight * STAGE_SHARE);
    const height = `${String(Math.max(LEAST_STAGE, Math.round(wanted)))}px`;
    if (this.element.style.height !== height) this.element.style.height = height;
    const stage = this.#stage;
    this.#place(this.#look ? placedFor(this.#look, size, stage) : fitted(size, stage));
  }

  #place(placement: Placement): void {
    this.#placement = placement;
    const { scale, x, y } = placement;
    const { width, height } = this.#size;
    const { style } = this.picture;
    style.width = `${String(width * scale)}px`;
    style.height = `${String(height * scale)}px`;
    style.left = `${String(x)}px`;
    style.top = `${String(y)}px`;
    this.element.classList.toggle('cut', this.#isCut());
    const { strings } = this.context.page;
    const text = fill(strings.zoomedTo, Math.round(scale * 100));
    if (this.#zoom.textContent !== text) this.#zoom.textContent = text;
  }

  #isCut(): boolean {
    return isCut(this.#placement, this.#size, this.#stage);
  }

  #fit(): void {
    this.#look = undefined;
    this.#place(fitted(this.#size, this.#stage));
    this.#keep();
  }

  #lookAt(placement: Placement): void {
    this.#look = lookOf(placement, this.#size, this.#stage);
    this.#place(placement);
    this.#keep();
  }

  #zoomBy(factor: number, point?: Point): void {
    this.#zoomTo(this.#placement.scale * factor, point);
  }

  #zoomTo(scale: number, point: Point = this.#middle()): void {
    this.#lookAt(zoomedAt(this.#placement, point, scale, this.#size, this.#stage));
  }

  #pan(by: Point): void {
    this.#lookAt(panned(this.#placement, by, this.#size, this.#stage));
  }

  #middle(): Point {
    const { width, height } = this.#stage;
    return { x: width / 2, y: height / 2 };
  }

  #pointOf({ clientX, clientY }: MouseEvent): Point {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  /** With Ctrl, which browsers also say of a pinch, the wheel zooms; else it pans what there is to pan. */
  #wheel(event: WheelEvent): void {
    const before = this.#placement;
    if (event.ctrlKey || event.metaKey)
      this.#zoomBy(Math.exp(-event.deltaY * WHEEL_ZOOM), this.#pointOf(event));
    else if (this.#isCut()) this.#pan({ x: -event.deltaX, y: -event.deltaY });
    // At the edge of the picture, the page scrolls on.
    if (event.ctrlKey || event.metaKey || before.x !== this.#placement.x || before.y !== this.#placement.y)
      event.preventDefault();
  }

  #panByKey(event: KeyboardEvent): void {
    const pan = PANS[event.key];
    if (!pan || !this.#isCut() || event.ctrlKey || event.metaKey || event.altKey) return;
    this.#pan({ x: pan.x * PAN_STEP, y: pan.y * PAN_STEP });
    event.preventDefault();
  }

  #zoomByKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.#hearsKeys(event.target) || !this.#zoomFor(event.key)) return;
    event.preventDefault();
  }

  /** @returns whether the key means something here */
  #zoomFor(key: string): boolean {
    switch (key) {
      case '+':
      case '=':
        this.#zoomBy(ZOOM_STEP);
        return true;
      case '-':
        this.#zoomBy(1 / ZOOM_STEP);
        return true;
      case '0':
        this.#fit();
        return true;
      case '1':
        this.#zoomTo(1);
        return true;
      default:
        return false;
    }
  }

  /** Keys pressed around this picture while it is in sight. */
  #hearsKeys(target: EventTarget | null): boolean {
    const around = this.element.closest('.gallery') ?? this.element.closest('.attachment');
    return (
      target instanceof Node && this.element.offsetParent !== null && (around?.contains(target) ?? false)
    );
  }
}

/** To see what is further to the left, the picture goes to the right. */
const PANS: Readonly<Record<string, Point | undefined>> = {
  ArrowLeft: { x: 1, y: 0 },
  ArrowRight: { x: -1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};
