import { expect, test } from 'vitest';
import { MessageStoreApi } from '../../../src/api/messageStore';
import { rejection, transportTo } from './fakes';
import { refusal, startServer } from './server';

/** Answers 207, which has a status for each message. */

const STORE = '/restapi/v1.0/account/~/extension/~/message-store';

async function answering(contentType: string, body: string): Promise<MessageStoreApi> {
  const server = await startServer((_request, response) =>
    response.writeHead(207, { 'content-type': contentType }).end(body),
  );
  return new MessageStoreApi(transportTo(server).transport);
}

/**
 * The older form of such an answer, with the boundary “b”.
 * @param parts the list of statuses, then the records and errors in its order; a string is a part with its head
 */
function multipart(...parts: readonly (object | string)[]): string {
  const written = parts.map((part) => (typeof part === 'string' ? part : `\r\n${JSON.stringify(part)}`));
  return `${written.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`;
}

const OLDER = 'multipart/mixed; boundary=b';

test('the statuses of the older form are read by the addresses in it, whatever is around its parts', async () => {
  const list = {
    response: [
      { href: `https://platform.example.com${STORE}/6`, status: 404 },
      { href: `https://platform.example.com${STORE}/5`, status: 204 },
      { href: `https://platform.example.com${STORE}/5,8`, status: 204 },
    ],
  };
  const parts = [list, refusal('CMN-102')].map(
    (part) => `Content-Type: application/json\r\n\r\n${JSON.stringify(part)}`,
  );
  const api = await answering('multipart/mixed; boundary="b"', multipart(...parts, ''));
  expect(await api.deleteMessage(['5', '6', '8'], {})).toMatchObject([
    { id: '5', status: 204 },
    { id: '6', error: { kind: 'notFound' } },
    { id: '8', status: 0, error: { kind: 'other' } },
  ]);
});

test('a refusal of another message is not taken for one of an answer in the older form that lacks a part', async () => {
  const list = {
    response: [
      { href: `${STORE}/5`, status: 403 },
      { href: `${STORE}/6`, status: '204' },
    ],
  };
  const api = await answering(OLDER, multipart(list, refusal('CMN-102')));
  expect(await api.deleteMessage(['5', '6'], {})).toMatchObject([
    { id: '5', error: { kind: 'other' } },
    { id: '6', status: 204 },
  ]);
});

test('the records of the older form are found by their ids', async () => {
  const list = { response: ['5', '6', '7'].map((id) => ({ href: `${STORE}/${id}`, status: 200 })) };
  const api = await answering(OLDER, multipart(list, { id: 7 }, { id: 5 }));
  const results = await api.readMessage(['5', '6', '7']);
  expect(results.map(({ message }) => message?.id)).toEqual(['5', undefined, '7']);
});

test.each([
  ['multipart/mixed; boundary=Boundary', '--Boundary\r\n\r\nHTTP/1.1 204 No Content\r\n--Boundary--'],
  ['multipart/mixed; boundary=Boundary', '--Boundary\r\n\r\n{"response":[]}\r\n--Boundary--'],
  ['multipart/mixed; boundary=', '--b\r\n\r\n{"response":[{"href":"/5","status":204}]}\r\n--b--'],
  ['multipart/mixed', '--Boundary\r\n\r\nHTTP/1.1 204 No Content\r\n--Boundary--'],
  ['application/json', '{"status":"fine"}'],
  ['application/json', ''],
])('an answer that cannot be read is rejected: %s', async (type, text) => {
  const api = await answering(type, text);
  expect(await rejection(api.deleteMessage(['5', '6'], {}))).toMatchObject({ kind: 'responseFormat' });
});
