import { RequestError } from '../requestError';

/** A failure of the OAuth endpoints: the standard `error` field beside the API's own codes. */
export class OAuthError extends RequestError {
  constructor(
    readonly error: string,
    errorCode: string,
    message: string,
    status = 400,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(status, errorCode, message, {}, headers);
  }

  override get body(): object {
    return { error: this.error, error_description: this.message, ...super.body };
  }
}

export function invalidRequest(parameterName: string): OAuthError {
  return new OAuthError('invalid_request', 'OAU-109', `Parameter [${parameterName}] is missing or invalid.`);
}

export function invalidGrant(errorCode: string, message: string): OAuthError {
  return new OAuthError('invalid_grant', errorCode, message);
}

export function invalidClient(message: string): OAuthError {
  return new OAuthError('invalid_client', 'OAU-153', message, 401, {
    'www-authenticate': 'Basic realm="RingCentral"',
  });
}
