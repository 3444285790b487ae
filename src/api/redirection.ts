import { UntrustedOriginError } from './errors';
import type { HttpResponse } from './httpClient';

/** What a redirect is to us: never followed, because it could lead a token or a secret anywhere. */
export function isRedirection({ status }: HttpResponse): boolean {
  return status >= 300 && status < 400;
}

/** The error for a redirection from `url`; lets go of the answer. */
export function redirectionError(response: HttpResponse, url: URL): UntrustedOriginError {
  response.discard();
  const target = URL.parse(response.headers['location'] ?? '', url.href)?.host ?? url.host;
  return new UntrustedOriginError(target, `${url.host} redirects to ${target} (${response.status})`, {
    requestId: response.headers['rcrequestid'],
  });
}
