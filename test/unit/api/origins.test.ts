import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UntrustedOriginError } from '../../../src/api/errors';
import { TrustedOrigins } from '../../../src/api/origins';

const REST = 'https://platform.example.com';
const MEDIA = 'https://media.example.com';
const origins = new TrustedOrigins({ rest: REST, media: MEDIA });

describe('TrustedOrigins', () => {
  test.each([
    ['an address of the media host to itself', `${MEDIA}/restapi/x?y=1`, `${MEDIA}/restapi/x?y=1`],
    ['an address of the platform to itself', `${REST}/restapi/x`, `${REST}/restapi/x`],
    ['a path to an address of the platform', '/restapi/x', `${REST}/restapi/x`],
    [
      'an unencrypted address of the media host to an encrypted one',
      'http://media.example.com/x',
      `${MEDIA}/x`,
    ],
    ['an address with the usual port to one without', 'https://media.example.com:443/x', `${MEDIA}/x`],
    [
      'an address with a token and a parameter to one without the token',
      `${MEDIA}/x?access_token=t&y=1`,
      `${MEDIA}/x?y=1`,
    ],
    ['an address with only a token to one without', `${MEDIA}/x?access_token=t`, `${MEDIA}/x`],
    ['an address with a fragment to one without', `${MEDIA}/x#access_token=t`, `${MEDIA}/x`],
  ])('resolves %s', (_what, uri, expected) => {
    expect(origins.resolve(uri).href).toBe(expected);
  });

  test.each([
    'https://evil.test/restapi/x',
    'https://platform.example.com.evil.test/x',
    'https://platform.example.com@evil.test/x',
    'https://user:secret@platform.example.com/x',
    'https://platform.example.com:8443/x',
    'http://platform.example.com:443/x',
    'http://evil.test/x',
    '//evil.test/x',
    '\\\\evil.test/x',
    'ftp://media.example.com/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/plain,x',
    'https://',
  ])('refuses the address %s', (uri) => {
    expect(() => origins.resolve(uri)).toThrow(UntrustedOriginError);
  });

  test('resolves any address to an origin of the server, or refuses it', () => {
    const part = fc.constantFrom(
      'https://',
      'http://',
      '//',
      '@',
      ':',
      '/',
      '\\',
      '?',
      '#',
      'media.example.com',
      'evil.test',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.array(part).map((parts) => parts.join('')),
        ),
        (uri) => {
          try {
            expect([REST, MEDIA]).toContain(origins.resolve(uri).origin);
          } catch (error) {
            expect(error).toBeInstanceOf(UntrustedOriginError);
          }
        },
      ),
    );
  });

  test('resolves the address of content at the media host', () => {
    expect(origins.resolveMedia(`${REST}/restapi/x?y=1`).href).toBe(`${MEDIA}/restapi/x?y=1`);
    expect(origins.resolveMedia('/restapi/x').href).toBe(`${MEDIA}/restapi/x`);
    expect(() => origins.resolveMedia('https://evil.test/restapi/x')).toThrow(UntrustedOriginError);
  });
});

test('TrustedOrigins refuses http addresses of this machine with another port or host name', () => {
  const local = new TrustedOrigins({ rest: 'http://127.0.0.1:1001', media: 'http://127.0.0.1:1002' });
  expect(local.resolve('http://127.0.0.1:1002/x').href).toBe('http://127.0.0.1:1002/x');
  expect(() => local.resolve('http://127.0.0.1:1003/x')).toThrow(UntrustedOriginError);
  expect(() => local.resolve('http://localhost:1002/x')).toThrow(UntrustedOriginError);
});

test.each(['http://platform.example.com', 'ftp://127.0.0.1', 'not an address'])(
  'TrustedOrigins refuses the server %s',
  (rest) => {
    expect(() => new TrustedOrigins({ rest, media: MEDIA })).toThrow(UntrustedOriginError);
  },
);
