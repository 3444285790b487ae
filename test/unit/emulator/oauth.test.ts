import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import type { Emulator } from '../../../src/emulator/emulator';
import {
  type Answer,
  basicAuthorization,
  type ErrorBody,
  EXTENSION_PATH,
  requestToken,
  send,
  startTestEmulator,
  type TestEmulator,
} from './testEmulator';

interface TokenBody {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly refresh_token_expires_in?: number;
  readonly session_id: string;
}

interface OAuthErrorBody extends ErrorBody {
  readonly error: string;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const AUTHORIZE = '/restapi/oauth/authorize';
const REDIRECT_URI = 'vscode://mailbox-for-ringcentral.ringcentral-mailbox/signed-in?windowId=3';
const VERIFIER = 'a-code-verifier-that-is-long-enough-to-be-valid';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

async function signIn(emulator: Emulator, form: Readonly<Record<string, string>> = {}): Promise<TokenBody> {
  const answer = await requestToken(emulator, { grant_type: JWT_BEARER, assertion: emulator.jwt, ...form });
  expect(answer.status, answer.text).toBe(200);
  return answer.json<TokenBody>();
}

function refresh(emulator: Emulator, refreshToken = ''): Promise<Answer> {
  return requestToken(emulator, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

async function refreshed(emulator: Emulator, refreshToken?: string): Promise<TokenBody> {
  const answer = await refresh(emulator, refreshToken);
  expect(answer.status, answer.text).toBe(200);
  return answer.json<TokenBody>();
}

function use(emulator: Emulator, accessToken: string): Promise<Answer> {
  return send(emulator, 'GET', EXTENSION_PATH, { headers: { authorization: `Bearer ${accessToken}` } });
}

function authorizationRequest({ clientId }: Emulator, more: Readonly<Record<string, string>> = {}) {
  return {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    state: 'a state & more',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...more,
  };
}

async function consent(emulator: Emulator, form: Readonly<Record<string, string>> = {}): Promise<URL> {
  const body = new URLSearchParams({ decision: 'allow', ...authorizationRequest(emulator, form) });
  const answer = await send(emulator, 'POST', AUTHORIZE, { body });
  expect(answer.status, answer.text).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

async function consentCode(emulator: Emulator, form: Readonly<Record<string, string>> = {}): Promise<string> {
  return (await consent(emulator, form)).searchParams.get('code') ?? '';
}

function exchange(
  emulator: Emulator,
  code: string,
  form: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const defaults = { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
  return requestToken(emulator, { ...defaults, client_id: emulator.clientId, code, ...form }, {});
}

describe('the JWT grant', () => {
  it('returns tokens with their lifetimes, the owner_id and a session_id', async () => {
    const { emulator } = await startTestEmulator();
    const answer = await requestToken(emulator, { grant_type: JWT_BEARER, assertion: emulator.jwt });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.json()).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token_expires_in: 604_800,
      scope: 'ReadMessages EditMessages ReadAccounts EditAccounts WebSocketsSubscription',
      owner_id: '400131426008',
      access_token: expect.any(String) as string,
      refresh_token: expect.any(String) as string,
      session_id: expect.any(String) as string,
    });
  });

  it('returns the endpoint_id and applies the requested token lifetimes', async () => {
    const { emulator } = await startTestEmulator();
    const form = { endpoint_id: 'window-1', access_token_ttl: '600', refresh_token_ttl: '7200' };
    const expected = { endpoint_id: 'window-1', expires_in: 600, refresh_token_expires_in: 7200 };
    expect(await signIn(emulator, form)).toMatchObject(expected);
  });

  it.each([
    ['0', 600],
    ['599', 600],
    ['3601', 3600],
  ])(
    'changes an access_token_ttl of %s to %i seconds, the nearest lifetime from 10 minutes to an hour',
    async (access_token_ttl, expected) => {
      const { emulator } = await startTestEmulator();
      expect((await signIn(emulator, { access_token_ttl })).expires_in).toBe(expected);
    },
  );

  it('returns a refresh token that is valid for 30 days at most, and none when refresh_token_ttl is 0', async () => {
    const { emulator } = await startTestEmulator();
    const long = await signIn(emulator, { refresh_token_ttl: '2592001' });
    expect(long.refresh_token_expires_in).toBe(2_592_000);
    expect(await signIn(emulator, { refresh_token_ttl: '0' })).not.toHaveProperty('refresh_token');
  });

  it.each(['access_token_ttl', 'refresh_token_ttl'])('refuses %s when it is not a number', async (name) => {
    const { emulator } = await startTestEmulator();
    const form = { grant_type: JWT_BEARER, assertion: emulator.jwt, [name]: 'long' };
    const answer = await requestToken(emulator, form);
    expect(answer.status).toBe(400);
    expect(answer.json<OAuthErrorBody>().error).toBe('invalid_request');
  });

  it('refuses an unknown assertion with 400 invalid_grant', async () => {
    const { emulator } = await startTestEmulator();
    const answer = await requestToken(emulator, { grant_type: JWT_BEARER, assertion: `${emulator.jwt}x` });
    expect(answer.status).toBe(400);
    expect(answer.json<OAuthErrorBody>()).toMatchObject({ error: 'invalid_grant', errors: [{}] });
  });

  it('refuses a client without valid credentials with 401 invalid_client', async () => {
    const { emulator } = await startTestEmulator();
    const form = { grant_type: JWT_BEARER, assertion: emulator.jwt, client_id: emulator.clientId };
    const wrong = basicAuthorization({ ...emulator, clientSecret: 'wrong' });
    for (const headers of [{}, wrong, { authorization: 'Bearer x' }]) {
      const answer = await requestToken(emulator, form, headers);
      expect(answer.status).toBe(401);
      expect(answer.json<OAuthErrorBody>().error).toBe('invalid_client');
    }
  });

  it('grants only the requested scope, and refuses an unknown one with invalid_scope', async () => {
    const { emulator } = await startTestEmulator();
    const tokens = await signIn(emulator, { scope: 'ReadMessages' });
    const answer = await use(emulator, tokens.access_token);
    expect(answer.status).toBe(403);
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-401', permissionName: 'ReadAccounts' });
    const form = { grant_type: JWT_BEARER, assertion: emulator.jwt, scope: 'ReadMessages SendRockets' };
    expect((await requestToken(emulator, form)).json<OAuthErrorBody>().error).toBe('invalid_scope');
  });

  it('returns no refresh token when refresh tokens are switched off for the app', async () => {
    const { emulator, admin } = await startTestEmulator();
    await admin.changeSettings({ refreshTokens: false });
    const tokens = await signIn(emulator);
    expect(tokens).not.toHaveProperty('refresh_token');
    expect(tokens).not.toHaveProperty('refresh_token_expires_in');
  });
});

describe('the token endpoint', () => {
  it('refuses an unsupported grant_type, and a body that is not a form with 415', async () => {
    const { emulator } = await startTestEmulator();
    const answer = await requestToken(emulator, { grant_type: 'password' });
    expect(answer.json<OAuthErrorBody>().error).toBe('unsupported_grant_type');
    const json = { grant_type: 'refresh_token' };
    expect((await send(emulator, 'POST', '/restapi/oauth/token', { json })).status).toBe(415);
  });

  it('ends the oldest session when there are more than five', async () => {
    const { emulator } = await startTestEmulator();
    const oldest = await signIn(emulator);
    for (let count = 0; count < 4; count++) await signIn(emulator);
    expect((await use(emulator, oldest.access_token)).status).toBe(200);
    await signIn(emulator);
    expect((await use(emulator, oldest.access_token)).status).toBe(401);
  });
});

describe('an access token', () => {
  it('is required: a request without one is answered with 401 and WWW-Authenticate', async () => {
    const { emulator } = await startTestEmulator();
    const answer = await send(emulator, 'GET', EXTENSION_PATH);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
  });

  it('is refused with 401 OAU-129 when it is unknown', async () => {
    const { emulator } = await startTestEmulator();
    const answer = await use(emulator, 'unknown');
    expect(answer.status).toBe(401);
    expect(answer.json<ErrorBody>().errorCode).toBe('OAU-129');
  });

  it('is refused with 401 OAU-128 when its lifetime is over', async () => {
    const { emulator, admin } = await startTestEmulator();
    const { access_token } = await signIn(emulator);
    await admin.advanceClock(3599);
    expect((await use(emulator, access_token)).status).toBe(200);
    await admin.advanceClock(1);
    const answer = await use(emulator, access_token);
    expect(answer.status).toBe(401);
    expect(answer.json<ErrorBody>().errorCode).toBe('OAU-128');
  });

  it('is accepted in the query', async () => {
    const { emulator, accessToken } = await startTestEmulator();
    expect((await send(emulator, 'GET', `${EXTENSION_PATH}?access_token=${accessToken}`)).status).toBe(200);
  });

  it('can be expired through the admin API while the refresh token stays valid', async () => {
    const { emulator, admin } = await startTestEmulator();
    const tokens = await signIn(emulator);
    await admin.expireTokens('access');
    expect((await use(emulator, tokens.access_token)).json<ErrorBody>().errorCode).toBe('OAU-128');
    const { access_token } = await refreshed(emulator, tokens.refresh_token);
    expect((await use(emulator, access_token)).status).toBe(200);
  });
});

describe('refreshing tokens', () => {
  it('returns new tokens of the same session and invalidates the old access token at once', async () => {
    const { emulator } = await startTestEmulator();
    const old = await signIn(emulator);
    const fresh = await refreshed(emulator, old.refresh_token);
    expect(fresh.session_id).toBe(old.session_id);
    expect(fresh.access_token).not.toBe(old.access_token);
    expect(fresh.refresh_token).not.toBe(old.refresh_token);
    const answer = await use(emulator, old.access_token);
    expect(answer.status).toBe(401);
    expect(answer.json<ErrorBody>().errorCode).toBe('OAU-149');
    expect((await use(emulator, fresh.access_token)).status).toBe(200);
  });

  it('returns the same tokens again within 10 seconds of the first use of the new access token', async () => {
    const { emulator, admin } = await startTestEmulator();
    const old = await signIn(emulator);
    const fresh = await refreshed(emulator, old.refresh_token);
    await use(emulator, fresh.access_token);
    await admin.advanceClock(9);
    await use(emulator, fresh.access_token);
    const again = await refreshed(emulator, old.refresh_token);
    expect(again).toMatchObject({ access_token: fresh.access_token, refresh_token: fresh.refresh_token });
    expect(again.expires_in).toBe(3591);
    await admin.advanceClock(1);
    const answer = await refresh(emulator, old.refresh_token);
    expect(answer.status).toBe(400);
    expect(answer.json<OAuthErrorBody>().error).toBe('invalid_grant');
  });

  it('returns the same tokens again for 60 minutes when the new access token is never used', async () => {
    const { emulator, admin } = await startTestEmulator();
    const old = await signIn(emulator);
    const fresh = await refreshed(emulator, old.refresh_token);
    await admin.advanceClock(60 * 60 - 1);
    expect((await refreshed(emulator, old.refresh_token)).access_token).toBe(fresh.access_token);
    await admin.advanceClock(1);
    expect((await refresh(emulator, old.refresh_token)).status).toBe(400);
  });

  it('returns the same tokens to concurrent requests', async () => {
    const { emulator } = await startTestEmulator();
    const old = await signIn(emulator);
    const all = await Promise.all([1, 2, 3].map(() => refreshed(emulator, old.refresh_token)));
    expect(new Set(all.map(({ access_token }) => access_token)).size).toBe(1);
  });

  it('is refused with invalid_grant for a refresh token that is unknown, too old or expired by the admin API', async () => {
    const { emulator, admin } = await startTestEmulator();
    expect((await refresh(emulator, 'unknown')).json<OAuthErrorBody>().error).toBe('invalid_grant');
    const { refresh_token } = await signIn(emulator, { refresh_token_ttl: '60' });
    await admin.advanceClock(60);
    expect((await refresh(emulator, refresh_token)).json<OAuthErrorBody>().error).toBe('invalid_grant');
    const other = await signIn(emulator);
    await admin.expireTokens('refresh');
    expect((await use(emulator, other.access_token)).status).toBe(200);
    expect((await refresh(emulator, other.refresh_token)).json<OAuthErrorBody>().error).toBe('invalid_grant');
  });

  it('requires the client secret for a session that was started with it', async () => {
    const { emulator } = await startTestEmulator();
    const { refresh_token = '' } = await signIn(emulator);
    const form = { grant_type: 'refresh_token', refresh_token, client_id: emulator.clientId };
    expect((await requestToken(emulator, form, {})).json<OAuthErrorBody>().error).toBe('invalid_grant');
    expect((await requestToken(emulator, form)).status).toBe(200);
  });
});

describe('revoking a token', () => {
  it.each(['access_token', 'refresh_token'] as const)('ends the session of the %s', async (name) => {
    const { emulator } = await startTestEmulator();
    const tokens = await signIn(emulator);
    const body = new URLSearchParams({ token: tokens[name] ?? '' });
    const answer = await send(emulator, 'POST', '/restapi/oauth/revoke', {
      body,
      headers: basicAuthorization(emulator),
    });
    expect(answer.status).toBe(200);
    expect((await use(emulator, tokens.access_token)).status).toBe(401);
    expect((await refresh(emulator, tokens.refresh_token)).status).toBe(400);
  });

  it('accepts the token in the query, and answers 200 for an unknown token', async () => {
    const { emulator } = await startTestEmulator();
    const tokens = await signIn(emulator);
    const headers = basicAuthorization(emulator);
    for (const token of [tokens.access_token, tokens.access_token, 'unknown']) {
      const answer = await send(emulator, 'POST', `/restapi/oauth/revoke?token=${token}`, {
        headers,
        body: new URLSearchParams(),
      });
      expect(answer.status).toBe(200);
    }
    expect((await use(emulator, tokens.access_token)).status).toBe(401);
  });

  it('is refused with 401 without a client and with 400 without a token', async () => {
    const { emulator } = await startTestEmulator();
    const body = new URLSearchParams({ token: 'x' });
    expect((await send(emulator, 'POST', '/restapi/oauth/revoke', { body })).status).toBe(401);
    const nothing = { body: new URLSearchParams(), headers: basicAuthorization(emulator) };
    expect((await send(emulator, 'POST', '/restapi/oauth/revoke', nothing)).status).toBe(400);
  });
});

describe('the authorization code flow', () => {
  it('shows a consent page with the parameters of the request and a button for each decision', async () => {
    const { emulator } = await startTestEmulator();
    const answer = await send(emulator, 'GET', AUTHORIZE, { query: authorizationRequest(emulator) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.text).toContain('<button name="decision" value="allow"');
    expect(answer.text).toContain('<button name="decision" value="deny"');
    expect(answer.text).toContain('name="state" value="a state &amp; more"');
    const body = new URLSearchParams(authorizationRequest(emulator));
    expect((await send(emulator, 'POST', AUTHORIZE, { body })).text).toBe(answer.text);
  });

  it('redirects with code and state, and exchanges the code for a session without a client secret', async () => {
    const { emulator } = await startTestEmulator();
    const location = await consent(emulator);
    expect(location.href).toMatch(
      /^vscode:\/\/mailbox-for-ringcentral\.ringcentral-mailbox\/signed-in\?windowId=3&/,
    );
    expect(location.searchParams.get('state')).toBe('a state & more');
    const answer = await exchange(emulator, location.searchParams.get('code') ?? '');
    expect(answer.status, answer.text).toBe(200);
    const tokens = answer.json<TokenBody>();
    expect((await use(emulator, tokens.access_token)).status).toBe(200);
    const form = {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
      client_id: emulator.clientId,
    };
    expect((await requestToken(emulator, form, {})).status).toBe(200);
  });

  it('takes "plain" as the default of code_challenge_method', async () => {
    const { emulator } = await startTestEmulator();
    const body = new URLSearchParams({ decision: 'allow', ...authorizationRequest(emulator) });
    body.set('code_challenge', VERIFIER);
    body.delete('code_challenge_method');
    const answer = await send(emulator, 'POST', AUTHORIZE, { body });
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect((await exchange(emulator, code)).status).toBe(200);
  });

  it.each([
    ['another code_verifier', { code_verifier: `${VERIFIER}x` }],
    ['an empty code_verifier', { code_verifier: '' }],
    ['another redirect_uri', { redirect_uri: 'vscode://somebody.else/' }],
  ])('refuses %s with 400 invalid_grant and invalidates the code', async (_, form) => {
    const { emulator } = await startTestEmulator();
    const code = await consentCode(emulator);
    const refused = await exchange(emulator, code, form);
    expect(refused.status).toBe(400);
    expect(refused.json<OAuthErrorBody>().error).toBe('invalid_grant');
    expect((await exchange(emulator, code)).status).toBe(400);
  });

  it('refuses an unknown code with 400 invalid_grant', async () => {
    const { emulator } = await startTestEmulator();
    const refused = await exchange(emulator, 'x');
    expect(refused.status).toBe(400);
    expect(refused.json<OAuthErrorBody>().error).toBe('invalid_grant');
  });

  it('refuses a code that was used before or is five minutes old', async () => {
    const { emulator, admin } = await startTestEmulator();
    const used = await consentCode(emulator);
    await exchange(emulator, used);
    expect((await exchange(emulator, used)).status).toBe(400);
    const old = await consentCode(emulator);
    await admin.advanceClock(5 * 60);
    expect((await exchange(emulator, old)).status).toBe(400);
  });

  it('requires the client secret from a client that does not use PKCE', async () => {
    const { emulator } = await startTestEmulator();
    const form = {
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT_URI,
      client_id: emulator.clientId,
    };
    const withoutPkce = { code_challenge: '' };
    const open = await requestToken(
      emulator,
      { ...form, code: await consentCode(emulator, withoutPkce) },
      {},
    );
    expect(open.status).toBe(400);
    const proven = await requestToken(emulator, { ...form, code: await consentCode(emulator, withoutPkce) });
    expect(proven.status).toBe(200);
  });

  it('redirects with access_denied and without a code when the user denies', async () => {
    const { emulator } = await startTestEmulator();
    const location = await consent(emulator, { decision: 'deny' });
    expect(location.searchParams.get('error')).toBe('access_denied');
    expect(location.searchParams.get('state')).toBe('a state & more');
    expect(location.searchParams.has('code')).toBe(false);
  });

  it.each([
    'vscode-insiders://a.b/c',
    'code-oss://a.b/c',
    'http://127.0.0.1:1234/cb',
    'http://localhost:1/',
    'https://[::1]/cb',
  ])('accepts the redirect_uri of an editor or of the loopback interface: %s', async (redirect_uri) => {
    const { emulator } = await startTestEmulator();
    expect((await consent(emulator, { redirect_uri })).searchParams.has('code')).toBe(true);
  });

  it.each(['https://example.com/cb', 'javascript:alert(1)', 'file:///etc/passwd', 'nonsense', ''])(
    'refuses any other redirect_uri with 400 invalid_request and does not redirect to it: "%s"',
    async (redirect_uri) => {
      const { emulator } = await startTestEmulator();
      const query = authorizationRequest(emulator, { redirect_uri });
      const answer = await send(emulator, 'GET', AUTHORIZE, { query });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('location')).toBeNull();
      expect(answer.json<OAuthErrorBody>().error).toBe('invalid_request');
    },
  );

  it('refuses an unknown client_id with 400 and another response_type with unsupported_response_type', async () => {
    const { emulator } = await startTestEmulator();
    const unknown = authorizationRequest(emulator, { client_id: 'x' });
    expect((await send(emulator, 'GET', AUTHORIZE, { query: unknown })).status).toBe(400);
    const token = authorizationRequest(emulator, { response_type: 'token' });
    const answer = await send(emulator, 'GET', AUTHORIZE, { query: token });
    expect(answer.headers.get('location')).toContain('error=unsupported_response_type');
  });

  it('answers 400 when the code_challenge is too short', async () => {
    const { emulator } = await startTestEmulator();
    const query = authorizationRequest(emulator, { code_challenge: 'short' });
    expect((await send(emulator, 'GET', AUTHORIZE, { query })).status).toBe(400);
  });
});

it('reading the extension returns the id, name, number and account of the user who is signed in', async () => {
  const test: TestEmulator = await startTestEmulator();
  expect((await test.get(EXTENSION_PATH)).json()).toMatchObject({
    id: 400_131_426_008,
    name: 'Robin Whitlock',
    extensionNumber: '101',
    account: { id: '400131400008' },
  });
});
