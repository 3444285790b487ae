import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readExtension } from '../../../src/api/account';
import { authorizationRequest } from '../../../src/api/authorization';
import { ApiError, CancelledError, NetworkError, SignInRequiredError } from '../../../src/api/errors';
import { HttpClient } from '../../../src/api/httpClient';
import { Transport } from '../../../src/api/transport';
import { SampleServer } from '../../../src/auth/sampleServer';
import { SecretSessionStore } from '../../../src/auth/secretSessionStore';
import { Sessions, type MailboxSession, type SignedOut } from '../../../src/auth/sessions';
import type { BrowserSignIn, GrantedSignIn, JwtSignIn } from '../../../src/auth/signIn';
import { EXTENSION } from '../../../src/emulator/account';
import { startEmulator, type Emulator } from '../../../src/emulator/emulator';
import { browser } from '../../builders/browser';
import { EmulatorAdmin } from '../../builders/emulatorAdmin';
import { freePort } from '../../builders/freePort';
import { FakeSecretStorage } from '../../fakes/secretStorage';

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
  readonly signedOut: SignedOut[] = [];
  changes = 0;

  constructor(secrets: FakeSecretStorage) {
    const log = (line: string): unknown => this.log.push(line);
    this.sessions = new Sessions(new SecretSessionStore(secrets, log), this.http, this.sample, log);
    this.sessions.onDidChange(() => this.changes++);
    this.sessions.onDidSignOut((signedOut) => this.signedOut.push(signedOut));
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

describe('with a JWT sign-in', () => {
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

  test('signing in gives a session that reaches the server and is labelled with name and number', async () => {
    const session = await window.sessions.signIn(signIn);
    expect(session).toMatchObject({ label: LABEL, country: 'US', sample: false, origins: signIn.server });
    expect(session.accountId).toContain(EXTENSION.id);
    expect(window.sessions.all()[0]).toBe(session);
    expect(window.changes).toBe(1);
    expect(await window.whoAmI(session)).toMatchObject({ name: EXTENSION.name });
  });

  test.each(['named', 'forbidden'] as const)(
    'signing in does without the name and number of the extension if the server refuses them (%s)',
    async (refusal) => {
      await admin.deviate({ refused: { extension: refusal } });
      const session = await window.sessions.signIn(signIn);
      expect(session.label).toBe(EXTENSION.id);
      await admin.deviate();
      expect((await window.sessions.signIn(signIn)).accountId).toBe(session.accountId);
    },
  );

  test('signing in does without them if the app or the user lacks the permission', async () => {
    await admin.setPermissions({ app: { ReadAccounts: false } });
    expect((await window.sessions.signIn(signIn)).label).toBe(EXTENSION.id);
    await admin.setPermissions({ app: { ReadAccounts: true }, user: { ReadExtensions: false } });
    expect((await window.sessions.signIn(signIn)).label).toBe(EXTENSION.id);
  });

  test('no client secret, JWT or token gets into the log', async () => {
    const session = await window.sessions.signIn(signIn);
    const token = await session.tokens.accessToken();
    await window.sessions.signOut(session.id);
    const log = window.log.join('\n');
    expect(log).toContain('/restapi/oauth/token');
    for (const secret of [signIn.clientSecret, signIn.jwt, token]) expect(log).not.toContain(secret);
  });

  test('a session is restored after a reload without any request', async () => {
    const session = await window.sessions.signIn(signIn);
    const token = await session.tokens.accessToken();
    await window.close();

    const reloaded = openWindow();
    await reloaded.sessions.restore();
    const restored = reloaded.sessions.all()[0];
    const { id, accountId } = session;
    expect(restored).toMatchObject({ id, accountId, label: LABEL, country: 'US' });
    expect(await restored?.tokens.accessToken()).toBe(token);
    expect(reloaded.log).toEqual([]);
  });

  test('an expired access token is renewed within the same session at the server', async () => {
    const session = await window.sessions.signIn(signIn);
    await admin.expireTokens('access');
    expect(await window.whoAmI(session)).toMatchObject({ id: EXTENSION.id });
    expect(await openSessions()).toBe(1);
  });

  test('a session whose tokens have all expired is renewed with the JWT', async () => {
    const session = await window.sessions.signIn(signIn);
    await admin.expireTokens('all');
    expect(await window.whoAmI(session)).toMatchObject({ id: EXTENSION.id });
  });

  test('signing in again to the same account keeps the session, with new tokens, and revokes the old ones', async () => {
    const first = await window.sessions.signIn(signIn);
    const token = await first.tokens.accessToken();
    const second = await window.sessions.signIn(signIn);
    expect(second).toBe(first);
    expect(window.sessions.all()).toEqual([second]);
    expect(await second.tokens.accessToken()).not.toBe(token);
    expect(secrets.secrets.size).toBe(1);
    await expect.poll(() => openSessions()).toBe(1);
    expect(await window.whoAmI(second)).toMatchObject({ id: EXTENSION.id });
  });

  test('another window uses the new tokens after a new sign-in to the same account', async () => {
    const other = openWindow();
    const session = await window.sessions.signIn(signIn);
    await expect.poll(() => other.sessions.get(session.id)).toBeDefined();
    const followed = other.sessions.get(session.id);
    await window.sessions.signIn(signIn);
    await expect.poll(() => followed?.tokens.accessToken()).toBe(await session.tokens.accessToken());
    expect(other.sessions.all()).toEqual([followed]);
  });

  test('signing in with another media origin gives a new session and ends the former one', async () => {
    const first = await window.sessions.signIn(signIn);
    const { rest } = signIn.server;
    const second = await window.sessions.signIn({ ...signIn, server: { rest, media: rest } });
    expect(second.accountId).toBe(first.accountId);
    expect(second.id).not.toBe(first.id);
    expect(window.sessions.all()).toEqual([second]);
    await expect(window.whoAmI(first)).rejects.toBeInstanceOf(SignInRequiredError);
    await expect.poll(() => openSessions()).toBe(1);
  });

  test('signing out deletes the stored session and revokes it at the server', async () => {
    const session = await window.sessions.signIn(signIn);
    await window.sessions.signOut(session.id);
    expect(window.sessions.all()[0]).toBeUndefined();
    expect(secrets.secrets.size).toBe(0);
    expect(window.changes).toBe(2);
    expect(window.signedOut).toEqual([
      { accountId: session.accountId, label: LABEL, sample: false, server: 'another', messages: 'keep' },
    ]);
    expect(await openSessions()).toBe(0);
    await expect(session.tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
  });

  test('signing out deletes the stored session also when the server cannot be reached', async () => {
    const session = await window.sessions.signIn(signIn);
    await emulator.stop();
    await window.sessions.signOut(session.id);
    expect(window.sessions.all()[0]).toBeUndefined();
    expect(secrets.secrets.size).toBe(0);
  });

  test('signing out of a session that does not exist changes nothing', async () => {
    await window.sessions.signOut('gone');
    expect(window.changes).toBe(0);
  });

  test.each([
    ['client secret', (how: JwtSignIn) => ({ ...how, clientSecret: 'wrong' }), 'invalid_client'],
    ['JWT', (how: JwtSignIn) => ({ ...how, jwt: `${how.jwt}x` }), 'invalid_grant'],
  ])('a wrong %s is refused, and the session that exists goes on', async (_name, spoil, reason) => {
    const session = await window.sessions.signIn(signIn);
    const failure = window.sessions.signIn(spoil(signIn));
    await expect(failure).rejects.toBeInstanceOf(SignInRequiredError);
    await expect(failure).rejects.toMatchObject({ reason });
    expect(window.sessions.all()[0]).toBe(session);
    expect(await window.whoAmI(session)).toMatchObject({ id: EXTENSION.id });
  });

  test('a sign-in fails and stores nothing when the server cannot be reached', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const server = { rest: nowhere, media: nowhere };
    await expect(window.sessions.signIn({ ...signIn, server })).rejects.toBeInstanceOf(NetworkError);
    expect(secrets.secrets.size).toBe(0);
    expect(window.changes).toBe(0);
  });

  test('a sign-in that fails after its token was issued revokes the token', async () => {
    await admin.fail({ status: 403, errorCode: 'OAU-142', path: '/extension/~' });
    await expect(window.sessions.signIn(signIn)).rejects.toBeInstanceOf(ApiError);
    expect(secrets.secrets.size).toBe(0);
    await expect.poll(() => openSessions()).toBe(0);
  });

  test('a cancelled sign-in stores nothing', async () => {
    await expect(window.sessions.signIn(signIn, AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError);
    expect(secrets.secrets.size).toBe(0);
    expect(window.sessions.all()[0]).toBeUndefined();
  });

  test('another window takes over a sign-in with its tokens, and a sign-out', async () => {
    const other = openWindow();
    const session = await window.sessions.signIn(signIn);
    await expect.poll(() => other.sessions.all()[0]?.id).toBe(session.id);
    const followed = other.sessions.all()[0];
    expect(await followed?.tokens.accessToken()).toBe(await session.tokens.accessToken());

    await window.sessions.signOut(session.id);
    await expect.poll(() => other.sessions.all()[0]).toBeUndefined();
    await expect(followed?.tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
  });
});

describe('with a browser sign-in', () => {
  let emulator: Emulator;
  let admin: EmulatorAdmin;
  let app: BrowserSignIn;

  beforeEach(async () => {
    emulator = await startEmulator({ mediaDirectory: MEDIA_DIRECTORY, messages: 1 });
    admin = new EmulatorAdmin(emulator);
    const { url, mediaUrl, clientId } = emulator;
    app = { kind: 'pkce', server: { rest: url, media: mediaUrl }, clientId };
  });

  afterEach(() => emulator.stop());

  /** What the person agrees to. */
  async function granted(how = app): Promise<GrantedSignIn> {
    const redirectUri = 'vscode://mailbox-for-ringcentral.ringcentral-mailbox/signed-in';
    const request = await authorizationRequest(emulator.url, how.clientId, redirectUri);
    const back = await browser.decide(request.url, 'allow');
    return { ...how, grant: request.accept(back.searchParams) };
  }

  test('signing in gives a session that reaches the server, without a client secret', async () => {
    const session = await window.sessions.signIn(await granted());
    expect(session).toMatchObject({ label: LABEL, kind: 'pkce', sample: false, origins: app.server });
    expect(await window.whoAmI(session)).toMatchObject({ name: EXTENSION.name });
    expect(window.sessions.signInOf(session.id)).toEqual(app);
    expect(secrets.text()).not.toContain(emulator.clientSecret);
  });

  test('an app with a client secret signs in and renews its tokens with it', async () => {
    const { clientSecret } = emulator;
    const session = await window.sessions.signIn(await granted({ ...app, clientSecret }));
    await admin.expireTokens('access');
    expect(await window.whoAmI(session)).toMatchObject({ id: EXTENSION.id });
    expect(window.sessions.signInOf(session.id)).toEqual({ ...app, clientSecret });
  });

  test('a session is restored after a reload, and its expired token renewed', async () => {
    const session = await window.sessions.signIn(await granted());
    await window.close();
    await admin.expireTokens('access');
    const reloaded = openWindow();
    await reloaded.sessions.restore();
    const restored = reloaded.sessions.get(session.id);
    expect(restored).toMatchObject({ kind: 'pkce', label: LABEL });
    expect(restored && (await reloaded.whoAmI(restored))).toMatchObject({ id: EXTENSION.id });
    expect(await admin.state()).toMatchObject({ sessions: 1 });
  });

  test('an authorization code that has been used before is refused', async () => {
    const how = await granted();
    await window.sessions.signIn(how);
    await expect(openWindow().sessions.signIn(how)).rejects.toMatchObject({ reason: 'invalid_grant' });
  });

  test('a session that the server has ended requires a new sign-in, after which it works in every window', async () => {
    const other = openWindow();
    const session = await window.sessions.signIn(await granted());
    await expect.poll(() => other.sessions.get(session.id)).toBeDefined();
    const followed = other.sessions.get(session.id);
    if (!followed) throw new Error('It did not follow');
    const states: boolean[] = [];
    followed.onDidChangeSignInRequired((isRequired) => states.push(isRequired));

    await admin.expireTokens('all');
    for (const [each, its] of [
      [window, session],
      [other, followed],
    ] as const) {
      await expect(each.whoAmI(its)).rejects.toBeInstanceOf(SignInRequiredError);
      expect(its.isSignInRequired).toBe(true);
    }
    const { changes } = window;

    expect(await window.sessions.signIn(await granted())).toBe(session);
    expect(session.isSignInRequired).toBe(false);
    expect(window.changes).toBeGreaterThan(changes);
    expect(await window.whoAmI(session)).toMatchObject({ id: EXTENSION.id });
    await expect.poll(() => states).toEqual([true, false]);
    expect(await other.whoAmI(followed)).toMatchObject({ id: EXTENSION.id });
  });

  test('signing in to an account that was signed in with a JWT keeps the session and forgets the JWT', async () => {
    const { server, clientId } = app;
    const { clientSecret, jwt } = emulator;
    const session = await window.sessions.signIn({ kind: 'jwt', server, clientId, clientSecret, jwt });
    const again = await window.sessions.signIn(await granted());
    expect(again).toBe(session);
    expect(again.kind).toBe('pkce');
    expect(secrets.text()).not.toContain(jwt);
    await admin.expireTokens('access');
    expect(await window.whoAmI(again)).toMatchObject({ id: EXTENSION.id });
  });
});

describe('several accounts', () => {
  let emulators: Emulator[];
  let signIns: JwtSignIn[];

  beforeEach(async () => {
    const options = { mediaDirectory: MEDIA_DIRECTORY, messages: 1 };
    emulators = [await startEmulator(options), await startEmulator(options)];
    signIns = emulators.map(({ url, mediaUrl, clientId, clientSecret, jwt }) => ({
      kind: 'jwt',
      server: { rest: url, media: mediaUrl },
      clientId,
      clientSecret,
      jwt,
    }));
  });

  afterEach(() => Promise.all(emulators.map((emulator) => emulator.stop())));

  async function signInToAll(): Promise<MailboxSession[]> {
    const all: MailboxSession[] = [];
    for (const how of signIns) all.push(await window.sessions.signIn(how));
    return [...all, await window.sessions.signIn({ kind: 'sample' })];
  }

  const idsIn = ({ sessions }: Window): string[] => sessions.all().map(({ id }) => id);

  test('work at the same time as each other and as the sample mailbox', async () => {
    const all = await signInToAll();
    expect(window.sessions.all()).toEqual(all);
    expect(new Set(all.map(({ accountId }) => accountId)).size).toBe(3);
    for (const session of all) {
      expect(await window.whoAmI(session)).toMatchObject({ id: EXTENSION.id });
      expect(window.sessions.get(session.id)).toBe(session);
    }
  });

  test('are listed in the order of their first sign-in, in every window and after a reload', async () => {
    const other = openWindow();
    const ids = (await signInToAll()).map(({ id }) => id);
    await window.sessions.signIn(signIns[0] ?? { kind: 'sample' });
    expect(idsIn(window)).toEqual(ids);
    await expect.poll(() => idsIn(other)).toEqual(ids);
    const reloaded = openWindow();
    await reloaded.sessions.restore();
    expect(idsIn(reloaded)).toEqual(ids);
  });

  test('are signed out one by one, and only the window that signs out is told what to do with the messages', async () => {
    const other = openWindow();
    const [first, second, sample] = await signInToAll();
    if (!first || !second || !sample) throw new Error('They are three');
    let left: readonly MailboxSession[] = [];
    window.sessions.onDidSignOut(() => (left = window.sessions.all()));
    await window.sessions.signOut(first.id, 'remove');
    expect(window.signedOut).toEqual([
      { accountId: first.accountId, label: LABEL, sample: false, server: 'another', messages: 'remove' },
    ]);
    expect(left).toEqual([second, sample]);
    await expect(first.tokens.accessToken()).rejects.toBeInstanceOf(SignInRequiredError);
    expect(await window.whoAmI(second)).toMatchObject({ id: EXTENSION.id });
    await expect.poll(() => idsIn(other)).toEqual([second.id, sample.id]);
    expect(other.signedOut).toEqual([]);
  });

  test('are all signed out by signOutAll, which ends their sessions at the servers and the sample server', async () => {
    const all = await signInToAll();
    await window.sessions.signOutAll('remove');
    expect(window.sessions.all()).toEqual([]);
    expect(secrets.secrets.size).toBe(0);
    expect(window.signedOut).toEqual(
      all.map(({ accountId, sample }) => ({
        accountId,
        label: LABEL,
        sample,
        server: sample ? 'sample' : 'another',
        messages: 'remove',
      })),
    );
    for (const emulator of emulators) {
      expect((await new EmulatorAdmin(emulator).state()).sessions).toBe(0);
    }
    await expect.poll(() => isServing(all[2]?.origins.rest ?? '')).toBe(false);
  });

  test('stay signed in when the sample mailbox is signed out', async () => {
    const [first, second, sample] = await signInToAll();
    await window.sessions.signOut(sample?.id ?? '');
    expect(window.sessions.all()).toEqual([first, second]);
    await expect.poll(() => isServing(sample?.origins.rest ?? '')).toBe(false);
  });
});

describe('with the sample mailbox', () => {
  test('signing in starts a server on this machine, with a media origin of its own', async () => {
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

  test('a session is restored after a reload, with a new server', async () => {
    const session = await window.sessions.signIn({ kind: 'sample' });
    await window.close();

    const reloaded = openWindow();
    await reloaded.sessions.restore();
    const restored = reloaded.sessions.all()[0];
    expect(restored?.id).toBe(session.id);
    expect(restored && (await reloaded.whoAmI(restored))).toMatchObject({ name: EXTENSION.name });
  });

  test('each of two windows has a server of its own', async () => {
    const other = openWindow();
    const session = await window.sessions.signIn({ kind: 'sample' });
    await expect.poll(() => other.sessions.all()[0]?.id).toBe(session.id);
    const followed = other.sessions.all()[0];
    expect(followed?.origins).not.toEqual(session.origins);
    expect(followed && (await other.whoAmI(followed))).toMatchObject({ name: EXTENSION.name });
  });

  test('a refused token is replaced by a new one', async () => {
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
    await expect.poll(() => isServing(server.rest)).toBe(false);
  });

  test('signing out stops the server', async () => {
    const session = await window.sessions.signIn({ kind: 'sample' });
    await window.sessions.signOut(session.id);
    await expect.poll(() => isServing(session.origins.rest)).toBe(false);
    expect(secrets.secrets.size).toBe(0);
  });
});

test('a stored session that cannot be read is not restored, and the log says so without its content', async () => {
  await secrets.store('session.broken', '{"version":1,"session":{"clientSecret":"hidden"}}');
  await window.sessions.restore();
  expect(window.sessions.all()[0]).toBeUndefined();
  expect(window.log.join()).toContain('cannot be read');
  expect(window.log.join()).not.toContain('hidden');
});
