import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readExtension } from '../../../src/api/account';
import { ApiError, CancelledError, NetworkError, SignInRequiredError } from '../../../src/api/errors';
import { HttpClient } from '../../../src/api/httpClient';
import { Transport } from '../../../src/api/transport';
import { SampleServer } from '../../../src/auth/sampleServer';
import { SecretSessionStore } from '../../../src/auth/secretSessionStore';
import { Sessions, type MailboxSession } from '../../../src/auth/sessions';
import type { JwtSignIn } from '../../../src/auth/signIn';
import { EXTENSION } from '../../../src/emulator/account';
import { startEmulator, type Emulator } from '../../../src/emulator/emulator';
import { EmulatorAdmin } from '../../builders/emulatorAdmin';
import { FakeSecretStorage } from './fakeSecretStorage';

const MEDIA_DIRECTORY = 'media/sample';
const LABEL = `${EXTENSION.name} · ${EXTENSION.extensionNumber}`;

/** What one VS Code window has of ours; the secrets are shared by all. */
class Window {
  readonly log: string[] = [];
  readonly http = new HttpClient(
    { noProxy: [], strictSSL: true, systemCertificates: false, useProxy: false },
    (line) => this.log.push(line),
  );
  readonly sample = new SampleServer(MEDIA_DIRECTORY);
  readonly sessions: Sessions;
  changes = 0;

  constructor(secrets: FakeSecretStorage) {
    const log = (line: string): unknown => this.log.push(line);
    this.sessions = new Sessions(new SecretSessionStore(secrets, log), this.http, this.sample, log);
    this.sessions.onDidChange(() => this.changes++);
  }

  /** Asks the server who is signed in, with the session's own tokens. */
  whoAmI({ origins, tokens }: MailboxSession) {
    return readExtension(new Transport(this.http, origins, tokens));
  }

  async close(): Promise<void> {
    this.sessions.dispose();
    await this.sample.stop();
    await this.http.dispose();
  }
}

let secrets: FakeSecretStorage;
let windows: Window[];
let window: Window;

beforeEach(() => {
  secrets = new FakeSecretStorage();
  windows = [];
  window = openWindow();
});

afterEach(async () => {
  for (const each of windows) await each.close();
});

async function isServing(origin: string): Promise<boolean> {
  return fetch(origin).then(
    () => true,
    () => false,
  );
}

function openWindow(): Window {
  const opened = new Window(secrets);
  windows.push(opened);
  return opened;
}

