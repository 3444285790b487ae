import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readExtension } from '../../../src/api/account';
import { readBytes } from '../../../src/api/body';
import { HttpClient } from '../../../src/api/httpClient';
import { MAX_DELETED_IDS_PER_REQUEST, MessageStoreApi } from '../../../src/api/messageStore';
import { requestTokenByJwt, requestTokenByRefresh, revokeToken, type TokenSet } from '../../../src/api/oauth';
import type { Message } from '../../../src/api/schema';
import { type TokenSource, Transport } from '../../../src/api/transport';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator';
import { DIRECT, FakeClock, rejection } from './fakes';

/** Every operation against the emulator, which is written by the API's description and not by this client. */

const BEGINNING = '2000-01-01T00:00:00.000Z';

let emulator: Emulator;
let http: HttpClient;
let tokens: TestTokens;
let transport: Transport;
let api: MessageStoreApi;

class TestTokens implements TokenSource {
  renewals = 0;
  constructor(public set: TokenSet) {}

  accessToken(): Promise<string> {
    return Promise.resolve(this.set.accessToken);
  }

  async renew(): Promise<string> {
    this.renewals++;
    this.set = await requestTokenByRefresh(http, emulator.url, emulator, this.set.refreshToken ?? '');
    return this.set.accessToken;
  }
}

beforeAll(() => {
  http = new HttpClient(DIRECT);
});

afterAll(() => http.dispose());

beforeEach(async () => {
  emulator = await startEmulator({ mediaDirectory: 'media/sample' });
  tokens = new TestTokens(await requestTokenByJwt(http, emulator.url, emulator, emulator.jwt));
  const origins = { rest: emulator.url, media: emulator.mediaUrl };
  transport = new Transport(http, origins, tokens, { clock: new FakeClock() });
  api = new MessageStoreApi(transport);
  return () => emulator.stop();
});

