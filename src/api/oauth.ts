import { sleep } from './cancellation';
import { errorBody, errorDetails, retryAfter } from './errorBody';
import { ApiError, NetworkError, ResponseFormatError, SignInRequiredError } from './errors';
import type { HttpClient, HttpResponse } from './httpClient';
import { readJson } from './jsonBody';
import { countOf, defined, idOf, recordOf, textOf } from './lenient';
import { encryptedOrigin } from './origins';
import type { Clock } from './rateLimiter';
import { isRedirection, redirectionError } from './redirection';

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

export interface ClientCredentials {
  readonly clientId: string;
  /** Missing for a public client. */
  readonly clientSecret?: string;
}

const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const MAX_TRIES = 3;
/** Milliseconds between tries. */
const RETRY_DELAY = 10_000;
/** Milliseconds to wait after 429 or 503 without `Retry-After`. */
const DEFAULT_PENALTY = 30_000;

/**
 * Signs in with a JWT credential.
 * @param rest origin of the server
 * @throws SignInRequiredError if the server does not accept the credential
 * @throws ApiError, NetworkError, UntrustedOriginError, ResponseFormatError, CancelledError as `Transport.send`
 */
export async function requestTokenByJwt(
  http: HttpClient,
  rest: string,
  client: ClientCredentials,
  jwt: string,
  signal?: AbortSignal,
  clock?: Clock,
): Promise<TokenSet> {
  return requestToken(http, rest, client, { grant_type: JWT_GRANT, assertion: jwt }, signal, clock);
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
): Promise<TokenSet> {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
  return requestToken(http, rest, client, grant, signal, clock);
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
    const url = new URL('/restapi/oauth/revoke', encryptedOrigin(rest));
    const response = await post(http, url, client, { token }, signal);
    response.discard();
  } catch {
    // The session ends by itself in the end.
  }
}

async function requestToken(
  http: HttpClient,
  rest: string,
  client: ClientCredentials,
  grant: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
  clock: Clock = { now: Date.now, sleep },
): Promise<TokenSet> {
  const url = new URL('/restapi/oauth/token', encryptedOrigin(rest));
  for (let attempt = 1; ; attempt++) {
    try {
      // Before it is sent, so that the token is never taken to live longer than it does.
      const issuedAt = clock.now();
      const response = await post(http, url, client, grant, signal);
      if (isRedirection(response)) throw redirectionError(response, url);
      if (response.status !== 200) throw await refusal(response);
      return tokenSet(await readJson(response), issuedAt);
    } catch (error) {
      const delay = delayAfter(error);
      if (delay === undefined || attempt >= MAX_TRIES) throw error;
      await clock.sleep(delay, signal);
    }
  }
}

async function post(
  http: HttpClient,
  url: URL,
  { clientId, clientSecret }: ClientCredentials,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  const isPublic = clientSecret === undefined;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return http.send({
    method: 'POST',
    url,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(!isPublic && { authorization: `Basic ${basic}` }),
    },
    body: new URLSearchParams({ ...form, ...(isPublic && { client_id: clientId }) }).toString(),
    signal,
  });
}

/** The error that an answer other than 200 stands for (FACTS, Token endpoint failures). */
async function refusal(response: HttpResponse): Promise<Error> {
  const { status, headers } = response;
  const requestId = headers['rcrequestid'];
  const body = await errorBody(response);
  const details = errorDetails(body);
  if (status !== 400 && status !== 401) {
    return new ApiError({ status, requestId, ...details, retryAfter: retryAfter(headers['retry-after']) });
  }
  const { error, error_description: description } = recordOf(body);
  const reason = textOf(error);
  const text = textOf(description) ?? details.message;
  const message = [status, reason, details.errorCode, text].filter((part) => part !== undefined).join(' ');
  return new SignInRequiredError(message, { requestId, reason, errorCode: details.errorCode });
}

/** Milliseconds to wait before the token endpoint is asked again; undefined if it must not be. */
function delayAfter(error: unknown): number | undefined {
  if (error instanceof NetworkError) {
    return error.failure === 'timeout' || error.failure === 'reset' ? RETRY_DELAY : undefined;
  }
  if (!(error instanceof ApiError)) return undefined;
  if (error.status === 429 || error.status === 503) {
    return error.retryAfter === undefined ? DEFAULT_PENALTY : error.retryAfter * 1000;
  }
  return error.status === 408 || error.status >= 500 ? RETRY_DELAY : undefined;
}

function tokenSet(json: unknown, issuedAt: number): TokenSet {
  const token = recordOf(json);
  const accessToken = textOf(token['access_token']);
  const expiresIn = countOf(token['expires_in']);
  if (accessToken === undefined || expiresIn === undefined) {
    throw new ResponseFormatError('The answer has no access token');
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
