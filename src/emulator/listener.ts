import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';
/** ms; longer than clients keep connections, so that none is closed while a request is on its way. */
const KEEP_ALIVE = 60_000;

/** ms in which a request must be here. */
const TIMEOUT = 60_000;

/** More than all windows, tests and SDKs have at a time. */
const MOST_CONNECTIONS = 256;

export type Exchange = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** One of the emulator's two origins on the loopback interface. */
export class Listener {
  readonly #server: Server;
  #exchange: Exchange | undefined;

  constructor() {
    const timeouts = { keepAliveTimeout: KEEP_ALIVE, headersTimeout: TIMEOUT, requestTimeout: TIMEOUT };
    this.#server = createServer(timeouts, (request, response) => {
      if (!isOfThisMachine(request)) {
        response.writeHead(403, { connection: 'close' }).end('This server is for programs of this computer.');
        return;
      }
      // Fails when the client goes away in the middle of its request, or the emulator stops.
      this.#exchange?.(request, response).catch(() => response.destroy());
    });
    this.#server.maxConnections = MOST_CONNECTIONS;
  }

  /** Without a slash at the end. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://${HOST}:${port}`;
  }

  /** @param port 0 for any free one @throws Error if it is taken */
  async listen(port: number): Promise<void> {
    this.#server.listen(port, HOST);
    await once(this.#server, 'listening');
  }

  /** Begins to answer. Not part of `listen`, because answers name both origins, which are known only then. */
  serve(exchange: Exchange): void {
    this.#exchange = exchange;
  }

  /** Begins to turn connections into other ones; until then, and without it, an upgrade is a request like any other. */
  upgrade(listener: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): void {
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (isOfThisMachine(request)) listener(request, socket, head);
      else socket.destroy();
    });
  }

  /** Ends all connections, with the requests that are still on them. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

/**
 * Whether a request is for this machine by its own name. A page of the web can have its name lead here (DNS rebinding), and
 * would be taken for a page of ours by the browser; but its requests still say its name.
 */
export function isOfThisMachine({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const name = URL.parse(`http://${headers.host ?? ''}`)?.hostname ?? '';
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
