import { describe, expect, test } from 'vitest';
import { unlessCancelled } from '../../../src/api/cancellation';
import { ApiError, CancelledError, UntrustedOriginError } from '../../../src/api/errors';
import { readJson } from '../../../src/api/jsonBody';
import { type ApiRequest, Transport, type Wait } from '../../../src/api/transport';
import { FakeClock, FakeTokens, httpClient, rejection, transportTo } from './fakes';
import { json, refusal, startServer } from './server';

const LIST: ApiRequest = { operation: 'listMessages', method: 'GET', uri: '/restapi/v1.0/list' };
const UPDATE: ApiRequest = {
  operation: 'updateMessage',
  method: 'PUT',
  uri: '/restapi/v1.0/update',
  body: { contentType: 'application/json', text: '{"readStatus":"Read"}' },
};
const DELETE: ApiRequest = {
  operation: 'deleteMessage',
  method: 'DELETE',
  uri: '/restapi/v1.0/account/~/extension/~/message-store/1',
};

const NONE_REMAIN = {
  'x-rate-limit-group': 'medium',
  'x-rate-limit-limit': '40',
  'x-rate-limit-remaining': '0',
  'x-rate-limit-window': '60',
};

describe('a request', () => {
  test('carries the token in its header only, and asks for JSON', async () => {
    const server = await startServer((_request, response) => json(response, 200, {}));
    const { transport } = transportTo(server);
    await transport.send(
      { ...LIST, query: { type: ['SMS', 'Fax'], from: '+1 2', none: undefined } },
      readJson,
    );
    expect(server.requests).toMatchObject([
      {
        target: '/restapi/v1.0/list?type=SMS&type=Fax&from=%2B1+2',
        headers: { authorization: 'Bearer token-1', accept: 'application/json' },
      },
    ]);
  });

  test('fails with the status, code, permission and request id of the answer', async () => {
    const server = await startServer((_request, response) =>
      json(response, 403, refusal('CMN-401', { permissionName: 'EditMessages' }), { RCRequestId: 'id-7' }),
    );
    expect(await rejection(transportTo(server).transport.send(LIST, readJson))).toMatchObject({
      kind: 'appPermission',
      status: 403,
      errorCode: 'CMN-401',
      permission: 'EditMessages',
      requestId: 'id-7',
    });
    expect(server.requests).toHaveLength(1);
  });

  test('takes an answer that is not JSON, such as the page of a gateway, for none of the server', async () => {
    const server = await startServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', RCRequestId: 'id-8' }).end('<html>');
    });
    expect(await rejection(transportTo(server).transport.send(LIST, readJson))).toMatchObject({
      kind: 'network',
      failure: 'foreign',
      host: server.host,
    });
  });
});

