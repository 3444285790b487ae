import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/** Trusts the operating system's certificates beside those of Node. Reading them takes a while. */
export function systemSecureContext(): SecureContext {
  return createSecureContext({
    ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system')])],
  });
}
