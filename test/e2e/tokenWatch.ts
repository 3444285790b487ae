import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

const CHANNEL = 'http.server.request.start';

/** Takes note of the access tokens that are sent to a server in this process. */
export class TokenWatch {
  readonly tokens = new Set<string>();

  /** @param host the server's, with its port */
  constructor(private readonly host: string) {
    subscribe(CHANNEL, this.#note);
  }

  stop(): void {
    unsubscribe(CHANNEL, this.#note);
  }

  readonly #note = (message: unknown): void => {
    const { headers } = (message as { request: IncomingMessage }).request;
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (headers.host === this.host && token !== undefined) this.tokens.add(token);
  };
}
