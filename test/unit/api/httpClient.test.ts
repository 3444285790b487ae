import { setImmediate } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readText } from '../../../src/api/body';
import { CancelledError, NetworkError, ResponseFormatError, TooLargeError } from '../../../src/api/errors';
import type { HttpClient } from '../../../src/api/httpClient';
import { freePort } from '../../builders/freePort';
import { DIRECT, httpClient, PATIENT, rejection, UNHURRIED } from './fakes';
import { startServer } from './server';

async function get(client: HttpClient, url: string, signal?: AbortSignal): Promise<string> {
  const response = await client.send({ method: 'GET', url: new URL(url), signal });
  return readText(response.body, 1_000_000);
}

describe('a request', () => {
  test('is sent with the given method, address, headers and body', async () => {
    const server = await startServer((_request, response) => response.end('done'));
    const response = await httpClient().send({
      method: 'DELETE',
      url: new URL('/a/b?c=d%20e', server.url),
      headers: { 'x-test': 'yes' },
      body: '["1"]',
    });
    expect(response.status).toBe(200);
    expect(await readText(response.body, 100)).toBe('done');
    expect(server.requests).toMatchObject([
      {
        method: 'DELETE',
        target: '/a/b?c=d%20e',
        body: '["1"]',
        headers: { 'x-test': 'yes', 'cache-control': 'no-cache' },
      },
    ]);
  });

  test('is logged without its query, headers and bodies', async () => {
    const lines: string[] = [];
    const server = await startServer((_request, response) => {
      response.setHeader('RCRequestId', 'id-1');
      response.end('answer-body');
    });
    await httpClient(DIRECT, (line) => lines.push(line)).send({
      method: 'POST',
      url: new URL('/path?phone=number', server.url),
      headers: { authorization: 'Bearer secret' },
      body: 'request-body',
    });
    expect(lines).toEqual([expect.stringMatching(/^POST http:\/\/[\d.:]+\/path: 200 in \d+ ms \(id-1\)$/)]);
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('has a response compressed by %s decompressed', async (encoding, compress) => {
    const server = await startServer((_request, response) => {
      response.setHeader('content-encoding', encoding);
      response.end(compress('körper'.repeat(1000)));
    });
    expect(await get(httpClient(), server.url)).toBe('körper'.repeat(1000));
    expect(server.requests[0]?.headers['accept-encoding']).toContain(encoding);
  });

  test('fails when the compressed response is damaged or of an unknown encoding', async () => {
    const server = await startServer(({ target }, response) => {
      response.setHeader('content-encoding', target === '/damaged' ? 'gzip' : 'lzma');
      response.end('not compressed at all');
    });
    expect(await rejection(get(httpClient(), `${server.url}/damaged`))).toBeInstanceOf(ResponseFormatError);
    expect(await rejection(get(httpClient(), `${server.url}/unknown`))).toBeInstanceOf(ResponseFormatError);
  });

  test('fails when the compressed response ends early', async () => {
    const whole = gzipSync('text'.repeat(1000));
    const server = await startServer((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(whole.subarray(0, whole.length - 12));
    });
    expect(await rejection(get(httpClient(), server.url))).toBeInstanceOf(ResponseFormatError);
  });

  test('fails when the decompressed response is larger than allowed', async () => {
    const server = await startServer((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(Buffer.alloc(2_000_000)));
    });
    expect(await rejection(get(httpClient(), server.url))).toBeInstanceOf(TooLargeError);
  });
});

describe('a request that gets no complete answer', () => {
  test('fails with “refused” when the connection is refused', async () => {
    const port = await freePort();
    expect(await rejection(get(httpClient(), `http://127.0.0.1:${port}`))).toMatchObject({
      kind: 'network',
      failure: 'refused',
      host: `127.0.0.1:${port}`,
    });
  });

  test('fails with “dns” when the host name is unknown', async () => {
    expect(
      await rejection(get(httpClient(DIRECT, undefined, PATIENT), 'http://nobody.invalid/')),
    ).toMatchObject({
      kind: 'network',
      failure: 'dns',
      host: 'nobody.invalid',
    });
  });

  test('fails with “reset” when the connection breaks before the answer', async () => {
    const server = await startServer((_request, response) => response.destroy());
    expect(await rejection(get(httpClient(), server.url))).toMatchObject({
      kind: 'network',
      failure: 'reset',
    });
  });

  test('fails with “reset” when the connection breaks within the body', async () => {
    const server = await startServer((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    expect(await rejection(get(httpClient(), server.url))).toMatchObject({
      kind: 'network',
      failure: 'reset',
    });
  });

  test('fails with “timeout” when no answer comes in time', async () => {
    const server = await startServer(() => undefined);
    const client = httpClient(DIRECT, undefined, { connect: 1000, headers: 50, body: 1000, pace: UNHURRIED });
    expect(await rejection(get(client, server.url))).toMatchObject({ kind: 'network', failure: 'timeout' });
  });

  test('fails with “timeout” when the body stops arriving', async () => {
    const server = await startServer((_request, response) => void response.write('half'));
    const client = httpClient(DIRECT, undefined, { connect: 1000, headers: 1000, body: 50, pace: UNHURRIED });
    expect(await rejection(get(client, server.url))).toMatchObject({ kind: 'network', failure: 'timeout' });
  });
});

describe('a cancelled request', () => {
  test('is not sent if it has not been sent before', async () => {
    const server = await startServer((_request, response) => response.end());
    expect(await rejection(get(httpClient(), server.url, AbortSignal.abort()))).toBeInstanceOf(
      CancelledError,
    );
    expect(server.requests).toEqual([]);
  });

  test('is rejected while it waits for an answer', async () => {
    const controller = new AbortController();
    const server = await startServer(() => controller.abort());
    expect(await rejection(get(httpClient(), server.url, controller.signal))).toBeInstanceOf(CancelledError);
  });

  test('is rejected while its body is read', async () => {
    const controller = new AbortController();
    const server = await startServer((_request, response) => void response.write('half'));
    const response = await httpClient().send({
      method: 'GET',
      url: new URL(server.url),
      signal: controller.signal,
    });
    const text = readText(response.body, 100);
    controller.abort();
    expect(await rejection(text)).toBeInstanceOf(CancelledError);
  });

  test('is rejected while it waits for a connection, and is not sent later', async () => {
    const server = await startServer((_request, response) => response.end());
    const client = httpClient();
    const controller = new AbortController();
    const cancelled = rejection(get(client, `${server.url}/cancelled`, controller.signal));
    controller.abort();
    expect(await cancelled).toBeInstanceOf(CancelledError);
    await get(client, `${server.url}/other`);
    expect(server.requests).toMatchObject([{ target: '/other' }]);
  });
});

describe('new network settings', () => {
  test('let requests in flight finish', async () => {
    const client = httpClient();
    const server = await startServer((_request, response) => {
      client.configure({ ...DIRECT, strictSSL: false });
      response.write('first ', () => response.end('second'));
    });
    expect(await get(client, server.url)).toBe('first second');
    expect(await get(client, server.url)).toBe('first second');
  });

  test('with a proxy that is not an address make requests fail with “proxy”', async () => {
    const client = httpClient();
    client.configure({ ...DIRECT, useProxy: true, proxy: 'http://' });
    const error = await rejection(get(client, 'https://platform.example.com'));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ failure: 'proxy' });
  });
});

describe('disposing the client', () => {
  test('cancels requests in flight and rejects later ones', async () => {
    const client = httpClient();
    const server = await startServer(() => void client.dispose());
    expect(await rejection(get(client, server.url))).toBeInstanceOf(CancelledError);
    expect(await rejection(get(client, server.url))).toBeInstanceOf(CancelledError);
  });
});

/** What nobody catches from now on. */
function watchUncaught(): readonly unknown[] {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  onTestFinished(() => {
    process.off('uncaughtException', note);
    process.off('unhandledRejection', note);
  });
  return uncaught;
}

// At some of these sizes nothing is left to be received when reading pauses.
test.each([64, 96, 128, 160, 192, 256])(
  'a body of %i kB that is not read yet when the server ends the connection comes as a whole',
  async (size) => {
    const uncaught = watchUncaught();
    const body = 'x'.repeat(size * 1024);
    const ended = Promise.withResolvers<undefined>();
    const server = await startServer(({ target }, response) => {
      if (target === '/next') return response.end('done');
      response.writeHead(200, { 'content-length': body.length, connection: 'close' });
      response.end(body);
      response.on('close', () => ended.resolve(undefined));
    });
    const client = httpClient();
    const { body: unread } = await client.send({ method: 'GET', url: new URL(server.url) });
    await ended.promise;
    expect(await get(client, `${server.url}/next`)).toBe('done');
    expect(uncaught).toEqual([]);
    expect(await readText(unread, 2_000_000)).toHaveLength(body.length);
  },
);

test('a body that is not read raises no unhandled error when its connection breaks', async () => {
  const uncaught = watchUncaught();
  const broken = Promise.withResolvers<undefined>();
  const server = await startServer(({ target }, response) => {
    if (target === '/next') return response.end('done');
    response.on('close', () => broken.resolve(undefined));
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.write('not gzip', () => response.destroy());
  });
  const client = httpClient();
  const response = await client.send({ method: 'GET', url: new URL(server.url) });
  await broken.promise;
  // The client has heard of the broken connection by the time that a later one has brought an answer.
  expect(await get(client, `${server.url}/next`)).toBe('done');
  await client.dispose();
  response.discard();
  await setImmediate();
  expect(uncaught).toEqual([]);
});
