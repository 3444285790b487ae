import { EXTENSION } from '../account';
import { type Clock, DAY, HOUR, MINUTE, SECOND } from '../clock';
import { type EmulatorRequest, jsonReply, type Reply } from '../http';
import { APP_PERMISSIONS } from '../permissions';
import { RequestError } from '../requestError';
import type { AuthorizationCodes } from './authorizationCodes';
import type { ClientRegistration } from './client';
import { authenticateClient } from './clientAuthentication';
import { invalidClient, invalidGrant, invalidRequest, OAuthError } from './oauthError';
import type { Lifetimes, Session, Sessions } from './sessions';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** `getToken` and `revokeToken`. */
export class TokenEndpoint {
  constructor(
    private readonly client: ClientRegistration,
    private readonly sessions: Sessions,
    private readonly codes: AuthorizationCodes,
    private readonly clock: Clock,
  ) {}

  /** @throws RequestError */
  token(request: EmulatorRequest): Reply {
    const form = readForm(request);
    const { confidential } = authenticateClient(this.client, request.headers.authorization, form);
    const session = this.#grant(form, confidential);
    return jsonReply(200, this.#tokenInfo(session), { 'cache-control': 'no-store' });
  }

  /** @throws RequestError */
  revoke(request: EmulatorRequest): Reply {
    const form = request.body.length > 0 ? readForm(request) : new URLSearchParams();
    authenticateClient(this.client, request.headers.authorization, form);
    const token = form.get('token') ?? request.query.string('token');
    if (!token) throw invalidRequest('token');
    this.sessions.revoke(token);
    return { status: 200 };
  }

  #grant(form: URLSearchParams, confidential: boolean): Session {
    const lifetimes = readLifetimes(form);
    const endpointId = form.get('endpoint_id') ?? undefined;
    switch (form.get('grant_type')) {
      case JWT_BEARER: {
        if (!confidential) throw invalidClient('This grant type needs client authentication.');
        if (form.get('assertion') !== this.client.jwt) throw invalidGrant('OAU-145', 'Assertion is invalid.');
        return this.sessions.start(
          { scope: readScope(form.get('scope')), confidential, endpointId },
          lifetimes,
        );
      }
      case 'authorization_code': {
        const { scope } = this.codes.redeem(
          required(form, 'code'),
          form.get('redirect_uri'),
          form.get('code_verifier'),
          confidential,
        );
        return this.sessions.start({ scope, confidential, endpointId }, lifetimes);
      }
      case 'refresh_token':
        return this.sessions.refresh(required(form, 'refresh_token'), confidential, lifetimes);
      default:
        throw new OAuthError('unsupported_grant_type', 'OAU-250', 'Grant type is missing or not supported.');
    }
  }

  #tokenInfo({ id, endpointId, scope, tokens }: Session): object {
    const secondsUntil = (time: number): number =>
      Math.max(0, Math.floor((time - this.clock.now()) / SECOND));
    return {
      access_token: tokens.accessToken,
      token_type: 'bearer',
      expires_in: secondsUntil(tokens.accessTokenExpiresAt),
      ...(tokens.refreshToken !== undefined && {
        refresh_token: tokens.refreshToken,
        refresh_token_expires_in: secondsUntil(tokens.refreshTokenExpiresAt),
      }),
      scope: scope.join(' '),
      owner_id: EXTENSION.id,
      endpoint_id: endpointId,
      session_id: id,
    };
  }
}

/**
 * The app permissions asked for; all of the app's by default.
 * @throws OAuthError (invalid_scope) for one that the app does not have
 */
export function readScope(scope: string | null): readonly string[] {
  const wanted = (scope ?? '').split(' ').filter((permission) => permission !== '');
  if (wanted.length === 0) return APP_PERMISSIONS;
  if (!wanted.every((permission) => APP_PERMISSIONS.some((known) => known === permission))) {
    throw new OAuthError('invalid_scope', 'OAU-150', 'The app does not have this permission.');
  }
  return wanted;
}

export function readForm(request: EmulatorRequest): URLSearchParams {
  if (!request.headers['content-type']?.startsWith(FORM_TYPE)) {
    throw new RequestError(415, 'OAU-109', `Content-Type must be ${FORM_TYPE}.`);
  }
  return new URLSearchParams(request.body.toString());
}

/** Lifetimes out of range are brought into it, because the API's own SDK asks for 0 when it renews an expired token. */
function readLifetimes(form: URLSearchParams): Lifetimes {
  const access = readSeconds(form, 'access_token_ttl') ?? HOUR;
  const refresh = readSeconds(form, 'refresh_token_ttl') ?? 7 * DAY;
  return { access: Math.min(Math.max(access, 10 * MINUTE), HOUR), refresh: Math.min(refresh, 30 * DAY) };
}

/** A number of seconds as ms. @throws OAuthError for what is no number */
function readSeconds(form: URLSearchParams, name: string): number | undefined {
  const text = form.get(name);
  if (text === null || text === '') return undefined;
  if (!/^-?\d+$/.test(text)) throw invalidRequest(name);
  return Number(text) * SECOND;
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw invalidRequest(name);
  return value;
}
