import { describe, expect, it } from 'vitest';

import {
  type Answer,
  type ErrorBody,
  MESSAGES_PATH,
  MULTIPART_JSON,
  startTestEmulator,
  type TestEmulator,
} from './testEmulator';

function sendBulk(
  test: TestEmulator,
  method: 'PUT' | 'PATCH',
  segment: string,
  entries: unknown,
): Promise<Answer> {
  return test.request(method, `${MESSAGES_PATH}/${segment}`, {
    headers: { accept: MULTIPART_JSON, 'content-type': MULTIPART_JSON },
    body: JSON.stringify(entries),
  });
}

async function readStatusOf(test: TestEmulator, id: number): Promise<string | undefined> {
  const { messages } = await test.admin.state();
  return messages.find((message) => message.id === String(id))?.readStatus;
}

async function availabilityOf(test: TestEmulator, id: number): Promise<string | undefined> {
  const { messages } = await test.admin.state();
  return messages.find((message) => message.id === String(id))?.availability;
}

describe.each(['PUT', 'PATCH'] as const)('%s of one message', (method) => {
  it('changes its readStatus and updates its lastModifiedTime', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    await test.admin.advanceClock(60);
    const answer = await test.request(method, `${MESSAGES_PATH}/${id}`, { json: { readStatus: 'Read' } });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      id,
      readStatus: 'Read',
      lastModifiedTime: '2026-03-10T12:01:00.000Z',
    });
    expect(await readStatusOf(test, id)).toBe('Read');
  });

  it.each([
    ['an unknown readStatus', { readStatus: 'Seen' }, 'readStatus'],
    ['an empty object as the body', {}, 'readStatus'],
    ['an array as the body', ['Read'], 'body'],
  ])('refuses %s with 400 CMN-101', async (_, json, parameterName) => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    const answer = await test.request(method, `${MESSAGES_PATH}/${id}`, { json });
    expect(answer.status).toBe(400);
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-101', parameterName });
    expect(await readStatusOf(test, id)).toBe('Unread');
  });

  it('answers 404 CMN-102 when no message has the id', async () => {
    const test = await startTestEmulator();
    const answer = await test.request(method, `${MESSAGES_PATH}/111`, { json: { readStatus: 'Read' } });
    expect(answer.status).toBe(404);
    expect(answer.json<ErrorBody>().errorCode).toBe('CMN-102');
  });

  it('refuses malformed JSON with 400, and a content type other than JSON with 415', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    const path = `${MESSAGES_PATH}/${id}`;
    const headers = { 'content-type': 'application/json' };
    expect((await test.request(method, path, { headers, body: '{"readStatus":' })).status).toBe(400);
    const asText = { headers: { 'content-type': 'text/plain' }, body: '{"readStatus":"Read"}' };
    expect((await test.request(method, path, asText)).status).toBe(415);
    expect(await readStatusOf(test, id)).toBe('Unread');
  });
});

