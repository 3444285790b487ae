import { describe, expect, test } from 'vitest';
import {
  readClientId,
  readClientSecret,
  readJwt,
  readOptionalClientSecret,
} from '../../../src/auth/credentialInput';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const JWT = `${part({ alg: 'RS256', kid: '8762' })}.${part({ sub: '63', exp: 3_806_213_553 })}.c2lnbmF0dXJl-_`;

describe('client id', () => {
  test.each([
    ['plain text', 'AZwEVwGEcfGet2PCouA7K6'],
    ['text with spaces around it', '  AZwEVwGEcfGet2PCouA7K6\t'],
    ['text with a line break after it', 'AZwEVwGEcfGet2PCouA7K6\r\n'],
    ['text in double quotes', '"AZwEVwGEcfGet2PCouA7K6"'],
    ['text in single quotes and spaces', ` 'AZwEVwGEcfGet2PCouA7K6' `],
    ['text in typographic quotes', '“AZwEVwGEcfGet2PCouA7K6”'],
  ])('is read from %s', (_name, text) => {
    expect(readClientId(text)).toEqual({ value: 'AZwEVwGEcfGet2PCouA7K6' });
  });

  test.each([
    ['nothing', '', 'empty'],
    ['only white space', ' \n ', 'empty'],
    ['only quotes', '""', 'empty'],
    ['a space inside', 'AZwE VwGE', 'notClientId'],
    ['a colon, which ends the user name in Basic authentication', 'AZwE:VwGE', 'notClientId'],
    ['letters that a header cannot carry', 'AZwEé', 'notClientId'],
  ])('is refused with %s', (_name, text, problem) => {
    expect(readClientId(text)).toEqual({ problem });
  });
});

describe('client secret', () => {
  test('may contain a colon', () => {
    expect(readClientSecret(' "a:b/c+d=" ')).toEqual({ value: 'a:b/c+d=' });
  });

  test.each([
    ['nothing', ' ', 'empty'],
    ['a space inside', 'one two', 'notSecret'],
    ['a control character', 'one\u0007two', 'notSecret'],
  ])('is refused with %s', (_name, text, problem) => {
    expect(readClientSecret(text)).toEqual({ problem });
  });
});

describe('optional client secret', () => {
  test.each([
    ['may be empty', ' \n', { value: '' }],
    ['may be given', ' "abc" ', { value: 'abc' }],
    ['must not contain a space', 'one two', { problem: 'notSecret' }],
  ])('%s', (_name, text, entered) => {
    expect(readOptionalClientSecret(text)).toEqual(entered);
  });
});

describe('JWT', () => {
  test.each([
    ['plain', JWT],
    ['quoted', `"${JWT}"\n`],
    ['wrapped by a mail client', JWT.replace(/(.{20})/g, '$1\r\n  ')],
  ])('is read when it is %s', (_name, text) => {
    expect(readJwt(text)).toEqual({ value: JWT });
  });

  test.each([
    ['nothing', '\n', 'empty'],
    ['two parts', 'YQ.YQ', 'notThreeParts'],
    ['four parts', 'YQ.YQ.YQ.YQ', 'notThreeParts'],
    ['an empty part', `${part({})}..YQ`, 'notThreeParts'],
    ['characters outside base64url', `${part({})}.a+b/.YQ`, 'notThreeParts'],
    ['a header that is not JSON', 'bm90IGpzb24.YQ.YQ', 'notJwt'],
    ['a header that is not an object', `${part([1])}.YQ.YQ`, 'notJwt'],
    ['the client id pasted instead', 'AZwEVwGEcfGet2PCouA7K6', 'notThreeParts'],
  ])('is refused with %s', (_name, text, problem) => {
    expect(readJwt(text)).toEqual({ problem });
  });
});
