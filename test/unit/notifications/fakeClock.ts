import type { NewMessagesClock } from '../../../src/notifications/newMessages';

interface Alarm {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock on which time passes when a test says so. */
export class FakeClock implements NewMessagesClock {
  readonly #alarms = new Set<Alarm>();

  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  schedule(milliseconds: number, callback: () => void): { dispose: () => void } {
    const alarm = { at: this.time + milliseconds, callback };
    this.#alarms.add(alarm);
    return { dispose: () => this.#alarms.delete(alarm) };
  }

  /** Lets time pass, with everything that is due meanwhile. */
  pass(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = [...this.#alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#alarms.delete(next);
      this.time = Math.max(this.time, next.at);
      next.callback();
    }
    this.time = end;
  }

  /** The computer sleeps: time passes, and no timer has run when it wakes up. */
  sleep(milliseconds: number): void {
    this.time += milliseconds;
  }
}