describe('the token', () => {
  test('is not sent to another host', async () => {
    const stranger = await startServer((_request, response) => json(response, 200, {}));
    const server = await startServer((_request, response) => json(response, 200, {}));
    const { transport } = transportTo(server);
    const error = await rejection(transport.send({ ...LIST, uri: `${stranger.url}/x` }, readJson));
    expect(error).toBeInstanceOf(UntrustedOriginError);
    expect(error).toMatchObject({ host: stranger.host });
    expect([...stranger.requests, ...server.requests]).toEqual([]);
  });

  test('is not sent to the target of a redirect', async () => {
    const stranger = await startServer((_request, response) => json(response, 200, {}));
    const server = await startServer((_request, response) => {
      response.writeHead(302, { location: `${stranger.url}/elsewhere` }).end();
    });
    const error = await rejection(transportTo(server).transport.send(LIST, readJson));
    expect(error).toMatchObject({ kind: 'network', failure: 'foreign', host: server.host });
    expect(stranger.requests).toEqual([]);
  });

  test.each([302, 400, 401, 403, 404, 407, 409, 451])(
    'and what was asked for are not refused by a page that is not of the server (status %i)',
    async (status) => {
      const server = await startServer((_request, response) => {
        response
          .writeHead(status, { 'content-type': 'text/html', location: '/login' })
          .end('<h1>Please sign in</h1>');
      });
      const { transport, tokens } = transportTo(server);
      const error = await rejection(transport.send(LIST, readJson));
      expect(error).toMatchObject({ kind: 'network', failure: 'foreign' });
      expect([tokens.refused, server.requests.length]).toEqual([[], 1]);
    },
  );

  test('is removed from addresses that contain it', async () => {
    const server = await startServer((_request, response) => json(response, 200, {}));
    const uri = `${server.url}/content?access_token=abc&contentDisposition=Inline&Access_Token=d`;
    await transportTo(server).transport.send({ ...LIST, uri }, readJson);
    expect(server.requests).toMatchObject([{ target: '/content?contentDisposition=Inline' }]);
  });

  test.each(['OAU-128', 'OAU-129', 'OAU-149'])(
    'is renewed once when the server refuses it: %s',
    async (code) => {
      const server = await startServer(({ headers }, response) => {
        if (headers.authorization === 'Bearer token-1') json(response, 401, refusal(code));
        else json(response, 200, { fine: true });
      });
      const { transport, tokens } = transportTo(server);
      expect(await transport.send(LIST, readJson)).toEqual({ fine: true });
      expect(tokens.refused).toEqual(['token-1']);
    },
  );

  test('is renewed for a DELETE as well, because a refused one has deleted nothing', async () => {
    const server = await startServer(({ headers }, response) => {
      if (headers.authorization === 'Bearer token-1') json(response, 401, refusal('OAU-129'));
      else response.writeHead(204).end();
    });
    await transportTo(server).transport.send(DELETE, () => undefined);
    expect(server.requests).toHaveLength(2);
  });

  test('is not renewed again when the new one is refused as well', async () => {
    const server = await startServer((_request, response) => json(response, 401, refusal('OAU-129')));
    const { transport, tokens } = transportTo(server);
    expect(await rejection(transport.send(LIST, readJson))).toMatchObject({ kind: 'unauthorized' });
    expect(tokens.refused).toEqual(['token-1']);
    expect(server.requests).toHaveLength(2);
  });

  test('is not renewed for another kind of 401', async () => {
    const server = await startServer((_request, response) => json(response, 401, refusal('AGW-401')));
    const { transport, tokens } = transportTo(server);
    expect(await rejection(transport.send(LIST, readJson))).toMatchObject({ kind: 'unauthorized' });
    expect(tokens.refused).toEqual([]);
  });

  test('prevents the request if it cannot be obtained', async () => {
    const server = await startServer((_request, response) => json(response, 200, {}));
    const origins = { rest: server.url, media: server.url };
    const none = {
      accessToken: () => Promise.reject(new CancelledError()),
      renew: () => Promise.resolve(''),
    };
    const transport = new Transport(httpClient(), origins, none);
    expect(await rejection(transport.send(LIST, readJson))).toBeInstanceOf(CancelledError);
    expect(server.requests).toEqual([]);
  });
});

