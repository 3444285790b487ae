import { describe, expect, it, vi } from 'vitest';
import { ApiError, BrowserSignInError, NetworkError, SignInRequiredError } from '../../../src/api/errors';
import { networkFailure } from '../../../src/api/networkFailure';
import { refusalText } from '../../../src/auth/refusalText';
import { PRODUCTION, SANDBOX } from '../../../src/auth/serverAddress';
import type { BrowserSignIn, JwtSignIn } from '../../../src/auth/signIn';
import { describeError } from '../../../src/display/describeError';

vi.mock('vscode', async () => ({ ...(await import('../fakeVscode')), env: { language: 'en' } }));

const NOW = Date.parse('2026-06-17T09:30:00.000Z');
const HOUR = 60 * 60_000;

function jwtOf(claims: object): string {
  return ['{"alg":"RS256"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
}

const LIVING = { aud: `${PRODUCTION.rest}/restapi/oauth/token`, exp: (NOW + HOUR) / 1000 };

function byJwt(claims: object = LIVING, server = PRODUCTION): JwtSignIn {
  return { kind: 'jwt', server, clientId: 'client', clientSecret: 'secret', jwt: jwtOf(claims) };
}

const BY_BROWSER: BrowserSignIn = { kind: 'pkce', server: PRODUCTION, clientId: 'client' };

function refused(reason: string, errorCode?: string, clockOffset?: number): SignInRequiredError {
  return new SignInRequiredError('In the words of the server', { reason, errorCode, clockOffset });
}

describe('a sign-in that the token endpoint refuses says what to do:', () => {
  it.each([
    [
      'an unknown client ID',
      BY_BROWSER,
      refused('invalid_client', 'OAU-153'),
      /doesn't recognize this client ID on this server.*Sandbox apps don't work in production/,
    ],
    [
      'an app that may not use JWT',
      byJwt(),
      refused('unauthorized_client', 'OAU-251'),
      /JWT authentication.*may not be released yet, or may be blocked/,
    ],
    [
      'an app that may not use the browser',
      BY_BROWSER,
      refused('unauthorized_client', 'OAU-112'),
      /3-legged OAuth/,
    ],
    [
      'a redirect URI that is not registered',
      BY_BROWSER,
      refused('invalid_grant', 'OAU-109'),
      /The redirect URI used here isn't registered for the app\. Register it/,
    ],
    [
      'no registered redirect URI at all',
      BY_BROWSER,
      refused('invalid_client', 'OAU-113'),
      /The redirect URI used here isn't registered for the app\. Register it/,
    ],
    [
      'an app that is not released',
      byJwt(),
      refused('invalid_client', 'OAU-127'),
      /isn't released for this server, or it was blocked.*only in the sandbox/,
    ],
    [
      'a suspended account',
      byJwt(),
      refused('invalid_grant', 'OAU-142'),
      /account is suspended or inactive\. Contact its administrator/,
    ],
    [
      'a disabled extension',
      byJwt(),
      refused('invalid_grant', 'OAU-141'),
      /extension is disabled or no longer exists/,
    ],
    [
      'an extension without a mailbox',
      byJwt(),
      refused('invalid_grant', 'OAU-105'),
      /type of extension can't sign in/,
    ],
    [
      'a company that requires single sign-on',
      BY_BROWSER,
      refused('invalid_grant', 'OAU-148'),
      /requires single sign-on\. Sign in with the browser, and choose/,
    ],
    [
      'a locked login',
      BY_BROWSER,
      refused('invalid_grant', 'OAU-147'),
      /too many attempts\. Wait half an hour/,
    ],
    [
      'a code that was used already',
      BY_BROWSER,
      refused('invalid_grant', 'OAU-108'),
      /has expired or was already used/,
    ],
    [
      'an app without the permission',
      BY_BROWSER,
      refused('invalid_scope'),
      /lacks a permission.*Read Messages, Edit Messages, and Read Accounts/,
    ],
    [
      'a JWT of another app',
      byJwt(),
      refused('invalid_grant', 'OAU-145'),
      /belong to another app: a credential can be limited to certain client IDs/,
    ],
    [
      'a JWT that has expired',
      byJwt({ ...LIVING, exp: (NOW - 48 * HOUR) / 1000 }),
      refused('invalid_grant'),
      /expired on .*June 15, 2026\. Create another one/,
    ],
    [
      'a JWT of the sandbox at the production server',
      byJwt({ ...LIVING, aud: SANDBOX.rest }),
      refused('invalid_client'),
      /created for platform\.devtest\.ringcentral\.com, but you tried to sign in to platform\.ringcentral\.com/,
    ],
    [
      'a JWT of production at the sandbox',
      byJwt({ iss: PRODUCTION.rest }, SANDBOX),
      refused('invalid_grant'),
      /created for platform\.ringcentral\.com, but you tried to sign in to platform\.devtest/,
    ],
    [
      'anything else, in the browser',
      BY_BROWSER,
      refused('invalid_request'),
      /client secret or another redirect URI/,
    ],
  ] as const)('%s', (_who, how, error, sentence) => {
    const text = refusalText(error, how, NOW);
    expect(text).toMatch(sentence);
    expect(text).not.toContain('words of the server');
    expect(text).not.toContain('clock');
  });

  it('a clock that is far off', () => {
    const late = refused('invalid_grant', undefined, -3 * HOUR);
    expect(refusalText(late, byJwt(), NOW - 3 * HOUR)).toMatch(/computer's clock is 3 hours behind/);
    const early = refused('invalid_grant', undefined, 26 * HOUR);
    const text = refusalText(early, byJwt(), NOW + 26 * HOUR);
    expect(text).toMatch(/computer's clock is 26 hours ahead/);
    expect(text, 'it has not expired by the time of the server').not.toContain('expired on');
  });

  it.each([
    ['no payload', 'a..c'],
    ['no JSON', `a.${Buffer.from('{').toString('base64url')}.c`],
    ['claims of other types', jwtOf({ exp: '1', aud: 7, iss: ['x'] })],
    ['an address that is none', jwtOf({ exp: -1, aud: 'ringcentral' })],
    ['an address elsewhere', jwtOf({ exp: 1e300, aud: 'https://evil.example/' })],
  ])('a JWT with %s', (_what, jwt) => {
    expect(refusalText(refused('invalid_grant'), { ...byJwt(), jwt }, NOW)).toMatch(
      /refused the JWT credential/,
    );
  });
});

describe('what goes wrong before and after it says what to do, too:', () => {
  it.each([
    [
      'nothing comes back',
      new BrowserSignInError('timeout', 'http://127.0.0.1:31415/callback'),
      /OAU-109 or OAU-113, register this redirect URI.*http:\/\/127\.0\.0\.1:31415\/callback/,
    ],
    [
      'the app may not ask',
      new BrowserSignInError('refused', 'unauthorized_client'),
      /isn't allowed to sign in this way/,
    ],
    ['the app asks for too much', new BrowserSignInError('refused', 'invalid_scope'), /lacks a permission/],
    [
      'somebody has to log in elsewhere',
      new BrowserSignInError('refused', 'login_required'),
      /single sign-on/,
    ],
    ['the server has trouble', new BrowserSignInError('refused', 'server_error'), /temporarily unavailable/],
    [
      'another reason',
      new BrowserSignInError('refused', 'invalid_request'),
      /refused the sign-in \(invalid_request\)/,
    ],
    [
      'the app lacks a permission',
      new ApiError({ status: 403, errorCode: 'CMN-401', permission: 'ReadMessages' }),
      /lacks a required permission: ReadMessages\. Its owner can add it/,
    ],
    [
      'the extension has no mailbox',
      new ApiError({ status: 403, errorCode: 'CMN-403' }),
      /isn't available for your extension \(CMN-403\)/,
    ],
    [
      'the account was suspended meanwhile',
      new ApiError({ status: 401, errorCode: 'OAU-142' }),
      /account is suspended/,
    ],
    ['the account was suspended meanwhile', refused('invalid_grant', 'OAU-142'), /account is suspended/],
    ['the sign-in has ended', refused('invalid_grant', 'OAU-211'), /Sign in again/],
  ] as const)('%s', (_what, error, sentence) => {
    expect(describeError(error)).toMatch(sentence);
  });

  it.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])('a certificate that is not valid now (%s)', (code) => {
    const failure = networkFailure(Object.assign(new Error('certificate'), { code }));
    expect(describeError(new NetworkError({ host: 'platform.example.com', failure }))).toMatch(
      /According to this computer's clock, the certificate of platform\.example\.com has expired or isn't valid yet\. Check/,
    );
  });
});
