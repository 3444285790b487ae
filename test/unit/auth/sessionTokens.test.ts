import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CancelledError, SignInRequiredError } from '../../../src/api/errors';
import { HttpClient } from '../../../src/api/httpClient';
import type { TokenSet } from '../../../src/api/oauth';
import { SecretSessionStore } from '../../../src/auth/secretSessionStore';
import { SessionTokens } from '../../../src/auth/sessionTokens';
import { secretVault } from '../../../src/auth/tokenVault';
import { FakeSecretStorage } from './fakeSecretStorage';
import { startTokenServer, type TokenServer } from './tokenServer';

const SESSION_ID = 'session';
const HOUR = 3_600_000;

let server: TokenServer;
let http: HttpClient;
let secrets: FakeSecretStorage;
let store: SecretSessionStore;
let now: number;
let tokens: SessionTokens;

beforeEach(async () => {
  server = await startTokenServer();
  http = new HttpClient({ noProxy: [], strictSSL: true, systemCertificates: false, useProxy: false });
  secrets = new FakeSecretStorage();
  store = new SecretSessionStore(secrets, () => undefined);
  now = Date.now();
  await storeTokens({ accessToken: 'access-0', accessTokenExpiresAt: now + HOUR, refreshToken: 'refresh-0' });
  tokens = inAnotherWindow();
});

afterEach(async () => {
  await http.dispose();
  await server.stop();
});

/** The same session as another window holds it. */
function inAnotherWindow(): SessionTokens {
  return new SessionTokens(http, server.credential, secretVault(store, SESSION_ID), { now: () => now });
}

async function storeTokens(stored: TokenSet): Promise<void> {
  const { credential } = server;
  await store.put({
    kind: 'jwt',
    id: SESSION_ID,
    accountId: '101',
    label: 'Ada',
    signedInAt: 1,
    credential,
    tokens: stored,
  });
}

async function storedTokens(): Promise<TokenSet | undefined> {
  const record = await store.get(SESSION_ID);
  return record?.kind === 'sample' ? undefined : record?.tokens;
}

describe('a token that is still good', () => {
  test('is taken from the store without asking the server', async () => {
    expect(await tokens.accessToken()).toBe('access-0');
    expect(server.requests).toEqual([]);
  });

  test('is renewed as soon as it has no more than a minute to live', async () => {
    now += HOUR - 61_000;
    expect(await tokens.accessToken()).toBe('access-0');
    now += 1_000;
    expect(await tokens.accessToken()).toBe('access-1');
    expect(server.requests).toEqual(['refresh refresh-0']);
  });
});

describe('renewal', () => {
  test('is one request on the wire, however many ask at once', async () => {
    now += HOUR;
    const given = await Promise.all(Array.from({ length: 50 }, () => tokens.accessToken()));
    expect(new Set(given)).toEqual(new Set(['access-1']));
    expect(server.requests).toEqual(['refresh refresh-0']);
  });

  test('is one request also for many whose token was refused', async () => {
    await tokens.accessToken();
    const given = await Promise.all(Array.from({ length: 50 }, () => tokens.renew('access-0')));
    expect(new Set(given)).toEqual(new Set(['access-1']));
    expect(server.requests).toEqual(['refresh refresh-0']);
  });

  test('is not repeated for one who learns late that the old token was refused', async () => {
    await tokens.accessToken();
    await tokens.renew('access-0');
    expect(await tokens.renew('access-0')).toBe('access-1');
    expect(server.requests).toHaveLength(1);
  });

  test('is stored before anyone gets the new token', async () => {
    now += HOUR;
    const release = Promise.withResolvers<void>();
    const storing = Promise.withResolvers<void>();
    const storeNow = secrets.store.bind(secrets);
    secrets.store = async (key, value) => {
      storing.resolve();
      await release.promise;
      await storeNow(key, value);
    };
    let given: string | undefined;
    const asking = tokens.accessToken().then((token) => (given = token));
    await storing.promise;
    // Whatever could hand the token out had a whole turn of the event loop to do so.
    await new Promise(setImmediate);
    expect(given).toBeUndefined();
    release.resolve();
    await asking;
    expect(given).toBe('access-1');
    expect(await storedTokens()).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-1' });
  });

  test('fails if the new tokens cannot be stored, and can be tried again', async () => {
    now += HOUR;
    const storeNow = secrets.store.bind(secrets);
    secrets.store = () => Promise.reject(new Error('The keyring is locked'));
    await expect(tokens.accessToken()).rejects.toThrow('The keyring is locked');
    secrets.store = storeNow;
    expect(await tokens.accessToken()).toBe('access-2');
  });

  test('takes what another window has renewed', async () => {
    await tokens.accessToken();
    await inAnotherWindow().renew('access-0');
    expect(await tokens.renew('access-0')).toBe('access-1');
    expect(server.requests).toHaveLength(1);
  });

  test('goes on for the others when one caller cancels', async () => {
    now += HOUR;
    const release = Promise.withResolvers<void>();
    server.hold = release.promise;
    const cancel = new AbortController();
    const cancelled = tokens.accessToken(cancel.signal);
    const other = tokens.accessToken();
    cancel.abort();
    await expect(cancelled).rejects.toBeInstanceOf(CancelledError);
    release.resolve();
    expect(await other).toBe('access-1');
  });
});

