import { parseJson } from '../api/json';
import { recordOf, textOf } from '../api/lenient';

/** What a JWT says of itself (RFC 7519, 4.1), for telling people what is wrong with it; nobody has verified it. */
export interface JwtClaims {
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
  /** Host of the server that it is for. */
  readonly host?: string;
}

/** Whatever cannot be read is left out. */
export function jwtClaims(jwt: string): JwtClaims {
  const claims = recordOf(payloadOf(jwt));
  const { exp } = claims;
  const host = hostOf(claims['aud']) ?? hostOf(claims['iss']);
  return {
    ...(typeof exp === 'number' && exp > 0 && exp < 1e11 && { expiresAt: exp * 1000 }),
    ...(host !== undefined && { host }),
  };
}

function payloadOf(jwt: string): unknown {
  try {
    return parseJson(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function hostOf(audience: unknown): string | undefined {
  const address = textOf(Array.isArray(audience) ? audience[0] : audience);
  return address === undefined ? undefined : (URL.parse(address)?.host ?? undefined);
}
