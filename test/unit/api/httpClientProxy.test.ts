import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createSecureServer } from 'node:http2';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readText } from '../../../src/api/body';
import type { HttpClient } from '../../../src/api/httpClient';
import type { NetworkSettings } from '../../../src/api/network';
import { runBundled } from './bundle';
import { freePort } from '../../builders/freePort';
import { DIRECT, httpClient, PATIENT, rejection, UNHURRIED } from './fakes';
import { listenRaw } from './rawServer';
import { startServer } from './server';
import {
  type Certificate,
  HIDDEN_HOST,
  type Proxy,
  selfSignedCertificate,
  startProxy,
  startTlsServer,
} from './tlsServer';

let certificate: Certificate;
beforeAll(async () => {
  certificate = await selfSignedCertificate();
});

const HIDDEN = `https://${HIDDEN_HOST}/file`;

async function setUp(
  changes: Partial<NetworkSettings> = {},
): Promise<{ proxy: Proxy; network: NetworkSettings }> {
  const proxy = await startProxy(await startTlsServer(certificate));
  return { proxy, network: { ...DIRECT, useProxy: true, proxy: proxy.url, strictSSL: false, ...changes } };
}

async function get(client: HttpClient, url: string): Promise<string> {
  const response = await client.send({ method: 'GET', url: new URL(url) });
  return readText(response.body, 1000);
}

describe('HttpClient with a proxy', () => {
  test('reaches a host that only the proxy can reach', async () => {
    const { proxy, network } = await setUp();
    expect(await get(httpClient(network), HIDDEN)).toBe('hidden /file');
    expect(proxy.tunnels).toEqual([{ target: `${HIDDEN_HOST}:443` }]);
  });

  test('sends the proxy authorization of the settings', async () => {
    const { proxy, network } = await setUp({ proxyAuthorization: 'Basic abc' });
    await get(httpClient(network), HIDDEN);
    expect(proxy.tunnels).toMatchObject([{ authorization: 'Basic abc' }]);
  });

  test('sends the name and password of the address of the proxy', async () => {
    const { proxy, network } = await setUp();
    await get(httpClient({ ...network, proxy: `http://me:secret@${proxy.host}` }), HIDDEN);
    const credentials = Buffer.from('me:secret').toString('base64');
    expect(proxy.tunnels).toMatchObject([{ authorization: `Basic ${credentials}` }]);
  });

  test('reaches this machine without the proxy', async () => {
    const { proxy, network } = await setUp();
    const server = await startServer((_request, response) => response.end('local'));
    expect(await get(httpClient(network), server.url)).toBe('local');
    expect(proxy.tunnels).toEqual([]);
  });

  test('uses the proxy of the environment if the settings have none', async () => {
    const { proxy, network } = await setUp();
    const { proxy: _proxy, ...withoutProxy } = network;
    const script = `
      import { HttpClient } from './src/api/httpClient';
      import { readText } from './src/api/body';
      const client = new HttpClient(${JSON.stringify(withoutProxy)});
      client.send({ method: 'GET', url: new URL('${HIDDEN}') })
        .then((response) => readText(response.body, 1000))
        .then((text) => { console.log(text); return client.dispose(); });`;
    expect(await runBundled(script, { HTTPS_PROXY: proxy.url, NO_PROXY: '' })).toBe('hidden /file');
    expect(proxy.tunnels).toHaveLength(1);
  });

  test('applies changed settings to the next request', async () => {
    const { proxy, network } = await setUp();
    const client = httpClient({ ...network, useProxy: false }, undefined, PATIENT);
    expect(await rejection(get(client, HIDDEN))).toMatchObject({ kind: 'network', failure: 'dns' });
    client.configure(network);
    expect(await get(client, HIDDEN)).toBe('hidden /file');
    client.configure({ ...network, noProxy: [HIDDEN_HOST] });
    expect(await rejection(get(client, HIDDEN))).toMatchObject({ kind: 'network', failure: 'dns' });
    expect(proxy.tunnels).toHaveLength(1);
  });
});

test.each([
  ['by way of a proxy', true],
  ['without one', false],
])('HttpClient speaks HTTP/1.1 to a server that would rather have HTTP/2, %s', async (_way, useProxy) => {
  const server = createSecureServer({ ...certificate, allowHTTP1: true }, (request, response) => {
    response.end(request.httpVersion);
  });
  const port = await listenRaw(server);
  const proxy = await startProxy(port);
  const client = httpClient({ ...DIRECT, strictSSL: false, useProxy, proxy: proxy.url });
  // This machine is always reached without the proxy.
  const url = useProxy ? HIDDEN : `https://127.0.0.1:${port}/`;
  expect(await get(client, url)).toBe('1.1');
});

describe('HttpClient with a faulty proxy', () => {
  test('fails and names the proxy that refuses the host', async () => {
    const { proxy, network } = await setUp();
    expect(await rejection(get(httpClient(network), 'https://other.test/'))).toMatchObject({
      kind: 'network',
      failure: 'proxy',
      host: 'other.test',
      proxy: proxy.host,
    });
  });

  test('fails and names the proxy that cannot be reached', async () => {
    const port = await freePort();
    const network = { ...DIRECT, useProxy: true, proxy: `http://127.0.0.1:${port}` };
    expect(await rejection(get(httpClient(network), HIDDEN))).toMatchObject({
      kind: 'network',
      failure: 'refused',
      host: HIDDEN_HOST,
      proxy: `127.0.0.1:${port}`,
    });
  });

  test('fails with “timeout” if the proxy does not answer in time', async () => {
    const port = await listenRaw(createServer(() => undefined));
    const network = { ...DIRECT, useProxy: true, proxy: `http://127.0.0.1:${port}` };
    const client = httpClient(network, undefined, {
      connect: 50,
      headers: 60_000,
      body: 60_000,
      pace: UNHURRIED,
    });
    expect(await rejection(get(client, HIDDEN))).toMatchObject({ kind: 'network', failure: 'timeout' });
  });
});

describe('a server certificate', () => {
  test('of an unknown authority is refused', async () => {
    const { network } = await setUp({ strictSSL: true });
    expect(await rejection(get(httpClient(network), HIDDEN))).toMatchObject({
      kind: 'network',
      failure: 'tls',
      host: HIDDEN_HOST,
    });
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
      import { HttpClient } from './src/api/httpClient';
      const client = new HttpClient(${JSON.stringify(network)});
      client.send({ method: 'GET', url: new URL('${HIDDEN}') })
        .then((response) => console.log(response.status), (error) => console.log(error.failure))
        .then(() => client.dispose());`;
      // Where OpenSSL looks for the system's certificates.
      expect(await runBundled(script, { SSL_CERT_FILE: file })).toBe(systemCertificates ? '200' : 'tls');
    },
  );
});
