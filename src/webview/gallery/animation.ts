import { movingType } from '../../formats/signatures';
import { headOf } from '../contentKind';
import { element } from '../element';

/** Milliseconds for pictures that say nothing, or less than any screen shows; what browsers take. */
const LEAST_DURATION = 20;
const USUAL_DURATION = 100;

/** A moving picture (GIF, WebP, PNG) that can be stopped, which a browser's own cannot. */
export class Animation {
  readonly canvas: HTMLCanvasElement;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #playing = false;

  private constructor(
    private readonly decoder: ImageDecoder,
    private readonly frameCount: number,
    private readonly signal: AbortSignal,
    name: string,
  ) {
    this.canvas = element('canvas', { class: 'picture', attributes: { role: 'img', 'aria-label': name } });
    signal.addEventListener('abort', () => {
      this.pause();
      decoder.close();
    });
  }

  /** @returns undefined for a picture that does not move, or where the browser cannot take it apart */
  static async open(blob: Blob, name: string, signal: AbortSignal): Promise<Animation | undefined> {
    const type = movingType(await headOf(blob));
    if (type === undefined || !('ImageDecoder' in globalThis)) return undefined;
    const decoder = new ImageDecoder({ data: await blob.arrayBuffer(), type });
    try {
      await Promise.all([decoder.completed, decoder.tracks.ready]);
      const frames = decoder.tracks.selectedTrack?.frameCount ?? 1;
      if (frames > 1 && !signal.aborted) {
        const animation = new Animation(decoder, frames, signal, name);
        await animation.#draw();
        return animation;
      }
    } catch (error) {
      // It may still be shown, or not, as a picture.
      console.error(error);
    }
    decoder.close();
    return undefined;
  }

  get playing(): boolean {
    return this.#playing;
  }

  play(): void {
    if (this.#playing || this.signal.aborted) return;
    this.#playing = true;
    void this.#draw();
  }

  pause(): void {
    this.#playing = false;
    clearTimeout(this.#timer);
  }

  /** Draws the present frame, and waits for the next if it plays. */
  async #draw(): Promise<void> {
    const { image } = await this.decoder.decode({ frameIndex: this.#frame });
    const { canvas } = this;
    if (canvas.width !== image.displayWidth || canvas.height !== image.displayHeight) {
      canvas.width = image.displayWidth;
      canvas.height = image.displayHeight;
    }
    const context = canvas.getContext('2d');
    context?.clearRect(0, 0, canvas.width, canvas.height);
    context?.drawImage(image, 0, 0);
    canvas.dataset.frame = String(this.#frame);
    const said = (image.duration ?? 0) / 1000;
    image.close();
    if (!this.#playing) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#frame = (this.#frame + 1) % this.frameCount;
        // Closed while it was decoding, or damaged: the last frame stays.
        this.#draw().catch((error: unknown) => {
          this.#playing = false;
          if (!this.signal.aborted) console.error(error);
        });
      },
      said < LEAST_DURATION ? USUAL_DURATION : said,
    );
  }
}
