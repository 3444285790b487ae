import { button } from '../button';
import { element } from '../element';
import { icon } from '../icons';
import { PlayPosition } from '../playPosition';
import type { ShowContext } from '../show';
import { fill } from '../text';
import { clock } from './clock';
import type { DecodedSound } from './decodeSound';
import { SeekBar, SMALL_STEP, STEP } from './seekBar';
import { lengthOf, spanAt, type Span } from './silence';
import { SoundControls } from './soundControls';

/** Seconds before the end from which on there is nothing left to play. */
const END_TOLERANCE = 0.05;

/** Plays a recording: its waveform to seek on, and the controls around it. */
export class SoundPlayer {
  readonly element: HTMLElement;
  readonly #seekBar: SeekBar;
  readonly #controls: SoundControls;
  readonly #play: HTMLButtonElement;
  readonly #time = element('span', { class: 'sound-time' });
  readonly #problem = element('p', { class: 'sound-problem', attributes: { role: 'status' } });
  #silence: readonly Span[] = [];
  #toldPlayed = false;

  /** @param audio is ready to play, and knows how long it is */
  constructor(
    private readonly audio: HTMLAudioElement,
    private readonly context: ShowContext,
  ) {
    const { page, attachment, signal } = context;
    const { strings } = page;
    const label = fill(strings.recordingOf, attachment.name);
    this.#seekBar = new SeekBar(strings, label, audio.duration, (position) => this.#seek(position), signal);
    this.#controls = new SoundControls(page, signal);
    this.#play = button({ label: strings.play, icon: 'play', primary: true, onClick: () => this.toggle() });
    this.#play.classList.add('play');
    audio.hidden = true;
    this.element = element('div', {
      class: 'sound',
      children: [
        this.#seekBar.element,
        element('div', { class: 'sound-bar', children: [this.#play, this.#time, this.#controls.element] }),
        this.#problem,
        audio,
      ],
    });
    this.#follow();
    this.#applySettings();
    this.#begin();
    this.#showPlaying();
    this.#showPosition();
  }

  /** The samples are known now. */
  showDecoded(sound: DecodedSound | undefined): void {
    this.#silence = sound?.silence ?? [];
    this.#controls.showSilence(lengthOf(this.#silence));
    if (sound) this.#seekBar.waveform.showPeaks(sound.peaks);
    this.#skipSilence();
  }

  toggle(): void {
    if (this.audio.paused) this.play();
    else this.audio.pause();
  }

  play(): void {
    if (this.audio.currentTime >= this.audio.duration - END_TOLERANCE) this.audio.currentTime = 0;
    this.audio.play().catch((error: unknown) => {
      // Interrupted by another wish, or not allowed before somebody has pressed something in the page; the button shows it.
      const isRefused = error instanceof DOMException && error.name === 'NotAllowedError';
      if (!this.context.signal.aborted && !isRefused) console.error(error);
    });
  }

  #follow(): void {
    const { audio } = this;
    const { page, signal, attachment } = this.context;
    const on = (event: string, listener: () => void): void =>
      audio.addEventListener(event, listener, { signal });
    on('play', () => {
      this.#showPlaying();
      this.#followClosely();
    });
    on('playing', () => this.#tellPlayed());
    on('pause', () => this.#showPlaying());
    on('timeupdate', () => this.#moved());
    on('seeked', () => this.#moved());
    on('ended', () => page.through.ended(attachment.messageId));
    on('error', () => {
      this.#problem.textContent = page.strings.playingFailed;
    });
    const settings = page.sound.onDidChange(() => this.#applySettings());
    const through = page.through.onDidChange(() => {
      if (page.through.active && audio.paused) this.play();
    });
    const request = page.playRequest.onDidMake(() => this.#playOnRequest());
    addEventListener('keydown', (event) => this.#keyDown(event), { signal });
    signal.addEventListener('abort', () => {
      settings.dispose();
      request.dispose();
      through.dispose();
      audio.pause();
    });
  }

  /** Where it was when the window was closed, or at once if all unread voicemails are being played. */
  #begin(): void {
    const position = new PlayPosition(this.audio, this.context);
    if (this.context.page.through.active) this.play();
    else position.restore();
    this.#playOnRequest();
  }

  /** Where it may not play before a key or a button was pressed in the page, the space bar is all that is left to press. */
  #playOnRequest(): void {
    if (!this.context.page.playRequest.take()) return;
    this.play();
    // It is on the page a moment after it was made.
    setTimeout(() => this.#focusPlay());
  }

  /** Unless somebody has gone on meanwhile, to something else in the page or to another editor. */
  #focusPlay(): void {
    const focus = (): void => {
      if (document.activeElement === null || document.activeElement === document.body) this.#play.focus();
    };
    if (document.hasFocus()) focus();
    else addEventListener('focus', focus, { once: true, signal: this.context.signal });
  }

  /** Once, so that a message that is marked as unread meanwhile stays so. While all are played, each counts at its end. */
  #tellPlayed(): void {
    const { page, attachment } = this.context;
    if (this.#toldPlayed || page.through.active) return;
    this.#toldPlayed = true;
    page.host.played(attachment.messageId);
  }

  /** Many times a second, for a smooth picture and for silence to be left in time. */
  #followClosely(): void {
    requestAnimationFrame(() => {
      if (this.audio.paused || this.context.signal.aborted) return;
      this.#showPosition();
      this.#skipSilence();
      this.#followClosely();
    });
  }

  #moved(): void {
    this.#showPosition();
    this.#skipSilence();
  }

  #skipSilence(): void {
    const { audio } = this;
    if (audio.paused || audio.seeking || !this.context.page.sound.current.skipSilence) return;
    const span = spanAt(this.#silence, audio.currentTime);
    if (span) audio.currentTime = span.end;
  }

  #applySettings(): void {
    const { volume, muted, rate } = this.context.page.sound.current;
    this.audio.preservesPitch = true;
    this.audio.playbackRate = rate;
    this.audio.volume = volume;
    this.audio.muted = muted;
    this.#skipSilence();
  }

  #seek(position: number): void {
    const { audio } = this;
    audio.currentTime = Math.min(Math.max(0, position), audio.duration);
    this.#showPosition();
  }

  #showPlaying(): void {
    const { strings } = this.context.page;
    const { paused } = this.audio;
    const text = paused ? strings.play : strings.pause;
    this.#play.replaceChildren(icon(paused ? 'play' : 'pause'), element('span', { text }));
  }

  #showPosition(): void {
    const { currentTime, duration } = this.audio;
    this.#seekBar.show(currentTime);
    const text = `${clock(currentTime)} / ${clock(duration)}`;
    if (this.#time.textContent !== text) this.#time.textContent = text;
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.#hearsKeys(event) || !this.#onKey(event)) return;
    event.preventDefault();
  }

  /** @returns whether the key means something here */
  #onKey({ key, shiftKey }: KeyboardEvent): boolean {
    const { audio } = this;
    const { sound } = this.context.page;
    const step = shiftKey ? SMALL_STEP : STEP;
    switch (key) {
      case ' ':
        this.toggle();
        return true;
      case 'ArrowLeft':
        this.#seek(audio.currentTime - step);
        return true;
      case 'ArrowRight':
        this.#seek(audio.currentTime + step);
        return true;
      case 'Home':
        this.#seek(0);
        return true;
      case 'End':
        this.#seek(audio.duration);
        return true;
      case '<':
        sound.stepRate(-1);
        return true;
      case '>':
        sound.stepRate(1);
        return true;
      case 'm':
        sound.change({ muted: !sound.current.muted });
        return true;
      default:
        return false;
    }
  }

  /** Keys pressed in this player, or anywhere that has no use for them if it is the only one on the page. */
  #hearsKeys({ target, key }: KeyboardEvent): boolean {
    if (!(target instanceof Element)) return false;
    if (target.matches('input, select, textarea, video, .plain-text')) return false;
    if (key === ' ' && target.matches('button, a')) return false;
    return this.element.contains(target) || document.querySelectorAll('.sound').length === 1;
  }
}
