import { NetworkError } from './errors';
import type { HttpResponse } from './httpClient';

/** An answer that is not RingCentral's, as an error: it says nothing of what was asked for. Lets go of the answer. */
export function foreignAnswer(response: Pick<HttpResponse, 'host' | 'discard'>, what: string): NetworkError {
  response.discard();
  return new NetworkError({ host: response.host, failure: 'foreign', cause: new Error(what) });
}

/** What a redirect is to us: never followed, because it could lead a token or a secret anywhere. */
export function isRedirection({ status }: Pick<HttpResponse, 'status'>): boolean {
  return status >= 300 && status < 400;
}
