import { element } from '../element';
import { onThemeChange } from '../theme';
import { barsOf } from './peaks';

/** Width of a bar and of the gap behind it, in CSS pixels. */
const BAR = 2;
const GAP = 1;
/** Height of the bars where nothing is heard, in CSS pixels, so that the line goes on. */
const LEAST_HEIGHT = 1.5;

/**
 * The shape of a sound, as bars: those that were played in one colour, the others in another. Both are drawn once for
 * each size and theme, one over the other, so that nothing is drawn while it plays.
 */
export class Waveform {
  readonly element: HTMLElement;
  readonly #rest = element('canvas', { class: 'wave' });
  readonly #played = element('canvas', { class: 'wave played' });
  #peaks: Float32Array = new Float32Array(1);

  constructor(signal: AbortSignal) {
    this.element = element('div', {
      class: 'waves',
      attributes: { 'aria-hidden': 'true' },
      children: [this.#rest, this.#played],
    });
    const resized = new ResizeObserver(() => this.#draw());
    resized.observe(this.element);
    signal.addEventListener('abort', () => resized.disconnect(), { once: true });
    addEventListener('resize', () => this.#draw(), { signal });
    onThemeChange(() => this.#draw(), signal);
    this.showPosition(0);
  }

  /** @param peaks see `peaksOf`; without them there is a plain line */
  showPeaks(peaks: Float32Array): void {
    this.#peaks = peaks;
    this.#draw();
  }

  /** @param share of the whole that was played, from 0 to 1 */
  showPosition(share: number): void {
    this.#played.style.clipPath = `inset(0 ${String((1 - share) * 100)}% 0 0)`;
  }

  #draw(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width <= 0 || height <= 0) return;
    const bars = barsOf(this.#peaks, Math.max(1, Math.floor(width / (BAR + GAP))));
    for (const canvas of [this.#rest, this.#played]) drawBars(canvas, bars, { width, height });
  }
}

function drawBars(
  canvas: HTMLCanvasElement,
  bars: Float32Array,
  size: { width: number; height: number },
): void {
  canvas.width = Math.round(size.width * devicePixelRatio);
  canvas.height = Math.round(size.height * devicePixelRatio);
  const context = canvas.getContext('2d');
  // Without memory for a picture, the position is still said in words.
  if (!context) return;
  context.scale(canvas.width / size.width, canvas.height / size.height);
  context.fillStyle = getComputedStyle(canvas).color;
  const step = size.width / bars.length;
  bars.forEach((bar, index) => {
    const height = Math.max(LEAST_HEIGHT, bar * size.height);
    context.fillRect(index * step, (size.height - height) / 2, Math.max(1, step - GAP), height);
  });
}
