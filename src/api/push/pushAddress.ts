import { UntrustedOriginError } from '../errors';
import { isLoopback } from '../network';

/**
 * Decides whether notifications may be fetched from `uri`, which the server `rest` names. The token is in the address
 * there, so it must lead to the signed-in server itself. RingCentral's own servers name another host each time: any of
 * ringcentral.com will do for them. (FACTS, Push.)
 * @throws UntrustedOriginError if it leads anywhere else, or in the clear
 */
export function trustedPushAddress(uri: string, rest: string): URL {
  const url = URL.parse(uri);
  if (!url) throw new UntrustedOriginError('', 'The address for notifications is not one');
  const server = new URL(rest);
  const isEncrypted = url.protocol === 'wss:' || (url.protocol === 'ws:' && isLoopback(url.hostname));
  const isSameHost = url.host === server.host && (url.protocol === 'wss:') === (server.protocol === 'https:');
  const isRingCentral = [url, server].every(
    ({ hostname, port }) => port === '' && `.${hostname}`.endsWith('.ringcentral.com'),
  );
  if (!isEncrypted || !(isSameHost || isRingCentral) || url.username || url.password) {
    throw new UntrustedOriginError(url.host);
  }
  url.hash = '';
  return url;
}
