import { describe, expect, test } from 'vitest';
import { readExtension } from '../../../src/api/account';
import { readBytes } from '../../../src/api/body';
import { MAX_CHANGED_IDS_PER_REQUEST, MessageStoreApi } from '../../../src/api/messageStore';
import { Transport } from '../../../src/api/transport';
import { FakeTokens, httpClient, rejection, transportTo } from './fakes';
import { type Handler, json, refusal, startServer, type TestServer } from './server';

const EXTENSION = '/restapi/v1.0/account/~/extension/~';
const STORE = `${EXTENSION}/message-store`;
const MULTI_STATUS = 'application/vnd.ringcentral.multipart+json';

async function setUp(handler: Handler): Promise<{ server: TestServer; api: MessageStoreApi }> {
  const server = await startServer(handler);
  return { server, api: new MessageStoreApi(transportTo(server).transport) };
}

function answering(status: number, body: unknown): Handler {
  return (_request, response) => json(response, status, body, { RCRequestId: 'id-1' });
}

const NEXT = { navigation: { nextPage: { uri: '/next' } } };

describe('listMessages', () => {
  test('sends all parameters and returns the records and the paging', async () => {
    const { server, api } = await setUp(
      answering(200, {
        records: [{ id: 1 }, { id: 2 }],
        paging: { page: 2, perPage: 2, totalPages: 3, totalElements: 6 },
        navigation: { nextPage: { uri: 'https://platform.example.com/next' } },
      }),
    );
    const list = await api.listMessages({
      dateFrom: '2026-01-01T00:00:00.000Z',
      dateTo: '2026-02-01T00:00:00.000Z',
      availability: ['Alive', 'Deleted'],
      conversationId: '8234962969801171948',
      direction: ['Inbound'],
      distinctConversations: true,
      messageType: ['SMS', 'Pager'],
      readStatus: ['Unread'],
      page: 2,
      perPage: 2,
      phoneNumber: '+16505550100',
      owner: 'Any',
      ownerExtensionType: ['Department'],
      voicemailOwner: ['101', '102'],
    });
    expect(list.records.map(({ id }) => id)).toEqual(['1', '2']);
    expect(list).toMatchObject({
      paging: { page: 2, perPage: 2, totalPages: 3, totalElements: 6 },
      hasNextPage: true,
    });
    const { url } = server.requests[0] ?? expect.unreachable();
    expect(url.pathname).toBe(STORE);
    expect([...url.searchParams]).toEqual([
      ['dateFrom', '2026-01-01T00:00:00.000Z'],
      ['dateTo', '2026-02-01T00:00:00.000Z'],
      ['availability', 'Alive'],
      ['availability', 'Deleted'],
      ['conversationId', '8234962969801171948'],
      ['direction', 'Inbound'],
      ['distinctConversations', 'true'],
      ['messageType', 'SMS'],
      ['messageType', 'Pager'],
      ['readStatus', 'Unread'],
      ['page', '2'],
      ['perPage', '2'],
      ['phoneNumber', '+16505550100'],
      ['owner', 'Any'],
      ['ownerExtensionType', 'Department'],
      ['voicemailOwner', '101'],
      ['voicemailOwner', '102'],
    ]);
  });

  test.each([
    ['true with a link to it', { navigation: { nextPage: { uri: '/next' } }, paging: {} }, true],
    ['true before the last page', { paging: { page: 2, totalPages: 3 } }, true],
    ['true with a link to it on the last page', { ...NEXT, paging: { page: 2, totalPages: 2 } }, true],
    ['false on the last page', { paging: { page: 2, totalPages: 2 } }, false],
    ['false without a record', { records: [], paging: {} }, false],
    ['unknown without any information', {}, undefined],
    ['unknown without a next page in the navigation', { navigation: { lastPage: { uri: '/' } } }, undefined],
    ['unknown on another page than the one asked for', { paging: { page: 3, totalPages: 3 } }, undefined],
    ['unknown if the number of pages is a text', { paging: { page: 2, totalPages: '2' } }, undefined],
    ['unknown without a record before the last page', { records: [], paging: { totalPages: 3 } }, undefined],
  ])('tells whether there is a next page: %s', async (_how, answer, hasNextPage) => {
    const { api } = await setUp(answering(200, { records: [{ id: 1 }], ...answer }));
    const list = await api.listMessages({ dateFrom: '2026-01-01T00:00:00.000Z', page: 2 });
    expect(list.hasNextPage).toBe(hasNextPage);
  });

  test('returns the requested page and size if an empty answer leaves them out', async () => {
    const { api } = await setUp(answering(200, { records: [], paging: {} }));
    const list = await api.listMessages({ dateFrom: '2026-01-01T00:00:00.000Z', page: 9, perPage: 7 });
    expect(list.paging).toEqual({ page: 9, perPage: 7 });
  });

  test('rejects an answer without records, instead of returning an empty list', async () => {
    const { api } = await setUp(answering(200, {}));
    expect(await rejection(api.listMessages({ dateFrom: '2026-01-01T00:00:00.000Z' }))).toMatchObject({
      kind: 'responseFormat',
    });
  });
});

