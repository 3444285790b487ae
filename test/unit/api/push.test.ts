import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { PushConnection, type PushOptions } from '../../../src/api/push';
import { Transport } from '../../../src/api/transport';
import { MESSAGES_PATH } from '../emulator/testEmulator';
import { runBundled } from './bundle';
import { DIRECT, FakeClock, FakeTokens, httpClient, ManualClock } from './fakes';
import { startConnected, startPush, type PushSetup } from './pushSetup';
import { json, listen, refusal, startServer } from './server';

const HOUR = 60 * 60_000;
const DAY_SECONDS = 24 * 60 * 60;

async function notified({ notifications }: PushSetup, count: number): Promise<void> {
  await expect.poll(() => notifications()).toBe(count);
}

/** Lets both ends notice that the connection is lost, and ours wait for its next attempt. */
async function lost({ push, clock, emulator }: PushSetup): Promise<void> {
  await expect
    .poll(() => ({ connected: push.state === 'connected', waits: clock.pending.length }))
    .toEqual({ connected: false, waits: 1 });
  await expect.poll(async () => (await emulator.admin.state()).pushConnections).toBe(0);
}

describe('an open push connection', () => {
  test('notifies of a message that is delivered', async () => {
    const setup = await startConnected();
    await setup.emulator.admin.deliver({ text: 'hello' });
    await notified(setup, 2);
    expect(setup.states).toEqual(['connected']);
  });

  test('notifies of what another client changes or deletes', async () => {
    const setup = await startConnected();
    const { id } = await setup.emulator.admin.deliver();
    await notified(setup, 2);
    await setup.emulator.request('PUT', `${MESSAGES_PATH}/${id}`, { json: { readStatus: 'Read' } });
    await notified(setup, 3);
    await setup.emulator.request('DELETE', `${MESSAGES_PATH}/${id}`);
    await notified(setup, 4);
  });

  test('has no secret in its log', async () => {
    const setup = await startConnected();
    await setup.emulator.admin.dropConnections();
    await lost(setup);
    expect(setup.log.length).toBeGreaterThan(1);
    expect(setup.log.join('\n')).not.toMatch(/access_token|wsc=|\/ws/);
  });
});

describe('a push connection that broke', () => {
  test.each([true, false])(
    'is resumed without missing a notification (with a close frame: %s)',
    async (closeFrame) => {
      const setup = await startConnected();
      await setup.emulator.admin.dropConnections({ closeFrame });
      await lost(setup);
      await setup.emulator.admin.deliver();
      await setup.emulator.admin.deliver();
      expect(setup.notifications()).toBe(1);
      setup.clock.advance(1000);
      await setup.reached('connected');
      // One for each delivery, and none of our own.
      await notified(setup, 3);
      expect(setup.log.at(-1)).toContain('nothing missed');
      await setup.emulator.admin.deliver();
      await notified(setup, 4);
      expect((await setup.upgrades()).map(({ query }) => 'wsc' in query)).toEqual([false, true]);
    },
  );

  test('starts a new session and notifies once if the server no longer knows the old session', async () => {
    const setup = await startConnected();
    await setup.emulator.admin.dropConnections();
    await lost(setup);
    await setup.emulator.admin.deliver();
    await setup.emulator.admin.advanceClock(181);
    setup.clock.advance(1000);
    await setup.reached('connected');
    await notified(setup, 2);
    expect((await setup.upgrades()).map(({ query }) => 'wsc' in query)).toEqual([false, true]);
    await setup.emulator.admin.deliver();
    await notified(setup, 3);
  });

  test('starts a new session at once if the old session must have expired', async () => {
    const setup = await startConnected();
    await setup.emulator.admin.dropConnections();
    await lost(setup);
    setup.clock.advance(181_000);
    await setup.reached('connected');
    await notified(setup, 2);
    expect((await setup.upgrades()).map(({ query }) => 'wsc' in query)).toEqual([false, false]);
  });
});

