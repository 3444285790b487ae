import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';

import { DAY, MINUTE, SECOND } from '../clock';
import type { Session } from '../oauth/sessions';
import type { Subscription } from './frames';

/** ms (FACTS, Push). */
export const RECOVERY_TIMEOUT = 180 * SECOND;
export const ABSOLUTE_TIMEOUT = DAY;
export const IDLE_TIMEOUT = 30 * MINUTE;
/** Notifications kept for a client that is away. */
export const RECOVERY_BUFFER_SIZE = 100;

/** What outlives a broken connection: the subscriptions, and what the client has missed. */
export class PushSession {
  readonly subscriptions: Subscription[] = [];
  /** What the client shows when it comes back; another one for each connection. */
  wsc = { sequence: 0, token: '' };
  /** ms since the epoch: when its connection was opened, and when it ended. */
  openedAt = 0;
  endedAt = 0;
  #socket: WebSocket | undefined;
  #missed: string[] = [];

  constructor(readonly owner: Session) {}

  get socket(): WebSocket | undefined {
    return this.#socket;
  }

  /** Takes the place of the connection that was there before. */
  attach(socket: WebSocket, now: number): void {
    this.#socket?.terminate();
    this.#socket = socket;
    this.openedAt = now;
    this.wsc = { sequence: this.wsc.sequence + 1, token: randomBytes(32).toString('base64url') };
  }

  detach(now: number): void {
    this.#socket = undefined;
    this.endedAt = now;
  }

  /** Sends the frame; `isSilent`, or without a connection, keeps it for later. */
  notify(frame: string, isSilent: boolean): void {
    // What is closing takes no more, and does not say so.
    const isOpen = this.#socket?.readyState === this.#socket?.OPEN;
    if (this.#socket && isOpen && !isSilent) this.#socket.send(frame);
    else this.#missed = [...this.#missed, frame].slice(-RECOVERY_BUFFER_SIZE);
  }

  /** Sends what was missed, in its order. */
  catchUp(): void {
    for (const frame of this.#missed.splice(0)) this.#socket?.send(frame);
  }
}
