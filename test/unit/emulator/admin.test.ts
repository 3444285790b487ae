import { describe, expect, it } from 'vitest';
import { freePort } from '../../builders/freePort';

import {
  EXTENSION_PATH,
  idsOf,
  type ListBody,
  LONG_AGO,
  MESSAGES_PATH,
  requestToken,
  send,
  startTestEmulator,
} from './testEmulator';

describe('the admin API', () => {
  it.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer wrong' }],
  ])('answers 401 to a request with %s', async (_, headers) => {
    const { emulator } = await startTestEmulator();
    expect((await send(emulator, 'POST', '/emulator/state', { headers })).status).toBe(401);
  });

  it('refuses the access token of a user, and the REST API refuses its token', async () => {
    const test = await startTestEmulator();
    expect((await test.request('POST', '/emulator/state')).status).toBe(401);
    const headers = { authorization: `Bearer ${test.emulator.adminToken}` };
    expect((await send(test.emulator, 'GET', EXTENSION_PATH, { headers })).status).toBe(401);
  });

  it('is not served at the media origin', async () => {
    const { emulator } = await startTestEmulator();
    const headers = { authorization: `Bearer ${emulator.adminToken}` };
    expect((await send(emulator, 'POST', `${emulator.mediaUrl}/emulator/state`, { headers })).status).toBe(
      404,
    );
  });

  it('names the invalid field when it refuses a request', async () => {
    const { admin } = await startTestEmulator();
    await expect(admin.deliver({ creationTime: 'yesterday' })).rejects.toThrow('[creationTime]');
    await expect(admin.deliver({ availability: 'Gone' })).rejects.toThrow('[availability]');
    await expect(admin.change('111', {})).rejects.toThrow('404');
    await expect(admin.advanceClock(-1)).rejects.toThrow('[seconds]');
    await expect(admin.fail({ status: 99 })).rejects.toThrow('[status]');
  });
});

describe('delivering a message', () => {
  it('creates an inbound, unread SMS with the current time when no fields are given', async () => {
    const { admin } = await startTestEmulator();
    expect(await admin.deliver()).toMatchObject({
      type: 'SMS',
      direction: 'Inbound',
      readStatus: 'Unread',
      availability: 'Alive',
      messageStatus: 'Received',
      creationTime: '2026-03-10T12:00:00.000Z',
      lastModifiedTime: '2026-03-10T12:00:00.000Z',
    });
  });

  it('stores any field, known or unknown', async () => {
    const { admin } = await startTestEmulator();
    const fields = { type: 'Hologram', priority: 'Extreme', faxPageCount: 3, novelty: { deep: true } };
    expect(await admin.deliver(fields)).toMatchObject(fields);
  });

  it('omits a field that is null from the record', async () => {
    const test = await startTestEmulator();
    const nothing = Object.fromEntries(
      ['type', 'direction', 'from', 'to', 'creationTime', 'readStatus', 'attachments', 'conversationId'].map(
        (name) => [name, null],
      ),
    );
    const { id } = await test.admin.deliver(nothing);
    const [record] = (await test.get(MESSAGES_PATH)).json<ListBody>().records;
    expect(record).toMatchObject({ id });
    for (const name of Object.keys(nothing)) expect(record).not.toHaveProperty(name);
  });

  it('puts text messages with the same party into the same conversation', async () => {
    const { admin } = await startTestEmulator();
    const phoneNumber = '+16505550111';
    const inbound = await admin.deliver({ from: { phoneNumber } });
    const outbound = await admin.deliver({ direction: 'Outbound', to: [{ phoneNumber }] });
    const other = await admin.deliver({ from: { phoneNumber: '+16505550112' } });
    expect(outbound['conversationId']).toBe(inbound['conversationId']);
    expect(other['conversationId']).not.toBe(inbound['conversationId']);
    expect(Number(inbound['conversationId'])).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    const known = await admin.deliver({
      from: { phoneNumber: '+16505550113' },
      conversationId: '8234962969801171948',
    });
    const next = await admin.deliver({ from: { phoneNumber: '+16505550113' } });
    expect(next['conversationId']).toBe(known['conversationId']);
    expect(await admin.deliver({ type: 'Fax' })).not.toHaveProperty('conversationId');
  });

  it('puts pager messages and text messages with the same party into separate conversations', async () => {
    const { admin } = await startTestEmulator();
    const text = await admin.deliver();
    const pager = await admin.deliver({ type: 'Pager' });
    expect(pager['conversationId']).not.toBe(text['conversationId']);
    expect((await admin.deliver({ type: 'Pager' }))['conversationId']).toBe(pager['conversationId']);
    expect((await admin.deliver())['conversationId']).toBe(text['conversationId']);
  });

  it('uses the given id and creationTime, sorts by that time, and refuses an id that is in use', async () => {
    const test = await startTestEmulator();
    const recent = await test.admin.deliver();
    await test.admin.deliver({ id: '5', creationTime: '2026-03-10T13:00:00+02:00' });
    const body = (await test.get(MESSAGES_PATH, { dateFrom: LONG_AGO })).json<ListBody>();
    expect(idsOf(body)).toEqual([recent.id, 5]);
    expect(body.records[1]).toMatchObject({ creationTime: '2026-03-10T11:00:00.000Z' });
    await expect(test.admin.deliver({ id: '5' })).rejects.toThrow('[id]');
  });
});

