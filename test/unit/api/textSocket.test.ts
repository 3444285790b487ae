import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { NetworkSettings } from '../../../src/api/network';
import { TextSocket } from '../../../src/api/push/textSocket';
import { runBundled } from './bundle';
import { freePort } from '../../builders/freePort';
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

describe('TextSocket with a proxy', () => {
  test('reaches a host that only the proxy can reach', async () => {
    const { proxy, network } = await setUp();
    const { socket, texts } = await open(HIDDEN, network);
    socket.send('hello');
    await expect.poll(() => texts).toEqual(['welcome', 'hello']);
    expect(proxy.tunnels).toEqual([{ target: `${HIDDEN_HOST}:443` }]);
    expect(await rejection(open(HIDDEN, { ...network, useProxy: false }))).toMatchObject({ failure: 'dns' });
    expect(await rejection(open(HIDDEN, { ...network, noProxy: [HIDDEN_HOST] }))).toMatchObject({
      failure: 'dns',
    });
  });

  test('sends the proxy authorization of the settings', async () => {
    const { proxy, network } = await setUp({ proxyAuthorization: 'Basic abc' });
    await open(HIDDEN, network);
    expect(proxy.tunnels).toMatchObject([{ authorization: 'Basic abc' }]);
  });

  test('sends the name and password of the address of the proxy', async () => {
    const { proxy, network } = await setUp();
    await open(HIDDEN, { ...network, proxy: `http://me:secret@${proxy.host}` });
    const credentials = Buffer.from('me:secret').toString('base64');
    expect(proxy.tunnels).toMatchObject([{ authorization: `Basic ${credentials}` }]);
  });
});

describe('TextSocket in an extension host, whose requests VS Code sends', () => {
  /** As VS Code does: whatever goes to a host goes by its own connections, and is logged. @returns what was logged */
  function replaceRequest(): readonly string[] {
    const logged: string[] = [];
    const original = http.request;
    const replaced = (given: http.RequestOptions, ...rest: []): http.ClientRequest => {
      if (given.socketPath) return original(given, ...rest);
      logged.push(given.path ?? '');
      const { createConnection: _ignored, ...others } = given;
      return original(others, ...rest);
    };
    const put = (request: typeof http.request): void => {
      http.request = request;
      syncBuiltinESMExports();
    };
    put(replaced as typeof http.request);
    onTestFinished(() => put(original));
    return logged;
  }

  test('uses its own connections, to the proxy and to the server, and nobody logs the token', async () => {
    const logged = replaceRequest();
    const { proxy, network } = await setUp({ proxyAuthorization: 'Basic abc' });
    const { texts } = await open(`${HIDDEN}&wsc=a:b`, network);
    await expect.poll(() => texts).toEqual(['welcome']);
    expect(proxy.tunnels).toEqual([{ target: `${HIDDEN_HOST}:443`, authorization: 'Basic abc' }]);
    expect(logged).toEqual([]);
  });

  test('names the host and the whole address to the server', async () => {
    replaceRequest();
    const requests: string[] = [];
    const server = http.createServer();
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket, { url = '', headers }) => {
      const { searchParams } = new URL(url, 'http://server');
      requests.push(`${headers.host ?? ''} ${[...searchParams.values()].join(' ')}`);
      socket.terminate();
    });
    const host = `127.0.0.1:${await listen(server)}`;
    await open(`ws://${host}/ws?access_token=secret&wsc=a:b`, DIRECT);
    await expect.poll(() => requests).toEqual([`${host} secret a:b`]);
  });
});

describe('TextSocket with a faulty proxy', () => {
  test('fails and names the proxy that refuses the host', async () => {
    const { proxy, network } = await setUp();
    expect(await rejection(open('wss://other.test/ws', network))).toMatchObject({
      kind: 'network',
      failure: 'proxy',
      host: 'other.test',
      proxy: proxy.host,
    });
  });

  test('fails and names the proxy that cannot be reached', async () => {
    const port = await freePort();
    const network = { ...DIRECT, useProxy: true, proxy: `http://127.0.0.1:${port}` };
    expect(await rejection(open(HIDDEN, network))).toMatchObject({
      kind: 'network',
      failure: 'refused',
      proxy: `127.0.0.1:${port}`,
    });
  });

  test('fails with “timeout” if the proxy does not answer in time', async () => {
    const port = await listenRaw(createServer(() => undefined));
    const network = { ...DIRECT, useProxy: true, proxy: `http://127.0.0.1:${port}` };
    expect(await rejection(open(HIDDEN, network, { timeout: 50 }))).toMatchObject({ failure: 'timeout' });
  });

  test('fails with a network error if the proxy is not an address', async () => {
    expect(await rejection(open(HIDDEN, { ...DIRECT, useProxy: true, proxy: 'http://' }))).toMatchObject({
      kind: 'network',
    });
  });
});

describe('opening a TextSocket', () => {
  test('fails with the status, but without the token, if the server does not speak WebSocket', async () => {
    const server = await startServer((_request, response) => response.writeHead(403).end());
    const error = await rejection(open(`${server.url.replace('http', 'ws')}/ws?access_token=secret`, DIRECT));
    expect(error).toMatchObject({ kind: 'network', failure: 'other', host: server.host });
    expect(String(error)).toContain('403');
    expect(String(error)).not.toContain('secret');
  });

  test('fails with “timeout” if the server does not answer in time', async () => {
    const port = await listenRaw(createServer(() => undefined));
    expect(await rejection(open(`ws://127.0.0.1:${port}/ws`, DIRECT, { timeout: 50 }))).toMatchObject({
      failure: 'timeout',
    });
  });

  test('fails as cancelled while it waits for the server or before', async () => {
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

describe('a server certificate of a TextSocket', () => {
  test('of an unknown authority is refused', async () => {
    const { network } = await setUp({ strictSSL: true });
    expect(await rejection(open(HIDDEN, network))).toMatchObject({ kind: 'network', failure: 'tls' });
  });

  test.each([true, false])(
    'that only the system trusts is accepted only if the setting systemCertificates is on: %s',
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
