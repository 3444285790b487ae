import { button } from '../button';
import { element } from '../element';
import { icon } from '../icons';
import type { Page } from '../page';
import { fill } from '../text';
import { clock } from './clock';
import { RATES } from './soundSettings';

/** Speed, silence and loudness of what sounds on a page; what is chosen here holds for all of it. */
export class SoundControls {
  readonly element: HTMLElement;
  readonly #rate: HTMLSelectElement;
  readonly #slower: HTMLButtonElement;
  readonly #faster: HTMLButtonElement;
  readonly #skip: HTMLButtonElement;
  readonly #mute: HTMLButtonElement;
  readonly #volume: HTMLInputElement;
  /** Has the tooltip, which as the slider's own would be said after its value. */
  readonly #volumeFrame: HTMLElement;

  constructor(
    private readonly page: Page,
    signal: AbortSignal,
  ) {
    const { strings, sound } = page;
    this.#slower = button({
      label: strings.slower,
      icon: 'slower',
      compact: true,
      onClick: () => sound.stepRate(-1),
    });
    this.#faster = button({
      label: strings.faster,
      icon: 'faster',
      compact: true,
      onClick: () => sound.stepRate(1),
    });
    this.#rate = element('select', {
      class: 'rate',
      attributes: { 'aria-label': strings.speed },
      children: RATES.map((rate) =>
        element('option', { text: this.#rateText(rate), attributes: { value: String(rate) } }),
      ),
    });
    this.#rate.addEventListener('change', () => sound.change({ rate: Number(this.#rate.value) }));
    this.#skip = button({
      label: strings.skipSilence,
      icon: 'skipSilence',
      onClick: () => sound.change({ skipSilence: !sound.current.skipSilence }),
    });
    this.#skip.classList.add('toggle');
    this.#mute = button({
      label: strings.mute,
      icon: 'volume',
      compact: true,
      onClick: () => sound.change({ muted: !sound.current.muted }),
    });
    this.#volume = element('input', {
      class: 'volume',
      attributes: { type: 'range', min: '0', max: '1', step: '0.05', 'aria-label': strings.volume },
    });
    this.#volume.addEventListener('input', () =>
      sound.change({ volume: Number(this.#volume.value), muted: false }),
    );
    this.#volumeFrame = element('span', {
      class: 'volume-frame',
      attributes: { role: 'presentation' },
      children: [this.#volume],
    });
    this.element = element('div', {
      class: 'sound-controls',
      children: [
        element('div', { class: 'rates', children: [this.#slower, this.#rate, this.#faster] }),
        this.#skip,
        element('div', { class: 'loudness', children: [this.#mute, this.#volumeFrame] }),
      ],
    });
    const following = sound.onDidChange(() => this.#show());
    signal.addEventListener('abort', () => following.dispose(), { once: true });
    this.#show();
  }

  /** @param seconds that skipping silence saves */
  showSilence(seconds: number): void {
    const { strings } = this.page;
    const worth = seconds >= 1;
    this.#skip.title = worth ? fill(strings.skipSilenceSaves, clock(seconds)) : strings.noSilence;
  }

  #show(): void {
    const { strings, sound } = this.page;
    const { rate, skipSilence, muted, volume } = sound.current;
    this.#rate.value = String(RATES.find((each) => each >= rate) ?? 1);
    // Not `disabled`, which would take the focus from somebody who uses the keyboard.
    this.#slower.setAttribute('aria-disabled', String(rate <= (RATES[0] ?? rate)));
    this.#faster.setAttribute('aria-disabled', String(rate >= (RATES.at(-1) ?? rate)));
    this.#skip.setAttribute('aria-pressed', String(skipSilence));
    const label = muted ? strings.unmute : strings.mute;
    this.#mute.title = label;
    this.#mute.replaceChildren(icon(muted ? 'muted' : 'volume'));
    this.#volume.value = String(muted ? 0 : volume);
    const percent = fill(strings.percent, Math.round((muted ? 0 : volume) * 100));
    this.#volume.setAttribute('aria-valuetext', percent);
    this.#volumeFrame.title = percent;
  }

  #rateText(rate: number): string {
    return fill(this.page.strings.times, rate);
  }
}