describe('a refresh token that the server refuses', () => {
  beforeEach(() => {
    now += HOUR;
    server.refused.add('refresh');
  });

  test('is replaced by means of the JWT', async () => {
    expect(await tokens.accessToken()).toBe('access-1');
    expect(server.requests).toEqual(['refresh refresh-0', 'jwt']);
    expect(await storedTokens()).toMatchObject({ refreshToken: 'refresh-1' });
  });

  test('leads to signing in again if the JWT is refused as well, and nothing more is asked', async () => {
    server.refused.add('jwt');
    await expect(tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
    await expect(tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
    await expect(tokens.renew('access-0')).rejects.toBeInstanceOf(SignInRequiredError);
    expect(server.requests).toEqual(['refresh refresh-0', 'jwt']);
  });
});

test('a refresh token that has expired is not sent', async () => {
  await storeTokens({
    accessToken: 'access-0',
    accessTokenExpiresAt: now,
    refreshToken: 'refresh-0',
    refreshTokenExpiresAt: now,
  });
  expect(await tokens.accessToken()).toBe('access-1');
  expect(server.requests).toEqual(['jwt']);
});

test('without a refresh token the JWT is asked', async () => {
  await storeTokens({ accessToken: 'access-0', accessTokenExpiresAt: now });
  expect(await tokens.accessToken()).toBe('access-1');
  expect(server.requests).toEqual(['jwt']);
});

describe('closing', () => {
  test('gives out no token any more', async () => {
    await tokens.accessToken();
    await tokens.close();
    await expect(tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
    await expect(tokens.renew('access-0')).rejects.toBeInstanceOf(SignInRequiredError);
    expect(server.requests).toEqual([]);
  });

  test('abandons a renewal under way, which then stores nothing', async () => {
    now += HOUR;
    server.hold = new Promise(() => undefined);
    const asking = tokens.accessToken();
    await expect.poll(() => server.requests).toHaveLength(1);
    await Promise.all([tokens.close(), expect(asking).rejects.toBeInstanceOf(CancelledError)]);
    expect(await storedTokens()).toMatchObject({ accessToken: 'access-0' });
  });

  test('lets the latest tokens be revoked, also if another window renewed them', async () => {
    await tokens.accessToken();
    await inAnotherWindow().renew('access-0');
    await tokens.close();
    await tokens.revoke();
    expect(server.revoked).toEqual(['refresh-1']);
  });
});

test('a session that was signed out meanwhile is not brought back by its renewal', async () => {
  now += HOUR;
  const release = Promise.withResolvers<void>();
  server.hold = release.promise;
  const asking = tokens.accessToken();
  await expect.poll(() => server.requests).toHaveLength(1);
  await store.delete(SESSION_ID);
  release.resolve();
  await expect(asking).rejects.toBeInstanceOf(SignInRequiredError);
  expect(secrets.secrets.size).toBe(0);
});
