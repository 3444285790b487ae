import { describe, expect, test } from 'vitest';
import {
  isServerOrigin,
  knownMediaOrigin,
  PRODUCTION,
  readServerAddress,
  SANDBOX,
  serverAt,
  serverKindOf,
  serverFromSettings,
} from '../../../src/auth/serverAddress';

describe('a server address', () => {
  test.each([
    ['https://platform.ringcentral.com', 'https://platform.ringcentral.com'],
    ['https://platform.ringcentral.com/', 'https://platform.ringcentral.com'],
    [' platform.ringcentral.com ', 'https://platform.ringcentral.com'],
    ['HTTPS://Platform.Example.COM:443', 'https://platform.example.com'],
    ['https://platform.example.com:8443', 'https://platform.example.com:8443'],
    ['http://127.0.0.1:4711', 'http://127.0.0.1:4711'],
    ['http://localhost:4711', 'http://localhost:4711'],
    ['http://[::1]:4711', 'http://[::1]:4711'],
  ])('%j is read as %s', (text, value) => {
    expect(readServerAddress(text)).toEqual({ value });
  });

  test.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['https://', 'notUrl'],
    ['two words', 'notUrl'],
    ['http://platform.ringcentral.com', 'notHttps'],
    ['http://127.0.0.1.example.com', 'notHttps'],
    ['http://10.0.0.1', 'notHttps'],
    ['ftp://platform.ringcentral.com', 'notHttps'],
    ['file:///etc/passwd', 'notUrl'],
    ['https://platform.ringcentral.com/restapi/v1.0', 'notOrigin'],
    ['https://platform.ringcentral.com?x=1', 'notOrigin'],
    ['https://platform.ringcentral.com#x', 'notOrigin'],
    ['https://ada:secret@platform.ringcentral.com', 'notOrigin'],
  ])('%j is refused as %s', (text, problem) => {
    expect(readServerAddress(text)).toEqual({ problem });
  });

  test('is recognized as an origin only in the exact form in which it is stored', () => {
    expect(isServerOrigin('https://platform.ringcentral.com')).toBe(true);
    expect(isServerOrigin('https://platform.ringcentral.com/')).toBe(false);
    expect(isServerOrigin('http://platform.ringcentral.com')).toBe(false);
  });
});

describe('the media origin', () => {
  test.each([PRODUCTION, SANDBOX])('is known for $rest', ({ rest, media }) => {
    expect(knownMediaOrigin(rest)).toBe(media);
    expect(serverAt(rest)).toEqual({ rest, media });
  });

  test.each([
    'https://platform.example.com',
    'https://platform.ringcentral.com.example.com',
    'https://platform.notringcentral.com',
    'https://ringcentral.com',
    'https://platform.ringcentral.com:8443',
    'http://127.0.0.1:4711',
  ])('is not known for %s, so the same origin is suggested', (rest) => {
    expect(knownMediaOrigin(rest)).toBeUndefined();
    expect(serverAt(rest)).toEqual({ rest, media: rest });
  });
});

describe('the server from the settings', () => {
  test.each([
    ['https://platform.ringcentral.com', '', PRODUCTION],
    ['https://a.example.com', '', { rest: 'https://a.example.com', media: 'https://a.example.com' }],
    [
      'https://a.example.com/',
      'https://b.example.com/',
      { rest: 'https://a.example.com', media: 'https://b.example.com' },
    ],
    ['', '', undefined],
    ['http://a.example.com', '', undefined],
    ['https://a.example.com', 'http://b.example.com', undefined],
  ])('for the address %j and the media address %j is %j', (url, mediaUrl, server) => {
    expect(serverFromSettings(url, mediaUrl)).toEqual(server);
  });
});

test.each([
  ['https://platform.ringcentral.com', 'production'],
  ['https://platform.devtest.ringcentral.com', 'sandbox'],
  ['https://platform.ringcentral.com.example.com', 'another'],
  ['http://127.0.0.1:8080', 'another'],
])('the server of %s is called %s', (rest, kind) => {
  expect(serverKindOf({ rest, media: rest })).toBe(kind);
});