describe('syncMessages', () => {
  test('sends a full and an incremental request, and returns records and sync information', async () => {
    const { server, api } = await setUp(
      answering(200, {
        records: [{ id: 1, availability: 'Purged' }],
        syncInfo: {
          syncType: 'FSync',
          syncToken: 't1',
          syncTime: '2026-03-10T18:07:52Z',
          olderRecordsExist: true,
        },
      }),
    );
    const dateFrom = '2026-01-01T00:00:00.000Z';
    expect(
      await api.syncMessages({ syncType: 'FSync', dateFrom, recordCount: 250, messageType: ['Fax'] }),
    ).toEqual({
      records: [{ id: '1', availability: 'Purged', to: [], attachments: [] }],
      syncType: 'FSync',
      syncToken: 't1',
      sentAt: expect.anything() as unknown,
      syncTime: '2026-03-10T18:07:52.000Z',
      olderRecordsExist: true,
    });
    await api.syncMessages({ syncType: 'ISync', syncToken: 't1' });
    expect(server.requests.map(({ url }) => [url.pathname, Object.fromEntries(url.searchParams)])).toEqual([
      [`${EXTENSION}/message-sync`, { syncType: 'FSync', dateFrom, recordCount: '250', messageType: 'Fax' }],
      [`${EXTENSION}/message-sync`, { syncType: 'ISync', syncToken: 't1' }],
    ]);
  });

  const some = [{ id: 1 }];
  test.each([
    ['true if the answer says so', some, true, true],
    ['false if the answer says so', some, false, false],
    ['false without a record', [], undefined, false],
    ['unknown if the answer does not say', some, undefined, undefined],
    ['unknown if the answer says so with a text', some, 'false', undefined],
    ['unknown if the answer contradicts itself', [], true, undefined],
  ])('tells whether older records exist: %s', async (_how, records, flag, olderRecordsExist) => {
    const syncInfo = { syncToken: 't', olderRecordsExist: flag };
    const { api } = await setUp(answering(200, { records, syncInfo }));
    const sync = await api.syncMessages({ syncType: 'FSync', dateFrom: '2026-01-01T00:00:00.000Z' });
    expect(sync.olderRecordsExist).toBe(olderRecordsExist);
  });

  test('fails with fullSyncRequired if the server refuses the token', async () => {
    const { api } = await setUp(answering(400, refusal('CMN-101', { parameterName: 'syncToken' })));
    expect(await rejection(api.syncMessages({ syncType: 'ISync', syncToken: 'old' }))).toMatchObject({
      kind: 'fullSyncRequired',
      requestId: 'id-1',
    });
  });

  test.each([
    [403, 'CMN-408'],
    [403, 'CMN-109'],
    [404, 'CMN-102'],
    [403, 'MSG-999'],
  ])('fails with fullSyncRequired if the server refuses the token with %i %s', async (status, errorCode) => {
    const { api } = await setUp(answering(status, refusal(errorCode)));
    expect(await rejection(api.syncMessages({ syncType: 'ISync', syncToken: 'old' }))).toMatchObject({
      kind: 'fullSyncRequired',
    });
  });

  test.each(['owner', 'dateFrom', undefined])(
    'fails with fullSyncRequired if the server refuses parameter %s of what the token stands for',
    async (parameterName) => {
      const details = parameterName === undefined ? {} : { parameterName };
      const { api } = await setUp(answering(400, refusal('CMN-101', details)));
      expect(await rejection(api.syncMessages({ syncType: 'ISync', syncToken: 'old' }))).toMatchObject({
        kind: 'fullSyncRequired',
        status: 400,
        errorCode: 'CMN-101',
        requestId: 'id-1',
      });
      const dateFrom = '2026-01-01T00:00:00.000Z';
      expect(await rejection(api.syncMessages({ syncType: 'FSync', dateFrom }))).toMatchObject({
        kind: 'invalidParameter',
      });
    },
  );

  test('returns the records of an answer without a token', async () => {
    const { api } = await setUp(answering(200, { records: [{ id: 1 }], syncInfo: {} }));
    const sync = await api.syncMessages({ syncType: 'FSync', dateFrom: '2026-01-01T00:00:00.000Z' });
    expect(sync.records).toMatchObject([{ id: '1' }]);
    expect(sync.syncToken).toBeUndefined();
  });
});