describe('a push connection on which nothing arrives', () => {
  test('sends a heartbeat after 30 seconds, and stays connected if it is answered', async () => {
    const setup = await startConnected();
    const before = setup.clock.sleeps.length;
    setup.clock.advance(30_000);
    // The answer ends the wait for it without any time passing.
    await expect.poll(() => setup.clock.sleeps.slice(before)).toEqual([10_000, 30_000]);
    expect(setup.clock.pending[0]).toBe(30_000);
    expect(setup.states).toEqual(['connected']);
  });

  test('reconnects if the heartbeat is not answered, and then gets what was held back', async () => {
    const setup = await startConnected();
    await setup.emulator.admin.changeSettings({ silentPush: true });
    await setup.emulator.admin.deliver();
    setup.clock.advance(30_000);
    await expect.poll(() => setup.clock.pending[0]).toBe(10_000);
    setup.clock.advance(10_000);
    await lost(setup);
    await setup.emulator.admin.changeSettings({ silentPush: false });
    setup.clock.advance(1000);
    await setup.reached('connected');
    await notified(setup, 2);
  });
});

describe('a push connection that is open for a day', () => {
  test('is replaced five minutes before the server ends it, without missing a notification', async () => {
    const setup = await startConnected();
    await expect.poll(() => setup.clock.pending).toContain(DAY_SECONDS * 1000 - 300_000);
    setup.clock.advance(DAY_SECONDS * 1000 - 300_000);
    await lost(setup);
    await setup.emulator.admin.deliver();
    setup.clock.advance(1000);
    await setup.reached('connected');
    await notified(setup, 2);
    expect(setup.log.at(-1)).toContain('nothing missed');
  });

  test('is opened again if the server ends it first', async () => {
    const setup = await startConnected();
    await setup.emulator.admin.advanceClock(DAY_SECONDS);
    await lost(setup);
    await setup.emulator.signIn();
    setup.clock.advance(1000);
    await setup.reached('connected');
    await setup.emulator.admin.deliver();
    await expect.poll(() => setup.notifications()).toBeGreaterThan(2);
  });
});

describe('a push connection of an extension with shared SMS', () => {
  const SHARED = { owner: { extensionId: '400131499008', name: 'Support' } };

  test('notifies of shared messages and of its own', async () => {
    const setup = await startPush(undefined, { sharedSms: true });
    await setup.reached('connected');
    await setup.emulator.admin.deliver(SHARED);
    await notified(setup, 2);
    await setup.emulator.admin.deliver();
    await notified(setup, 3);
  });

  test.each(['a feature that it has not', 'the server'])(
    'notifies of its own messages if those are refused for %s',
    async (reason) => {
      const setup = await startPush(
        ({ admin }) =>
          reason === 'the server'
            ? admin.deviate({ refused: { sharedSms: 'forbidden' } })
            : admin.setFeatures({ CallQueueSmsRecipient: false }),
        { sharedSms: true },
      );
      await setup.reached('connected');
      expect(await setup.upgrades()).toHaveLength(1);
      expect(setup.log).toContainEqual(expect.stringContaining('notifications of shared SMS were refused'));
      await setup.emulator.admin.deliver();
      await notified(setup, 2);
    },
  );

  test.each([
    [401, 'OAU-128'],
    [408, 'CMN-201'],
    [429, 'CMN-301'],
    [503, 'CMN-211'],
  ])('is attempted again, for both, if the subscription fails with %i', async (status, errorCode) => {
    const { url, subscriptions } = await startSubscribing((filters) =>
      subscriptions.length === 1 ? { status, body: refusal(errorCode) } : { status: 200, body: { filters } },
    );
    const { push, clock, log } = pushTo(url, { sharedSms: true });
    await expect.poll(() => clock.pending).toEqual([1000]);
    expect(log.join()).not.toContain('shared SMS');
    clock.advance(1000);
    await expect.poll(() => push.state).toBe('connected');
    expect(subscriptions.map((filters) => filters.length)).toEqual([2, 2]);
  });

  test('is not notified of shared messages unless it asks for them', async () => {
    const setup = await startConnected();
    await setup.emulator.admin.deliver(SHARED);
    await setup.emulator.admin.deliver();
    await notified(setup, 2);
  });
});

