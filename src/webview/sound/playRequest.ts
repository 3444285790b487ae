import { Emitter, type Event } from '../../util/emitter';

/**
 * Somebody has opened a voicemail to hear it. Its player takes the request when it is ready, which may be later than the
 * page; a page that is loaded anew, as after a restart, has none.
 */
export class PlayRequest {
  readonly #made = new Emitter<void>();
  #isMade = false;

  /** Fires for players that are there already. */
  readonly onDidMake: Event<void> = this.#made.event;

  make(): void {
    this.#isMade = true;
    this.#made.fire();
  }

  /** There is nothing to play, or something else is shown. */
  drop(): void {
    this.#isMade = false;
  }

  /** @returns whether there was one; there is none afterwards */
  take(): boolean {
    const isMade = this.#isMade;
    this.#isMade = false;
    return isMade;
  }
}
