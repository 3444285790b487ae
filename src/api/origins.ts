import { UntrustedOriginError } from './errors';
import { isLoopback } from './network';

/** The signed-in server, such as `https://platform.ringcentral.com` and `https://media.ringcentral.com`. */
export interface ServerOrigins {
  readonly rest: string;
  readonly media: string;
}

/** RingCentral's public servers, the sample mailbox on this computer, or a server of any other address. */
export type ServerKind = 'production' | 'sandbox' | 'sample' | 'another';

/** Decides which addresses may be given the access token: the signed-in server's, whatever a `uri` in a response says. */
export class TrustedOrigins {
  readonly #rest: URL;
  readonly #media: URL;

  /** @throws UntrustedOriginError if a token would travel in the clear */
  constructor({ rest, media }: ServerOrigins) {
    this.#rest = encryptedOrigin(rest);
    this.#media = encryptedOrigin(media);
  }

  /**
   * @param uri absolute, or a path of the REST origin
   * @throws UntrustedOriginError if it is of any other host than the server's two
   */
  resolve(uri: string): URL {
    const url = URL.parse(uri, this.#rest.href);
    if (!url) throw new UntrustedOriginError('', 'Not an address');
    for (const trusted of [this.#rest, this.#media]) {
      // Old records name the right host without encryption.
      if (url.protocol === 'http:' && url.host === trusted.host) url.protocol = trusted.protocol;
    }
    const isTrusted = url.origin === this.#rest.origin || url.origin === this.#media.origin;
    if (!isTrusted || url.username || url.password) throw new UntrustedOriginError(url.host);
    for (const name of [...url.searchParams.keys()]) {
      if (name.toLowerCase() === 'access_token') url.searchParams.delete(name);
    }
    url.hash = '';
    return url;
  }

  /** As `resolve`, at the media origin, which is where content is to be had even if an old record names the other one. */
  resolveMedia(uri: string): URL {
    const { pathname, search } = this.resolve(uri);
    return this.resolve(this.#media.origin + pathname + search);
  }
}

/** @throws UntrustedOriginError if `address` is neither https nor of this machine */
export function encryptedOrigin(address: string): URL {
  const url = URL.parse(address);
  if (!url) throw new UntrustedOriginError('', 'The address of the server is not one');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new UntrustedOriginError(url.host, `${url.host} is reached without encryption`);
  }
  return new URL(url.origin);
}