describe('a push connection that cannot be opened', () => {
  test('is unavailable without the permission of the app, and is attempted again after an hour', async () => {
    const setup = await startPush(({ admin }) =>
      admin.setPermissions({ app: { WebSocketsSubscription: false } }),
    );
    await setup.reached('unavailable');
    await expect.poll(() => setup.clock.pending).toEqual([HOUR]);
    expect(setup.notifications()).toBe(0);
    expect(await setup.upgrades()).toEqual([]);
    await setup.emulator.admin.setPermissions({ app: { WebSocketsSubscription: true } });
    setup.clock.advance(HOUR);
    await setup.reached('connected');
    expect(setup.states).toEqual(['unavailable', 'connected']);
  });

  test('is unavailable if the user may not read messages, and leaves no connection open', async () => {
    const setup = await startPush(({ admin }) => admin.setPermissions({ user: { ReadMessages: false } }));
    await setup.reached('unavailable');
    await expect.poll(async () => (await setup.emulator.admin.state()).pushConnections).toBe(0);
    expect(setup.clock.pending).toEqual([HOUR]);
  });

  test('is unavailable from the fourth refused WebSocket on, with a pause that doubles each time', async () => {
    const setup = await startPush(({ admin }) => admin.fail({ path: '/ws?', status: 503, count: 5 }));
    for (const pause of [1000, 2000, 4000, 8000, 16_000]) {
      await expect.poll(() => setup.clock.pending).toEqual([pause]);
      expect(setup.push.state).toBe(pause < 8000 ? 'connecting' : 'unavailable');
      setup.clock.advance(pause);
    }
    await setup.reached('connected');
    expect(setup.states).toEqual(['unavailable', 'connected']);
  });

  test('is attempted every 15 minutes in the long run', async () => {
    const setup = await startPush(({ admin }) => admin.fail({ path: '/ws?', status: 503, count: 100 }));
    for (let attempt = 0; attempt < 10; attempt++) {
      await expect.poll(() => setup.clock.pending).toHaveLength(1);
      setup.clock.advance(15 * 60_000);
      await expect.poll(() => setup.upgrades()).toHaveLength(attempt + 2);
    }
    await expect.poll(() => setup.clock.pending).toEqual([15 * 60_000]);
  });

  test('is attempted after half of the pause at the earliest', async () => {
    const setup = await startPush(({ admin }) => admin.fail({ path: '/ws?', status: 503 }), {
      random: () => 0,
    });
    await expect.poll(() => setup.clock.pending).toEqual([500]);
  });
});

describe('disposing a push connection', () => {
  test('closes it at the server, leaves no timer, and ends notifications', async () => {
    const setup = await startConnected();
    setup.push.dispose();
    expect(setup.states).toEqual(['connected', 'closed']);
    await expect.poll(async () => (await setup.emulator.admin.state()).pushConnections).toBe(0);
    await expect.poll(() => setup.clock.pending).toEqual([]);
    await setup.emulator.admin.deliver();
    setup.push.dispose();
    expect(setup.notifications()).toBe(1);
    expect(setup.states).toEqual(['connected', 'closed']);
  });

  test.each([
    ['asks for a token', { path: '/restapi/oauth/wstoken', method: 'POST' }],
    ['waits for the WebSocket', { path: '/ws?' }],
  ])('stops one that %s', async (_when, target) => {
    const setup = await startPush(({ admin }) =>
      admin.fail({ kind: 'delay', milliseconds: 60_000, ...target }),
    );
    const path = target.path.replace('?', '');
    await expect
      .poll(async () => (await setup.emulator.admin.requests()).map((request) => request.path))
      .toContain(path);
    setup.push.dispose();
    await expect.poll(() => setup.clock.pending).toEqual([]);
    expect(setup.states).toEqual(['closed']);
    expect(setup.notifications()).toBe(0);
  });

  test('cancels the next attempt', async () => {
    const setup = await startPush(({ admin }) => admin.fail({ path: '/ws?', status: 503 }));
    await expect.poll(() => setup.clock.pending).toEqual([1000]);
    setup.push.dispose();
    await expect.poll(() => setup.clock.pending).toEqual([]);
    expect(await setup.upgrades()).toHaveLength(1);
  });

  test('lets the process end, and leaves no global dispatcher', async () => {
    const { emulator } = await startConnected();
    const { url, mediaUrl } = emulator.emulator;
    const script = `
      import { HttpClient } from './src/api/httpClient';
      import { PushConnection } from './src/api/push';
      import { Transport } from './src/api/transport';
      const network = ${JSON.stringify(DIRECT)};
      const http = new HttpClient(network);
      const token = () => Promise.resolve('${emulator.accessToken}');
      const origins = { rest: '${url}', media: '${mediaUrl}' };
      const transport = new Transport(http, origins, { accessToken: token, renew: token });
      const push = new PushConnection(transport, { rest: '${url}', network: () => network });
      push.onDidNotify(() => {
        const dispatchers = ['1', '2'].map((version) => globalThis[Symbol.for('undici.globalDispatcher.' + version)]);
        console.log(push.state, dispatchers.map(String).join());
        push.dispose();
        void http.dispose();
      });`;
    // And the process has no dispatcher for the fetch of others (globalDispatcher.test.ts).
    expect(await runBundled(script)).toBe('connected undefined,undefined');
  });
});

