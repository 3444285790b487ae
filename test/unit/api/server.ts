import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Handler = (request: ReceivedRequest, response: ServerResponse) => void;

export interface TestServer {
  readonly url: string;
  readonly host: string;
  readonly requests: readonly ReceivedRequest[];
  /** Resolves once `count` requests have come. */
  received(count: number): Promise<void>;
}

/** Serves on loopback until the test is finished. */
export async function startServer(handler: Handler): Promise<TestServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const target = incoming.url ?? '';
      const request = {
        method: incoming.method ?? '',
        target,
        url: new URL(target, 'http://server'),
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(request);
      server.emit('received');
      handler(request, response);
    });
  });
  const host = `127.0.0.1:${await listen(server)}`;
  const received = async (count: number): Promise<void> => {
    while (requests.length < count) await once(server, 'received');
  };
  return { url: `http://${host}`, host, requests, received };
}

/** Listens on a free port of loopback, and ends everything when the test is finished. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** An error body as the API sends it. */
export function refusal(errorCode: string, more: object = {}): object {
  const message = `Refused with ${errorCode}`;
  return { errorCode, message, errors: [{ errorCode, message, ...more }], ...more };
}
