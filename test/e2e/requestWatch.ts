import { RequestLog, type LoggedRequest } from '../../src/emulator/requestLog';

/** A request as it came. */
export interface WatchedRequest {
  readonly url: URL;
  readonly headers: LoggedRequest['headers'];
  readonly body: string;
  /** What the emulator remembers of it: the answer, and nothing secret. */
  readonly logged: LoggedRequest;
}

/**
 * Takes note of what is asked of emulators in this process, openings of WebSocket connections included and their admin
 * surface excluded, before their own log leaves out what is secret.
 */
export class RequestWatch {
  readonly requests: WatchedRequest[] = [];
  readonly #add = Object.getOwnPropertyDescriptor(RequestLog.prototype, 'add');

  constructor() {
    const { requests } = this;
    const add = this.#add?.value as RequestLog['add'];
    RequestLog.prototype.add = function (...request) {
      const [, , url, headers, body] = request;
      const logged = add.apply(this, request);
      requests.push({ url, headers, body: body.toString(), logged });
      return logged;
    };
  }

  stop(): void {
    Object.defineProperty(RequestLog.prototype, 'add', { ...this.#add });
  }
}
