import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UntrustedOriginError } from '../../../src/api/errors';
import { trustedPushAddress } from '../../../src/api/push/pushAddress';

const RINGCENTRAL = 'https://platform.ringcentral.com';
const OTHER = 'https://rc.example.com:8443';
const LOCAL = 'http://127.0.0.1:1001';

describe('trustedPushAddress', () => {
  test.each([
    ['any host of RingCentral, if the server is RingCentral', 'wss://sws-us.ringcentral.com/ws', RINGCENTRAL],
    [
      'the usual port, even if the address names it',
      'wss://ws-api.devtest.ringcentral.com:443/ws',
      RINGCENTRAL,
    ],
    ['the same host and port, if the server is another one', 'wss://rc.example.com:8443/ws', OTHER],
    ['this machine without encryption, if the server is this machine', 'ws://127.0.0.1:1001/ws', LOCAL],
  ])('accepts %s', (_what, uri, rest) => {
    expect(trustedPushAddress(uri, rest).host).toBe(new URL(uri).host);
  });

  test.each([
    ['wss://evil.test/ws', RINGCENTRAL],
    ['wss://ringcentral.com.evil.test/ws', RINGCENTRAL],
    ['wss://evilringcentral.com/ws', RINGCENTRAL],
    ['wss://sws.ringcentral.com@evil.test/ws', RINGCENTRAL],
    ['wss://me:secret@sws.ringcentral.com/ws', RINGCENTRAL],
    ['wss://sws.ringcentral.com:8443/ws', RINGCENTRAL],
    ['ws://sws.ringcentral.com/ws', RINGCENTRAL],
    ['https://sws.ringcentral.com/ws', RINGCENTRAL],
    ['ws://127.0.0.1/ws', RINGCENTRAL],
    ['/ws', RINGCENTRAL],
    ['', RINGCENTRAL],
    ['wss://sws.ringcentral.com/ws', OTHER],
    ['wss://rc.example.com/ws', OTHER],
    ['wss://ws.rc.example.com:8443/ws', OTHER],
    ['ws://rc.example.com:8443/ws', OTHER],
    ['ws://127.0.0.1:1002/ws', LOCAL],
    ['ws://localhost:1001/ws', LOCAL],
    ['wss://127.0.0.1:1001/ws', LOCAL],
  ])('refuses the address %j from the server %s', (uri, rest) => {
    expect(() => trustedPushAddress(uri, rest)).toThrow(UntrustedOriginError);
  });

  test('accepts only encrypted addresses of RingCentral from RingCentral, whatever it says', () => {
    const part = fc.constantFrom(
      'wss://',
      'ws://',
      '//',
      '@',
      ':',
      '/',
      '\\',
      '.',
      'ringcentral.com',
      'evil.test',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.array(part).map((parts) => parts.join('')),
        ),
        (uri) => {
          try {
            const { protocol, hostname } = trustedPushAddress(uri, RINGCENTRAL);
            expect(protocol).toBe('wss:');
            expect(`.${hostname}`).toMatch(/\.ringcentral\.com$/);
          } catch (error) {
            expect(error).toBeInstanceOf(UntrustedOriginError);
          }
        },
      ),
    );
  });
});
