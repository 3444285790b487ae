import type { ShowContext } from './show';

/** Keeps how far a recording or video was played, for when the window is opened again. */
export class PlayPosition {
  constructor(
    private readonly player: HTMLMediaElement,
    private readonly context: ShowContext,
  ) {
    const { signal } = context;
    const keep = (seconds: number): void => context.page.state.set(this.#name, seconds);
    for (const event of ['timeupdate', 'seeked'])
      player.addEventListener(event, () => keep(player.currentTime), { signal });
    // Heard to its end, it begins at its beginning.
    player.addEventListener('ended', () => keep(0), { signal });
  }

  /** Goes to where it was. */
  restore(): void {
    const kept = this.context.page.state.get(this.#name);
    if (typeof kept === 'number' && kept > 0 && kept < this.player.duration) this.player.currentTime = kept;
  }

  get #name(): string {
    return `position:${this.context.attachment.attachmentId}`;
  }
}