describe('a temporary failure', () => {
  test.each([
    ['GET', LIST],
    ['PUT', UPDATE],
  ])('of the server is retried after a pause that doubles each time: %s', async (_method, request) => {
    const waits: Wait[] = [];
    const server = await startServer((_request, response) => {
      if (server.requests.length < 4) json(response, 502, {});
      else json(response, 200, { fine: true });
    });
    const { transport, clock } = transportTo(server, { onWait: (wait) => waits.push(wait) });
    expect(await transport.send(request, readJson)).toEqual({ fine: true });
    expect(clock.sleeps).toEqual([2000, 4000, 8000]);
    expect(waits).toMatchObject([{ reason: 'temporary' }, { reason: 'temporary' }, { reason: 'temporary' }]);
    expect(new Set(server.requests.map(({ body }) => body)).size).toBe(1);
  });

  test('is reported after four attempts', async () => {
    const server = await startServer((_request, response) => json(response, 400, refusal('CMN-201')));
    expect(await rejection(transportTo(server).transport.send(LIST, readJson))).toMatchObject({
      kind: 'temporary',
    });
    expect(server.requests).toHaveLength(4);
  });

  test('is retried after the time in Retry-After', async () => {
    const server = await startServer((_request, response) => {
      if (server.requests.length < 2) json(response, 503, refusal('CMN-201'), { 'retry-after': '90' });
      else json(response, 200, {});
    });
    const { transport, clock } = transportTo(server);
    await transport.send(LIST, readJson);
    expect(clock.sleeps).toEqual([90_000]);
  });

  test('of the connection is retried, even within an answer', async () => {
    const server = await startServer((_request, response) => {
      if (server.requests.length === 1) response.destroy();
      else if (server.requests.length === 2)
        response.writeHead(200, { 'content-length': '50' }).write('{', () => response.destroy());
      else json(response, 200, { fine: true });
    });
    const { transport, clock } = transportTo(server);
    expect(await transport.send(LIST, readJson)).toEqual({ fine: true });
    expect(clock.sleeps).toEqual([2000, 4000]);
  });

  test('is not assumed for an invalid parameter or a refused connection, which are reported at once', async () => {
    const server = await startServer((_request, response) => json(response, 400, refusal('CMN-101')));
    const { transport, clock } = transportTo(server);
    await rejection(transport.send(LIST, readJson));
    const unreachable = transportTo({ url: 'http://127.0.0.1:1' });
    expect(await rejection(unreachable.transport.send(LIST, readJson))).toMatchObject({ failure: 'refused' });
    expect([...clock.sleeps, ...unreachable.clock.sleeps]).toEqual([]);
  });

  test('is not retried after the request is cancelled', async () => {
    const controller = new AbortController();
    const server = await startServer((_request, response) => json(response, 502, {}));
    const { transport } = transportTo(server, { onWait: () => controller.abort() });
    expect(await rejection(transport.send(LIST, readJson, controller.signal))).toBeInstanceOf(CancelledError);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a DELETE', () => {
  test.each([
    ['the connection breaks', undefined],
    ['the server fails', { status: 500, body: refusal('CMN-201') }],
    ['a gateway fails', { status: 502, body: {} }],
    ['a gateway is overloaded', { status: 503, body: {} }],
    ['the same one is being processed', { status: 429, body: refusal('CMN-304') }],
  ])('whose outcome is unknown is not sent again when %s', async (_what, answer) => {
    const server = await startServer((_request, response) => {
      if (answer) json(response, answer.status, answer.body);
      else response.destroy();
    });
    const { transport, clock } = transportTo(server);
    await rejection(transport.send(DELETE, () => undefined));
    expect(server.requests).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  test.each([
    ['too many requests', 429, refusal('CMN-301')],
    ['status 503 of the server itself', 503, refusal('CMN-201')],
  ])('that the server has certainly refused is sent again: %s', async (_what, status, body) => {
    const server = await startServer((_request, response) => {
      if (server.requests.length < 2) json(response, status, body);
      else response.writeHead(204).end();
    });
    await transportTo(server).transport.send(DELETE, () => undefined);
    expect(server.requests).toHaveLength(2);
  });
});

describe('a request that is sent once', () => {
  test.each([
    ['too many requests', 429, refusal('CMN-301')],
    ['status 503 of the server itself', 503, refusal('CMN-201')],
  ])('is not sent again even if the server has certainly refused it: %s', async (_what, status, body) => {
    const server = await startServer((_request, response) => json(response, status, body));
    const { transport, clock } = transportTo(server);
    expect(await rejection(transport.send({ ...DELETE, once: true }, () => undefined))).toMatchObject({
      status,
    });
    expect(server.requests).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  test('is not sent again after its token was refused, but the token is renewed', async () => {
    const server = await startServer((_request, response) => json(response, 401, refusal('OAU-129')));
    const { transport, tokens } = transportTo(server);
    const error = await rejection(transport.send({ ...DELETE, once: true }, () => undefined));
    expect(error).toMatchObject({ kind: 'notSent', cause: { status: 401 } });
    expect(tokens.refused).toEqual(['token-1']);
    expect(server.requests).toHaveLength(1);
  });

  test('can wait for the rate limits before it is sent', async () => {
    const server = await startServer((_request, response) => json(response, 200, {}, NONE_REMAIN));
    const { transport, clock } = transportTo(server);
    await transport.send(DELETE, () => undefined);
    await transport.whenMaySend('deleteMessage');
    expect(clock.sleeps).toEqual([60_000]);
  });
});

describe('the hook beforeSend', () => {
  test('is called after the wait for the rate limits', async () => {
    const server = await startServer((_request, response) => json(response, 200, {}, NONE_REMAIN));
    const { transport, clock } = transportTo(server);
    await transport.send(DELETE, () => undefined);
    const looks: unknown[] = [];
    const beforeSend = (): void => void looks.push([clock.sleeps.length, server.requests.length]);
    await transport.send({ ...DELETE, beforeSend }, () => undefined);
    expect(looks).toEqual([[1, 1]]);
    expect(server.requests).toHaveLength(2);
  });

  test('prevents the request by throwing, and frees its place in the rate limits', async () => {
    const server = await startServer((_request, response) => json(response, 200, {}));
    const { transport } = transportTo(server);
    const cause = new Error('Not any more');
    const beforeSend = (): void => {
      throw cause;
    };
    for (let tries = 0; tries < 50; tries++) {
      const error = await rejection(transport.send({ ...DELETE, beforeSend }, () => undefined));
      expect(error).toMatchObject({ kind: 'notSent', cause });
    }
    expect(server.requests).toEqual([]);
    await transport.send(DELETE, () => undefined);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a request that gives way', () => {
  test('is cancelled by giveWay while it waits', async () => {
    const server = await startServer((_request, response) => json(response, 502, {}));
    const clock = new BlockingClock();
    const giveWay = new AbortController();
    const { transport } = transportTo(server, { clock });
    const request = rejection(transport.send({ ...LIST, giveWay: giveWay.signal }, readJson));
    await clock.asleep(1);
    giveWay.abort();
    expect(await request).toBeInstanceOf(CancelledError);
    expect(server.requests).toHaveLength(1);
  });

  test('is not cancelled by giveWay when it is in flight', async () => {
    const giveWay = new AbortController();
    const server = await startServer((_request, response) => {
      giveWay.abort();
      json(response, 200, { fine: true });
    });
    const { transport } = transportTo(server);
    expect(await transport.send({ ...LIST, giveWay: giveWay.signal }, readJson)).toEqual({ fine: true });
  });
});

describe('a background request', () => {
  test('does not report its waits', async () => {
    const waits: Wait[] = [];
    const server = await startServer((_request, response) => {
      if (server.requests.length < 2) json(response, 502, {});
      else json(response, 200, {});
    });
    const { transport } = transportTo(server, { onWait: (wait) => waits.push(wait) });
    await transport.send({ ...LIST, background: true }, readJson);
    expect(server.requests).toHaveLength(2);
    expect(waits).toEqual([]);
  });
});

describe('too many requests', () => {
  test('are retried after the time in Retry-After, and the wait is reported', async () => {
    const waits: Wait[] = [];
    const server = await startServer((_request, response) => {
      if (server.requests.length < 2) json(response, 429, refusal('CMN-301'), { 'retry-after': '45' });
      else json(response, 200, { fine: true });
    });
    const { transport, clock } = transportTo(server, { onWait: (wait) => waits.push(wait) });
    expect(await transport.send(LIST, readJson)).toEqual({ fine: true });
    expect(clock.sleeps).toEqual([45_000]);
    expect(waits).toEqual([{ reason: 'rateLimit', milliseconds: 45_000 }]);
  });

  test('are retried after 30 seconds without Retry-After', async () => {
    const server = await startServer((_request, response) => {
      if (server.requests.length < 2) json(response, 429, refusal('CMN-301'));
      else json(response, 200, {});
    });
    const { transport, clock } = transportTo(server);
    await transport.send(LIST, readJson);
    expect(clock.sleeps).toEqual([30_000]);
  });

  test('are reported after three attempts', async () => {
    const server = await startServer((_request, response) => json(response, 429, refusal('CMN-301')));
    const error = await rejection(transportTo(server).transport.send(LIST, readJson));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ kind: 'rateLimited' });
    expect(server.requests).toHaveLength(3);
  });

  test('delay every request of the same group and none of another', async () => {
    const server = await startServer(({ target }, response) => {
      if (target === LIST.uri && server.requests.length === 1) {
        json(response, 429, refusal('CMN-301'), { 'retry-after': '60' });
      } else json(response, 200, {});
    });
    const clock = new BlockingClock();
    const { transport } = transportTo(server, { clock });
    const first = transport.send(LIST, readJson);
    await clock.asleep(1);
    const second = transport.send({ ...LIST, operation: 'syncMessages', uri: '/second' }, readJson);
    await clock.asleep(2);
    await transport.send(UPDATE, readJson);
    expect(server.requests.map(({ target }) => target)).toEqual([LIST.uri, UPDATE.uri]);
    clock.advance(60_000);
    await Promise.all([first, second]);
    expect(server.requests).toHaveLength(4);
  });

  test('are avoided, because the next request waits for the next window when none remain', async () => {
    const server = await startServer((_request, response) =>
      json(
        response,
        200,
        {},
        {
          'X-Rate-Limit-Group': 'light',
          'X-Rate-Limit-Limit': '50',
          'X-Rate-Limit-Remaining': server.requests.length === 1 ? '0' : '49',
          'X-Rate-Limit-Window': '60',
        },
      ),
    );
    const { transport, clock } = transportTo(server);
    await transport.send(LIST, readJson);
    await transport.send(LIST, readJson);
    expect(clock.sleeps).toEqual([60_000]);
  });

  test('are avoided for the group that the server names, even a new one', async () => {
    const server = await startServer(({ target }, response) =>
      json(
        response,
        200,
        {},
        {
          'X-Rate-Limit-Group': target === LIST.uri ? 'special' : 'light',
          'X-Rate-Limit-Limit': '3',
          'X-Rate-Limit-Remaining': target === LIST.uri ? '0' : '2',
          'X-Rate-Limit-Window': '20',
        },
      ),
    );
    const { transport, clock } = transportTo(server);
    await transport.send(LIST, readJson);
    await transport.send({ ...LIST, operation: 'syncMessages', uri: '/sync' }, readJson);
    expect(clock.sleeps).toEqual([]);
    await transport.send(LIST, readJson);
    expect(clock.sleeps).toEqual([20_000]);
  });

  test('are not expected from a server that names no limits, so no request waits', async () => {
    const server = await startServer((_request, response) => json(response, 200, {}));
    const { transport, clock } = transportTo(server);
    await Promise.all(Array.from({ length: 120 }, () => transport.send(LIST, readJson)));
    expect(clock.sleeps).toEqual([]);
  });
});

test('Transport refuses a server without encryption that is not this machine', () => {
  const origins = { rest: 'http://platform.example.com', media: 'https://media.example.com' };
  expect(() => new Transport(httpClient(), origins, new FakeTokens())).toThrow(UntrustedOriginError);
});

/** Sleepers sleep until time is advanced past them. */
class BlockingClock extends FakeClock {
  readonly #sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  override readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#sleepers.push({ until: this.time + milliseconds, wake: () => resolve(undefined) });
    return unlessCancelled(promise, signal);
  };

  async asleep(count: number): Promise<void> {
    while (this.#sleepers.length < count) await new Promise(setImmediate);
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
    for (const { until, wake } of this.#sleepers) if (until <= this.time) wake();
  }
}
