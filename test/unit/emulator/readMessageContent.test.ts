import { parse as parseDisposition } from 'content-disposition';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import {
  type ErrorBody,
  MEDIA_DIRECTORY,
  MESSAGES_PATH,
  send,
  startTestEmulator,
  type TestEmulator,
} from './testEmulator';

interface Record {
  readonly id: number;
  readonly attachments: readonly { readonly id: number; readonly uri: string; readonly size: number }[];
}

async function deliverText(test: TestEmulator, text = 'hello, world'): Promise<{ id: number; uri: string }> {
  const { id, attachments } = (await test.admin.deliver({ text })) as unknown as Record;
  return { id, uri: attachments[0]?.uri ?? '' };
}

describe('the content of an attachment', () => {
  it('is refused with 503 MSG-368 while the fax is being rendered, and is available afterwards', async () => {
    const test = await startTestEmulator();
    const fax = { type: 'Fax', rendering: true, attachments: [{ type: 'RenderedDocument', text: 'pages' }] };
    const { id, attachments, ...record } = (await test.admin.deliver(fax)) as unknown as Record;
    expect(record).not.toHaveProperty('rendering');
    const refused = await test.get(attachments[0]?.uri ?? '');
    expect(refused.status).toBe(503);
    expect((JSON.parse(refused.text) as ErrorBody).errorCode).toBe('MSG-368');
    await test.admin.change(id, { rendering: false });
    expect((await test.get(attachments[0]?.uri ?? '')).text).toBe('pages');
  });

  it('is served at the media origin, with its content type and size', async () => {
    const test = await startTestEmulator();
    const { attachments } = (await test.admin.deliver({ text: 'grüß dich' })) as unknown as Record;
    const [attachment] = attachments;
    expect(new URL(attachment?.uri ?? '').origin).toBe(test.emulator.mediaUrl);
    expect(attachment?.size).toBe(11);
    const answer = await test.get(attachment?.uri ?? '');
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('grüß dich');
    expect(answer.headers.get('content-type')).toBe('text/plain;charset=utf-8');
    expect(answer.headers.get('content-length')).toBe('11');
    expect(answer.headers.get('accept-ranges')).toBe('bytes');
    expect(answer.headers.get('x-rate-limit-group')).toBe('medium');
  });

  it('is served at the REST origin too', async () => {
    const test = await startTestEmulator();
    const { uri } = await deliverText(test);
    expect((await test.get(new URL(uri).pathname)).text).toBe('hello, world');
  });

  it('can be a file in the folder of the sample media, but none outside it', async () => {
    const test = await startTestEmulator();
    const file = path
      .relative(MEDIA_DIRECTORY, import.meta.filename)
      .split(path.sep)
      .join('/');
    const refused = test.admin.deliver({ type: 'Fax', attachments: [{ file }] });
    await expect(refused).rejects.toThrow('[file]');

    const attachment = { file: 'stair.jpg', contentType: 'image/jpeg', fileName: 'Stair.jpg' };
    const { attachments } = (await test.admin.deliver({ attachments: [attachment] })) as unknown as Record;
    const bytes = await readFile(path.join(MEDIA_DIRECTORY, 'stair.jpg'));
    expect(attachments).toMatchObject([
      { contentType: 'image/jpeg', fileName: 'Stair.jpg', size: bytes.length },
    ]);
    const response = await fetch(attachments[0]?.uri ?? '', {
      headers: { authorization: `Bearer ${test.accessToken}` },
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('requires an access token, in the header or in the query', async () => {
    const test = await startTestEmulator();
    const { uri } = await deliverText(test);
    expect((await send(test.emulator, 'GET', uri)).status).toBe(401);
    const answer = await send(test.emulator, 'GET', uri, { query: { access_token: test.accessToken } });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['the attachment', (id: number) => `${id}/content/5`],
    ['the message', (id: number) => `5/content/${id}`],
  ])('is answered with 404 CMN-102 when the id of %s is unknown', async (_, segment) => {
    const test = await startTestEmulator();
    const { id } = await deliverText(test);
    const answer = await test.get(`${test.emulator.mediaUrl}${MESSAGES_PATH}/${segment(id)}`);
    expect(answer.status).toBe(404);
    expect(answer.json<ErrorBody>().errorCode).toBe('CMN-102');
  });

  it('is available until the message is Purged', async () => {
    const test = await startTestEmulator();
    const { id, uri } = await deliverText(test);
    await test.request('DELETE', `${MESSAGES_PATH}/${id}`);
    expect((await test.get(uri)).status).toBe(200);
    await test.request('DELETE', `${MESSAGES_PATH}/${id}`);
    expect((await test.get(uri)).status).toBe(404);
  });

  it('is served at the media origin, but the message list is not', async () => {
    const test = await startTestEmulator();
    expect((await test.get(`${test.emulator.mediaUrl}${MESSAGES_PATH}`)).status).toBe(404);
  });
});

describe('a range of the content', () => {
  it.each([
    ['bytes=0-4', 'hello', 'bytes 0-4/12'],
    ['bytes=7-', 'world', 'bytes 7-11/12'],
    ['bytes=-5', 'world', 'bytes 7-11/12'],
    ['bytes=7-999', 'world', 'bytes 7-11/12'],
  ])('is returned with 206 for the header Range: %s', async (range, text, contentRange) => {
    const test = await startTestEmulator();
    const { uri } = await deliverText(test);
    const answer = await test.request('GET', uri, { headers: { range } });
    expect(answer.status).toBe(206);
    expect(answer.text).toBe(text);
    expect(answer.headers.get('content-range')).toBe(contentRange);
  });

  it('is returned while If-Range matches the ETag; after a change all of the new content is returned', async () => {
    const test = await startTestEmulator();
    const { id, uri } = await deliverText(test);
    const etag = (await test.get(uri)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const rest = (): ReturnType<TestEmulator['request']> =>
      test.request('GET', uri, { headers: { range: 'bytes=7-', 'if-range': etag } });
    expect(await rest()).toMatchObject({ status: 206, text: 'world' });
    await test.admin.change(id, { attachments: [{ id: String(id), text: 'goodbye, world' }] });
    const answer = await rest();
    expect(answer).toMatchObject({ status: 200, text: 'goodbye, world' });
    expect(answer.headers.get('etag')).not.toBe(etag);
  });

  it('is not returned when ranges are switched off; all of the content is returned instead', async () => {
    const test = await startTestEmulator();
    const { uri } = await deliverText(test);
    await test.admin.changeSettings({ ranges: false });
    const answer = await test.request('GET', uri, { headers: { range: 'bytes=7-' } });
    expect(answer).toMatchObject({ status: 200, text: 'hello, world' });
    expect(answer.headers.get('accept-ranges')).toBeNull();
  });

  it('is refused with 416 when it begins beyond the end', async () => {
    const test = await startTestEmulator();
    const { uri } = await deliverText(test);
    const answer = await test.request('GET', uri, { headers: { range: 'bytes=12-' } });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe('bytes */12');
  });

  it.each(['bytes=0-1,4-5', 'lines=1-2', 'bytes=x'])(
    'is replaced by all of the content when the header is not a single range of bytes: %s',
    async (range) => {
      const test = await startTestEmulator();
      const { uri } = await deliverText(test);
      const answer = await test.request('GET', uri, { headers: { range } });
      expect(answer.status).toBe(200);
      expect(answer.text).toBe('hello, world');
    },
  );
});

describe('the Content-Disposition of an attachment', () => {
  it.each([
    [{}, 'inline', 'Plan.txt'],
    [{ contentDisposition: 'Inline' }, 'inline', 'Plan.txt'],
    [{ contentDisposition: 'Attachment' }, 'attachment', 'Plan.txt'],
    [
      { contentDisposition: 'Attachment', contentDispositionFilename: 'Übersicht "1".txt' },
      'attachment',
      'Übersicht "1".txt',
    ],
  ])('has the type and the file name that the query requests: %j', async (query, type, filename) => {
    const test = await startTestEmulator();
    const attachment = { text: 'plan', contentType: 'text/plain', fileName: 'Plan.txt' };
    const { attachments } = (await test.admin.deliver({ attachments: [attachment] })) as unknown as Record;
    const answer = await test.get(attachments[0]?.uri ?? '', query);
    const disposition = parseDisposition(answer.headers.get('content-disposition') ?? '');
    expect(disposition).toMatchObject({ type, parameters: { filename } });
  });

  it('is refused with CMN-101 when contentDisposition is unknown', async () => {
    const test = await startTestEmulator();
    const { uri } = await deliverText(test);
    const answer = await test.get(uri, { contentDisposition: 'Sideways' });
    expect(answer.json<ErrorBody>()).toMatchObject({
      errorCode: 'CMN-101',
      parameterName: 'contentDisposition',
    });
  });
});
