import { describe, expect, it } from 'vitest';

import {
  type Answer,
  type ErrorBody,
  MESSAGES_PATH,
  minutesAgo,
  MULTIPART_JSON,
  startTestEmulator,
  type TestEmulator,
} from './testEmulator';

async function availabilities(test: TestEmulator): Promise<Record<string, string>> {
  const { messages } = await test.admin.state();
  return Object.fromEntries(messages.map(({ id, availability }) => [id, availability]));
}

describe('deleting a message', () => {
  it('changes its availability from Alive to Deleted, then to Purged, where it stays', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    for (const expected of ['Deleted', 'Purged', 'Purged']) {
      const answer = await test.request('DELETE', `${MESSAGES_PATH}/${id}`);
      expect(answer.status).toBe(204);
      expect(answer.text).toBe('');
      expect(await availabilities(test)).toEqual({ [id]: expected });
    }
  });

  it('with purge=true changes its availability from Alive to Purged at once', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    await test.request('DELETE', `${MESSAGES_PATH}/${id}`, { query: { purge: true } });
    expect(await availabilities(test)).toEqual({ [id]: 'Purged' });
  });

  it('answers 404 CMN-102 when no message has the id, or the message is not of the requested type', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ type: 'Fax' });
    expect((await test.request('DELETE', `${MESSAGES_PATH}/111`)).json<ErrorBody>().errorCode).toBe(
      'CMN-102',
    );
    const answer = await test.request('DELETE', `${MESSAGES_PATH}/${id}`, { query: { type: 'SMS' } });
    expect(answer.status).toBe(404);
    expect(await availabilities(test)).toEqual({ [id]: 'Alive' });
  });

  it.each([
    ['purge', 'perhaps'],
    ['type', 'Telegram'],
  ])('refuses the invalid parameter %s=%s with CMN-101', async (name, value) => {
    const test = await startTestEmulator();
    const answer = await test.request('DELETE', `${MESSAGES_PATH}/1`, { query: { [name]: value } });
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-101', parameterName: name });
  });
});

describe('deleting several messages', () => {
  it('answers 204 when all are deleted, whether the ids are in the path or in the body', async () => {
    const test = await startTestEmulator();
    const [a, b, c, d] = (await test.admin.deliverAll([{}, {}, {}, {}, {}])).map(({ id }) => String(id));
    expect((await test.request('DELETE', `${MESSAGES_PATH}/${a},${b}`)).status).toBe(204);
    expect((await test.request('DELETE', `${MESSAGES_PATH}/*`, { json: [c, d] })).status).toBe(204);
    const counts = Object.groupBy(Object.values(await availabilities(test)), (availability) => availability);
    expect(counts).toMatchObject({ Deleted: { length: 4 }, Alive: { length: 1 } });
  });

  it('answers 207 with a status for each message when some cannot be deleted', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    const answer = await test.request('DELETE', `${MESSAGES_PATH}/*`, {
      json: ['111', String(id)],
      headers: { accept: MULTIPART_JSON },
    });
    expect(answer.status).toBe(207);
    expect(answer.json<unknown[]>()).toMatchObject([
      { resourceId: '111', status: 404, body: { errorCode: 'CMN-102' } },
      { resourceId: String(id), status: 204 },
    ]);
    expect(await availabilities(test)).toEqual({ [id]: 'Deleted' });
  });

  it('accepts up to 50 ids in the path and 1000 in the body, and refuses more with 400 CMN-106', async () => {
    const test = await startTestEmulator();
    const ids = Array.from({ length: 1001 }, (_, index) => `${index + 1}`);
    const inPath = (count: number): Promise<Answer> =>
      test.request('DELETE', `${MESSAGES_PATH}/${ids.slice(0, count).join(',')}`);
    const inBody = (count: number): Promise<Answer> =>
      test.request('DELETE', `${MESSAGES_PATH}/*`, { json: ids.slice(0, count) });
    expect((await inPath(50)).status).toBe(207);
    expect((await inBody(1000)).status).toBe(207);
    for (const answer of [await inPath(51), await inBody(1001)]) {
      expect(answer.status).toBe(400);
      expect(answer.json<ErrorBody>().errorCode).toBe('CMN-106');
    }
  });
});

