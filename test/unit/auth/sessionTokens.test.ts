import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CancelledError, SecretStorageError, SignInRequiredError } from '../../../src/api/errors';
import { HttpClient } from '../../../src/api/httpClient';
import type { TokenSet } from '../../../src/api/oauth';
import { SecretSessionStore } from '../../../src/auth/secretSessionStore';
import { SessionTokens } from '../../../src/auth/sessionTokens';
import type { AppCredential } from '../../../src/auth/signIn';
import { secretVault } from '../../../src/auth/tokenVault';
import { WindowTurns } from '../../../src/auth/windowTurns';
import { LEASES } from '../../../src/storage/leases';
import { SharedDatabase } from '../../../src/storage/sharedDatabase';
import { FakeSecretStorage } from '../../fakes/secretStorage';
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

describe('an access token that has not expired', () => {
  test('is taken from the store without a request', async () => {
    expect(await tokens.accessToken()).toBe('access-0');
    expect(server.requests).toEqual([]);
  });

  test('is renewed as soon as it expires within a minute', async () => {
    now += HOUR - 61_000;
    expect(await tokens.accessToken()).toBe('access-0');
    now += 1_000;
    expect(await tokens.accessToken()).toBe('access-1');
    expect(server.requests).toEqual(['refresh refresh-0']);
  });
});

