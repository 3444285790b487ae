import {
  type AuthorizationServer,
  authorizationCodeGrantRequest,
  type Client,
  type ClientAuth,
  genericTokenEndpointRequest,
  refreshTokenGrantRequest,
  revocationRequest,
  type TokenEndpointRequestOptions,
} from 'oauth4webapi';
import type { CodeGrant } from './authorization';
import {
  authorizationServer,
  clientAuthentication,
  type ClientCredentials,
  sentBy,
} from './authorizationServer';
import { errorDetails, isOfRingCentral, retryAfter } from './errorBody';
import { ApiError, NetworkError, SignInRequiredError } from './errors';
import type { HttpClient } from './httpClient';
import { parseJson } from './json';
import { countOf, defined, idOf, recordOf, textOf } from './lenient';
import { MONOTONIC } from './rateLimits';
import { RateGroups } from './rateGroups';
import type { Clock } from './rateLimiter';

export type { ClientCredentials };

export interface TokenSet {
  readonly accessToken: string;
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly accessTokenExpiresAt: number;
  /** Missing if the app is not given any. */
  readonly refreshToken?: string;
  /** Milliseconds since the epoch. */
  readonly refreshTokenExpiresAt?: number;
  /** Id of the extension that the tokens are for. */
  readonly ownerId?: string;
  /** Permissions of the app, separated by spaces. */
  readonly scope?: string;
}

/** Sends the request for one kind of grant. */
type GrantRequest = (
  server: AuthorizationServer,
  client: Client,
  authentication: ClientAuth,
  options: TokenEndpointRequestOptions,
) => Promise<Response>;

const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const MAX_TRIES = 3;
/** Milliseconds between tries. */
const RETRY_DELAY = 10_000;
/** Seconds to wait after 429 or 503 without `Retry-After`. */
const DEFAULT_PENALTY = 30;

/**
 * Signs in with a JWT credential.
 * @param rest origin of the server
 * @throws SignInRequiredError if the server does not accept the credential
 * @throws ApiError of kind temporary or rateLimited, NetworkError, UntrustedOriginError, CancelledError as `Transport.send`
 */
export async function requestTokenByJwt(
  http: HttpClient,
  rest: string,
  client: ClientCredentials,
  jwt: string,
  signal?: AbortSignal,
  clock?: Clock,
  rates?: RateGroups,
): Promise<TokenSet> {
  const request: GrantRequest = (server, app, authentication, options) =>
    genericTokenEndpointRequest(server, app, authentication, JWT_GRANT, { assertion: jwt }, options);
  return requestToken(http, rest, client, request, signal, clock, rates);
}

/**
 * Exchanges what the user has granted in the browser for tokens.
 * @throws SignInRequiredError if the server does not accept the code, the app, or its proof that it asked for the code
 * and as `requestTokenByJwt` otherwise
 */
export async function requestTokenByCode(
  http: HttpClient,
  rest: string,
  client: ClientCredentials,
  { answer, redirectUri, codeVerifier }: CodeGrant,
  signal?: AbortSignal,
  clock?: Clock,
  rates?: RateGroups,
): Promise<TokenSet> {
  const request: GrantRequest = (server, app, authentication, options) =>
    authorizationCodeGrantRequest(server, app, authentication, answer, redirectUri, codeVerifier, options);
  return requestToken(http, rest, client, request, signal, clock, rates);
}

/**
 * Exchanges a refresh token for new tokens. To ask again after an answer got lost is safe: for a while the server gives
 * the same ones (FACTS, Hosts and authorization).
 * @throws SignInRequiredError if the server does not accept the refresh token
 * and as `requestTokenByJwt` otherwise
 */
export async function requestTokenByRefresh(
  http: HttpClient,
  rest: string,
  client: ClientCredentials,
  refreshToken: string,
  signal?: AbortSignal,
  clock?: Clock,
  rates?: RateGroups,
): Promise<TokenSet> {
  const request: GrantRequest = (server, app, authentication, options) =>
    refreshTokenGrantRequest(server, app, authentication, refreshToken, options);
  return requestToken(http, rest, client, request, signal, clock, rates);
}

/** Ends the session that `token` (access or refresh) belongs to. Tries once; never throws. */
export async function revokeToken(
  http: HttpClient,
  rest: string,
  client: ClientCredentials,
  token: string,
  signal?: AbortSignal,
): Promise<void> {
  try {
    const server = authorizationServer(rest);
    const app = { client_id: client.clientId };
    await revocationRequest(server, app, clientAuthentication(client), token, sentBy(http, rest, signal));
  } catch {
    // The session ends by itself in the end.
  }
}