describe('a deletion that names no message', () => {
  it.each([
    ['the bare collection as its path', MESSAGES_PATH, {}],
    ['an empty id in its path', `${MESSAGES_PATH}/`, {}],
    ['a list of empty ids in its path', `${MESSAGES_PATH}/,`, {}],
    ['an asterisk as the id and no body', `${MESSAGES_PATH}/*`, {}],
    ['an asterisk as the id and an empty list as the body', `${MESSAGES_PATH}/*`, { json: [] }],
    ['an asterisk as the id and an empty object as the body', `${MESSAGES_PATH}/*`, { json: {} }],
    ['an empty conversationId', `${MESSAGES_PATH}?conversationId=`, {}],
    [
      'an asterisk as the conversationId and an empty list as the body',
      `${MESSAGES_PATH}?conversationId=*`,
      { json: [] },
    ],
  ])('deletes all messages, shared ones included, when the request has %s', async (_, path, options) => {
    const test = await startTestEmulator();
    const owner = { extensionId: '400131499008', extensionType: 'Department' };
    await test.admin.deliverAll([
      {},
      { type: 'Fax' },
      { type: 'VoiceMail', owner },
      { creationTime: '2020-01-01' },
    ]);
    expect((await test.request('DELETE', path, options)).status).toBe(204);
    expect(Object.values(await availabilities(test))).toEqual(['Deleted', 'Deleted', 'Deleted', 'Deleted']);
    await test.request('DELETE', path, options);
    expect(Object.values(await availabilities(test))).toEqual(['Purged', 'Purged', 'Purged', 'Purged']);
  });

  it.each([MESSAGES_PATH, `${MESSAGES_PATH}/*`])('applies type and purge: DELETE %s', async (path) => {
    const test = await startTestEmulator();
    await test.admin.deliverAll([{ id: '1' }, { id: '2', type: 'Fax' }]);
    await test.request('DELETE', path, { query: { type: 'Fax', purge: true } });
    expect(await availabilities(test)).toEqual({ 1: 'Alive', 2: 'Purged' });
  });
});

describe('deleting conversations', () => {
  it('deletes the messages of these conversations and no others', async () => {
    const test = await startTestEmulator();
    await test.admin.deliverAll([
      { id: '1', conversationId: '8234962969801171948' },
      { id: '2', conversationId: '8234962969801171949' },
      { id: '3', conversationId: '8234962969801171950' },
      { id: '4', type: 'Fax' },
    ]);
    const query = { conversationId: ['8234962969801171948', '8234962969801171950'] };
    expect((await test.request('DELETE', MESSAGES_PATH, { query })).status).toBe(204);
    expect(await availabilities(test)).toEqual({ 1: 'Deleted', 2: 'Alive', 3: 'Deleted', 4: 'Alive' });
  });

  it('accepts the ids in the body when conversationId is an asterisk, and applies dateTo, type and purge', async () => {
    const test = await startTestEmulator();
    await test.admin.deliverAll([
      { id: '1', conversationId: '7', creationTime: minutesAgo(20) },
      { id: '2', conversationId: '7', creationTime: minutesAgo(20), type: 'Pager' },
      { id: '3', conversationId: '7', creationTime: minutesAgo(10) },
    ]);
    const query = { conversationId: '*', dateTo: minutesAgo(10), type: 'SMS', purge: true };
    expect((await test.request('DELETE', MESSAGES_PATH, { query, json: ['7'] })).status).toBe(204);
    expect(await availabilities(test)).toEqual({ 1: 'Purged', 2: 'Alive', 3: 'Alive' });
  });

  it('deletes only the messages of the requested owner', async () => {
    const test = await startTestEmulator();
    const owner = { extensionId: '400131499008', extensionType: 'Department' };
    await test.admin.deliverAll([
      { id: '1', conversationId: '7' },
      { id: '2', conversationId: '7', owner },
    ]);
    await test.request('DELETE', MESSAGES_PATH, { query: { conversationId: '7', owner: 'Shared' } });
    expect(await availabilities(test)).toEqual({ 1: 'Alive', 2: 'Deleted' });
  });

  it('accepts up to 50 ids in the query and 100 in the body, and refuses more with CMN-106', async () => {
    const test = await startTestEmulator();
    const ids = Array.from({ length: 101 }, (_, index) => `${index + 1}`);
    const inQuery = (count: number) => ({ query: { conversationId: ids.slice(0, count) } });
    const inBody = (count: number) => ({ query: { conversationId: '*' }, json: ids.slice(0, count) });
    expect((await test.request('DELETE', MESSAGES_PATH, inQuery(50))).status).toBe(204);
    expect((await test.request('DELETE', MESSAGES_PATH, inBody(100))).status).toBe(204);
    for (const options of [inQuery(51), inBody(101)]) {
      const answer = await test.request('DELETE', MESSAGES_PATH, options);
      expect(answer.json<ErrorBody>().errorCode).toBe('CMN-106');
    }
  });
});
