import { Emitter, type Event } from '../../util/emitter';
import type { Host } from '../host';

/** Playing all unread voicemails one after the other; goes on while the tab shows one after the other. */
export class PlayThrough {
  readonly #changed = new Emitter<void>();
  #active = false;

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(private readonly host: Pick<Host, 'heard' | 'openVoicemail'>) {}

  get active(): boolean {
    return this.#active;
  }

  set active(active: boolean) {
    if (active === this.#active) return;
    this.#active = active;
    this.#changed.fire();
  }

  /** The voicemail of a message was heard to its end. */
  ended(messageId: string): void {
    if (!this.#active) return;
    this.host.heard(messageId);
    this.host.openVoicemail('next', true);
  }
}