async function admin(action: string, body: object = {}): Promise<unknown> {
  const response = await fetch(`${emulator.url}/emulator/${action}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${emulator.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return response.json();
}

/** As many ids at a time as a deletion may have. */
function inParts(ids: readonly string[]): readonly (readonly string[])[] {
  const starts = ids.map((_id, index) => index).filter((index) => index % MAX_DELETED_IDS_PER_REQUEST === 0);
  return starts.map((start) => ids.slice(start, start + MAX_DELETED_IDS_PER_REQUEST));
}

/** Availability of every message by id, as the server has it. */
async function availabilities(): Promise<Map<string, string>> {
  const { messages } = (await admin('state')) as { messages: { id: string; availability: string }[] };
  return new Map(messages.map(({ id, availability }) => [id, availability]));
}

async function alive(): Promise<readonly Message[]> {
  return (await api.listMessages({ dateFrom: BEGINNING, perPage: 1000 })).records;
}

test('listMessages returns every message exactly once over all pages', async () => {
  const all = await alive();
  const paged: string[] = [];
  for (let page = 1, more = true; more; page++) {
    const list = await api.listMessages({ dateFrom: BEGINNING, page, perPage: 70 });
    paged.push(...list.records.map(({ id }) => id));
    more = list.hasNextPage ?? expect.unreachable();
  }
  expect(paged).toEqual(all.map(({ id }) => id));
  expect(paged.length).toBeGreaterThan(140);
});

test('syncMessages synchronizes in full, then changes only, and requires a full one for an invalid token', async () => {
  const full = await api.syncMessages({ syncType: 'FSync', dateFrom: BEGINNING, recordCount: 20 });
  expect(full.olderRecordsExist).toBe(true);
  const victim = full.records[0] ?? expect.unreachable();
  await api.deleteMessage([victim.id], {});
  const changes = await api.syncMessages({ syncType: 'ISync', syncToken: full.syncToken ?? '' });
  expect(changes.records.find(({ id }) => id === victim.id)).toMatchObject({ availability: 'Deleted' });

  await admin('invalidate-sync-tokens', { errorCode: 'CMN-101' });
  const error = await rejection(api.syncMessages({ syncType: 'ISync', syncToken: changes.syncToken ?? '' }));
  expect(error).toMatchObject({ kind: 'fullSyncRequired' });
});

test('readMessage returns one message, or several with the error of one that does not exist', async () => {
  const [one, two] = await alive();
  const ids = [one?.id ?? '', two?.id ?? ''];
  expect(await api.readMessage(ids.slice(0, 1))).toMatchObject([{ status: 200, message: { id: ids[0] } }]);
  expect(await api.readMessage([...ids, '1'])).toMatchObject([
    { status: 200, message: { id: ids[0] } },
    { status: 200, message: { id: ids[1] } },
    { id: '1', status: 404, error: { kind: 'notFound' } },
  ]);
});

describe.each([1, 3, 60])('changing %i messages', (count) => {
  test('sets the read status of each', async () => {
    const ids = (await alive()).slice(0, count).map(({ id }) => id);
    expect(ids).toHaveLength(count);
    for (const readStatus of ['Unread', 'Read'] as const) {
      const results = await api.updateMessage(ids, { readStatus });
      expect(results.map(({ id }) => id)).toEqual(ids);
      for (const { message } of results) expect(message).toMatchObject({ readStatus });
    }
  });

  test('deletes, restores and purges exactly these', async () => {
    const before = await availabilities();
    const ids = (await alive()).slice(0, count).map(({ id }) => id);
    expect(ids).toHaveLength(count);
    const expectOnly = async (availability: string): Promise<void> => {
      expect(await availabilities()).toEqual(
        new Map([...before, ...ids.map((id) => [id, availability] as const)]),
      );
    };

    for (const part of inParts(ids)) {
      expect(await api.deleteMessage(part, {})).toEqual(part.map((id) => ({ id, status: 204 })));
    }
    await expectOnly('Deleted');
    const restored = await api.patchMessage(ids, { availability: 'Alive' });
    expect(restored.map(({ id, error }) => [id, error])).toEqual(ids.map((id) => [id, undefined]));
    await expectOnly('Alive');
    for (const part of inParts(ids)) await api.deleteMessage(part, { purge: true });
    await expectOnly('Purged');
  });
});

test('deleteMessage reports which messages it could not delete', async () => {
  const [message] = await alive();
  const id = message?.id ?? '';
  expect(await api.deleteMessage([id, '1'], {})).toMatchObject([
    { id, status: 204 },
    { id: '1', status: 404, error: { kind: 'notFound' } },
  ]);
});

test('a deletion whose answer is lost is not sent again, because that would purge the message', async () => {
  const [message] = await alive();
  const id = message?.id ?? '';
  await admin('fail', { kind: 'lostAnswer', method: 'DELETE' });
  expect(await rejection(api.deleteMessage([id], {}))).toMatchObject({ kind: 'network', failure: 'reset' });
  expect((await availabilities()).get(id)).toBe('Deleted');
});

test('deleteMessageByFilter deletes all messages of the given conversation and no others', async () => {
  const before = await availabilities();
  const messages = await alive();
  const ofConversation = (id: string | undefined): readonly Message[] =>
    messages.filter(({ conversationId }) => conversationId !== undefined && conversationId === id);
  const chosen = messages.find(({ conversationId }) => ofConversation(conversationId).length > 2);
  const dateTo = new Date(Date.now() + 60_000).toISOString();
  await api.deleteMessageByFilter(chosen?.conversationId ?? '', { dateTo });
  const expected = ofConversation(chosen?.conversationId).map(({ id }) => [id, 'Deleted'] as const);
  expect(expected.length).toBeGreaterThan(2);
  expect(await availabilities()).toEqual(new Map([...before, ...expected]));
});

test('readMessageContent returns a recording whole or in part', async () => {
  const voicemail = (await alive()).find(({ type }) => type === 'VoiceMail');
  const recording =
    voicemail?.attachments.find(({ type }) => type === 'AudioRecording') ?? expect.unreachable();
  const whole = await api.readMessageContent(recording);
  const bytes = await readBytes(whole.stream, 10_000_000);
  expect(whole.contentType).toMatch(/^audio\//);
  expect(bytes.byteLength).toBe(whole.size);

  const part = await api.readMessageContent(recording, { range: { start: 10, end: 19 } });
  expect(part.range).toEqual({ start: 10, end: 19, total: bytes.byteLength });
  expect(Buffer.from(await readBytes(part.stream, 100))).toEqual(Buffer.from(bytes.subarray(10, 20)));
});

test('the retention period is read and changed, unless the user lacks the permission', async () => {
  await api.updateMessageStoreConfiguration({ retentionPeriod: 45 });
  expect(await api.readMessageStoreConfiguration()).toEqual({ retentionPeriod: 45 });
  await admin('permissions', { user: { AccountAdministration: false } });
  expect(await rejection(api.readMessageStoreConfiguration())).toMatchObject({ kind: 'userPermission' });
});

test('an expired access token is renewed once and the request succeeds', async () => {
  await admin('expire-tokens', { which: 'access' });
  expect(await readExtension(transport)).toMatchObject({ id: tokens.set.ownerId });
  expect(tokens.renewals).toBe(1);
});

test('a request of a revoked session fails with signInRequired', async () => {
  await revokeToken(http, emulator.url, emulator, tokens.set.accessToken);
  expect(await rejection(readExtension(transport))).toMatchObject({ kind: 'signInRequired' });
});

test('requests beyond a rate limit wait, so that the server never refuses any with 429', async () => {
  await admin('rate-limits', { enabled: true, limits: { light: 4 } });
  const sleeping = new FakeClock();
  const origins = { rest: emulator.url, media: emulator.mediaUrl };
  const limited = new Transport(http, origins, tokens, {
    clock: {
      now: sleeping.now,
      sleep: async (milliseconds, signal) => {
        await admin('advance-clock', { seconds: milliseconds / 1000 });
        await sleeping.sleep(milliseconds, signal);
      },
    },
  });
  for (let count = 0; count < 10; count++) await readExtension(limited);
  const { requests } = (await admin('requests')) as { requests: { status: number }[] };
  expect(requests.filter(({ status }) => status === 429)).toEqual([]);
  expect(sleeping.sleeps.length).toBeGreaterThan(0);
});
