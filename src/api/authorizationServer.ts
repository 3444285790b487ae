import { allowInsecureRequests, type AuthorizationServer, type ClientAuth, customFetch } from 'oauth4webapi';
import { readText } from './body';
import type { HttpClient } from './httpClient';
import { encryptedOrigin } from './origins';
import { foreignAnswer, isRedirection } from './foreignAnswer';

/** The registered app. */
export interface ClientCredentials {
  readonly clientId: string;
  /** Missing for a public client. */
  readonly clientSecret?: string;
}

/** Bytes; far more than any answer of these endpoints. */
const LARGEST_ANSWER = 1024 * 1024;

/** Statuses whose answers have no body (Fetch, 2.2.3). */
const WITHOUT_BODY = [204, 205, 304];

/**
 * Where a server's OAuth endpoints are (FACTS, Hosts and authorization).
 * @param rest origin of the server
 * @throws UntrustedOriginError if a secret would travel in the clear
 */
export function authorizationServer(rest: string): AuthorizationServer {
  const { href, origin } = encryptedOrigin(rest);
  const endpoint = (name: string): string => new URL(`/restapi/oauth/${name}`, href).href;
  return {
    issuer: origin,
    authorization_endpoint: endpoint('authorize'),
    token_endpoint: endpoint('token'),
    revocation_endpoint: endpoint('revoke'),
  };
}

/** How an app says who it is: a public client by its id in the form, any other by HTTP Basic. */
export function clientAuthentication({ clientId, clientSecret }: ClientCredentials): ClientAuth {
  return (_server, _client, form, headers) => {
    if (clientSecret === undefined) form.set('client_id', clientId);
    else {
      // As they are: RFC 6749 would have them form-encoded first, which RingCentral does not undo.
      headers.set('authorization', `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`);
    }
  };
}

/** Options that make oauth4webapi send its requests with `http`: no redirects, and the errors of `HttpClient.send`. */
export function sentBy(http: HttpClient, rest: string, signal: AbortSignal | undefined) {
  return {
    // oxlint-disable-next-line typescript/no-deprecated -- only to this machine: `authorizationServer` has seen to that
    [allowInsecureRequests]: rest.startsWith('http:'),
    [customFetch]: async (
      address: string,
      request: { readonly body: URLSearchParams; readonly headers: Readonly<Record<string, string>> },
    ): Promise<Response> => {
      const url = new URL(address);
      const { accept = 'application/json', authorization } = request.headers;
      const response = await http.send({
        method: 'POST',
        url,
        headers: {
          accept,
          'content-type': 'application/x-www-form-urlencoded',
          ...(authorization !== undefined && { authorization }),
        },
        body: request.body.toString(),
        signal,
      });
      if (isRedirection(response))
        throw foreignAnswer(response, `HTTP ${response.status}, to another address`);
      const { status } = response;
      const body = await readText(response.body, LARGEST_ANSWER);
      const headers = new Headers();
      for (const [name, value] of Object.entries(response.headers)) {
        if (value !== undefined) headers.set(name, value);
      }
      return new Response(WITHOUT_BODY.includes(status) ? null : body, { status, headers });
    },
  };
}
