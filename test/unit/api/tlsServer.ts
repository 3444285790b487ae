import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import { generate } from 'selfsigned';
import { listen } from './server';

/** A name that only the proxy knows how to reach. */
export const HIDDEN_HOST = 'mailbox.test';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for `HIDDEN_HOST` that is its own authority. */
export async function selfSignedCertificate(): Promise<Certificate> {
  const pems = await generate([{ name: 'commonName', value: HIDDEN_HOST }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: HIDDEN_HOST }] },
    ],
  });
  return { key: pems.private, cert: pems.cert };
}

/** Answers every request with its path. */
export async function startTlsServer(certificate: Certificate): Promise<number> {
  return listen(createHttpsServer(certificate, (request, response) => response.end(`hidden ${request.url}`)));
}

export interface Proxy {
  readonly url: string;
  readonly host: string;
  /** `CONNECT` requests: where to, and with which `Proxy-Authorization`. */
  readonly tunnels: { readonly target: string; readonly authorization?: string | undefined }[];
}

/** A proxy by which `HIDDEN_HOST` leads to `port`; it refuses every other host. */
export async function startProxy(port: number): Promise<Proxy> {
  const tunnels: Proxy['tunnels'] = [];
  const server = createHttpServer().on('connect', (request, socket) => {
    const target = request.url ?? '';
    tunnels.push({ target, authorization: request.headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    if (!target.startsWith(`${HIDDEN_HOST}:`)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  const host = `127.0.0.1:${await listen(server)}`;
  return { url: `http://${host}`, host, tunnels };
}