describe('readMessage', () => {
  test('returns the record of one id', async () => {
    const { server, api } = await setUp(answering(200, { id: 5, subject: 'long text' }));
    const [result] = await api.readMessage(['5']);
    expect(result).toMatchObject({ id: '5', status: 200, message: { id: '5', subject: 'long text' } });
    expect(server.requests[0]?.target).toBe(`${STORE}/5`);
  });

  test('returns a result for each of several ids, also for one that the answer leaves out', async () => {
    const { server, api } = await setUp(
      answering(207, [
        { resourceId: '6', status: 404, body: refusal('CMN-102') },
        { resourceId: '5', status: 200, body: { id: 5 } },
      ]),
    );
    const results = await api.readMessage(['5', '6', '7']);
    expect(results).toMatchObject([
      { id: '5', status: 200, message: { id: '5' } },
      { id: '6', status: 404, error: { kind: 'notFound', requestId: 'id-1' } },
      { id: '7', status: 0, error: { kind: 'other' } },
    ]);
    expect(server.requests).toMatchObject([{ target: `${STORE}/5,6,7` }]);
    expect(server.requests[0]?.headers.accept).toContain(MULTI_STATUS);
  });
});

describe.each([
  [
    'updateMessage',
    'PUT',
    (api: MessageStoreApi, ids: readonly string[]) => api.updateMessage(ids, { readStatus: 'Read' }),
  ],
  [
    'patchMessage',
    'PATCH',
    (api: MessageStoreApi, ids: readonly string[]) => api.patchMessage(ids, { readStatus: 'Read' }),
  ],
])('%s', (_operation, method, change) => {
  test('sends a single id in the path', async () => {
    const { server, api } = await setUp(answering(200, { id: 5, readStatus: 'Read' }));
    expect(await change(api, ['5', '5'])).toMatchObject([
      { id: '5', status: 200, message: { readStatus: 'Read' } },
    ]);
    expect(server.requests).toMatchObject([
      {
        method,
        target: `${STORE}/5`,
        body: '{"readStatus":"Read"}',
        headers: { 'content-type': 'application/json' },
      },
    ]);
  });

  test('sends several ids in the body and returns a result for each', async () => {
    const { server, api } = await setUp(
      answering(207, [
        { resourceId: '5', status: 200, body: { id: 5 } },
        { resourceId: 6, status: 403, body: refusal('CMN-402', { permissionName: 'EditMessages' }) },
      ]),
    );
    expect(await change(api, ['5', '6'])).toMatchObject([
      { id: '5', status: 200 },
      { id: '6', status: 403, error: { kind: 'userPermission', permission: 'EditMessages' } },
    ]);
    const { body, ...request } = server.requests[0] ?? expect.unreachable();
    expect(request).toMatchObject({
      method,
      target: `${STORE}/*`,
      headers: { 'content-type': MULTI_STATUS },
    });
    expect(JSON.parse(body)).toEqual([
      { resourceId: '5', body: { readStatus: 'Read' } },
      { resourceId: '6', body: { readStatus: 'Read' } },
    ]);
  });

  test('reports an id as failed if the answer says so at least once, or does not mention it', async () => {
    const ok = (id: string): object => ({ resourceId: id, status: 200, body: { id } });
    const refused = (id: string): object => ({ resourceId: id, status: 403, body: refusal('CMN-402') });
    const { api } = await setUp(
      answering(207, [ok('5'), refused('6'), refused('5'), ok('6'), { status: 200 }, ok('8')]),
    );
    expect((await change(api, ['5', '6', '7', '8'])).map(({ id, status }) => [id, status])).toEqual([
      ['5', 403],
      ['6', 403],
      ['7', 0],
      ['8', 200],
    ]);
  });

  test('accepts as many ids as a request may have, and throws a RangeError for more or none', async () => {
    const ids = Array.from({ length: MAX_CHANGED_IDS_PER_REQUEST + 1 }, (_, index) => String(index + 1));
    const { server, api } = await setUp(
      answering(
        207,
        ids.map((id) => ({ resourceId: id, status: 200 })),
      ),
    );
    expect(await change(api, ids.slice(1))).toHaveLength(MAX_CHANGED_IDS_PER_REQUEST);
    expect(await rejection(change(api, ids))).toBeInstanceOf(RangeError);
    expect(await rejection(change(api, []))).toBeInstanceOf(RangeError);
    expect(server.requests).toHaveLength(1);
  });
});

