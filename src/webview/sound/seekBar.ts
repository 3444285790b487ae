import type { Strings } from '../../viewers/strings';
import { element } from '../element';
import { fill } from '../text';
import { clock } from './clock';
import { Waveform } from './waveform';

/** Seconds of an arrow key, without and with Shift. */
export const STEP = 5;
export const SMALL_STEP = 1;

/** Where a recording is, as a waveform to click and drag on, and a slider for keys. */
export class SeekBar {
  readonly element: HTMLElement;
  readonly waveform: Waveform;

  /** @param onSeek with seconds */
  constructor(
    private readonly strings: Strings,
    label: string,
    private readonly duration: number,
    private readonly onSeek: (position: number) => void,
    signal: AbortSignal,
  ) {
    this.waveform = new Waveform(signal);
    this.element = element('div', {
      class: 'seek-bar',
      attributes: {
        tabindex: '0',
        role: 'slider',
        'aria-label': label,
        'aria-valuemin': '0',
        'aria-valuemax': String(Math.floor(duration)),
      },
      children: [this.waveform.element],
    });
    this.element.addEventListener('pointerdown', (event) => this.#begin(event));
    this.element.addEventListener('pointermove', (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) this.#seekTo(event);
    });
    this.show(0);
  }

  /** @param position seconds */
  show(position: number): void {
    this.waveform.showPosition(this.duration > 0 ? Math.min(1, position / this.duration) : 0);
    const seconds = String(Math.floor(position));
    // Once a second, because a screen reader may say each change.
    if (this.element.getAttribute('aria-valuenow') === seconds) return;
    this.element.setAttribute('aria-valuenow', seconds);
    this.element.setAttribute(
      'aria-valuetext',
      fill(this.strings.positionOf, clock(position), clock(this.duration)),
    );
  }

  #begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.element.setPointerCapture(event.pointerId);
    this.#seekTo(event);
  }

  #seekTo({ clientX }: PointerEvent): void {
    const { left, width } = this.element.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (clientX - left) / width));
    this.onSeek(share * this.duration);
  }
}