describe('with a JWT credential', () => {
  let emulator: Emulator;
  let admin: EmulatorAdmin;
  let signIn: JwtSignIn;

  /** How many sessions are open at the server. */
  const openSessions = async (): Promise<number> => (await admin.state()).sessions;

  beforeEach(async () => {
    emulator = await startEmulator({ mediaDirectory: MEDIA_DIRECTORY, messages: 1 });
    admin = new EmulatorAdmin(emulator);
    const { url, mediaUrl, clientId, clientSecret, jwt } = emulator;
    signIn = { kind: 'jwt', server: { rest: url, media: mediaUrl }, clientId, clientSecret, jwt };
  });

  afterEach(() => emulator.stop());

  test('signing in gives a session that works and is known by name and number', async () => {
    const session = await window.sessions.signIn(signIn);
    expect(session).toMatchObject({ label: LABEL, sample: false, origins: signIn.server });
    expect(session.accountId).toContain(EXTENSION.id);
    expect(window.sessions.all()[0]).toBe(session);
    expect(window.changes).toBe(1);
    expect(await window.whoAmI(session)).toMatchObject({ name: EXTENSION.name });
  });

  test('nothing secret gets into the log', async () => {
    const session = await window.sessions.signIn(signIn);
    const token = await session.tokens.accessToken();
    await window.sessions.signOut(session.id);
    const log = window.log.join('\n');
    expect(log).toContain('/restapi/oauth/token');
    for (const secret of [signIn.clientSecret, signIn.jwt, token]) expect(log).not.toContain(secret);
  });

  test('a session comes back without asking the server anything', async () => {
    const session = await window.sessions.signIn(signIn);
    const token = await session.tokens.accessToken();
    await window.close();

    const reloaded = openWindow();
    await reloaded.sessions.restore();
    const restored = reloaded.sessions.all()[0];
    expect(restored).toMatchObject({ id: session.id, accountId: session.accountId, label: LABEL });
    expect(await restored?.tokens.accessToken()).toBe(token);
    expect(reloaded.log).toEqual([]);
  });

  test('an access token that expires is renewed without the user noticing', async () => {
    const session = await window.sessions.signIn(signIn);
    await admin.expireTokens('access');
    expect(await window.whoAmI(session)).toMatchObject({ id: EXTENSION.id });
    expect(await openSessions()).toBe(1);
  });

  test('a session whose tokens have all expired goes on by means of the JWT', async () => {
    const session = await window.sessions.signIn(signIn);
    await admin.expireTokens('all');
    expect(await window.whoAmI(session)).toMatchObject({ id: EXTENSION.id });
  });

  test('signing in again to the same account replaces the session and revokes the old one', async () => {
    const first = await window.sessions.signIn(signIn);
    const second = await window.sessions.signIn(signIn);
    expect(second.accountId).toBe(first.accountId);
    expect(second.id).not.toBe(first.id);
    expect(window.sessions.all()[0]).toBe(second);
    expect(secrets.secrets.size).toBe(1);
    await expect.poll(() => openSessions()).toBe(1);
    expect(await window.whoAmI(second)).toMatchObject({ id: EXTENSION.id });
    await expect(window.whoAmI(first)).rejects.toBeInstanceOf(SignInRequiredError);
  });

  test('signing out forgets the session and revokes it', async () => {
    const session = await window.sessions.signIn(signIn);
    await window.sessions.signOut(session.id);
    expect(window.sessions.all()[0]).toBeUndefined();
    expect(secrets.secrets.size).toBe(0);
    expect(window.changes).toBe(2);
    expect(await openSessions()).toBe(0);
    await expect(session.tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
  });

  test('signing out works while the server is out of reach', async () => {
    const session = await window.sessions.signIn(signIn);
    await emulator.stop();
    await window.sessions.signOut(session.id);
    expect(window.sessions.all()[0]).toBeUndefined();
    expect(secrets.secrets.size).toBe(0);
  });

  test('signing out of a session that is gone does nothing', async () => {
    await window.sessions.signOut('gone');
    expect(window.changes).toBe(0);
  });

  test.each([
    ['client secret', (how: JwtSignIn) => ({ ...how, clientSecret: 'wrong' }), 'invalid_client'],
    ['JWT', (how: JwtSignIn) => ({ ...how, jwt: `${how.jwt}x` }), 'invalid_grant'],
  ])('a wrong %s is refused, and leaves the session before as it was', async (_name, spoil, reason) => {
    const session = await window.sessions.signIn(signIn);
    const failure = window.sessions.signIn(spoil(signIn));
    await expect(failure).rejects.toBeInstanceOf(SignInRequiredError);
    await expect(failure).rejects.toMatchObject({ reason });
    expect(window.sessions.all()[0]).toBe(session);
    expect(await window.whoAmI(session)).toMatchObject({ id: EXTENSION.id });
  });

  test('a server that is not there fails the sign-in and stores nothing', async () => {
    await emulator.stop();
    await expect(window.sessions.signIn(signIn)).rejects.toBeInstanceOf(NetworkError);
    expect(secrets.secrets.size).toBe(0);
    expect(window.changes).toBe(0);
  });

  test('a sign-in that fails after its token was issued gives the token back', async () => {
    await admin.setPermissions({ app: { ReadAccounts: false } });
    await expect(window.sessions.signIn(signIn)).rejects.toBeInstanceOf(ApiError);
    expect(secrets.secrets.size).toBe(0);
    await expect.poll(() => openSessions()).toBe(0);
  });

  test('a cancelled sign-in stores nothing', async () => {
    await expect(window.sessions.signIn(signIn, AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError);
    expect(secrets.secrets.size).toBe(0);
    expect(window.sessions.all()[0]).toBeUndefined();
  });

  test('another window follows signing in and signing out, and shares the tokens', async () => {
    const other = openWindow();
    const session = await window.sessions.signIn(signIn);
    await expect.poll(() => other.sessions.all()[0]?.id).toBe(session.id);
    const followed = other.sessions.all()[0];
    expect(await followed?.tokens.accessToken()).toBe(await session.tokens.accessToken());

    await window.sessions.signOut(session.id);
    await expect.poll(() => other.sessions.all()[0]).toBeUndefined();
    await expect(followed?.tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
  });

  test('the sample mailbox takes the place of an account, which is signed out', async () => {
    await window.sessions.signIn(signIn);
    const sample = await window.sessions.signIn({ kind: 'sample' });
    expect(window.sessions.all()[0]).toBe(sample);
    expect(secrets.secrets.size).toBe(1);
    await expect.poll(() => openSessions()).toBe(0);
  });
});

describe('with the sample mailbox', () => {
  test('signing in starts a server of this machine', async () => {
    const session = await window.sessions.signIn({ kind: 'sample' });
    expect(session).toMatchObject({ label: LABEL, sample: true, accountId: 'sample' });
    expect(session.origins.rest).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await isServing(session.origins.rest)).toBe(true);
    expect(session.origins.media).not.toBe(session.origins.rest);
    expect(await window.whoAmI(session)).toMatchObject({ name: EXTENSION.name });
  });

  test('the stored session holds no token and no credential', async () => {
    const session = await window.sessions.signIn({ kind: 'sample' });
    const token = await session.tokens.accessToken();
    const { jwt, clientSecret } = await window.sample.start();
    for (const secret of [token, jwt, clientSecret]) expect(secrets.text()).not.toContain(secret);
  });

  test('a session comes back after a reload, with a server of its own', async () => {
    const session = await window.sessions.signIn({ kind: 'sample' });
    await window.close();

    const reloaded = openWindow();
    await reloaded.sessions.restore();
    const restored = reloaded.sessions.all()[0];
    expect(restored?.id).toBe(session.id);
    expect(restored && (await reloaded.whoAmI(restored))).toMatchObject({ name: EXTENSION.name });
  });

  test('two windows have a server each', async () => {
    const other = openWindow();
    const session = await window.sessions.signIn({ kind: 'sample' });
    await expect.poll(() => other.sessions.all()[0]?.id).toBe(session.id);
    const followed = other.sessions.all()[0];
    expect(followed?.origins).not.toEqual(session.origins);
    expect(followed && (await other.whoAmI(followed))).toMatchObject({ name: EXTENSION.name });
  });

  test('an expired token is renewed, as with any other server', async () => {
    const session = await window.sessions.signIn({ kind: 'sample' });
    const token = await session.tokens.accessToken();
    expect(await session.tokens.renew(token)).not.toBe(token);
    expect(await window.whoAmI(session)).toMatchObject({ name: EXTENSION.name });
  });

  test('signing in again keeps the server running', async () => {
    const first = await window.sessions.signIn({ kind: 'sample' });
    const second = await window.sessions.signIn({ kind: 'sample' });
    expect(second.origins).toEqual(first.origins);
    expect(await window.whoAmI(second)).toMatchObject({ name: EXTENSION.name });
  });

  test('a cancelled sign-in leaves no server running', async () => {
    const { server } = await window.sample.start();
    await expect(window.sessions.signIn({ kind: 'sample' }, AbortSignal.abort())).rejects.toBeInstanceOf(
      CancelledError,
    );
    expect(await isServing(server.rest)).toBe(false);
  });

  test('signing out stops the server', async () => {
    const session = await window.sessions.signIn({ kind: 'sample' });
    await window.sessions.signOut(session.id);
    await expect.poll(() => isServing(session.origins.rest)).toBe(false);
    expect(secrets.secrets.size).toBe(0);
  });
});

test('a stored session that cannot be read leaves nobody signed in, and says so in the log', async () => {
  await secrets.store('session.broken', '{"version":1,"session":{"clientSecret":"hidden"}}');
  await window.sessions.restore();
  expect(window.sessions.all()[0]).toBeUndefined();
  expect(window.log.join()).toContain('cannot be read');
  expect(window.log.join()).not.toContain('hidden');
});
