import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UntrustedOriginError } from '../../../src/api/errors';
import { TrustedOrigins } from '../../../src/api/origins';

const REST = 'https://platform.example.com';
const MEDIA = 'https://media.example.com';
const origins = new TrustedOrigins({ rest: REST, media: MEDIA });

describe('an address', () => {
  test.each([
    ['of the media host', `${MEDIA}/restapi/x?y=1`, `${MEDIA}/restapi/x?y=1`],
    ['of the platform', `${REST}/restapi/x`, `${REST}/restapi/x`],
    ['that is a path', '/restapi/x', `${REST}/restapi/x`],
    ['of the media host without encryption is encrypted', 'http://media.example.com/x', `${MEDIA}/x`],
    ['with the usual port', 'https://media.example.com:443/x', `${MEDIA}/x`],
    ['with a token loses it', `${MEDIA}/x?access_token=t&y=1`, `${MEDIA}/x?y=1`],
    ['with a token alone loses it', `${MEDIA}/x?access_token=t`, `${MEDIA}/x`],
    ['with a fragment loses it', `${MEDIA}/x#access_token=t`, `${MEDIA}/x`],
  ])('%s', (_what, uri, expected) => {
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
  ])('elsewhere is refused: %s', (uri) => {
    expect(() => origins.resolve(uri)).toThrow(UntrustedOriginError);
  });

  test('whatever it is, leads to the server or nowhere', () => {
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

  test('of content is sought at the media host', () => {
    expect(origins.resolveMedia(`${REST}/restapi/x?y=1`).href).toBe(`${MEDIA}/restapi/x?y=1`);
    expect(origins.resolveMedia('/restapi/x').href).toBe(`${MEDIA}/restapi/x`);
    expect(() => origins.resolveMedia('https://evil.test/restapi/x')).toThrow(UntrustedOriginError);
  });
});

test('http addresses of another port of this machine are refused', () => {
  const local = new TrustedOrigins({ rest: 'http://127.0.0.1:1001', media: 'http://127.0.0.1:1002' });
  expect(local.resolve('http://127.0.0.1:1002/x').href).toBe('http://127.0.0.1:1002/x');
  expect(() => local.resolve('http://127.0.0.1:1003/x')).toThrow(UntrustedOriginError);
  expect(() => local.resolve('http://localhost:1002/x')).toThrow(UntrustedOriginError);
});

test.each(['http://platform.example.com', 'ftp://127.0.0.1', 'not an address'])(
  'a server is not accepted: %s',
  (rest) => {
    expect(() => new TrustedOrigins({ rest, media: MEDIA })).toThrow(UntrustedOriginError);
  },
);
