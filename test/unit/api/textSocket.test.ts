import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { NetworkSettings } from '../../../src/api/network';
import { TextSocket } from '../../../src/api/push/textSocket';
import { runBundled } from './bundle';
import { DIRECT, rejection } from './fakes';
import { listenRaw } from './rawServer';
import { listen, startServer } from './server';
import { type Certificate, HIDDEN_HOST, type Proxy, selfSignedCertificate, startProxy } from './tlsServer';

let certificate: Certificate;
beforeAll(async () => {
  certificate = await selfSignedCertificate();
});

const HIDDEN = `wss://${HIDDEN_HOST}/ws?access_token=secret`;

/** A WebSocket server that greets, repeats what it hears, and is to be reached by way of the proxy alone. */
async function setUp(
  changes: Partial<NetworkSettings> = {},
): Promise<{ proxy: Proxy; network: NetworkSettings }> {
  const server = createHttpsServer(certificate);
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.send('welcome');
    socket.on('message', (data: Buffer) => socket.send(data.toString()));
  });
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
  });
  const proxy = await startProxy(await listen(server));
  return { proxy, network: { ...DIRECT, useProxy: true, proxy: proxy.url, strictSSL: false, ...changes } };
}

interface Opened {
  readonly socket: TextSocket;
  readonly texts: readonly string[];
}

async function open(
  url: string,
  network: NetworkSettings,
  { signal = new AbortController().signal, timeout = 60_000 } = {},
): Promise<Opened> {
  const texts: string[] = [];
  const listener = { onText: (text: string) => texts.push(text), onClose: () => undefined };
  const socket = await TextSocket.open(new URL(url), network, listener, signal, timeout);
  onTestFinished(() => socket.close());
  return { socket, texts };
}

describe('by way of a proxy', () => {
  test('a host is reached that is out of reach otherwise', async () => {
    const { proxy, network } = await setUp();
    const { socket, texts } = await open(HIDDEN, network);
    socket.send('hello');
    await vi.waitFor(() => expect(texts).toEqual(['welcome', 'hello']));
    expect(proxy.tunnels).toEqual([{ target: `${HIDDEN_HOST}:443` }]);
    expect(await rejection(open(HIDDEN, { ...network, useProxy: false }))).toMatchObject({ failure: 'dns' });
    expect(await rejection(open(HIDDEN, { ...network, noProxy: [HIDDEN_HOST] }))).toMatchObject({
      failure: 'dns',
    });
  });

  test('the proxy gets its authorization', async () => {
    const { proxy, network } = await setUp({ proxyAuthorization: 'Basic abc' });
    await open(HIDDEN, network);
    expect(proxy.tunnels).toMatchObject([{ authorization: 'Basic abc' }]);
  });

  test('the proxy gets the name and password of its address', async () => {
    const { proxy, network } = await setUp();
    await open(HIDDEN, { ...network, proxy: `http://me:secret@${proxy.host}` });
    const credentials = Buffer.from('me:secret').toString('base64');
    expect(proxy.tunnels).toMatchObject([{ authorization: `Basic ${credentials}` }]);
  });
});

describe('a proxy in trouble', () => {
  test('that refuses is named', async () => {
    const { proxy, network } = await setUp();
    expect(await rejection(open('wss://other.test/ws', network))).toMatchObject({
      kind: 'network',
      failure: 'proxy',
      host: 'other.test',
      proxy: proxy.host,
    });
  });

  test('that is not there is named', async () => {
    const port = await listenRaw(createServer(), { andClose: true });
    const network = { ...DIRECT, useProxy: true, proxy: `http://127.0.0.1:${port}` };
    expect(await rejection(open(HIDDEN, network))).toMatchObject({
      kind: 'network',
      failure: 'refused',
      proxy: `127.0.0.1:${port}`,
    });
  });

  test('that does not answer is waited for only so long', async () => {
    const port = await listenRaw(createServer(() => undefined));
    const network = { ...DIRECT, useProxy: true, proxy: `http://127.0.0.1:${port}` };
    expect(await rejection(open(HIDDEN, network, { timeout: 50 }))).toMatchObject({ failure: 'timeout' });
  });

  test('whose address is none is an error of the network', async () => {
    expect(await rejection(open(HIDDEN, { ...DIRECT, useProxy: true, proxy: 'http://' }))).toMatchObject({
      kind: 'network',
    });
  });
});

describe('a server', () => {
  test('that speaks no WebSocket is told with its status and without the secret', async () => {
    const server = await startServer((_request, response) => response.writeHead(403).end());
    const error = await rejection(open(`${server.url.replace('http', 'ws')}/ws?access_token=secret`, DIRECT));
    expect(error).toMatchObject({ kind: 'network', failure: 'other', host: server.host });
    expect(String(error)).toContain('403');
    expect(String(error)).not.toContain('secret');
  });

  test('that never answers is waited for only so long', async () => {
    const port = await listenRaw(createServer(() => undefined));
    expect(await rejection(open(`ws://127.0.0.1:${port}/ws`, DIRECT, { timeout: 50 }))).toMatchObject({
      failure: 'timeout',
    });
  });

  test('is not waited for any longer when that is cancelled', async () => {
    const cancelling = new AbortController();
    const raw = createServer(() => cancelling.abort());
    const port = await listenRaw(raw);
    const { signal } = cancelling;
    expect(await rejection(open(`ws://127.0.0.1:${port}/ws`, DIRECT, { signal }))).toMatchObject({
      kind: 'cancelled',
    });
    expect(await rejection(open(`ws://127.0.0.1:${port}/ws`, DIRECT, { signal }))).toMatchObject({
      kind: 'cancelled',
    });
  });
});

describe('a certificate', () => {
  test('of unknown authority is refused', async () => {
    const { network } = await setUp({ strictSSL: true });
    expect(await rejection(open(HIDDEN, network))).toMatchObject({ kind: 'network', failure: 'tls' });
  });

  test.each([true, false])(
    'known to the system is accepted if the settings say so: %s',
    async (systemCertificates) => {
      const { network } = await setUp({ strictSSL: true, systemCertificates });
      const directory = await mkdtemp(path.join(tmpdir(), 'mailbox-ca-'));
      onTestFinished(() => rm(directory, { recursive: true }));
      const file = path.join(directory, 'ca.pem');
      await writeFile(file, certificate.cert);
      const script = `
      import { TextSocket } from './src/api/push/textSocket';
      const listener = {
        onText: (text) => { console.log(text); opened.then((socket) => socket.close()); },
        onClose: () => undefined,
      };
      const { signal } = new AbortController();
      const opened = TextSocket.open(new URL('${HIDDEN}'), ${JSON.stringify(network)}, listener, signal);
      opened.catch((error) => console.log(error.failure));`;
      // Where OpenSSL looks for the system's certificates.
      expect(await runBundled(script, { SSL_CERT_FILE: file })).toBe(systemCertificates ? 'welcome' : 'tls');
    },
  );
});
