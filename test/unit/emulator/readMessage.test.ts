import { describe, expect, it } from 'vitest';

import { type ErrorBody, MESSAGES_PATH, MULTIPART_JSON, startTestEmulator } from './testEmulator';

describe('reading one message', () => {
  it('returns the record of a voicemail, including vmSideRecipients', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ type: 'VoiceMail' });
    const answer = await test.get(`${MESSAGES_PATH}/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ id, type: 'VoiceMail', vmSideRecipients: [{}] });
  });

  it('answers 404 CMN-102 when no message has the id', async () => {
    const test = await startTestEmulator();
    const answer = await test.get(`${MESSAGES_PATH}/111`);
    expect(answer.status).toBe(404);
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-102', parameterName: 'messageId' });
  });

  it('answers 400 CMN-101 when the id is not a number', async () => {
    const test = await startTestEmulator();
    const answer = await test.get(`${MESSAGES_PATH}/abc`);
    expect(answer.status).toBe(400);
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-101', parameterName: 'messageId' });
  });

  it('returns a Purged message without attachments', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ text: 'secret', availability: 'Purged' });
    const answer = await test.get(`${MESSAGES_PATH}/${id}`);
    expect(answer.json()).toMatchObject({ availability: 'Purged', attachments: [] });
  });
});

describe('reading several messages', () => {
  it('answers 207 with a status for each message, as multipart+json when the client accepts that type', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    const answer = await test.request('GET', `${MESSAGES_PATH}/${id},111`, {
      headers: { accept: MULTIPART_JSON },
    });
    expect(answer.status).toBe(207);
    expect(answer.headers.get('content-type')).toBe(MULTIPART_JSON);
    expect(answer.json<unknown[]>()).toMatchObject([
      { resourceId: String(id), status: 200, body: { id } },
      { resourceId: '111', status: 404, body: { errorCode: 'CMN-102', errors: [{ errorCode: 'CMN-102' }] } },
    ]);
  });

  it('answers 207 as multipart/mixed to any other client: first the statuses, then each body', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    const answer = await test.request('GET', `${MESSAGES_PATH}/${id},111`, {
      headers: { accept: 'application/json' },
    });
    expect(answer.status).toBe(207);
    const [, boundary = ''] =
      /^multipart\/mixed; boundary=(\S+)$/.exec(answer.headers.get('content-type') ?? '') ?? [];
    const parts = answer.text.split(`--${boundary}`);
    expect(parts.shift()).toBe('');
    expect(parts.pop()?.trim()).toBe('--');
    const bodies = parts.map((part) => {
      const [head = '', body = ''] = part.split('\r\n\r\n');
      expect(head.trim()).toBe('Content-Type: application/json');
      return JSON.parse(body) as unknown;
    });
    expect(bodies).toMatchObject([
      {
        response: [
          { href: expect.stringMatching(new RegExp(`/message-store/${id}$`)) as string, status: 200 },
          { status: 404, responseDescription: 'Not Found' },
        ],
      },
      { id },
      { errorCode: 'CMN-102' },
    ]);
  });

  it('accepts percent-encoded commas between the ids', async () => {
    const test = await startTestEmulator();
    await test.admin.deliverAll([{ id: '1' }, { id: '2' }]);
    expect((await test.get(`${MESSAGES_PATH}/1%2C2`)).status).toBe(207);
  });

  it('accepts up to 50 ids and refuses more with 400 CMN-106', async () => {
    const test = await startTestEmulator();
    const ids = Array.from({ length: 51 }, (_, index) => index + 1);
    const answer = await test.get(`${MESSAGES_PATH}/${ids.join(',')}`);
    expect(answer.status).toBe(400);
    expect(answer.json<ErrorBody>().errorCode).toBe('CMN-106');
    expect((await test.get(`${MESSAGES_PATH}/${ids.slice(0, 50).join(',')}`)).status).toBe(207);
  });
});
