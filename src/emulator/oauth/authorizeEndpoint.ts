import type { EmulatorRequest, Reply } from '../http';
import type { AuthorizationCodes } from './authorizationCodes';
import type { ClientRegistration } from './client';
import { consentPage } from './consentPage';
import { invalidRequest, OAuthError } from './oauthError';
import { readForm, readScope } from './tokenEndpoint';

const EDITOR_SCHEMES = ['vscode:', 'vscode-insiders:', 'code-oss:'];
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
const CHALLENGE = /^[A-Za-z0-9._~-]{43,128}$/;

/** `authorize`: shows the consent page, and takes the answer that its buttons post. */
export class AuthorizeEndpoint {
  constructor(
    private readonly client: ClientRegistration,
    private readonly codes: AuthorizationCodes,
  ) {}

  /** @throws OAuthError for a request that must not be answered by a redirect */
  handle(request: EmulatorRequest): Reply {
    const form = request.method === 'POST' ? readForm(request) : request.url.searchParams;
    if (form.get('client_id') !== this.client.clientId) {
      throw new OAuthError('unauthorized_client', 'OAU-101', 'Unknown client.');
    }
    const redirectUri = readRedirectUri(form);
    if (form.get('response_type') !== 'code') {
      return redirect(redirectUri, form, { error: 'unsupported_response_type' });
    }
    const challenge = readChallenge(form);
    const scope = readScope(form.get('scope'));
    const decision = request.method === 'POST' ? form.get('decision') : null;
    if (decision === null) return consentPage(form, scope);
    if (decision !== 'allow') return redirect(redirectUri, form, { error: 'access_denied' });
    return redirect(redirectUri, form, { code: this.codes.issue({ redirectUri, scope, challenge }) });
  }
}

function readRedirectUri(form: URLSearchParams): string {
  const text = form.get('redirect_uri') ?? '';
  if (!URL.canParse(text)) throw invalidRequest('redirect_uri');
  const { protocol, hostname } = new URL(text);
  const loopback = ['http:', 'https:'].includes(protocol) && LOOPBACK_HOSTS.includes(hostname);
  if (!loopback && !EDITOR_SCHEMES.includes(protocol)) throw invalidRequest('redirect_uri');
  return text;
}

function readChallenge(form: URLSearchParams): { method: 'plain' | 'S256'; value: string } | undefined {
  const value = form.get('code_challenge');
  if (value === null || value === '') return undefined;
  const method = form.get('code_challenge_method') ?? 'plain';
  if (method !== 'plain' && method !== 'S256') throw invalidRequest('code_challenge_method');
  if (!CHALLENGE.test(value)) throw invalidRequest('code_challenge');
  return { method, value };
}

function redirect(redirectUri: string, form: URLSearchParams, answer: Record<string, string>): Reply {
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) location.searchParams.set(name, value);
  const state = form.get('state');
  if (state !== null) location.searchParams.set('state', state);
  return { status: 302, headers: { location: location.href, 'cache-control': 'no-store' } };
}
