import type { NetworkFailure } from './errors';

const FAILURE_BY_CODE: Readonly<Record<string, NetworkFailure>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  EPROTO: 'tls',
  UND_ERR_PRX_TLS: 'tls',
  CERT_HAS_EXPIRED: 'tlsDate',
  CERT_NOT_YET_VALID: 'tlsDate',
  CERT_REVOKED: 'tls',
  CERT_UNTRUSTED: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  // What undici makes of a proxy that refuses to connect; requests that we abort ourselves are told apart before.
  UND_ERR_ABORTED: 'proxy',
};

/** What an error of undici, or of Node's networking below it, says about the connection. */
export function networkFailure(error: unknown): NetworkFailure {
  const code = codeOf(error);
  if (code === undefined) return 'other';
  return FAILURE_BY_CODE[code] ?? (/^ERR_(TLS|SSL)_/.test(code) ? 'tls' : 'other');
}

/** The code of `error`, or of the first of several (one for each address tried), or of its cause. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error instanceof AggregateError ? error.errors[0] : error.cause);
}
