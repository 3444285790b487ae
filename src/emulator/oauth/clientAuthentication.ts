import type { ClientRegistration } from './client';
import { invalidClient } from './oauthError';

export interface AuthenticatedClient {
  /** The secret was given; otherwise the client is public, known by its id alone. */
  readonly confidential: boolean;
}

/**
 * Tells who calls the token or revoke endpoint: by Basic authentication, or by `client_id` in the form.
 * @throws OAuthError 401 for an unknown client or a wrong secret
 */
export function authenticateClient(
  registration: ClientRegistration,
  authorization: string | undefined,
  form: URLSearchParams,
): AuthenticatedClient {
  if (authorization === undefined) {
    if (form.get('client_id') !== registration.clientId) throw invalidClient('Unknown client.');
    return { confidential: false };
  }
  const [scheme = '', credentials = ''] = authorization.split(' ');
  const [clientId = '', ...secret] = Buffer.from(credentials, 'base64').toString().split(':');
  const known = clientId === registration.clientId && secret.join(':') === registration.clientSecret;
  if (scheme.toLowerCase() !== 'basic' || !known) throw invalidClient('Invalid client credentials.');
  return { confidential: true };
}
