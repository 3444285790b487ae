import {
  AuthorizationResponseError,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomState,
  validateAuthResponse,
} from 'oauth4webapi';
import { authorizationServer } from './authorizationServer';
import { BrowserSignInError } from './errors';

/** What the user has granted in the browser, to be exchanged for tokens. */
export interface CodeGrant {
  /** The parameters of the answer, checked by `AuthorizationRequest.accept`. */
  readonly answer: URLSearchParams;
  readonly redirectUri: string;
  readonly codeVerifier: string;
}

/** A request for authorization, made in the user's browser (RFC 6749, 4.1.1, with PKCE). */
export interface AuthorizationRequest {
  /** The server's page that asks the user. */
  readonly url: string;
  /** Whether these are parameters of an answer to this request, and to no other. */
  isAnswer(parameters: URLSearchParams): boolean;
  /**
   * Takes the parameters that the browser was sent back with.
   * @throws BrowserSignInError if they are the server's refusal
   */
  accept(parameters: URLSearchParams): CodeGrant;
}

/**
 * Prepares the sign-in of an app in the browser.
 * @param rest origin of the server
 * @param redirectUri where the browser is to be sent back to; what its query holds comes back beside the answer
 * @throws UntrustedOriginError if a secret would travel in the clear
 */
export async function authorizationRequest(
  rest: string,
  clientId: string,
  redirectUri: string,
): Promise<AuthorizationRequest> {
  const server = authorizationServer(rest);
  const state = generateRandomState();
  const codeVerifier = generateRandomCodeVerifier();
  const url = new URL('/restapi/oauth/authorize', server.issuer);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  }).toString();
  return {
    url: url.href,
    isAnswer: (parameters) => {
      const states = parameters.getAll('state');
      return states.length === 1 && states[0] === state;
    },
    accept: (parameters) => {
      try {
        const answer = validateAuthResponse(server, { client_id: clientId }, parameters, state);
        if (!answer.get('code')) throw new BrowserSignInError('refused', 'no code');
        return { answer, redirectUri, codeVerifier };
      } catch (error) {
        throw refusal(error);
      }
    },
  };
}

function refusal(error: unknown): unknown {
  if (error instanceof BrowserSignInError) return error;
  // What is none of OAuth's own codes could be anything, and is left out of the log.
  const code = error instanceof AuthorizationResponseError ? /^\w{1,40}$/.exec(error.error)?.[0] : undefined;
  return new BrowserSignInError(code === 'access_denied' ? 'denied' : 'refused', code, { cause: error });
}
