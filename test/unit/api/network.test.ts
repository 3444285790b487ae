import { describe, expect, test } from 'vitest';
import { type NetworkSettings, proxyFor } from '../../../src/api/network';

const settings: NetworkSettings = { noProxy: [], strictSSL: true, systemCertificates: true, useProxy: true };

function proxy(
  url: string,
  changes: Partial<NetworkSettings>,
  environment: Record<string, string> = {},
): string | undefined {
  return proxyFor(new URL(url), { ...settings, ...changes }, environment)?.href;
}

const platform = 'https://platform.example.com/restapi';

describe('proxyFor', () => {
  test('returns no proxy if neither the settings nor the environment have one', () => {
    expect(proxy(platform, {})).toBeUndefined();
  });

  test('prefers the proxy of the settings to that of the environment', () => {
    expect(proxy(platform, { proxy: 'http://a:1' }, { HTTPS_PROXY: 'http://b:2' })).toBe('http://a:1/');
  });

  test('returns the proxy of the environment for the protocol of the address', () => {
    const environment = { HTTPS_PROXY: 'http://secure:1', http_proxy: 'http://plain:2' };
    expect(proxy(platform, {}, environment)).toBe('http://secure:1/');
    expect(proxy('http://platform.example.com', {}, environment)).toBe('http://plain:2/');
    expect(proxy(platform, {}, { HTTP_PROXY: 'http://plain:2' })).toBe('http://plain:2/');
  });

  test('returns no proxy if the settings forbid it', () => {
    expect(
      proxy(platform, { proxy: 'http://a:1', useProxy: false }, { HTTPS_PROXY: 'http://b:2' }),
    ).toBeUndefined();
  });

  test('accepts a proxy that is written without a protocol', () => {
    expect(proxy(platform, { proxy: 'proxy.example.com:8080' })).toBe('http://proxy.example.com:8080/');
  });

  test.each([
    'http://localhost:1',
    'http://127.0.0.1:8080',
    'https://127.1.2.3',
    'http://[::1]:9',
    'http://a.localhost',
  ])('returns no proxy for this machine: %s', (url) => {
    expect(proxy(url, { proxy: 'http://a:1' })).toBeUndefined();
  });

  test.each([
    'example.com',
    '.example.com',
    '*.example.com',
    'platform.example.com',
    'PLATFORM.example.com',
    'platform.example.com:443',
    '*',
  ])('returns no proxy for a host that the exception %j covers', (exception) => {
    expect(proxy(platform, { proxy: 'http://a:1', noProxy: ['other.test', exception] })).toBeUndefined();
  });

  test.each(['ample.com', 'platform.example.com:8443', 'form.example.com', 'example.com.test', ''])(
    'returns the proxy for a host that the exception %j does not cover',
    (exception) => {
      expect(proxy(platform, { proxy: 'http://a:1', noProxy: [exception] })).toBe('http://a:1/');
    },
  );

  test('uses the exceptions in NO_PROXY only if the settings have none', () => {
    const environment = { NO_PROXY: 'other.test, example.com' };
    expect(proxy(platform, { proxy: 'http://a:1' }, environment)).toBeUndefined();
    expect(proxy(platform, { proxy: 'http://a:1', noProxy: ['other.test'] }, environment)).toBe(
      'http://a:1/',
    );
  });
});
