import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import { parseJson } from '../../../src/api/json';
import {
  type ErrorBody,
  MESSAGES_PATH,
  MULTIPART_JSON,
  START,
  startTestEmulator,
  type TestEmulator,
} from './testEmulator';

const TOKEN_PATH = '/restapi/oauth/wstoken';
const SUBSCRIPTION_PATH = '/restapi/v1.0/subscription/';
const FILTER = '/restapi/v1.0/account/~/extension/~/message-store';
const SUBSCRIPTION = { eventFilters: [FILTER], deliveryMode: { transportType: 'WebSocket' } };

interface TokenBody {
  readonly uri: string;
  readonly ws_access_token: string;
  readonly expires_in: number;
}

interface Meta {
  readonly type: string;
  readonly messageId: string;
  readonly status: number;
  readonly wsc?: { readonly sequence: number; readonly token: string };
}

type Frame = readonly [Meta, Readonly<Record<string, unknown>>?];

class Client {
  /** Resolves with the close code when the connection has ended. */
  readonly closed: Promise<number>;
  readonly #unread: Frame[] = [];

  constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.#unread.push(parseJson(data.toString()) as Frame));
    this.closed = new Promise((resolve) => socket.once('close', resolve));
  }

  send(...frame: readonly unknown[]): void {
    this.sendText(JSON.stringify(frame));
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** The next frame that is unread. @throws Error if the connection ends before it comes */
  async next(): Promise<Frame> {
    if (this.#unread.length === 0) await Promise.race([once(this.socket, 'message'), this.closed]);
    const frame = this.#unread.shift();
    if (!frame) throw new Error('The connection has ended.');
    return frame;
  }

  /** Sends a Heartbeat and gives the next frame: the answer to it, unless another frame was sent before. */
  heartbeat(): Promise<Frame> {
    this.send({ type: 'Heartbeat', messageId: 'beat' });
    return this.next();
  }

  async request(path: string, body: unknown, method = 'POST'): Promise<Frame> {
    this.send({ type: 'ClientRequest', messageId: 'mine', method, path }, body);
    return this.next();
  }

  /** The changes that the next notification tells of. */
  async changes(): Promise<unknown> {
    const [{ type }, body] = await this.next();
    expect(type).toBe('ServerNotification');
    return (body?.['body'] as { changes: unknown } | undefined)?.changes;
  }
}

async function issueToken(test: TestEmulator): Promise<TokenBody> {
  return (await test.request('POST', TOKEN_PATH)).json<TokenBody>();
}

/** Connects; resolves when the server has agreed. */
async function connect({ uri, ws_access_token: token }: TokenBody, wsc?: string): Promise<Client> {
  const socket = new WebSocket(`${uri}?access_token=${token}${wsc === undefined ? '' : `&wsc=${wsc}`}`);
  onTestFinished(() => socket.terminate());
  const client = new Client(socket);
  await once(socket, 'open');
  return client;
}

/** Resolves when the emulator has seen the end of every connection. */
async function noConnections(test: TestEmulator): Promise<void> {
  while ((await test.admin.state()).pushConnections > 0);
}

async function start(): Promise<{ test: TestEmulator; client: Client; wsc: string }> {
  const test = await startTestEmulator();
  const client = await connect(await issueToken(test));
  const [{ wsc }] = await client.next();
  expect((await client.request(SUBSCRIPTION_PATH, SUBSCRIPTION))[0].status).toBe(200);
  return { test, client, wsc: wsc?.token ?? '' };
}

async function reconnect(test: TestEmulator, wsc: string): Promise<{ client: Client; details: Frame }> {
  const client = await connect(await issueToken(test), wsc);
  return { client, details: await client.next() };
}

describe('a WebSocket token', () => {
  it('comes with the URI to connect to and a lifetime of 30 seconds', async () => {
    const test = await startTestEmulator();
    const answer = await test.request('POST', TOKEN_PATH);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-rate-limit-group')).toBe('auth');
    expect(answer.json()).toEqual({
      uri: `${test.emulator.url.replace('http', 'ws')}/ws`,
      ws_access_token: expect.stringMatching(/^.{20,}$/) as string,
      expires_in: 30,
    });
  });

  it('is refused with 403 CMN-401 without the permission WebSocketsSubscription, and with 401 without a session', async () => {
    const test = await startTestEmulator();
    await test.admin.setPermissions({ app: { WebSocketsSubscription: false } });
    const answer = await test.request('POST', TOKEN_PATH);
    expect(answer.status).toBe(403);
    expect(answer.json<ErrorBody>()).toMatchObject({
      errorCode: 'CMN-401',
      permissionName: 'WebSocketsSubscription',
    });
    const stranger = await test.request('POST', TOKEN_PATH, { headers: { authorization: 'Bearer x' } });
    expect(stranger.status).toBe(401);
  });

  it('opens one connection, and none after 30 seconds or at another path', async () => {
    const test = await startTestEmulator();
    const used = await issueToken(test);
    await connect(used);
    await expect(connect(used)).rejects.toThrow('401');
    const [young, old] = [await issueToken(test), await issueToken(test)];
    await test.admin.advanceClock(29);
    await connect(young);
    await test.admin.advanceClock(1);
    await expect(connect(old)).rejects.toThrow('401');
    await expect(connect({ ...old, ws_access_token: 'guess' })).rejects.toThrow('401');
    await expect(connect({ ...(await issueToken(test)), uri: `${old.uri}x` })).rejects.toThrow('404');
  });

  it('is redacted in the request log, and so is the token for recovering the session (wsc)', async () => {
    const { test, wsc } = await start();
    await reconnect(test, wsc);
    const upgrades = (await test.admin.requests()).filter(({ path }) => path === '/ws');
    expect(upgrades).toMatchObject([
      { status: 101, query: { access_token: ['redacted'] } },
      { status: 101, query: { access_token: ['redacted'], wsc: ['redacted'] } },
    ]);
  });
});

describe('a WebSocket connection', () => {
  it('begins with ConnectionDetails', async () => {
    const test = await startTestEmulator();
    const [meta, body] = await (await connect(await issueToken(test))).next();
    expect(meta).toMatchObject({ type: 'ConnectionDetails', status: 200, wsc: { sequence: 1 } });
    expect(body).toEqual({
      creationTime: new Date(START).toISOString(),
      maxConnectionsPerSession: 5,
      recoveryBufferSize: 100,
      recoveryTimeout: 180,
      idleTimeout: 1800,
      absoluteTimeout: 86_400,
    });
  });

  it('answers a Heartbeat', async () => {
    const { client } = await start();
    expect(await client.heartbeat()).toMatchObject([{ type: 'Heartbeat', messageId: 'beat', status: 200 }]);
  });

  it.each(['nonsense', '{}', '[]', '[1]', '[{"type":"Unknown"}]'])(
    'answers the invalid frame %s with an Error and stays open',
    async (text) => {
      const { client } = await start();
      client.sendText(text);
      expect((await client.next())[0]).toMatchObject({ type: 'Error', status: 400 });
      expect((await client.heartbeat())[0].type).toBe('Heartbeat');
    },
  );

  it('is closed with WSG-903 after 24 hours', async () => {
    const { test, client } = await start();
    await test.admin.advanceClock(24 * 60 * 60 - 1);
    expect((await test.admin.state()).pushConnections).toBe(1);
    await test.admin.advanceClock(1);
    expect(await client.next()).toMatchObject([{ type: 'Error' }, { errorCode: 'WSG-903' }]);
    expect(await client.closed).toBe(1001);
  });

  it.each([
    ['with', true, 1000],
    ['without', false, 1006],
  ])('can be dropped %s a close frame', async (_, closeFrame, code) => {
    const { test, client } = await start();
    expect(await test.admin.dropConnections({ closeFrame })).toBe(1);
    expect(await client.closed).toBe(code);
    await noConnections(test);
  });

  it('can be refused or reset by a planned fault', async () => {
    const test = await startTestEmulator();
    await test.admin.fail({ path: '/ws?', status: 503 });
    await expect(connect(await issueToken(test))).rejects.toThrow('503');
    await test.admin.fail({ path: '/ws?', kind: 'reset' });
    await expect(connect(await issueToken(test))).rejects.toThrow('socket hang up');
    await connect(await issueToken(test));
  });

  it('ends when the emulator stops', async () => {
    const { test, client } = await start();
    await test.emulator.stop();
    expect(await client.closed).toBe(1006);
  });
});

describe('a subscription', () => {
  it('is confirmed with its event filters, its delivery mode and its status', async () => {
    const test = await startTestEmulator();
    const client = await connect(await issueToken(test));
    await client.next();
    const [meta, body] = await client.request(SUBSCRIPTION_PATH, SUBSCRIPTION);
    expect(meta).toMatchObject({ type: 'ClientRequest', messageId: 'mine', status: 200 });
    expect(body).toMatchObject({
      eventFilters: [
        expect.stringMatching(/^\/restapi\/v1\.0\/account\/\d+\/extension\/\d+\/message-store$/),
      ],
      deliveryMode: { transportType: 'WebSocket' },
      status: 'Active',
    });
  });

  it.each([
    ['no event filters', { ...SUBSCRIPTION, eventFilters: [] }, 'eventFilters'],
    [
      'shared SMS without the feature',
      { ...SUBSCRIPTION, eventFilters: [FILTER.replace('message-store', 'shared-sms')] },
      'eventFilters',
    ],
    ['an unknown event filter', { ...SUBSCRIPTION, eventFilters: [`${FILTER}/x`] }, 'eventFilters'],
    [
      'an event filter of another extension',
      { ...SUBSCRIPTION, eventFilters: [FILTER.replace('~', '1')] },
      'eventFilters',
    ],
    [
      'a webhook as its transport',
      { ...SUBSCRIPTION, deliveryMode: { transportType: 'WebHook' } },
      'deliveryMode.transportType',
    ],
    ['no delivery mode', { eventFilters: [FILTER] }, 'deliveryMode'],
    ['no body', undefined, 'body'],
  ])('with %s is refused with 400 CMN-101', async (_what, body, parameterName) => {
    const { test, client } = await start();
    await test.admin.setFeatures({ CallQueueSmsRecipient: false });
    const answer = await client.request(SUBSCRIPTION_PATH, body);
    expect(answer).toMatchObject([
      { type: 'ClientRequest', messageId: 'mine', status: 400 },
      { errorCode: 'CMN-101', parameterName },
    ]);
  });

  it('requires the permission ReadMessages, and a request for another resource is answered with 404', async () => {
    const { test, client } = await start();
    expect((await client.request('/restapi/v1.0/account/~', undefined, 'GET'))[0].status).toBe(404);
    await test.admin.setPermissions({ user: { ReadMessages: false } });
    expect(await client.request(SUBSCRIPTION_PATH, SUBSCRIPTION)).toMatchObject([
      { status: 403 },
      { errorCode: 'CMN-408' },
    ]);
  });
});

describe('a notification', () => {
  it('reports in one frame all messages that are delivered together', async () => {
    const { test, client } = await start();
    const [a, b, c] = await test.admin.deliverAll([{ type: 'SMS' }, { type: 'SMS' }, { type: 'Fax' }]);
    const [meta, body] = await client.next();
    expect(meta).toMatchObject({ type: 'ServerNotification', status: 200 });
    expect(body).toMatchObject({
      event: expect.stringMatching(/\/message-store$/) as string,
      body: {
        lastUpdated: new Date(START).toISOString(),
        changes: [
          { type: 'SMS', newCount: 2, updatedCount: 0, newMessageIds: [a?.id, b?.id] },
          { type: 'Fax', newCount: 1, updatedCount: 0, newMessageIds: [c?.id] },
        ],
      },
    });
    expect((await client.heartbeat())[0].type).toBe('Heartbeat');
  });

  it('reports changes made through the admin API and by requests of a client', async () => {
    const { test, client } = await start();
    const [a, b] = await test.admin.deliverAll([{}, {}]);
    await client.changes();
    const change = (updatedCount: number): object[] => [
      { type: 'SMS', newCount: 0, updatedCount, newMessageIds: [] },
    ];
    await test.admin.change(a?.id ?? 0, { messageStatus: 'Delivered' });
    expect(await client.changes()).toEqual(change(1));
    await test.request('PUT', `${MESSAGES_PATH}/*`, {
      headers: { 'content-type': MULTIPART_JSON },
      body: JSON.stringify([a, b].map((each) => ({ resourceId: each?.id, body: { readStatus: 'Read' } }))),
    });
    expect(await client.changes()).toEqual(change(2));
    await test.request('DELETE', `${MESSAGES_PATH}/${a?.id}`);
    expect(await client.changes()).toEqual(change(1));
    await test.request('PATCH', `${MESSAGES_PATH}/${a?.id}`, { json: { availability: 'Alive' } });
    expect(await client.changes()).toEqual(change(1));
  });

  it('reports each shared SMS by an event of its own, with the record and its id as a string', async () => {
    const test = await startTestEmulator();
    const client = await connect(await issueToken(test));
    await client.next();
    const eventFilters = [FILTER, FILTER.replace('message-store', 'shared-sms')];
    await client.request(SUBSCRIPTION_PATH, { ...SUBSCRIPTION, eventFilters });
    const owner = { extensionId: '400131499008', name: 'Support' };
    const [shared, own] = await test.admin.deliverAll([{ text: 'Shared', owner }, { text: 'Own' }]);
    const [[, first], [, second]] = [await client.next(), await client.next()];
    expect(first).toMatchObject({ body: { changes: [{ newMessageIds: [own?.id] }] } });
    expect(second).toMatchObject({
      event: expect.stringMatching(/\/shared-sms$/) as string,
      body: { id: String(shared?.id), subject: 'Shared', owner },
    });
  });

  it('is sent only to connections with a subscription', async () => {
    const { test, client } = await start();
    const other = await connect(await issueToken(test));
    await other.next();
    await test.admin.deliver();
    await client.changes();
    expect((await other.heartbeat())[0].type).toBe('Heartbeat');
  });
});

describe('a push session', () => {
  it('receives the notifications that it missed, in their order, when it is recovered', async () => {
    const { test, wsc } = await start();
    await test.admin.dropConnections();
    await noConnections(test);
    await test.admin.deliver({ type: 'SMS' });
    await test.admin.deliver({ type: 'Fax' });
    await test.admin.advanceClock(179);
    const { client, details } = await reconnect(test, wsc);
    expect(details).toMatchObject([{ wsc: { sequence: 2 } }, { recoveryState: 'Successful' }]);
    expect(await client.changes()).toMatchObject([{ type: 'SMS', newCount: 1 }]);
    expect(await client.changes()).toMatchObject([{ type: 'Fax', newCount: 1 }]);
    await test.admin.deliver({ type: 'VoiceMail' });
    expect(await client.changes()).toMatchObject([{ type: 'VoiceMail', newCount: 1 }]);
  });

  it('closes its previous connection when it is recovered on a new one', async () => {
    const { test, client, wsc } = await start();
    await reconnect(test, wsc);
    expect(await client.closed).toBe(1006);
    expect((await test.admin.state()).pushConnections).toBe(1);
  });

  it.each([
    ['after 180 seconds', (test: TestEmulator) => test.admin.advanceClock(180)],
    ['with the token of another sign-in', (test: TestEmulator) => test.signIn()],
  ])('cannot be recovered %s', async (_how, between) => {
    const { test, wsc } = await start();
    await test.admin.dropConnections();
    await noConnections(test);
    await test.admin.deliver();
    await between(test);
    const { client, details } = await reconnect(test, wsc);
    expect(details[1]).toMatchObject({
      recoveryState: 'Failed',
      recoveryErrorCode: expect.any(String) as string,
    });
    await test.admin.deliver();
    expect((await client.heartbeat())[0].type).toBe('Heartbeat');
  });

  it('cannot be recovered without a subscription or with an unknown wsc token', async () => {
    const test = await startTestEmulator();
    const client = await connect(await issueToken(test));
    const [{ wsc }] = await client.next();
    const withoutSubscription = await reconnect(test, wsc?.token ?? '');
    expect(withoutSubscription.details[1]).toMatchObject({ recoveryErrorCode: 'WSG-1005' });
    expect((await reconnect(test, 'guess')).details[1]).toMatchObject({ recoveryState: 'Failed' });
  });
});
