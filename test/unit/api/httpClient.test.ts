import { createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readText } from '../../../src/api/body';
import { CancelledError, NetworkError, ResponseFormatError } from '../../../src/api/errors';
import type { HttpClient } from '../../../src/api/httpClient';
import { DIRECT, httpClient, rejection } from './fakes';
import { startServer } from './server';
import { listenRaw } from './rawServer';

async function get(client: HttpClient, url: string, signal?: AbortSignal): Promise<string> {
  const response = await client.send({ method: 'GET', url: new URL(url), signal });
  return readText(response.body, 1_000_000);
}

describe('a request', () => {
  test('is sent as it is given', async () => {
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
      { method: 'DELETE', target: '/a/b?c=d%20e', body: '["1"]', headers: { 'x-test': 'yes' } },
    ]);
  });

  test('is logged without query, headers and bodies', async () => {
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
  ])('gets a body compressed by %s in the clear', async (encoding, compress) => {
    const server = await startServer((_request, response) => {
      response.setHeader('content-encoding', encoding);
      response.end(compress('körper'.repeat(1000)));
    });
    expect(await get(httpClient(), server.url)).toBe('körper'.repeat(1000));
    expect(server.requests[0]?.headers['accept-encoding']).toContain(encoding);
  });

  test('fails when the compression is damaged or unknown', async () => {
    const server = await startServer(({ target }, response) => {
      response.setHeader('content-encoding', target === '/damaged' ? 'gzip' : 'lzma');
      response.end('not compressed at all');
    });
    expect(await rejection(get(httpClient(), `${server.url}/damaged`))).toBeInstanceOf(ResponseFormatError);
    expect(await rejection(get(httpClient(), `${server.url}/unknown`))).toBeInstanceOf(ResponseFormatError);
  });

  test('fails when the compressed body ends early', async () => {
    const whole = gzipSync('text'.repeat(1000));
    const server = await startServer((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(whole.subarray(0, whole.length - 12));
    });
    expect(await rejection(get(httpClient(), server.url))).toBeInstanceOf(ResponseFormatError);
  });

  test('fails when the body is larger than allowed, however small it is compressed', async () => {
    const server = await startServer((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(Buffer.alloc(2_000_000)));
    });
    expect(await rejection(get(httpClient(), server.url))).toBeInstanceOf(ResponseFormatError);
  });
});

describe('a request without answer', () => {
  test('says that the connection was refused', async () => {
    const port = await listenRaw(createServer(), { andClose: true });
    expect(await rejection(get(httpClient(), `http://127.0.0.1:${port}`))).toMatchObject({
      kind: 'network',
      failure: 'refused',
      host: `127.0.0.1:${port}`,
    });
  });

  test('says that the name is unknown', async () => {
    expect(await rejection(get(httpClient(), 'http://nobody.invalid/'))).toMatchObject({
      kind: 'network',
      failure: 'dns',
      host: 'nobody.invalid',
    });
  });

  test('says that the connection broke', async () => {
    const server = await startServer((_request, response) => response.destroy());
    expect(await rejection(get(httpClient(), server.url))).toMatchObject({
      kind: 'network',
      failure: 'reset',
    });
  });

  test('says that the connection broke in the middle of the body', async () => {
    const server = await startServer((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    expect(await rejection(get(httpClient(), server.url))).toMatchObject({
      kind: 'network',
      failure: 'reset',
    });
  });

  test('says that nothing came in time', async () => {
    const server = await startServer(() => undefined);
    const client = httpClient(DIRECT, undefined, { connect: 1000, headers: 50, body: 1000 });
    expect(await rejection(get(client, server.url))).toMatchObject({ kind: 'network', failure: 'timeout' });
  });

  test('says that the body stopped coming', async () => {
    const server = await startServer((_request, response) => void response.write('half'));
    const client = httpClient(DIRECT, undefined, { connect: 1000, headers: 1000, body: 50 });
    expect(await rejection(get(client, server.url))).toMatchObject({ kind: 'network', failure: 'timeout' });
  });
});

describe('cancelling', () => {
  test('before sending sends nothing', async () => {
    const server = await startServer((_request, response) => response.end());
    expect(await rejection(get(httpClient(), server.url, AbortSignal.abort()))).toBeInstanceOf(
      CancelledError,
    );
    expect(server.requests).toEqual([]);
  });

  test('ends the wait for an answer', async () => {
    const controller = new AbortController();
    const server = await startServer(() => controller.abort());
    expect(await rejection(get(httpClient(), server.url, controller.signal))).toBeInstanceOf(CancelledError);
  });

  test('ends the wait for a body', async () => {
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

  test('ends the wait for a connection, and sends nothing once there is one', async () => {
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

describe('new settings', () => {
  test('let requests under way finish', async () => {
    const client = httpClient();
    const server = await startServer((_request, response) => {
      client.configure({ ...DIRECT, strictSSL: false });
      response.write('first ', () => response.end('second'));
    });
    expect(await get(client, server.url)).toBe('first second');
    expect(await get(client, server.url)).toBe('first second');
  });

  test('with a proxy that is not an address make requests fail, not the change', async () => {
    const client = httpClient();
    client.configure({ ...DIRECT, useProxy: true, proxy: 'http://' });
    const error = await rejection(get(client, 'https://platform.example.com'));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ failure: 'proxy' });
  });
});

describe('disposing', () => {
  test('ends requests under way as cancelled, and refuses others', async () => {
    const client = httpClient();
    const server = await startServer(() => void client.dispose());
    expect(await rejection(get(client, server.url))).toBeInstanceOf(CancelledError);
    expect(await rejection(get(client, server.url))).toBeInstanceOf(CancelledError);
  });
});

test('a body that is not read does no harm when its connection breaks', async () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  onTestFinished(() => {
    process.off('uncaughtException', note);
    process.off('unhandledRejection', note);
  });
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
