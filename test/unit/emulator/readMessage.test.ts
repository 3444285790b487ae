import { describe, expect, it } from 'vitest';

import { type ErrorBody, MESSAGES_PATH, MULTIPART_JSON, startTestEmulator } from './testEmulator';

describe('reading one message', () => {
  it('gives its record with the side recipients', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ type: 'VoiceMail' });
    const answer = await test.get(`${MESSAGES_PATH}/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ id, type: 'VoiceMail', vmSideRecipients: [{}] });
  });

  it('is 404 CMN-102 for one that is not there', async () => {
    const test = await startTestEmulator();
    const answer = await test.get(`${MESSAGES_PATH}/111`);
    expect(answer.status).toBe(404);
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-102', parameterName: 'messageId' });
  });

  it('is 400 CMN-101 for what is no id', async () => {
    const test = await startTestEmulator();
    const answer = await test.get(`${MESSAGES_PATH}/abc`);
    expect(answer.status).toBe(400);
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-101', parameterName: 'messageId' });
  });

  it('shows a purged message without attachments', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ text: 'secret', availability: 'Purged' });
    const answer = await test.get(`${MESSAGES_PATH}/${id}`);
    expect(answer.json()).toMatchObject({ availability: 'Purged', attachments: [] });
  });
});

describe('reading several messages', () => {
  it('answers 207 with a status for each, as multipart+json to those who accept it', async () => {
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

  it('answers 207 as multipart/mixed to everybody else: the statuses first, then each body', async () => {
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

  it('takes the commas between the ids escaped too', async () => {
    const test = await startTestEmulator();
    await test.admin.deliverAll([{ id: '1' }, { id: '2' }]);
    expect((await test.get(`${MESSAGES_PATH}/1%2C2`)).status).toBe(207);
  });

  it('takes 50 at most', async () => {
    const test = await startTestEmulator();
    const ids = Array.from({ length: 51 }, (_, index) => index + 1);
    const answer = await test.get(`${MESSAGES_PATH}/${ids.join(',')}`);
    expect(answer.status).toBe(400);
    expect(answer.json<ErrorBody>().errorCode).toBe('CMN-106');
    expect((await test.get(`${MESSAGES_PATH}/${ids.slice(0, 50).join(',')}`)).status).toBe(207);
  });
});
