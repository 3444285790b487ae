import type { Entered } from './entered';

export type CredentialProblem = 'empty' | 'notClientId' | 'notSecret' | 'notThreeParts' | 'notJwt';

/** Client ids are the user name of HTTP Basic authentication, which ends at the first colon. */
export function readClientId(text: string): Entered<CredentialProblem> {
  const value = cleaned(text);
  if (value === '') return { problem: 'empty' };
  return /^[\x21-\x39\x3b-\x7e]+$/.test(value) ? { value } : { problem: 'notClientId' };
}

export function readClientSecret(text: string): Entered<CredentialProblem> {
  const value = cleaned(text);
  if (value === '') return { problem: 'empty' };
  return /^[\x21-\x7e]+$/.test(value) ? { value } : { problem: 'notSecret' };
}

/** An app without a secret has an empty one. */
export function readOptionalClientSecret(text: string): Entered<CredentialProblem> {
  return cleaned(text) === '' ? { value: '' } : readClientSecret(text);
}

/** Looks at the shape only (RFC 7519: three base64url parts, the first a JSON object); the server judges the rest. */
export function readJwt(text: string): Entered<CredentialProblem> {
  // Mail clients and terminals wrap long lines, and no part of a JWT can hold white space.
  const value = cleaned(text).replace(/\s+/g, '');
  if (value === '') return { problem: 'empty' };
  const [header = '', ...others] = value.split('.');
  if (others.length !== 2 || ![header, ...others].every((part) => /^[\w-]+$/.test(part))) {
    return { problem: 'notThreeParts' };
  }
  return isJsonObject(Buffer.from(header, 'base64url').toString('utf8')) ? { value } : { problem: 'notJwt' };
}

/** Without what copying tends to bring along: line breaks, and white space and quotes around the value. */
function cleaned(text: string): string {
  return text
    .replace(/[\r\n]+/g, '')
    .replace(/^[\s"'`“”‘’]+/, '')
    .replace(/[\s"'`“”‘’]+$/, '');
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