describe('renewal', () => {
  test('sends one request, however many callers ask at once', async () => {
    now += HOUR;
    const given = await Promise.all(Array.from({ length: 50 }, () => tokens.accessToken()));
    expect(new Set(given)).toEqual(new Set(['access-1']));
    expect(server.requests).toEqual(['refresh refresh-0']);
  });

  test('sends one request for many callers whose token was refused', async () => {
    await tokens.accessToken();
    const given = await Promise.all(Array.from({ length: 50 }, () => tokens.renew('access-0')));
    expect(new Set(given)).toEqual(new Set(['access-1']));
    expect(server.requests).toEqual(['refresh refresh-0']);
  });

  test('is not repeated for a caller who reports the refusal of the old token late', async () => {
    await tokens.accessToken();
    await tokens.renew('access-0');
    expect(await tokens.renew('access-0')).toBe('access-1');
    expect(server.requests).toHaveLength(1);
  });

  test('stores the new token before any caller gets it', async () => {
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

  test('fails if the new tokens cannot be stored, and succeeds at the next attempt', async () => {
    now += HOUR;
    const storeNow = secrets.store.bind(secrets);
    secrets.store = () => Promise.reject(new Error('The keyring is locked'));
    await expect(tokens.accessToken()).rejects.toThrow(SecretStorageError);
    secrets.store = storeNow;
    expect(await tokens.accessToken()).toBe('access-2');
  });

  test('uses the token that another window has renewed, without a request', async () => {
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

  test('is replaced by signing in with the JWT', async () => {
    expect(await tokens.accessToken()).toBe('access-1');
    expect(server.requests).toEqual(['refresh refresh-0', 'jwt']);
    expect(await storedTokens()).toMatchObject({ refreshToken: 'refresh-1' });
  });

  test('requires the user to sign in again if the JWT is refused as well, and no more requests are sent', async () => {
    server.refused.add('jwt');
    await expect(tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
    await expect(tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
    await expect(tokens.renew('access-0')).rejects.toBeInstanceOf(SignInRequiredError);
    expect(server.requests).toEqual(['refresh refresh-0', 'jwt']);
  });
});

test('a refresh token that has expired by the clock of this computer is tried all the same', async () => {
  await storeTokens({
    accessToken: 'access-0',
    accessTokenExpiresAt: now,
    refreshToken: 'refresh-0',
    refreshTokenExpiresAt: now,
  });
  expect(await tokens.accessToken()).toBe('access-1');
  expect(server.requests).toEqual(['refresh refresh-0']);
});

test('a session without a refresh token is renewed with the JWT', async () => {
  await storeTokens({ accessToken: 'access-0', accessTokenExpiresAt: now });
  expect(await tokens.accessToken()).toBe('access-1');
  expect(server.requests).toEqual(['jwt']);
});

describe('a closed session', () => {
  test('gives no more tokens', async () => {
    await tokens.accessToken();
    await tokens.close();
    await expect(tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
    await expect(tokens.renew('access-0')).rejects.toBeInstanceOf(SignInRequiredError);
    expect(server.requests).toEqual([]);
  });

  test('cancels a renewal in flight and stores nothing of it', async () => {
    now += HOUR;
    server.hold = new Promise(() => undefined);
    const asking = tokens.accessToken();
    await expect.poll(() => server.requests).toHaveLength(1);
    await Promise.all([tokens.close(), expect(asking).rejects.toBeInstanceOf(CancelledError)]);
    expect(await storedTokens()).toMatchObject({ accessToken: 'access-0' });
  });

  test('revokes the latest tokens, even if another window renewed them', async () => {
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

describe('a session of a browser sign-in', () => {
  let app: AppCredential;
  let states: boolean[];

  beforeEach(() => {
    const { server: origins, clientId } = server.credential;
    app = { server: origins, clientId };
    tokens = new SessionTokens(http, app, secretVault(store, SESSION_ID), { now: () => now });
    states = [];
    tokens.onDidChangeSignInRequired((isRequired) => states.push(isRequired));
  });

  const storeApp = (stored: TokenSet): Promise<void> =>
    store.put({
      kind: 'pkce',
      id: SESSION_ID,
      accountId: '101',
      label: 'Ada',
      signedInAt: 1,
      credential: app,
      tokens: stored,
    });

  test('is renewed with its refresh token', async () => {
    await storeApp({ accessToken: 'access-0', accessTokenExpiresAt: now, refreshToken: 'refresh-0' });
    expect(await tokens.accessToken()).toBe('access-1');
    expect(server.requests).toEqual(['refresh refresh-0']);
    expect(await storedTokens()).toMatchObject({ refreshToken: 'refresh-1' });
    expect(tokens.isSignInRequired).toBe(false);
  });

  test.each([
    ['is refused', { refreshToken: 'refresh-0' }, ['refresh refresh-0']],
    ['has expired', { refreshToken: 'refresh-0', refreshTokenExpiresAt: 1 }, ['refresh refresh-0']],
    ['was never given', {}, []],
  ])(
    'requires the user to sign in again if its refresh token %s, reports that once, and sends no more requests',
    async (_name, refresh, sent) => {
      server.refused.add('refresh');
      await storeApp({ accessToken: 'access-0', accessTokenExpiresAt: now, ...refresh });
      for (let count = 0; count < 3; count++) {
        await expect(tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
      }
      expect(tokens.isSignInRequired).toBe(true);
      expect(states).toEqual([true]);
      expect(server.requests).toEqual(sent);
    },
  );

  test('works without a refresh token until its access token expires', async () => {
    await storeApp({ accessToken: 'access-0', accessTokenExpiresAt: now + HOUR });
    expect(await tokens.accessToken()).toBe('access-0');
    expect(tokens.isSignInRequired).toBe(false);
  });

  test('uses the tokens of a new sign-in, reports that none is required any more, and revokes the former tokens', async () => {
    await storeApp({ accessToken: 'access-0', accessTokenExpiresAt: now });
    await expect(tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
    const fresh = { accessToken: 'access-9', accessTokenExpiresAt: now + HOUR, refreshToken: 'refresh-9' };
    const revokeFormer = await tokens.replace(app, fresh, () => storeApp(fresh));
    expect(await tokens.accessToken()).toBe('access-9');
    expect(states).toEqual([true, false]);
    await revokeFormer();
    expect(server.revoked).toEqual(['access-0']);
  });

  test('uses the tokens that another window has stored by a new sign-in, unless they are the old ones', async () => {
    await storeApp({ accessToken: 'access-0', accessTokenExpiresAt: now });
    await expect(tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
    tokens.adopt(app, { accessToken: 'access-0', accessTokenExpiresAt: now });
    expect(tokens.isSignInRequired).toBe(true);
    tokens.adopt(app, { accessToken: 'access-9', accessTokenExpiresAt: now + HOUR });
    expect(tokens.isSignInRequired).toBe(false);
    expect(await tokens.accessToken()).toBe('access-9');
  });

  test('gives the new token to a caller who asks while the user signs in again', async () => {
    await storeApp({ accessToken: 'access-0', accessTokenExpiresAt: now });
    const fresh = { accessToken: 'access-9', accessTokenExpiresAt: now + HOUR };
    const release = Promise.withResolvers<void>();
    const replacing = tokens.replace(app, fresh, async () => {
      await release.promise;
      await storeApp(fresh);
    });
    const asking = tokens.accessToken();
    release.resolve();
    expect(await asking).toBe('access-9');
    await replacing;
  });

  test('uses tokens that were stored while the server refused its refresh token', async () => {
    await storeApp({ accessToken: 'access-0', accessTokenExpiresAt: now, refreshToken: 'refresh-0' });
    server.refused.add('refresh');
    const release = Promise.withResolvers<void>();
    server.hold = release.promise;
    const asking = tokens.accessToken();
    await expect.poll(() => server.requests).toHaveLength(1);
    await storeApp({ accessToken: 'access-9', accessTokenExpiresAt: now + HOUR, refreshToken: 'refresh-9' });
    release.resolve();
    expect(await asking).toBe('access-9');
    expect(states).toEqual([]);
  });
});

describe('the timer of a session', () => {
  const FIVE_MINUTES = 300_000;

  test('renews an access token five minutes before it expires', async () => {
    await storeTokens({
      accessToken: 'access-0',
      accessTokenExpiresAt: now + FIVE_MINUTES + 20,
      refreshToken: 'refresh-0',
    });
    await tokens.accessToken();
    now += 20;
    await expect.poll(() => server.requests).toEqual(['refresh refresh-0']);
    expect(await tokens.renew('access-0')).toBe('access-1');
    expect(server.requests).toHaveLength(1);
  });

  test('sends nothing for a session that has been disposed', async () => {
    const idle = { accessToken: 'access-0', accessTokenExpiresAt: now + FIVE_MINUTES + 20 };
    await storeTokens({ ...idle, refreshToken: 'refresh-0' });
    await tokens.accessToken();
    tokens.dispose();
    await storeTokens({ ...idle, refreshToken: 'refresh-of-another' });
    await inAnotherWindow().accessToken();
    now += 20;
    // The other one's timer was started later.
    await expect.poll(() => server.requests).toEqual(['refresh refresh-of-another']);
  });
});

describe('several windows', () => {
  const ends: (() => void)[] = [];
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  });

  afterEach(() => {
    for (const end of ends.splice(0)) end();
    rmSync(folder, { recursive: true });
  });

  function openWindow(vault = secretVault(store, SESSION_ID)): SessionTokens {
    const shared = new SharedDatabase(path.join(folder, 'storage', 'windows.sqlite'), LEASES);
    const turns = new WindowTurns(shared, () => undefined);
    ends.push(() => shared.close());
    return new SessionTokens(http, server.credential, vault, {
      inTurn: (task, signal) => turns.run('tokens', task, signal),
      now: () => now,
    });
  }

  test('send one renewal altogether, however many callers each has', async () => {
    const windows = [openWindow(), openWindow(), openWindow()];
    await storeTokens({ accessToken: 'access-0', accessTokenExpiresAt: now, refreshToken: 'refresh-0' });
    const given = await Promise.all(
      windows.flatMap((window) => Array.from({ length: 10 }, () => window.accessToken())),
    );
    expect(new Set(given)).toEqual(new Set(['access-1']));
    expect(server.requests).toEqual(['refresh refresh-0']);
  });

  test('send one renewal altogether after the token was refused in each', async () => {
    const windows = [openWindow(), openWindow()];
    await Promise.all(windows.map((window) => window.accessToken()));
    const given = await Promise.all(windows.map((window) => window.renew('access-0')));
    expect(given).toEqual(['access-1', 'access-1']);
    expect(server.requests).toEqual(['refresh refresh-0']);
  });

  test('do not wait for a window that closes during its renewal', async () => {
    const [first, second] = [openWindow(), openWindow()];
    await storeTokens({ accessToken: 'access-0', accessTokenExpiresAt: now, refreshToken: 'refresh-0' });
    const release = Promise.withResolvers<void>();
    server.hold = release.promise;
    const asking = first.accessToken();
    await expect.poll(() => server.requests).toHaveLength(1);
    const other = second.accessToken();
    first.dispose();
    await expect(asking).rejects.toBeInstanceOf(CancelledError);
    release.resolve();
    expect(await other).toBe('access-2');
  });

  test('with separate secrets each send a renewal, and the server accepts the same refresh token twice', async () => {
    const own = (): ReturnType<typeof secretVault> => {
      let kept: TokenSet | undefined = {
        accessToken: 'access-0',
        accessTokenExpiresAt: now,
        refreshToken: 'refresh-0',
      };
      return {
        read: () => Promise.resolve(kept),
        write: (written) => {
          kept = written;
          return Promise.resolve();
        },
      };
    };
    const windows = [openWindow(own()), openWindow(own())];
    await Promise.all(windows.map((window) => window.accessToken()));
    expect(server.requests).toEqual(['refresh refresh-0', 'refresh refresh-0']);
    expect(windows.some(({ isSignInRequired }) => isSignInRequired)).toBe(false);
  });
});
