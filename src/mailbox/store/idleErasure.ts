import { setImmediate } from 'node:timers/promises';
import type { MessageStore } from './messageStore';

/** Milliseconds from the end of one erasure to the beginning of the next. */
const INTERVAL = 60_000;

/** Rids a store of what removed messages have left there, while there is nothing else to do. */
export class IdleErasure {
  #isRunning = false;
  /** Of the monotonic clock. */
  #notBefore = 0;

  constructor(
    private readonly store: MessageStore,
    private readonly isIdle: () => boolean,
  ) {}

  /** To be called every now and then: does nothing if it is under way already, or if there is nothing to do. */
  async run(): Promise<void> {
    if (this.#isRunning || performance.now() < this.#notBefore || !this.isIdle() || !this.store.hasResidue)
      return;
    this.#isRunning = true;
    try {
      do await setImmediate();
      while (this.isIdle() && this.store.eraseSome() === 'more');
    } finally {
      this.#notBefore = performance.now() + INTERVAL;
      this.#isRunning = false;
    }
  }
}
