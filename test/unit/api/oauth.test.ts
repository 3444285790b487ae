import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { CancelledError, SignInRequiredError } from '../../../src/api/errors';
import {
  type ClientCredentials,
  requestTokenByJwt,
  requestTokenByRefresh,
  revokeToken,
  type TokenSet,
} from '../../../src/api/oauth';
import { RateGroups } from '../../../src/api/rateGroups';
import { FakeClock, httpClient, rejection } from './fakes';
import { type Handler, json, refusal, startServer, type TestServer } from './server';

const CLIENT: ClientCredentials = { clientId: 'my-app', clientSecret: 'my-secret' };
const PUBLIC_CLIENT: ClientCredentials = { clientId: 'my-app' };

const TOKENS = {
  access_token: 'access-1',
  token_type: 'bearer',
  expires_in: 3600,
  refresh_token: 'refresh-1',
  refresh_token_expires_in: 604800,
  scope: 'ReadMessages EditMessages',
  owner_id: '256440016',
};

interface Setup {
  readonly server: TestServer;
  readonly clock: FakeClock;
  readonly byJwt: (signal?: AbortSignal) => Promise<TokenSet>;
  readonly byRefresh: (client: ClientCredentials) => Promise<TokenSet>;
}

async function setUp(handler: Handler): Promise<Setup> {
  const server = await startServer(handler);
  const clock = new FakeClock();
  clock.time = 1_000_000;
  // Tokens end by the clock of the computer, which is the same here.
  const wall = vi.spyOn(Date, 'now').mockImplementation(clock.now);
  onTestFinished(() => wall.mockRestore());
  return {
    server,
    clock,
    byJwt: (signal) => requestTokenByJwt(httpClient(), server.url, CLIENT, 'a.b.c', signal, clock),
    byRefresh: (client) =>
      requestTokenByRefresh(httpClient(), server.url, client, 'refresh-0', undefined, clock),
  };
}

function form(server: TestServer): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(server.requests[0]?.body));
}