it('changing a message sets the given fields, keeps the others and updates lastModifiedTime', async () => {
  const test = await startTestEmulator();
  const { id } = await test.admin.deliver({
    direction: 'Outbound',
    messageStatus: 'Queued',
    text: 'off it goes',
  });
  await test.admin.advanceClock(1);
  await test.admin.change(id, { messageStatus: 'SendingFailed', deliveryErrorCode: 'SMS-UP-410' });
  expect((await test.get(`${MESSAGES_PATH}/${id}`)).json()).toMatchObject({
    messageStatus: 'SendingFailed',
    deliveryErrorCode: 'SMS-UP-410',
    subject: 'off it goes',
    lastModifiedTime: '2026-03-10T12:00:01.000Z',
  });
});

describe('a planned fault', () => {
  it('answers the next request with an error, and only that one', async () => {
    const test = await startTestEmulator();
    await test.admin.fail({ status: 503, errorCode: 'CMN-201', headers: { 'retry-after': '2' } });
    const answer = await test.get(EXTENSION_PATH);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.json()).toMatchObject({ errorCode: 'CMN-201', errors: [{ errorCode: 'CMN-201' }] });
    expect((await test.get(EXTENSION_PATH)).status).toBe(200);
  });

  it('can be a redirect, or an error with a body that is not JSON', async () => {
    const test = await startTestEmulator();
    await test.admin.fail({ status: 302, headers: { location: 'http://127.0.0.1:1/' } });
    expect((await test.get(EXTENSION_PATH)).headers.get('location')).toBe('http://127.0.0.1:1/');
    await test.admin.fail({
      status: 502,
      body: '<h1>Bad gateway</h1>',
      headers: { 'content-type': 'text/html' },
    });
    expect((await test.get(EXTENSION_PATH)).text).toBe('<h1>Bad gateway</h1>');
  });

  it('applies to as many requests as planned, with its method and path, after those that it skips', async () => {
    const test = await startTestEmulator();
    await test.admin.fail({ status: 500, count: 2, skip: 1, method: 'GET', path: 'message-store?' });
    const statuses: number[] = [];
    for (const path of [EXTENSION_PATH, ...Array<string>(4).fill(`${MESSAGES_PATH}?page=1`), MESSAGES_PATH]) {
      statuses.push((await test.get(path)).status);
    }
    expect(statuses).toEqual([200, 200, 500, 500, 200, 200]);
    expect((await test.request('DELETE', `${MESSAGES_PATH}?page=1`)).status).toBe(204);
  });

  it('applies to no request when its count is 0', async () => {
    const test = await startTestEmulator();
    await test.admin.fail({ count: 0 });
    expect((await test.get(EXTENSION_PATH)).status).toBe(200);
  });

  it('applies to the token endpoint and the media origin too', async () => {
    const test = await startTestEmulator();
    await test.admin.fail({ status: 500, count: 2 });
    expect((await requestToken(test.emulator, {})).status).toBe(500);
    expect((await test.get(`${test.emulator.mediaUrl}${MESSAGES_PATH}/1/content/1`)).status).toBe(500);
  });

  it('can reset the connection before the request is carried out', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    await test.admin.fail({ kind: 'reset', method: 'DELETE' });
    await expect(test.request('DELETE', `${MESSAGES_PATH}/${id}`)).rejects.toThrow();
    expect((await test.admin.state()).messages).toMatchObject([{ availability: 'Alive' }]);
  });

  it('can lose the response after the request is carried out', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    await test.admin.fail({ kind: 'lostAnswer', method: 'DELETE' });
    await expect(test.request('DELETE', `${MESSAGES_PATH}/${id}`)).rejects.toThrow();
    expect((await test.admin.state()).messages).toMatchObject([{ availability: 'Deleted' }]);
  });

  it('can cut off the response in the middle', async () => {
    const test = await startTestEmulator();
    await test.admin.fail({ kind: 'truncate' });
    const response = await fetch(`${test.emulator.url}${EXTENSION_PATH}`, {
      headers: { authorization: `Bearer ${test.accessToken}` },
    });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('can cut off the response after a given number of bytes', async () => {
    const test = await startTestEmulator();
    await test.admin.fail({ kind: 'truncate', bytes: 7 });
    const response = await fetch(`${test.emulator.url}${EXTENSION_PATH}`, {
      headers: { authorization: `Bearer ${test.accessToken}` },
    });
    let received = 0;
    const read = async (): Promise<void> => {
      for await (const chunk of response.body ?? []) received += (chunk as Uint8Array).byteLength;
    };
    await expect(read()).rejects.toThrow();
    expect(received).toBe(7);
  });

  it('can delay the response while other requests are answered', async () => {
    const test = await startTestEmulator();
    await test.admin.fail({ kind: 'delay', milliseconds: 60_000, path: 'message-store' });
    const slow = test.get(MESSAGES_PATH);
    slow.catch(() => undefined);
    while (!(await test.admin.requests()).some(({ path }) => path === MESSAGES_PATH));
    expect((await test.get(EXTENSION_PATH)).status).toBe(200);
    await test.emulator.stop();
    await expect(slow).rejects.toThrow();
  });

  it('can delay the response by a given number of milliseconds', async () => {
    const test = await startTestEmulator();
    await test.admin.fail({ kind: 'delay', milliseconds: 30 });
    const start = performance.now();
    expect((await test.get(EXTENSION_PATH)).status).toBe(200);
    // Node's timers count whole milliseconds.
    expect(performance.now() - start).toBeGreaterThanOrEqual(29);
  });

  it('can be cancelled', async () => {
    const test = await startTestEmulator();
    await test.admin.fail({ count: 100 });
    await test.admin.clearFaults();
    expect((await test.get(EXTENSION_PATH)).status).toBe(200);
  });
});

