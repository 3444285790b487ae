import { createHmac, randomBytes } from 'node:crypto';

import { ACCOUNT_ID, EXTENSION } from '../account';
import { DAY, SECOND } from '../clock';

/** The registered app and the user's JWT credential for it. */
export interface ClientRegistration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly jwt: string;
}

/** A registration with new secrets. @param now ms since the epoch */
export function registerClient(now: number): ClientRegistration {
  const clientId = randomBytes(16).toString('base64url');
  return { clientId, clientSecret: randomBytes(32).toString('base64url'), jwt: createJwt(clientId, now) };
}

function createJwt(clientId: string, now: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const issuedAt = Math.floor(now / SECOND);
  const claims = {
    aud: 'https://platform.ringcentral.com/restapi/oauth/token',
    sub: EXTENSION.id,
    iss: 'https://platform.ringcentral.com',
    asd: clientId,
    account: ACCOUNT_ID,
    iat: issuedAt,
    exp: issuedAt + (365 * DAY) / SECOND,
  };
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${content}.${createHmac('sha256', randomBytes(32)).update(content).digest('base64url')}`;
}