describe('a push address of another host', () => {
  test('gets no request, and the attempt counts as failed', async () => {
    const stranger = await startServer((_request, response) => response.end());
    const uri = `${stranger.url.replace('http', 'ws')}/ws`;
    const server = await startServer((_request, response) =>
      json(response, 200, { uri, ws_access_token: 'secret', expires_in: 30 }),
    );
    const { push, clock, log } = pushTo(server.url);
    await expect.poll(() => clock.pending).toEqual([1000]);
    expect(push.state).toBe('connecting');
    expect(log.join()).toContain(`${stranger.host} is not a host of the server`);
    expect(stranger.requests).toEqual([]);
  });
});

describe('a server without push', () => {
  test('is not asked again for an hour', async () => {
    const server = await startServer((_request, response) => json(response, 404, refusal('CMN-102')));
    const { push, clock } = pushTo(server.url);
    await expect.poll(() => clock.pending).toEqual([HOUR]);
    expect(push.state).toBe('unavailable');
  });
});

/** A server whose answer to each subscription is chosen by what it asks for. */
async function startSubscribing(
  answer: (eventFilters: readonly string[]) => { readonly status: number; readonly body: object },
): Promise<{ url: string; subscriptions: readonly (readonly string[])[] }> {
  const server = createServer((_request, response) =>
    json(response, 200, { uri: `ws://${host}/ws`, ws_access_token: 'secret', expires_in: 30 }),
  );
  const subscriptions: (readonly string[])[] = [];
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.send(JSON.stringify([{ type: 'ConnectionDetails' }, {}]));
    socket.on('message', (data: Buffer) => {
      const [{ messageId }, { eventFilters }] = JSON.parse(data.toString()) as [
        { messageId: string },
        { eventFilters: string[] },
      ];
      subscriptions.push(eventFilters);
      const { status, body } = answer(eventFilters);
      socket.send(JSON.stringify([{ type: 'ClientRequest', messageId, status }, body]));
    });
  });
  const host = `127.0.0.1:${await listen(server)}`;
  return { url: `http://${host}`, subscriptions };
}

function pushTo(
  url: string,
  options: Partial<PushOptions> = {},
): { push: PushConnection; clock: ManualClock; log: string[] } {
  const clock = new ManualClock();
  const log: string[] = [];
  const origins = { rest: url, media: url };
  const transport = new Transport(httpClient(), origins, new FakeTokens(), { clock: new FakeClock() });
  const push = new PushConnection(transport, {
    rest: url,
    network: () => DIRECT,
    clock,
    random: () => 1,
    log: (line) => log.push(line),
    ...options,
  });
  onTestFinished(() => push.dispose());
  return { push, clock, log };
}
