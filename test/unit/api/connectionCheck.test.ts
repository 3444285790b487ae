import { describe, expect, it } from 'vitest';
import { checkConnection } from '../../../src/api/check/connectionCheck';
import type { Finding } from '../../../src/api/check/finding';
import { recordShapes } from '../../../src/api/check/recordShapes';
import { isRecord } from '../../../src/api/lenient';
import { type ServerOrigins, Transport } from '../../../src/api/transport';
import { connectionReport } from '../../../src/display/connectionReport';
import type { DeviationOptions } from '../../builders/emulatorAdmin';
import { MESSAGES_PATH, LONG_AGO, startTestEmulator, type TestEmulator } from '../emulator/testEmulator';
import { httpClient, rejection } from './fakes';
import { json, startServer } from './server';

const PLACE = {
  version: '1.0.0',
  editor: '1.108.0',
  platform: 'linux',
  server: 'another',
  signIn: 'jwt',
} as const;

async function start(messages = 150): Promise<TestEmulator> {
  return startTestEmulator({ messages, now: Date.now });
}

async function check(test: TestEmulator, signal?: AbortSignal): Promise<readonly Finding[]> {
  const { url, mediaUrl } = test.emulator;
  return checkServer({ rest: url, media: mediaUrl }, test.accessToken, signal);
}

async function checkServer(
  origins: ServerOrigins,
  accessToken = 'token',
  signal = new AbortController().signal,
): Promise<readonly Finding[]> {
  const token = (): Promise<string> => Promise.resolve(accessToken);
  const transport = new Transport(httpClient(), origins, { accessToken: token, renew: token });
  return checkConnection(transport, 'connected', signal);
}

function differing(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ meaning }) => meaning !== undefined)
    .map(({ probe, found }) => `${probe}: ${found}`);
}

