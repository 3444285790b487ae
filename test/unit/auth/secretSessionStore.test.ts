import { beforeEach, describe, expect, test } from 'vitest';
import { SecretSessionStore } from '../../../src/auth/secretSessionStore';
import type { JwtRecord, PkceRecord, SampleRecord } from '../../../src/auth/sessionRecord';
import { FakeSecretStorage } from '../../fakes/secretStorage';

const JWT: JwtRecord = {
  kind: 'jwt',
  id: 'b',
  accountId: '101@platform.ringcentral.com',
  label: 'Ada Park · 101',
  signedInAt: 2,
  credential: {
    server: { rest: 'https://platform.ringcentral.com', media: 'https://media.ringcentral.com' },
    clientId: 'client',
    clientSecret: 'top-secret',
    jwt: 'a.b.c',
  },
  tokens: { accessToken: 'access-1', accessTokenExpiresAt: 1, refreshToken: 'refresh-1' },
};
const SAMPLE: SampleRecord = {
  kind: 'sample',
  id: 'a',
  accountId: 'sample',
  label: 'Ada Park · 101',
  signedInAt: 1,
};

const PKCE: PkceRecord = {
  kind: 'pkce',
  id: 'c',
  accountId: '102@platform.ringcentral.com',
  label: 'Bo Park · 102',
  signedInAt: 3,
  credential: { server: JWT.credential.server, clientId: 'client' },
  tokens: { accessToken: 'access-2', accessTokenExpiresAt: 1, refreshToken: 'refresh-2' },
};

let secrets: FakeSecretStorage;
let log: string[];
let store: SecretSessionStore;

beforeEach(() => {
  secrets = new FakeSecretStorage();
  log = [];
  store = new SecretSessionStore(secrets, (line) => log.push(line));
});

/** What the only secret holds, as JSON. */
function stored(): { version: number; session: Record<string, unknown> } {
  return JSON.parse(secrets.text()) as { version: number; session: Record<string, unknown> };
}

test('sessions of every kind are read as they were stored', async () => {
  await store.put(PKCE);
  await store.put(JWT);
  await store.put(SAMPLE);
  expect(await store.all()).toEqual([SAMPLE, JWT, PKCE]);
  expect(await store.get('b')).toEqual(JWT);
  expect(await store.get('d')).toBeUndefined();
});

test('sessions are listed in the order of their first sign-in, whatever their ids', async () => {
  await store.put({ ...SAMPLE, signedInAt: 9 });
  await store.put(PKCE);
  await store.put(JWT);
  expect((await store.all()).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});

describe('an entry of the previous version', () => {
  const write = async ({
    signedInAt: _,
    ...session
  }: JwtRecord | SampleRecord | PkceRecord): Promise<void> => {
    await secrets.store(`session.${session.id}`, JSON.stringify({ version: 1, session }));
  };

  test.each([
    ['a JWT credential', JWT],
    ['the sample mailbox', SAMPLE],
  ])('with %s is read and listed before sessions of this version', async (_name, record) => {
    await write(record);
    await store.put(PKCE);
    expect(await store.all()).toEqual([{ ...record, signedInAt: 0 }, PKCE]);
    expect(log).toEqual([]);
  });

  test('is stored as one of this version when it is written again', async () => {
    await write(JWT);
    const [record] = await store.all();
    if (record) await store.put(record);
    expect(stored()).toMatchObject({ version: 2, session: { signedInAt: 0, id: 'b' } });
  });

  test('is dropped and logged if its kind did not exist in that version', async () => {
    await write(PKCE);
    expect(await store.all()).toEqual([]);
    expect(log).toHaveLength(1);
  });
});

test('deleting a session leaves the others', async () => {
  await store.put(JWT);
  await store.put(SAMPLE);
  await store.delete('a');
  expect(await store.all()).toEqual([JWT]);
});

test('other secrets of the extension are neither read nor deleted', async () => {
  await secrets.store('somethingElse', 'not JSON');
  expect(await store.all()).toEqual([]);
  expect(secrets.secrets.has('somethingElse')).toBe(true);
});

test('onDidChange fires for changes of sessions and for no other secret', async () => {
  let changes = 0;
  const subscription = store.onDidChange(() => changes++);
  await store.put(JWT);
  await secrets.store('somethingElse', 'value');
  await store.delete('b');
  expect(changes).toBe(2);
  subscription.dispose();
  await store.put(JWT);
  expect(changes).toBe(2);
});

describe('an entry that cannot be read', () => {
  const without = (key: string) => () => {
    const { version, session } = stored();
    return JSON.stringify({ version, session: { ...session, [key]: undefined } });
  };
  const withRest = (rest: string) => () => {
    const { version, session } = stored();
    const server = { rest, media: 'https://media.ringcentral.com' };
    return JSON.stringify({ version, session: { ...session, credential: { ...JWT.credential, server } } });
  };

  test.each([
    ['is not JSON', () => '{"version":1,"session":{"clientSecret":"top-sec'],
    ['is not an object', () => '"top-secret"'],
    ['has no version', () => JSON.stringify({ session: JWT })],
    ['is of an unknown kind', () => JSON.stringify({ version: 2, session: { ...JWT, kind: 'other' } })],
    ['lacks its id', without('id')],
    ['lacks its tokens', without('tokens')],
    ['lacks its credential', without('credential')],
    ['names a server without encryption', withRest('http://platform.ringcentral.com')],
    ['names a server that is not an address', withRest('platform')],
  ])('is deleted if it %s, and the log names it without its content', async (_name, text) => {
    await store.put(JWT);
    await secrets.store('session.b', text());
    expect(await store.all()).toEqual([]);
    expect(secrets.secrets.size).toBe(0);
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('session.b');
    expect(log[0]).not.toContain('secret');
    expect(log[0]).not.toContain('access-1');
  });

  test('is ignored but kept if a newer version of the extension wrote it', async () => {
    await secrets.store('session.b', JSON.stringify({ version: 3, session: { whatever: 'top-secret' } }));
    expect(await store.all()).toEqual([]);
    expect(secrets.secrets.size).toBe(1);
    expect(log.join()).not.toContain('secret');
  });
});