describe('the request log', () => {
  it('contains method, path, query, headers, body, status and origin of each request, but no secrets', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ text: 'hello' });
    await test.admin.resetRequests();
    await test.get(MESSAGES_PATH, { messageType: ['Fax', 'SMS'], access_token: 'secret' });
    await test.request('PUT', `${MESSAGES_PATH}/${id}`, {
      json: { readStatus: 'Read' },
      headers: { 'x-mine': 'yes' },
    });
    await test.get(`${test.emulator.mediaUrl}${MESSAGES_PATH}/${id}/content/${id}`);
    await requestToken(test.emulator, { grant_type: 'refresh_token', refresh_token: 'secret' });
    const requests = await test.admin.requests();
    expect(requests).toMatchObject([
      {
        origin: 'rest',
        method: 'GET',
        path: MESSAGES_PATH,
        query: { messageType: ['Fax', 'SMS'], access_token: ['redacted'] },
        headers: { authorization: 'Bearer redacted' },
        status: 200,
      },
      {
        method: 'PUT',
        path: `${MESSAGES_PATH}/${id}`,
        headers: { 'x-mine': 'yes' },
        body: '{"readStatus":"Read"}',
      },
      { origin: 'media', status: 200 },
      { method: 'POST', body: 'grant_type=refresh_token&refresh_token=redacted', status: 400 },
    ]);
    expect(JSON.stringify(requests)).not.toContain('secret');
  });

  it('does not contain requests to the admin API', async () => {
    const { admin } = await startTestEmulator();
    await admin.resetRequests();
    await admin.state();
    expect(await admin.requests()).toEqual([]);
  });
});

describe('every response', () => {
  it('has an rcrequestid of its own', async () => {
    const test = await startTestEmulator();
    const ids = [await test.get(EXTENSION_PATH), await test.get('/nowhere')].map(({ headers }) =>
      headers.get('rcrequestid'),
    );
    expect(ids[0]).toMatch(/^[\w-]{20,}$/);
    expect(ids[1]).toMatch(/^[\w-]{20,}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('is 404 for an unknown path, 405 for an unsupported method and 400 for a path that cannot be decoded', async () => {
    const test = await startTestEmulator();
    expect((await test.get('/restapi/v1.0/nothing')).status).toBe(404);
    expect((await test.get('/restapi/v1.0/account/~/extension/~/sms')).status).toBe(404);
    const answer = await test.request('POST', MESSAGES_PATH);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, DELETE');
    expect((await test.get(`${MESSAGES_PATH}/%E0%A4%A`)).status).toBe(400);
  });
});

describe('stopping the emulator', () => {
  it('closes both origins and their open connections, and has no effect when it is repeated', async () => {
    const test = await startTestEmulator({ port: await freePort() });
    await test.get(EXTENSION_PATH);
    await test.get(`${test.emulator.mediaUrl}${MESSAGES_PATH}/1/content/1`);
    await test.emulator.stop();
    await expect(test.get(EXTENSION_PATH)).rejects.toThrow();
    await expect(test.get(`${test.emulator.mediaUrl}/`)).rejects.toThrow();
    await test.emulator.stop();
  });
});