/** Every text, and every number of some length, that is anywhere in `value`. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value, ...value.split(/[\s/]+/)];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  return isRecord(value) ? Object.values(value).flatMap(wordsIn) : [];
}

describe('a check of the connection', () => {
  it('finds nothing of note at a server as it is documented', async () => {
    const findings = await check(await start());
    expect(differing(findings)).toEqual([]);
    expect(findings.map(({ probe }) => probe)).toContain('Incremental synchronization');
    expect(findings.find(({ probe }) => probe.startsWith('Records: how many'))?.found).toMatch(
      /VoiceMail: \d+/,
    );
  });

  it('sends only what changes nothing', async () => {
    const test = await start();
    const before = await test.admin.state();
    await test.admin.resetRequests();
    await check(test);
    const methods = (await test.admin.requests()).map(
      ({ method, path }) => `${method} ${path.split('/').at(-1)}`,
    );
    expect(methods.filter((method) => !method.startsWith('GET '))).toEqual(['POST wstoken']);
    expect((await test.admin.state()).messages).toEqual(before.messages);
  });

  it.each([
    [{ refused: { extension: 'forbidden' } }, 'Extension: 403 CMN-109'],
    [{ refused: { features: 'named' } }, 'Features: 400 CMN-101 parameter features'],
    [
      { refused: { recordCount: 'named' } },
      'Full synchronization of 1000 records since 2000: 400 CMN-101 parameter recordCount',
    ],
    [
      { refused: { availability: 'unnamed' } },
      'List of deleted messages, 1000 a page, since 2000: 400 CMN-101',
    ],
    [{ refused: { push: 'forbidden' } }, 'Token for notifications: 403 CMN-109'],
    [{ refused: { range: 'named' } }, 'The first byte of an attachment: 400 CMN-101 parameter range'],
    [
      { mostRecords: 25 },
      'Full synchronization of 1000 records since 2000: 200, 25 records, older ones: yes',
    ],
    [
      { mostRecords: 25 },
      'List of deleted messages, 1000 a page, since 2000: 200, 5 records, 0 of them not deleted, 25 a page',
    ],
    [
      { differences: ['noSyncTime'] },
      'Full synchronization of 1000 records since 2000: 200, 145 records, older ones: no; without syncTime',
    ],
    [
      { differences: ['noPaging', 'noNavigation'] },
      'List of deleted messages, 1000 a page, since 2000: 200, 5 records, 0 of them not deleted, ? a page; without paging, navigation',
    ],
    [
      { differences: ['ignoredAvailability'] },
      'List of deleted messages, 1000 a page, since 2000: 200, 143 records, 143 of them not deleted, 1000 a page',
    ],
    [{ differences: ['multipartMixed'] }, 'Two messages at once: 207, multipart/mixed'],
    [
      { differences: ['okForMultiStatus'] },
      'Two messages at once: 200, application/vnd.ringcentral.multipart+json',
    ],
    [{ differences: ['stringIds'] }, 'Records: ids: strings'],
    [{ differences: ['unknownRateGroup'] }, 'Rate limits (X-Rate-Limit-…): experimental 5 in 60 s'],
    [{ differences: ['noRateLimits'] }, 'Rate limits (X-Rate-Limit-…): no headers'],
    [
      { differences: ['noEtag'] },
      'The first byte of an attachment: 206, of the type that the record says; without etag',
    ],
  ] as const satisfies readonly (readonly [DeviationOptions, string])[])(
    'tells of a server with %o',
    async (deviations, expected) => {
      const test = await start();
      await test.admin.deviate(deviations);
      expect(differing(await check(test)).join('\n')).toContain(expected);
    },
  );

  const RECORD = 'The type in the record counts.';
  const BYTES = 'The first bytes tell the type.';

  it.each([
    ['audio/mpeg', 'audio/mpeg', 'of the type that the record says', undefined],
    ['audio/wav', 'audio/mpeg', 'audio/wav where the record says audio/mpeg', RECORD],
    [undefined, 'audio/mpeg', '(none) where the record says audio/mpeg; without content-type', RECORD],
    ['audio/mpeg', undefined, 'audio/mpeg where the record says (none)', BYTES],
    [undefined, undefined, 'of no type, as in the record; without content-type', BYTES],
  ])(
    'tells the type of a content of type %s where its record says %s',
    async (sent, said, found, meaning) => {
      const attachment = { id: 2, uri: '/content', ...(said !== undefined && { contentType: said }) };
      const server = await startServer(({ url }, response) => {
        const headers = {
          'content-range': 'bytes 0-0/5',
          etag: '"a"',
          ...(sent !== undefined && { 'content-type': sent }),
        };
        if (url.pathname === '/content') response.writeHead(206, headers).end('b');
        else json(response, 200, { records: [{ id: 1, attachments: [attachment] }] });
      });
      const findings = await checkServer({ rest: server.url, media: server.url });
      const finding = findings.find(({ probe }) => probe === 'The first byte of an attachment');
      expect(finding).toMatchObject({ found: `206, ${found}` });
      expect(finding?.meaning).toBe(meaning);
    },
  );

  it('tells which permission is missing', async () => {
    const test = await start();
    await test.admin.setPermissions({
      app: { WebSocketsSubscription: false },
      user: { AccountAdministration: false },
    });
    const findings = await check(test);
    expect(differing(findings)).toEqual([
      'Token for notifications: 403 CMN-401 permission WebSocketsSubscription',
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        probe: 'Retention settings',
        found: '403 CMN-408 permission AccountAdministration',
      }),
    );
  });

  it('looks whether a server would take what no feature allows', async () => {
    const test = await start();
    await test.admin.setFeatures({ SharedVoicemail: false, CallQueueSmsRecipient: false });
    const findings = await check(test);
    expect(differing(findings)).toEqual([]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        probe: 'owner=Any without a feature for it',
        found: '400 CMN-101 parameter owner',
      }),
    );
  });

  it('goes on with an empty mailbox, and through failures of the server', async () => {
    const test = await start(0);
    expect(differing(await check(test))).toEqual([]);
    await test.admin.fail({ count: 100, path: '/restapi/', status: 500, errorCode: 'CMN-201' });
    const findings = await check(test);
    expect(findings.find(({ probe }) => probe === 'Extension')?.found).toBe('500 CMN-201');
    expect(findings.length).toBeGreaterThan(10);
  });

  it('ends when it is cancelled', async () => {
    expect(await rejection(check(await start(0), AbortSignal.abort()))).toMatchObject({ kind: 'cancelled' });
  });
});

describe('the report of a check', () => {
  it('says nothing of whose mailbox it is, nor of what is in it', async () => {
    const test = await start();
    const findings = await check(test);
    const records = (await test.get(MESSAGES_PATH, { dateFrom: LONG_AGO, perPage: 1000 })).json()['records'];
    const extension = (await test.get('/restapi/v1.0/account/~/extension/~')).json();
    const { emulator, accessToken } = test;
    const report = connectionReport(findings, PLACE);
    const places = [emulator, accessToken, records, extension].flatMap(wordsIn);
    // What the API itself calls things, and short texts that are in every text.
    const words = [
      'What',
      'This',
      'Nothing.',
      'SMS',
      'Fax',
      'Pager',
      'VoiceMail',
      'User',
      'Enabled',
      'Text',
      'Records',
      'what',
      'with',
      'this',
      'that',
    ];
    const personal = new Set(
      places.filter((word) => /\d{5}|^\p{Lu}\p{L}{3,}|.{16}/u.test(word) && !words.includes(word)),
    );
    expect(personal.size).toBeGreaterThan(500);
    const found = [...personal].filter((word) => isIn(report, word));
    expect(found).toEqual([]);
  });

  it('tells what differs, with what it means, and then everything', async () => {
    const test = await start();
    await test.admin.deviate({ differences: ['noSyncTime'] });
    const report = connectionReport(await check(test), PLACE);
    const [, differences = '', everything = ''] = report.split('\n## ');
    expect(differences).toMatch(/\| Full synchronization.* without syncTime \| The history is asked for/);
    expect(differences.split('\n').filter((line) => line.startsWith('| ')).length).toBe(3);
    expect(everything).toContain('| Extension |');
    expect(report).toContain('Version 1.0.0, VS Code 1.108.0 on linux; server: another; sign-in: jwt.');
  });
});

describe('the shapes of records', () => {
  it('are told by names of the API alone, whatever a server sends', () => {
    const record = {
      id: '5',
      type: 'Telegram',
      messageStatus: 'On its way to <b>Ada</b>',
      'Ada Park | +1 650 555 0101': 1,
      newField: { secret: 'Ada' },
      attachments: [{ contentType: 'text/Ada Park', type: 'Drawing' }, 7, null],
      to: [{ nick: 'Ada' }, 'Ada'],
      from: 'Ada',
    };
    const texts = JSON.stringify(recordShapes([record, {}]));
    expect(texts).not.toMatch(/Ada|650|<b>/);
    expect(texts).toMatch(/message\.newField/);
    expect(texts).toMatch(/party\.nick/);
    expect(texts).toMatch(/message\.type=Telegram/);
    expect(texts).toMatch(/attachment\.type=Drawing/);
    expect(texts).toMatch(/creationTime/);
  });

  it('are told briefly, however many names there are', () => {
    const record = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`field${index}`, 1]));
    expect(JSON.stringify(recordShapes([record])).length).toBeLessThan(3_000);
  });
});

/** Whether a text contains a word as a whole, not as a part of a longer one. */
function isIn(text: string, word: string): boolean {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w/+-])${literal}(?![\\w/+-])`).test(text);
}
