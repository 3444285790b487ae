import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { HttpClient, type HttpRequest, type HttpResponse, type Timeouts } from '../../../src/api/httpClient';
import type { NetworkSettings } from '../../../src/api/network';
import type { Clock } from '../../../src/api/rateLimiter';
import { DIRECT, PATIENT } from '../api/fakes';
import { listen } from '../api/server';
import { NetworkGate } from '../mailbox/networkGate';

/** An answer as it is on the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A request that has come to whatever is between us and the server. */
export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Our end of the connection, for what no server would send. */
  readonly socket: Socket;
  /** What the server answers, if the request is passed on to it; by default as it is. */
  readonly forward: (changes?: { readonly body?: string }) => Promise<RawAnswer>;
  /** Sends a whole answer, and ends the connection. */
  readonly answer: (answer: Partial<RawAnswer>) => void;
}

/** What is wrong between us and the server. */
export interface NetworkFault {
  /** Which requests it is for; all but those for tokens by default. */
  readonly appliesTo?: (request: HttpRequest) => boolean;
  /** Does with such a request, in place of the server, what is wrong. */
  readonly handle?: (exchange: Exchange) => unknown;
  /** Where such requests are sent instead, if not to `handle`. */
  readonly origin?: string;
  /** Settings by which they are sent. */
  readonly settings?: Partial<NetworkSettings>;
  /** Whether it shows only when a timeout has passed: then timeouts are short. */
  readonly hasShortTimeouts?: boolean;
}

/** A request to which a fault applied, and when, in milliseconds of the clock by which requests wait. */
export interface AffectedRequest {
  readonly time: number;
  readonly method: string;
  readonly path: string;
}

/** Long enough for an answer from this computer, and short enough for a test to wait for. */
const SHORT: Timeouts = {
  connect: 30_000,
  headers: 300,
  body: 300,
  pace: { patience: 300, perSecond: 2_000 },
};

/** Names the origin of the server to the one in between. */
const TARGET = 'x-target-origin';

/** The network between us and the server, with one thing wrong in it at a time. */
export class FaultyNetwork extends NetworkGate {
  readonly affectedRequests: AffectedRequest[] = [];
  #fault: NetworkFault | undefined;
  #client: HttpClient | undefined;
  #origin = '';

  private constructor(private readonly clock: Clock) {
    super(DIRECT);
  }

  /** It ends with the test. */
  static async open(clock: Clock): Promise<FaultyNetwork> {
    const network = new FaultyNetwork(clock);
    const between = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = '', url: path = '', headers, socket } = incoming;
        const { [TARGET]: origin, ...passed } = headers;
        const body = Buffer.concat(chunks);
        void network.#fault?.handle?.({
          method,
          path,
          headers,
          socket,
          forward: (changes = {}) =>
            exchange(String(origin), { method, path, headers: passed, body: changes.body ?? body }),
          answer: ({ status = 200, headers: answered = {}, body: content = Buffer.alloc(0) }) =>
            response
              .writeHead(status, { ...answered, 'content-length': content.length, connection: 'close' })
              .end(content),
        });
      });
    });
    network.#origin = `http://127.0.0.1:${await listen(between)}`;
    onTestFinished(() => network.dispose());
    return network;
  }

  /** From now on this is wrong. */
  async begin(fault: NetworkFault): Promise<void> {
    await this.end();
    this.#fault = fault;
    this.#client = new HttpClient(
      { ...DIRECT, ...fault.settings },
      undefined,
      fault.hasShortTimeouts ? SHORT : PATIENT,
    );
  }

  /** Nothing is wrong any more. */
  async end(): Promise<void> {
    this.#fault = undefined;
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose();
  }

  override async dispose(): Promise<void> {
    await this.end();
    await super.dispose();
  }

  override async send(request: HttpRequest): Promise<HttpResponse> {
    const [fault, client] = [this.#fault, this.#client];
    if (!fault || !client || !(fault.appliesTo ?? isNoTokenRequest)(request)) return super.send(request);
    const { url, method } = request;
    this.affectedRequests.push({ time: this.clock.now(), method, path: url.pathname + url.search });
    return client.send({
      ...request,
      url: new URL(url.pathname + url.search, fault.origin ?? this.#origin),
      headers: { ...request.headers, [TARGET]: url.origin },
    });
  }
}

function isNoTokenRequest({ url }: HttpRequest): boolean {
  return !url.pathname.startsWith('/restapi/oauth/');
}

function exchange(
  origin: string,
  request: {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string | Buffer;
  },
): Promise<RawAnswer> {
  const { method, path, headers, body } = request;
  const { host: _host, 'content-length': _length, 'accept-encoding': _encoding, ...passed } = headers;
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(new URL(path, origin), { method, headers: passed, agent: false });
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { 'transfer-encoding': _chunked, 'content-length': _answered, ...answered } = response.headers;
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(answered).map(([name, value]) => [name, String(value)])),
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