async function requestToken(
  http: HttpClient,
  rest: string,
  client: ClientCredentials,
  request: GrantRequest,
  signal: AbortSignal | undefined,
  clock: Clock = MONOTONIC,
  rates = new RateGroups(clock),
): Promise<TokenSet> {
  const server = authorizationServer(rest);
  const app = { client_id: client.clientId };
  const options = sentBy(http, rest, signal);
  for (let attempt = 1; ; attempt++) {
    const limiter = rates.limiterFor('requestToken');
    await limiter.enter(signal, () => undefined);
    let delay: number;
    try {
      // Before it is sent, so that the token is never taken to live longer than it does.
      const issuedAt = Date.now();
      const response = await request(server, app, clientAuthentication(client), options);
      rates.learn('requestToken', Object.fromEntries(response.headers));
      if (response.status !== 200) throw await refusal(response, rest);
      return tokenSet(await response.text(), issuedAt, rest);
    } catch (error) {
      const penalty = penaltyOf(error);
      if (penalty !== undefined) rates.limiterFor('requestToken').penalize(penalty);
      const wait = penalty === undefined ? delayAfter(error) : 0;
      if (wait === undefined || attempt >= MAX_TRIES) throw error;
      delay = wait;
    } finally {
      limiter.leave();
    }
    if (delay > 0) await clock.sleep(delay, signal);
  }
}

/**
 * The error that an answer other than 200 stands for (FACTS, Token endpoint failures): only one with a code of OAuth's or of
 * RingCentral's own refuses anything. Read here rather than by the library, which knows nothing of the latter.
 */
async function refusal(response: Response, rest: string): Promise<Error> {
  const { status, headers } = response;
  const requestId = headers.get('rcrequestid') ?? undefined;
  const body = jsonOf(await response.text());
  const details = errorDetails(body);
  const { error, error_description: description } = recordOf(body);
  const reason = typeof error === 'string' && OAUTH_ERROR.test(error) ? error : undefined;
  if (status === 408 || status === 429 || status >= 500) {
    const wait = retryAfter(Object.fromEntries(headers));
    return new ApiError({ status, requestId, ...details, retryAfter: wait });
  }
  if (status < 400 || (reason === undefined && !isOfRingCentral(body)))
    return notOfRingCentral(rest, `HTTP ${status}`);
  const text = textOf(description) ?? details.message;
  const message = [status, reason, details.errorCode, text].filter((part) => part !== undefined).join(' ');
  const serverTime = Date.parse(headers.get('date') ?? '');
  return new SignInRequiredError(message, {
    requestId,
    reason,
    errorCode: details.errorCode,
    ...(!Number.isNaN(serverTime) && { clockOffset: Date.now() - serverTime }),
  });
}

/** RFC 6749, 5.2. */
const OAUTH_ERROR = /^[a-z][a-z_]{2,60}$/;

function notOfRingCentral(rest: string, what: string): NetworkError {
  return new NetworkError({ host: new URL(rest).host, failure: 'foreign', cause: new Error(what) });
}

/** Seconds for which the server wants not to be asked; undefined if it does not say so. */
function penaltyOf(error: unknown): number | undefined {
  if (!(error instanceof ApiError) || (error.status !== 429 && error.status !== 503)) return undefined;
  return error.retryAfter ?? DEFAULT_PENALTY;
}

/** Milliseconds to wait before the token endpoint is asked again; undefined if it must not be. */
function delayAfter(error: unknown): number | undefined {
  if (error instanceof NetworkError) {
    return error.failure === 'timeout' || error.failure === 'reset' ? RETRY_DELAY : undefined;
  }
  if (!(error instanceof ApiError)) return undefined;
  return error.status === 408 || error.status >= 500 ? RETRY_DELAY : undefined;
}

/** Undefined if it is none: a gateway answers HTML. */
function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function tokenSet(text: string, issuedAt: number, rest: string): TokenSet {
  const token = recordOf(jsonOf(text));
  const accessToken = textOf(token['access_token']);
  const expiresIn = countOf(token['expires_in']);
  if (accessToken === undefined || expiresIn === undefined) {
    throw notOfRingCentral(rest, 'The answer has no access token');
  }
  const refreshExpiresIn = countOf(token['refresh_token_expires_in']);
  return {
    accessToken,
    accessTokenExpiresAt: issuedAt + expiresIn * 1000,
    ...defined({
      refreshToken: textOf(token['refresh_token']),
      refreshTokenExpiresAt: refreshExpiresIn === undefined ? undefined : issuedAt + refreshExpiresIn * 1000,
      ownerId: idOf(token['owner_id']),
      scope: textOf(token['scope']),
    }),
  };
}