describe.each([
  ['updateMessage', (api: MessageStoreApi, ids: string[]) => api.updateMessage(ids, { readStatus: 'Read' })],
  ['patchMessage', (api: MessageStoreApi, ids: string[]) => api.patchMessage(ids, { availability: 'Alive' })],
  ['deleteMessage', (api: MessageStoreApi, ids: string[]) => api.deleteMessage(ids, {})],
] as const)('%s', (name, change) => {
  const answers: readonly (readonly [number, string, string])[] = [
    [200, 'application/json', ''],
    [200, 'application/json', '{"ok":true}'],
    [200, 'application/json', '{"id":"9"}'],
    [202, 'application/json', '{"id":"5"}'],
    [207, 'application/json', ''],
    [207, 'multipart/mixed', '--b--'],
    name === 'deleteMessage' ? [200, 'application/json', '{"id":"5"}'] : [204, 'text/plain', ''],
  ];
  test.each(answers)('does not take %i with %s %j for a success', async (status, type, body) => {
    const { api } = await setUp((_request, response) =>
      response.writeHead(status, { 'content-type': type }).end(status === 204 ? undefined : body),
    );
    const outcome = await change(api, ['5']).catch((error: unknown) => error);
    if (Array.isArray(outcome))
      expect(outcome).toMatchObject([{ id: '5', status: 0, error: { kind: 'other' } }]);
    else expect(outcome).toMatchObject({ kind: 'responseFormat' });
  });

  test('takes a page for none of the server', async () => {
    const { api } = await setUp((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'),
    );
    expect(await rejection(change(api, ['5']))).toMatchObject({ kind: 'network', failure: 'foreign' });
  });
});

test('patchMessage sends the availability of a message that it restores', async () => {
  const { server, api } = await setUp(answering(200, { id: 5, availability: 'Alive' }));
  await api.patchMessage(['5'], { availability: 'Alive' });
  expect(server.requests).toMatchObject([{ method: 'PATCH', body: '{"availability":"Alive"}' }]);
});

describe('deleteMessage', () => {
  test('sends the ids in the path, where they cannot get lost as a body can', async () => {
    const { server, api } = await setUp((_request, response) => response.writeHead(204).end());
    expect(await api.deleteMessage(['5', '6'], {})).toEqual([
      { id: '5', status: 204 },
      { id: '6', status: 204 },
    ]);
    expect(server.requests).toMatchObject([{ method: 'DELETE', target: `${STORE}/5,6`, body: '' }]);
  });

  test('reports which messages could not be deleted, also those that the answer leaves out', async () => {
    const { api } = await setUp(
      answering(207, [
        { resourceId: '5', status: 204 },
        { resourceId: '6', status: 404, body: refusal('CMN-102') },
        { resourceId: '7', status: 200 },
        { resourceId: '7', status: 500 },
      ]),
    );
    expect(await api.deleteMessage(['5', '6', '7', '8'], {})).toMatchObject([
      { id: '5', status: 204 },
      { id: '6', error: { kind: 'notFound' } },
      { id: '7', error: { kind: 'temporary' } },
      { id: '8', error: { kind: 'other' } },
    ]);
  });
});

describe('deleteMessageByFilter', () => {
  test('sends the conversation and the other filters in the query', async () => {
    const { server, api } = await setUp((_request, response) => response.writeHead(204).end());
    const dateTo = '2026-03-10T18:07:52.534Z';
    await api.deleteMessageByFilter('8234962969801171948', { dateTo, type: 'SMS' });
    const { url, method } = server.requests[0] ?? expect.unreachable();
    expect(method).toBe('DELETE');
    expect(url.pathname).toBe(STORE);
    expect(url.searchParams.getAll('conversationId')).toEqual(['8234962969801171948']);
    expect(url.searchParams.get('dateTo')).toBe(dateTo);
    expect(url.searchParams.get('type')).toBe('SMS');
  });

  test('fails if the conversation could not be deleted', async () => {
    const { api } = await setUp(answering(207, [{ resourceId: '2', status: 403, body: refusal('CMN-401') }]));
    const dateTo = '2026-03-10T18:07:52.534Z';
    expect(await rejection(api.deleteMessageByFilter('2', { dateTo }))).toMatchObject({
      kind: 'appPermission',
    });
  });
});

describe('readMessageContent', () => {
  async function content(handler: Handler, range?: { start: number; end?: number }) {
    const { server, api } = await setUp(handler);
    const uri = `${server.url}${STORE}/1/content/2`;
    const answer = await api.readMessageContent({ id: '2', uri }, range ? { range } : {});
    return { server, answer, text: Buffer.from(await readBytes(answer.stream, 1000)).toString() };
  }

  test('returns the bytes, their content type and their number', async () => {
    const { server, answer, text } = await content((_request, response) => {
      response.writeHead(200, { 'content-type': 'Audio/WAV; rate=8000', 'content-length': '5' }).end('bytes');
    });
    expect(text).toBe('bytes');
    expect(answer).toMatchObject({ contentType: 'audio/wav', size: 5 });
    expect(answer.range).toBeUndefined();
    expect(server.requests[0]?.headers).toMatchObject({ accept: '*/*', 'accept-encoding': 'identity' });
  });

  test('requests a range and returns that part', async () => {
    const { server, answer } = await content(
      (_request, response) => {
        response.writeHead(206, { 'content-range': 'bytes 2-3/5', 'content-length': '2' }).end('te');
      },
      { start: 2, end: 3 },
    );
    expect(server.requests[0]?.headers.range).toBe('bytes=2-3');
    expect(answer).toMatchObject({ size: 2, range: { start: 2, end: 3, total: 5 } });
  });

  test('returns no range if the server sends the whole content instead of the part', async () => {
    const { server, answer } = await content((_request, response) => response.end('bytes'), { start: 2 });
    expect(server.requests[0]?.headers.range).toBe('bytes=2-');
    expect(answer.range).toBeUndefined();
  });

  test('sends the known ETag as If-Range with a range, and returns the new ETag', async () => {
    const { server, api } = await setUp((_request, response) =>
      response.writeHead(200, { etag: '"b"' }).end('others'),
    );
    const attachment = { id: '2', uri: `${server.url}${STORE}/1/content/2` };
    const answer = await api.readMessageContent(attachment, { range: { start: 2 }, etag: '"a"' });
    answer.discard();
    expect(server.requests[0]?.headers).toMatchObject({ range: 'bytes=2-', 'if-range': '"a"' });
    expect(answer.etag).toBe('"b"');
  });

  test('requests a disposition and a file name beside what the address has already', async () => {
    const { server, api } = await setUp((_request, response) => response.end('bytes'));
    const attachment = { id: '2', uri: `${STORE}/1/content/2?size=200` };
    const fileName = 'Straße & Co.mp3';
    const answer = await api.readMessageContent(attachment, {
      contentDisposition: 'Attachment',
      contentDispositionFilename: fileName,
    });
    answer.discard();
    expect(Object.fromEntries(server.requests[0]?.url.searchParams ?? [])).toEqual({
      size: '200',
      contentDisposition: 'Attachment',
      contentDispositionFilename: fileName,
    });
  });

  test('ignores a weak ETag', async () => {
    const { answer } = await content((_request, response) =>
      response.writeHead(200, { etag: 'W/"a"' }).end('bytes'),
    );
    expect(answer.etag).toBeUndefined();
  });

  test('requests the content from the media host, whatever host the record names', async () => {
    const rest = await startServer((_request, response) => response.end());
    const media = await startServer((_request, response) => response.end('content'));
    const transport = new Transport(httpClient(), { rest: rest.url, media: media.url }, new FakeTokens());
    const api = new MessageStoreApi(transport);
    for (const uri of [`${media.url}/a?access_token=x`, `${rest.url}/b`, '/c']) {
      (await api.readMessageContent({ id: '2', uri })).discard();
    }
    expect(media.requests.map(({ target }) => target)).toEqual(['/a', '/b', '/c']);
    expect(rest.requests).toEqual([]);
    expect(await rejection(api.readMessageContent({ id: '2', uri: 'https://evil.test/d' }))).toMatchObject({
      kind: 'untrustedOrigin',
      host: 'evil.test',
    });
  });

  test('fails with “rendering” while a fax is not rendered yet', async () => {
    const { api } = await setUp(answering(503, refusal('MSG-368')));
    expect(await rejection(api.readMessageContent({ id: '2', uri: '/x' }))).toMatchObject({
      kind: 'rendering',
    });
  });
});

describe('the message store configuration', () => {
  test('is read and changed', async () => {
    const { server, api } = await setUp(({ body }, response) =>
      json(response, 200, body === '' ? { retentionPeriod: 30 } : JSON.parse(body)),
    );
    expect(await api.readMessageStoreConfiguration()).toEqual({ retentionPeriod: 30 });
    expect(await api.updateMessageStoreConfiguration({ retentionPeriod: 45 })).toEqual({
      retentionPeriod: 45,
    });
    const target = '/restapi/v1.0/account/~/message-store-configuration';
    expect(server.requests).toMatchObject([
      { method: 'GET', target },
      { method: 'PUT', target, body: '{"retentionPeriod":45}' },
    ]);
  });

  test('fails with the name of the missing permission', async () => {
    const { api } = await setUp(
      answering(403, refusal('CMN-408', { permissionName: 'AccountAdministration' })),
    );
    expect(await rejection(api.readMessageStoreConfiguration())).toMatchObject({
      kind: 'userPermission',
      permission: 'AccountAdministration',
    });
  });
});

test('readExtension returns the id, name and account of the extension that is signed in', async () => {
  const server = await startServer(answering(200, { id: 7, name: 'Ada', account: { id: 9 } }));
  expect(await readExtension(transportTo(server).transport)).toEqual({
    id: '7',
    name: 'Ada',
    accountId: '9',
  });
  expect(server.requests[0]?.target).toBe(EXTENSION);
});
