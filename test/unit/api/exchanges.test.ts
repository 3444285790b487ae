import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readExtension } from '../../../src/api/account';
import { readBytes } from '../../../src/api/body';
import { readFeatures } from '../../../src/api/features';
import { parseJson } from '../../../src/api/json';
import { MessageStoreApi } from '../../../src/api/messageStore';
import type { Transport } from '../../../src/api/transport';
import { transportTo } from './fakes';
import { startServer } from './server';

/** A request and its answer, in the forms that RingCentral's public documentation gives; the people and texts are made up. */
interface Exchange {
  readonly operation: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, readonly string[]>>;
    readonly contentType?: string;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly text?: string;
  };
}

const TEXT = readFileSync(
  path.join(import.meta.dirname, '../../fixtures/exchanges/messageStore.json'),
  'utf8',
);
const EXCHANGES = JSON.parse(TEXT) as readonly Exchange[];

/** As they stand in the file: some ids are larger than JavaScript's numbers. */
const BODIES = (parseJson(TEXT) as readonly Exchange[]).map(({ response }) => response.body);

const VOICEMAIL = '1724099032020';
const FAX = '1724099032022';
const UNKNOWN = '1724099032023';
const CONVERSATION = '8234962969801171948';
const dateFrom = '2026-09-01T00:00:00.000Z';

/** What each exchange comes of, and what the client makes of the answer. */
const CALLS: readonly (readonly [
  string,
  (api: MessageStoreApi, transport: Transport) => Promise<unknown>,
  unknown,
])[] = [
  [
    'listMessages',
    (api) =>
      api.listMessages({
        dateFrom,
        availability: ['Alive'],
        messageType: ['VoiceMail', 'SMS'],
        page: 1,
        perPage: 100,
      }),
    {
      records: [
        { id: '1724099032021', conversationId: CONVERSATION, subject: 'Is the gate open on Monday?' },
        { id: VOICEMAIL, attachments: [{ contentType: 'audio/x-wav', vmDuration: 25 }] },
      ],
      paging: { page: 1, perPage: 100, totalPages: 1, totalElements: 2 },
      hasNextPage: false,
    },
  ],
  [
    'syncMessages',
    (api) => api.syncMessages({ syncType: 'FSync', dateFrom, recordCount: 250 }),
    {
      records: [{}, {}, { id: FAX, faxPageCount: 3, to: [{ faxErrorCode: 'LineBusy' }] }],
      syncToken: 'eyJ0cyI6IjIwMjYtMDktMTgifQ',
      syncTime: '2026-09-18T10:10:00.351Z',
      olderRecordsExist: false,
    },
  ],
  [
    'syncMessages',
    (api) => api.syncMessages({ syncType: 'ISync', syncToken: 'eyJ0cyI6IjIwMjYtMDktMTgifQ' }),
    { records: [{ id: VOICEMAIL, availability: 'Deleted' }], syncToken: 'eyJ0cyI6IjIwMjYtMDktMTkifQ' },
  ],
  [
    'readMessage',
    (api) => api.readMessage([VOICEMAIL, UNKNOWN]),
    [
      { id: VOICEMAIL, status: 200, message: { type: 'VoiceMail', from: { phoneNumber: '+18445550117' } } },
      { id: UNKNOWN, status: 404, error: { kind: 'notFound' } },
    ],
  ],
  [
    'updateMessage',
    (api) => api.updateMessage([VOICEMAIL], { readStatus: 'Read' }),
    [{ id: VOICEMAIL, status: 200, message: { readStatus: 'Read' } }],
  ],
  [
    'patchMessage',
    (api) => api.patchMessage([VOICEMAIL, FAX], { availability: 'Alive' }),
    [
      { id: VOICEMAIL, status: 200, message: { availability: 'Alive' } },
      { id: FAX, status: 200, message: { availability: 'Alive' } },
    ],
  ],
  [
    'deleteMessage',
    (api) => api.deleteMessage([VOICEMAIL, FAX], { purge: true }),
    [
      { id: VOICEMAIL, status: 204 },
      { id: FAX, status: 204 },
    ],
  ],
  [
    'deleteMessageByFilter',
    (api) => api.deleteMessageByFilter(CONVERSATION, { dateTo: '2026-09-18T10:00:00.001Z', type: 'SMS' }),
    undefined,
  ],
  [
    'readMessageContent',
    async (api) => {
      const account = '/restapi/v1.0/account/400131400008/extension/400131426008';
      const { contentType, size, stream } = await api.readMessageContent(
        { id: VOICEMAIL, uri: `${account}/message-store/${VOICEMAIL}/content/${VOICEMAIL}` },
        { contentDisposition: 'Attachment', contentDispositionFilename: 'voicemail.wav' },
      );
      return { contentType, size, text: Buffer.from(await readBytes(stream, 100)).toString() };
    },
    { contentType: 'audio/wav', size: 12, text: 'RIFF....WAVE' },
  ],
  ['readMessageStoreConfiguration', (api) => api.readMessageStoreConfiguration(), { retentionPeriod: 72 }],
  [
    'updateMessageStoreConfiguration',
    (api) => api.updateMessageStoreConfiguration({ retentionPeriod: 72 }),
    { retentionPeriod: 72 },
  ],
  [
    'readExtension',
    (_api, transport) => readExtension(transport),
    { id: '400131426008', accountId: '400131400008', name: 'Robin Whitlock', extensionNumber: '101' },
  ],
  [
    'readFeatures',
    async (_api, transport) => Object.fromEntries(await readFeatures(transport)),
    { SharedVoicemail: false, CallQueueSmsRecipient: true },
  ],
];

test('there is a documented exchange for each operation', () => {
  expect(EXCHANGES.map(({ operation }) => operation)).toEqual(CALLS.map(([operation]) => operation));
});

test.each(CALLS.map((call, index) => [call[0], index] as const))(
  'the documented exchange of %s is sent and understood (%i)',
  async (_operation, index) => {
    const { request, response } = EXCHANGES[index] ?? expect.unreachable();
    const [, call, result] = CALLS[index] ?? expect.unreachable();
    const body = BODIES[index];
    const server = await startServer((_request, answer) => {
      answer.writeHead(response.status, response.headers);
      answer.end(body === undefined ? response.text : bodyText(index));
    });
    const { transport } = transportTo(server);
    const outcome = await call(new MessageStoreApi(transport), transport);
    if (result === undefined) expect(outcome).toBeUndefined();
    else expect(outcome).toMatchObject(result as object);

    const [sent, ...others] = server.requests;
    expect(others).toEqual([]);
    const { url, method, headers, body: text } = sent ?? expect.unreachable();
    const query = Object.fromEntries(
      [...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name)]),
    );
    expect({ method, path: url.pathname, query }).toEqual({
      method: request.method,
      path: request.path,
      query: request.query ?? {},
    });
    expect(headers['content-type']).toBe(request.contentType);
    expect(text === '' ? undefined : (JSON.parse(text) as unknown)).toEqual(request.body);
  },
);

/** The body as RingCentral writes it: with ids of any size as numbers. */
function bodyText(index: number): string {
  return JSON.stringify(BODIES[index]).replaceAll(
    `"conversationId":"${CONVERSATION}"`,
    `"conversationId":${CONVERSATION}`,
  );
}