describe('requesting tokens', () => {
  test('sends a JWT with the client secret and returns the tokens with their expiry', async () => {
    const { server, byJwt } = await setUp((_request, response) => json(response, 200, TOKENS));
    expect(await byJwt()).toEqual({
      accessToken: 'access-1',
      accessTokenExpiresAt: 4_600_000,
      refreshToken: 'refresh-1',
      refreshTokenExpiresAt: 605_800_000,
      scope: 'ReadMessages EditMessages',
      ownerId: '256440016',
    });
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        target: '/restapi/oauth/token',
        headers: {
          authorization: `Basic ${Buffer.from('my-app:my-secret').toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
      },
    ]);
    expect(form(server)).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: 'a.b.c',
    });
  });

  test('accepts an answer without a refresh token', async () => {
    const { byJwt } = await setUp((_request, response) =>
      json(response, 200, { access_token: 'a', expires_in: 1 }),
    );
    expect(await byJwt()).toEqual({ accessToken: 'a', accessTokenExpiresAt: 1_001_000 });
  });

  test('sends a refresh token of a public client with the client id in the body', async () => {
    const { server, byRefresh } = await setUp((_request, response) => json(response, 200, TOKENS));
    await byRefresh(PUBLIC_CLIENT);
    expect(form(server)).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-0',
      client_id: 'my-app',
    });
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  test('sends a refresh token of a client with a secret with Basic authentication', async () => {
    const { server, byRefresh } = await setUp((_request, response) => json(response, 200, TOKENS));
    await byRefresh(CLIENT);
    expect(form(server)).toEqual({ grant_type: 'refresh_token', refresh_token: 'refresh-0' });
    expect(server.requests[0]?.headers.authorization).toMatch(/^Basic /);
  });

  test('rejects an answer with an empty access token', async () => {
    const { byJwt } = await setUp((_request, response) =>
      json(response, 200, { access_token: '', expires_in: 60 }),
    );
    expect(await rejection(byJwt())).toMatchObject({ kind: 'network', failure: 'foreign' });
  });
});

describe('a refused credential', () => {
  test.each([400, 401])(
    'requires the user to sign in again, and is not sent twice (status %i)',
    async (status) => {
      const body = { ...refusal('OAU-213'), error: 'invalid_grant', error_description: 'Token not found' };
      const { server, byJwt } = await setUp((_request, response) =>
        json(response, status, body, { RCRequestId: 'id-2' }),
      );
      const error = await rejection(byJwt());
      expect(error).toBeInstanceOf(SignInRequiredError);
      expect(error).toMatchObject({ reason: 'invalid_grant', errorCode: 'OAU-213', requestId: 'id-2' });
      expect(server.requests).toHaveLength(1);
    },
  );

  test('with any other code of RingCentral’s requires the user to sign in again, too', async () => {
    const { server, byJwt } = await setUp((_request, response) => json(response, 403, refusal('OAU-251')));
    expect(await rejection(byJwt())).toMatchObject({ kind: 'signInRequired', errorCode: 'OAU-251' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('an answer that is not of the token endpoint', () => {
  test.each([
    [400, 'text/html', '<h1>Bad request</h1>'],
    [401, 'text/html', '<h1>Please sign in</h1>'],
    [401, 'application/json', '{"error":"Unauthorized by the proxy"}'],
    [403, 'text/html', ''],
    [404, 'text/plain', 'Not here'],
    [407, 'text/html', '<h1>Proxy</h1>'],
    [451, 'text/html', '<h1>Blocked</h1>'],
    [200, 'text/html', '<h1>Welcome to our hotel</h1>'],
    [200, 'application/json', '{}'],
    [204, 'text/plain', ''],
  ])('ends no session (status %i, %s, %j)', async (status, type, body) => {
    const { server, byJwt } = await setUp((_request, response) =>
      response.writeHead(status, { 'content-type': type }).end(status === 204 ? undefined : body),
    );
    expect(await rejection(byJwt())).toMatchObject({ kind: 'network', failure: 'foreign' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a temporary failure of the token endpoint', () => {
  test.each([408, 500, 502])('is retried after 10 seconds each time (status %i)', async (status) => {
    const { server, clock, byJwt } = await setUp((_request, response) => {
      if (server.requests.length < 3) json(response, status, {});
      else json(response, 200, TOKENS);
    });
    const { accessTokenExpiresAt } = await byJwt();
    expect(clock.sleeps).toEqual([10_000, 10_000]);
    expect(accessTokenExpiresAt).toBe(clock.time + 3_600_000);
  });

  test.each([429, 503])('is retried after the time in Retry-After (status %i)', async (status) => {
    const { server, clock, byJwt } = await setUp((_request, response) => {
      if (server.requests.length < 2) json(response, status, {}, { 'retry-after': '61' });
      else json(response, 200, TOKENS);
    });
    await byJwt();
    expect(clock.sleeps).toEqual([61_000]);
  });

  test('of the connection is retried after 10 seconds', async () => {
    const { server, clock, byJwt } = await setUp((_request, response) => {
      if (server.requests.length < 2) response.destroy();
      else json(response, 200, TOKENS);
    });
    await byJwt();
    expect(clock.sleeps).toEqual([10_000]);
  });

  test('is reported after three attempts', async () => {
    const { server, byJwt } = await setUp((_request, response) => json(response, 500, {}));
    expect(await rejection(byJwt())).toMatchObject({ kind: 'temporary' });
    expect(server.requests).toHaveLength(3);
  });

  test('is not retried after the request is cancelled', async () => {
    const controller = new AbortController();
    const { server, byJwt } = await setUp((_request, response) => {
      json(response, 500, {});
      response.on('finish', () => controller.abort());
    });
    expect(await rejection(byJwt(controller.signal))).toBeInstanceOf(CancelledError);
    expect(server.requests).toHaveLength(1);
  });
});

test('a penalty of the token endpoint holds for whoever asks next', async () => {
  let isLimited = true;
  const times: number[] = [];
  const clock = new FakeClock();
  const { url } = await startServer((_request, response) => {
    times.push(clock.time);
    if (isLimited) json(response, 429, refusal('CMN-301'), { 'retry-after': '60' });
    else json(response, 200, TOKENS);
  });
  const rates = new RateGroups(clock);
  const request = (): Promise<TokenSet> =>
    requestTokenByJwt(httpClient(), url, CLIENT, 'a.b.c', undefined, clock, rates);
  expect(await rejection(request())).toMatchObject({ kind: 'rateLimited' });
  isLimited = false;
  await request();
  expect(times).toEqual([0, 60_000, 120_000, 180_000]);
});

describe('credentials', () => {
  test('are not sent to the target of a redirect', async () => {
    const stranger = await startServer((_request, response) => json(response, 200, TOKENS));
    const { byJwt } = await setUp((_request, response) => {
      response.writeHead(307, { location: stranger.url }).end();
    });
    expect(await rejection(byJwt())).toMatchObject({ kind: 'network', failure: 'foreign' });
    expect(stranger.requests).toEqual([]);
  });

  test('are not sent without encryption', async () => {
    const request = requestTokenByJwt(httpClient(), 'http://platform.example.com', CLIENT, 'a.b.c');
    expect(await rejection(request)).toMatchObject({ kind: 'untrustedOrigin', host: 'platform.example.com' });
  });
});

describe('revoking a token', () => {
  test('sends the token to the server', async () => {
    const server = await startServer((_request, response) => response.end());
    await revokeToken(httpClient(), server.url, CLIENT, 'access-1');
    expect(server.requests).toMatchObject([{ method: 'POST', target: '/restapi/oauth/revoke' }]);
    expect(form(server)).toEqual({ token: 'access-1' });
  });

  test.each([
    ['refuses', (response: Parameters<Handler>[1]) => json(response, 500, {})],
    ['does not answer', (response: Parameters<Handler>[1]) => void response.destroy()],
  ])('is attempted once and does not throw if the server %s', async (_what, answer) => {
    const server = await startServer((_request, response) => answer(response));
    await revokeToken(httpClient(), server.url, PUBLIC_CLIENT, 'access-1');
    await revokeToken(httpClient(), 'not an address', CLIENT, 'access-1');
    expect(server.requests).toHaveLength(1);
  });
});