describe.each(['PUT', 'PATCH'] as const)('%s of several messages', (method) => {
  it('changes the messages that exist and reports 404 for the others, with the ids in the path', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    const entries = [{ body: { readStatus: 'Read' } }, { body: { readStatus: 'Read' } }];
    const answer = await sendBulk(test, method, `${id},111`, entries);
    expect(answer.status).toBe(207);
    expect(answer.json<unknown[]>()).toMatchObject([
      { resourceId: String(id), status: 200, body: { id, readStatus: 'Read' } },
      { resourceId: '111', status: 404, body: { errorCode: 'CMN-102' } },
    ]);
    expect(await readStatusOf(test, id)).toBe('Read');
  });

  it('changes the messages that it can and reports 404 or 400 for the others, with the ids in the body', async () => {
    const test = await startTestEmulator();
    const [first, second] = await test.admin.deliverAll([{}, {}]);
    const answer = await sendBulk(test, method, '*', [
      { resourceId: String(first?.id), body: { readStatus: 'Read' } },
      { resourceId: '111', body: { readStatus: 'Read' } },
      { resourceId: String(second?.id), body: { readStatus: 'Seen' } },
    ]);
    expect(answer.status).toBe(207);
    const statuses = answer.json<{ resourceId: string; status: number }[]>().map(({ status }) => status);
    expect(statuses).toEqual([200, 404, 400]);
    expect(await readStatusOf(test, second?.id ?? 0)).toBe('Unread');
  });

  it('accepts the bodies as multipart/mixed, in the order of the ids in the path', async () => {
    const test = await startTestEmulator();
    const [first, second] = await test.admin.deliverAll([{}, { readStatus: 'Read' }]);
    const part = (readStatus: string): string =>
      `--b.1\r\nContent-Type: application/json\r\n\r\n{"readStatus": "${readStatus}"}\r\n`;
    const answer = await test.request(method, `${MESSAGES_PATH}/${first?.id},${second?.id}`, {
      headers: { 'content-type': 'multipart/mixed; boundary=b.1' },
      body: `${part('Read')}${part('Unread')}--b.1--`,
    });
    expect(answer.status).toBe(207);
    expect(answer.headers.get('content-type')).toMatch(/^multipart\/mixed;/);
    expect(await readStatusOf(test, first?.id ?? 0)).toBe('Read');
    expect(await readStatusOf(test, second?.id ?? 0)).toBe('Unread');
  });

  it('accepts up to 50 ids in the path and 1000 in the body, and refuses more with 400 CMN-106', async () => {
    const test = await startTestEmulator();
    const entries = (count: number): unknown[] =>
      Array.from({ length: count }, (_, index) => ({
        resourceId: `${index + 1}`,
        body: { readStatus: 'Read' },
      }));
    const path = (count: number): string => Array.from({ length: count }, (_, index) => index + 1).join(',');
    expect((await sendBulk(test, method, path(50), entries(50))).status).toBe(207);
    expect((await sendBulk(test, method, '*', entries(1000))).status).toBe(207);
    for (const answer of [
      await sendBulk(test, method, path(51), entries(51)),
      await sendBulk(test, method, '*', entries(1001)),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.json<ErrorBody>().errorCode).toBe('CMN-106');
    }
  });

  it.each([
    ['an empty array', '*', []],
    ['an entry without a resourceId', '*', [{ body: { readStatus: 'Read' } }]],
    ['fewer bodies than ids', '1,2', [{ body: { readStatus: 'Read' } }]],
    ['an object instead of an array', '*', { readStatus: 'Read' }],
  ])('refuses %s with 400 CMN-101', async (_, segment, entries) => {
    const answer = await sendBulk(await startTestEmulator(), method, segment, entries);
    expect(answer.status).toBe(400);
    expect(answer.json<ErrorBody>().errorCode).toBe('CMN-101');
  });

  it('answers 415 when there is a single JSON body for several ids', async () => {
    const test = await startTestEmulator();
    const json = { readStatus: 'Read' };
    expect((await test.request(method, `${MESSAGES_PATH}/1,2`, { json })).status).toBe(415);
    expect((await test.request(method, `${MESSAGES_PATH}/*`, { json })).status).toBe(415);
  });
});

describe('restoring a message', () => {
  it('with PATCH makes a Deleted message Alive again', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ availability: 'Deleted' });
    const json = { availability: 'Alive', readStatus: 'Read' };
    const answer = await test.request('PATCH', `${MESSAGES_PATH}/${id}`, { json });
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ availability: 'Alive', readStatus: 'Read' });
    expect(await availabilityOf(test, id)).toBe('Alive');
  });

  it('with PUT is refused with CMN-101 and leaves the message Deleted', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ availability: 'Deleted' });
    const json = { availability: 'Alive', readStatus: 'Read' };
    const answer = await test.request('PUT', `${MESSAGES_PATH}/${id}`, { json });
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-101', parameterName: 'availability' });
    expect(await availabilityOf(test, id)).toBe('Deleted');
  });

  it('is refused with 400 for a Purged message, which stays Purged', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ availability: 'Purged' });
    const answer = await test.request('PATCH', `${MESSAGES_PATH}/${id}`, { json: { availability: 'Alive' } });
    expect(answer.status).toBe(400);
    expect(await availabilityOf(test, id)).toBe('Purged');
  });

  it('with PATCH leaves an Alive message unchanged', async () => {
    const test = await startTestEmulator();
    const message = await test.admin.deliver();
    await test.admin.advanceClock(60);
    const json = { availability: 'Alive' };
    const answer = await test.request('PATCH', `${MESSAGES_PATH}/${message.id}`, { json });
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual(message);
  });

  it.each(['Deleted', 'Purged'])(
    'is the only change of availability that PATCH accepts: %s is refused with CMN-101',
    async (availability) => {
      const test = await startTestEmulator();
      const { id } = await test.admin.deliver();
      const answer = await test.request('PATCH', `${MESSAGES_PATH}/${id}`, { json: { availability } });
      expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-101', parameterName: 'availability' });
      expect(await availabilityOf(test, id)).toBe('Alive');
    },
  );
});
