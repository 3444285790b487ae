import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readBytes } from '../../../../src/api/body';
import { HttpClient } from '../../../../src/api/httpClient';
import { MessageStoreApi } from '../../../../src/api/messageStore';
import type { Attachment } from '../../../../src/api/schema';
import { withAnonymousFile } from '../../../../src/mailbox/content/anonymousFile';
import { download, limitOf } from '../../../../src/mailbox/content/download';
import { readTranscription } from '../../../../src/mailbox/content/transcription';
import { DIRECT, rejection, transportTo } from '../../api/fakes';

const BOMB = gzipSync(Buffer.alloc(100_000_000));

/** A server of attachments that are not what their records say. @returns its address, and how many requests it has had */
async function serve(listener: RequestListener): Promise<{ url: string; requests: () => number }> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests };
}

const unwaiting = (): Promise<void> => Promise.resolve();

async function downloaded(url: string, attachment: Attachment): Promise<{ error: unknown; size: number }> {
  const api = new MessageStoreApi(transportTo({ url }).transport);
  return withAnonymousFile(async (file) => {
    const error = await rejection(download(api, attachment, file, { received: 0 }, { sleep: unwaiting }));
    return { error, size: (await file.stat()).size };
  });
}

describe('an attachment', () => {
  it('is fetched up to twice what its record says, with some slack, and never beyond half a gigabyte', () => {
    expect(limitOf({ id: '1', size: 200 })).toBe(10_000_400);
    expect(limitOf({ id: '1', size: 1e12 })).toBe(500_000_000);
    expect(limitOf({ id: '1' })).toBe(500_000_000);
  });

  it('that is compressed to hide how large it is is stopped when there is more of it than that', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(BOMB),
    );
    const { error, size } = await downloaded(url, { id: '1', uri: `${url}/a`, size: 200 });
    expect(error).toMatchObject({ kind: 'tooLarge', limit: 10_000_400 });
    expect(size).toBeLessThanOrEqual(10_000_400);
  });

  it('that says itself that it is larger is not fetched at all', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '50000000' });
      response.write(Buffer.alloc(10));
    });
    const { error, size } = await downloaded(url, { id: '1', uri: `${url}/a`, size: 200 });
    expect([(error as { kind: string }).kind, size]).toEqual(['tooLarge', 0]);
  });

  it('that is another one at each try is given up', async () => {
    let tries = 0;
    const { url, requests } = await serve((request, response) => {
      if (request.headers.range) {
        response.writeHead(416).end();
        return;
      }
      response.writeHead(200, { etag: `"${++tries}"`, 'content-length': '3000000' });
      response.write(Buffer.alloc(1_500_000), () => response.destroy());
    });
    const { error } = await downloaded(url, { id: '1', uri: `${url}/a`, size: 3_000_000 });
    expect(error).toMatchObject({ kind: 'responseFormat' });
    expect(requests()).toBeLessThan(12);
  });
});

describe('a transcription', () => {
  it('is text, in whatever character set it comes', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end('\ufeffGrüße', 'utf16le'),
    );
    const api = new MessageStoreApi(transportTo({ url }).transport);
    const attachment = { id: '1', uri: `${url}/a`, contentType: 'text/plain' };
    expect(await readTranscription(api, attachment, new AbortController().signal)).toBe('Grüße');
  });

  it('that is compressed to hide how large it is is not read as a whole', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' }).end(BOMB),
    );
    const api = new MessageStoreApi(transportTo({ url }).transport);
    const before = process.memoryUsage().rss;
    const reading = readTranscription(
      api,
      { id: '1', uri: `${url}/a`, size: 200 },
      new AbortController().signal,
    );
    expect(await rejection(reading)).toMatchObject({ kind: 'tooLarge', limit: 1_000_000 });
    expect(process.memoryUsage().rss - before).toBeLessThan(90_000_000);
  });
});

describe('a body that trickles', () => {
  const timeouts = {
    connect: 5_000,
    headers: 5_000,
    body: 5_000,
    pace: { patience: 300, perSecond: 10_000 },
  };

  async function read(listener: RequestListener): Promise<number> {
    const { url } = await serve(listener);
    const http = new HttpClient(DIRECT, undefined, timeouts);
    onTestFinished(() => http.dispose());
    const { body } = await http.send({ method: 'GET', url: new URL(url) });
    return (await readBytes(body, 1_000_000)).length;
  }

  it('ends with a timeout, although something comes again and again', async () => {
    const reading = read((_request, response) => {
      const timer = setInterval(() => response.write('x'), 50);
      response.on('close', () => clearInterval(timer));
    });
    expect(await rejection(reading)).toMatchObject({ kind: 'network', failure: 'timeout' });
  });

  it('is read to its end if it comes slowly, but fast enough for its size', async () => {
    const parts = 12;
    const size = await read((_request, response) => {
      let sent = 0;
      const timer = setInterval(() => {
        response.write(Buffer.alloc(10_000));
        if (++sent === parts) {
          clearInterval(timer);
          response.end();
        }
      }, 50);
    });
    expect(size).toBe(parts * 10_000);
  });
});
