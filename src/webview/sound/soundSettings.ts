import type { SoundMemory } from '../../viewers/protocol';
import { Emitter, type Event } from '../../util/emitter';
import type { Host } from '../host';

/** How fast recordings can be played. */
export const RATES: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** How the user likes to listen; the same for everything that sounds on a page, and remembered for the next. */
export class SoundSettings {
  readonly #changed = new Emitter<void>();
  #current: SoundMemory;

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(
    atFirst: SoundMemory,
    private readonly host: Pick<Host, 'remember'>,
  ) {
    this.#current = atFirst;
  }

  get current(): SoundMemory {
    return this.#current;
  }

  change(change: Partial<SoundMemory>): void {
    const sound = { ...this.#current, ...change };
    if (JSON.stringify(sound) === JSON.stringify(this.#current)) return;
    this.#current = sound;
    this.host.remember({ what: 'sound', sound });
    this.#changed.fire();
  }

  /** To the next faster rate, or the next slower one for a negative step. */
  stepRate(step: number): void {
    const { rate } = this.#current;
    const next = step > 0 ? RATES.find((each) => each > rate) : RATES.findLast((each) => each < rate);
    if (next !== undefined) this.change({ rate: next });
  }
}
