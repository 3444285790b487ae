import { describe, expect, it } from 'vitest';

import {
  type Answer,
  type ErrorBody,
  idsOf,
  LONG_AGO,
  MESSAGES_PATH,
  minutesAgo,
  type RequestOptions,
  startTestEmulator,
  SYNC_PATH,
  type SyncBody,
  type TestEmulator,
} from './testEmulator';

type Query = NonNullable<RequestOptions['query']>;

const DAY = 24 * 60 * 60;

async function fullSync(test: TestEmulator, query: Query = {}): Promise<SyncBody> {
  const answer = await test.get(SYNC_PATH, { syncType: 'FSync', dateFrom: LONG_AGO, ...query });
  expect(answer.status, answer.text).toBe(200);
  return answer.json<SyncBody>();
}

function requestChanges(test: TestEmulator, last: SyncBody, query: Query = {}): Promise<Answer> {
  return test.get(SYNC_PATH, { syncType: 'ISync', syncToken: last.syncInfo.syncToken, ...query });
}

async function changesSince(test: TestEmulator, last: SyncBody, query: Query = {}): Promise<SyncBody> {
  const answer = await requestChanges(test, last, query);
  expect(answer.status, answer.text).toBe(200);
  return answer.json<SyncBody>();
}

async function markRead(test: TestEmulator, id: number): Promise<void> {
  await test.request('PUT', `${MESSAGES_PATH}/${id}`, { json: { readStatus: 'Read' } });
}

describe('a full sync (FSync)', () => {
  it('returns the Alive messages of the requested range, newest first, and a syncToken', async () => {
    const test = await startTestEmulator();
    const [older, newer] = await test.admin.deliverAll([{ creationTime: minutesAgo(9) }, {}]);
    await test.admin.deliver({ availability: 'Deleted' });
    const body = await fullSync(test);
    expect(idsOf(body)).toEqual([newer?.id, older?.id]);
    expect(body.syncInfo).toMatchObject({
      syncType: 'FSync',
      syncToken: expect.stringMatching(/./) as string,
      syncTime: '2026-03-10T12:00:00.000Z',
      olderRecordsExist: false,
    });
  });

  it('covers the last 24 hours when dateFrom is not given', async () => {
    const test = await startTestEmulator();
    await test.admin.deliver({ creationTime: minutesAgo(25 * 60) });
    const { id } = await test.admin.deliver({ creationTime: minutesAgo(23 * 60) });
    expect(idsOf((await test.get(SYNC_PATH, { syncType: 'FSync' })).json<SyncBody>())).toEqual([id]);
  });

  it('is performed when a request has neither syncType nor syncToken', async () => {
    const test = await startTestEmulator();
    expect((await test.get(SYNC_PATH)).json<SyncBody>().syncInfo.syncType).toBe('FSync');
  });

  it('returns recordCount records and sets olderRecordsExist when the range has older ones', async () => {
    const test = await startTestEmulator();
    const [first, second, third] = await test.admin.deliverAll([
      { creationTime: minutesAgo(30) },
      { creationTime: minutesAgo(20) },
      { creationTime: minutesAgo(10) },
    ]);
    const newest = await fullSync(test, { recordCount: 2 });
    expect(idsOf(newest)).toEqual([third?.id, second?.id]);
    expect(newest.syncInfo.olderRecordsExist).toBe(true);
    const older = await fullSync(test, { dateTo: minutesAgo(20), recordCount: 2 });
    expect(idsOf(older)).toEqual([first?.id]);
    expect(older.syncInfo.olderRecordsExist).toBe(false);
  });

  it('returns more records than recordCount when surplusRecords is set', async () => {
    const test = await startTestEmulator();
    await test.admin.deliverAll([{}, {}, {}, {}]);
    await test.admin.changeSettings({ surplusRecords: 2 });
    const { records, syncInfo } = await fullSync(test, { recordCount: 1 });
    expect(records).toHaveLength(3);
    expect(syncInfo.olderRecordsExist).toBe(true);
  });

  it('applies the filters messageType, direction, conversationId and distinctConversations', async () => {
    const test = await startTestEmulator();
    const [, fax, , latest] = await test.admin.deliverAll([
      { type: 'Fax' },
      { type: 'Fax', direction: 'Outbound' },
      { conversationId: '7' },
      { conversationId: '7' },
    ]);
    expect(idsOf(await fullSync(test, { messageType: 'Fax', direction: 'Outbound' }))).toEqual([fax?.id]);
    expect(idsOf(await fullSync(test, { conversationId: '7', distinctConversations: true }))).toEqual([
      latest?.id,
    ]);
  });

  it('returns 1200 messages in one response, without paging', async () => {
    const test = await startTestEmulator();
    await test.admin.deliverAll(Array.from({ length: 1200 }, () => ({})));
    const body = await fullSync(test);
    expect(body.records).toHaveLength(1200);
    expect(body).not.toHaveProperty('paging');
  });
});

describe('an incremental sync (ISync)', () => {
  it('returns the messages that are new or have changed, and no others', async () => {
    const test = await startTestEmulator();
    const [changed] = await test.admin.deliverAll([{}, {}]);
    await test.admin.advanceClock(60);
    const full = await fullSync(test);
    await test.admin.advanceClock(60);
    await markRead(test, changed?.id ?? 0);
    const added = await test.admin.deliver();
    await test.admin.advanceClock(60);
    const body = await changesSince(test, full);
    expect(idsOf(body)).toEqual([added.id, changed?.id]);
    expect(body.records[1]).toMatchObject({ readStatus: 'Read', type: 'SMS' });
    expect(body.syncInfo).toMatchObject({ syncType: 'ISync', olderRecordsExist: false });
    expect((await changesSince(test, body)).records).toEqual([]);
  });

  it('overlaps the previous sync by 5 seconds', async () => {
    const test = await startTestEmulator();
    await test.admin.deliver();
    await test.admin.advanceClock(2);
    const { id } = await test.admin.deliver();
    await test.admin.advanceClock(4);
    const full = await fullSync(test);
    const soon = await changesSince(test, full);
    expect(idsOf(soon)).toEqual([id]);
    await test.admin.advanceClock(1);
    const later = await changesSince(test, soon);
    expect(idsOf(later)).toEqual([id]);
    await test.admin.advanceClock(1);
    const last = await changesSince(test, later);
    expect(idsOf(last)).toEqual([id]);
    expect((await changesSince(test, last)).records).toEqual([]);
  });

  it('returns only the id and the availability of Deleted and Purged messages', async () => {
    const test = await startTestEmulator();
    const [deleted, purged] = await test.admin.deliverAll([{ text: 'a' }, { text: 'b' }]);
    const full = await fullSync(test);
    await test.admin.advanceClock(60);
    await test.request('DELETE', `${MESSAGES_PATH}/${deleted?.id}`);
    await test.request('DELETE', `${MESSAGES_PATH}/${purged?.id}`, { query: { purge: true } });
    expect((await changesSince(test, full)).records).toEqual([
      { id: purged?.id, availability: 'Purged' },
      { id: deleted?.id, availability: 'Deleted' },
    ]);
  });

  it('returns the whole record of a restored message', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ availability: 'Deleted' });
    const full = await fullSync(test);
    await test.admin.advanceClock(60);
    await test.request('PATCH', `${MESSAGES_PATH}/${id}`, { json: { availability: 'Alive' } });
    expect((await changesSince(test, full)).records).toMatchObject([
      { id, availability: 'Alive', type: 'SMS' },
    ]);
  });

  it('returns a message that has become Purged as time passed', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ availability: 'Deleted' });
    await test.admin.advanceClock(60);
    const full = await fullSync(test);
    await test.admin.advanceClock(5 * DAY - 60);
    await test.signIn();
    expect((await changesSince(test, full)).records).toEqual([{ id, availability: 'Purged' }]);
  });

  it('is performed when a request has a syncToken but no syncType', async () => {
    const test = await startTestEmulator();
    const { syncToken } = (await fullSync(test)).syncInfo;
    expect((await test.get(SYNC_PATH, { syncToken })).json<SyncBody>().syncInfo.syncType).toBe('ISync');
  });

  it('applies the filters of its syncToken, which the request may repeat', async () => {
    const test = await startTestEmulator();
    const full = await fullSync(test, { messageType: ['Fax', 'VoiceMail'] });
    await test.admin.advanceClock(60);
    await test.admin.deliver();
    const fax = await test.admin.deliver({ type: 'Fax' });
    expect(idsOf(await changesSince(test, full))).toEqual([fax.id]);
    expect(idsOf(await changesSince(test, full, { messageType: ['Fax', 'VoiceMail'] }))).toEqual([fax.id]);
  });

  it.each([
    ['messageType', 'Fax'],
    ['direction', 'Inbound'],
    ['conversationId', '7'],
    ['distinctConversations', 'true'],
    ['owner', 'Any'],
  ])('refuses a filter that differs from the one of its syncToken: %s', async (name, value) => {
    const test = await startTestEmulator();
    const full = await fullSync(test, { messageType: 'SMS' });
    const answer = await requestChanges(test, full, { [name]: value });
    expect(answer.status).toBe(400);
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-101', parameterName: name });
  });

  it('applies the date range of its syncToken', async () => {
    const test = await startTestEmulator();
    const before = await test.admin.deliver({ creationTime: minutesAgo(30) });
    const within = await test.admin.deliver({ creationTime: minutesAgo(20) });
    const after = await test.admin.deliver({ creationTime: minutesAgo(10) });
    const full = await fullSync(test, { dateFrom: minutesAgo(25), dateTo: minutesAgo(15) });
    await test.admin.advanceClock(60);
    for (const { id } of [before, within, after]) await markRead(test, id);
    expect(idsOf(await changesSince(test, full))).toEqual([within.id]);
  });

  it('with an earlier dateFrom extends the range, also for later syncs', async () => {
    const test = await startTestEmulator();
    const early = await test.admin.deliver({ creationTime: minutesAgo(30) });
    await test.admin.deliver({ creationTime: minutesAgo(20) });
    await test.admin.advanceClock(60);
    const full = await fullSync(test, { dateFrom: minutesAgo(25) });
    const wider = await changesSince(test, full, { dateFrom: minutesAgo(35) });
    expect(idsOf(wider)).toEqual([early.id]);
    await test.admin.advanceClock(60);
    await markRead(test, early.id);
    expect(idsOf(await changesSince(test, wider))).toEqual([early.id]);
  });

  it('with a later dateTo extends the range', async () => {
    const test = await startTestEmulator();
    await test.admin.deliver({ creationTime: minutesAgo(30) });
    const late = await test.admin.deliver({ creationTime: minutesAgo(20) });
    await test.admin.advanceClock(60);
    const full = await fullSync(test, { dateTo: minutesAgo(25) });
    expect(idsOf(await changesSince(test, full, { dateTo: minutesAgo(15) }))).toEqual([late.id]);
  });

  it('with a larger recordCount returns older messages too, and does not limit later syncs', async () => {
    const test = await startTestEmulator();
    const [first, second, third] = await test.admin.deliverAll([
      { creationTime: minutesAgo(30) },
      { creationTime: minutesAgo(20) },
      { creationTime: minutesAgo(10) },
    ]);
    await test.admin.advanceClock(60);
    const full = await fullSync(test, { recordCount: 1 });
    const wider = await changesSince(test, full, { recordCount: 2 });
    expect(idsOf(wider)).toEqual([third?.id, second?.id]);
    expect(wider.syncInfo.olderRecordsExist).toBe(true);
    await test.admin.advanceClock(60);
    await markRead(test, first?.id ?? 0);
    expect(idsOf(await changesSince(test, wider))).toEqual([first?.id]);
  });

  it('with distinctConversations returns a changed message only if it is the latest of its conversation', async () => {
    const test = await startTestEmulator();
    const [first, second] = await test.admin.deliverAll([{ conversationId: '7' }, { conversationId: '7' }]);
    await test.admin.advanceClock(60);
    const full = await fullSync(test, { distinctConversations: true });
    await test.admin.advanceClock(60);
    await markRead(test, first?.id ?? 0);
    expect((await changesSince(test, full)).records).toEqual([]);
    await markRead(test, second?.id ?? 0);
    expect(idsOf(await changesSince(test, full))).toEqual([second?.id]);
  });
});

describe('a syncToken', () => {
  it.each([['nonsense'], ['bm9uc2Vuc2U.bm9uc2Vuc2U'], ['']])(
    'is refused with 400 CMN-101 when it is malformed: "%s"',
    async (syncToken) => {
      const test = await startTestEmulator();
      const answer = await test.get(SYNC_PATH, { syncType: 'ISync', syncToken });
      expect(answer.status).toBe(400);
      expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-101', parameterName: 'syncToken' });
    },
  );

  it.each(['CMN-101', 'MSG-333', 'MSG-411'] as const)('can be invalidated with %s', async (errorCode) => {
    const test = await startTestEmulator();
    const full = await fullSync(test);
    await test.admin.invalidateSyncTokens(errorCode);
    const answer = await requestChanges(test, full);
    expect(answer.status).toBe(400);
    expect(answer.json<ErrorBody>().errorCode).toBe(errorCode);
    expect((await changesSince(test, await fullSync(test))).records).toEqual([]);
  });

  it('reports a Purged message for 5 days and is then refused with MSG-333', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    const full = await fullSync(test);
    await test.request('DELETE', `${MESSAGES_PATH}/${id}`, { query: { purge: true } });
    await test.admin.advanceClock(5 * DAY - 1);
    await test.signIn();
    expect((await changesSince(test, full)).records).toEqual([{ id, availability: 'Purged' }]);
    await test.admin.advanceClock(1);
    await test.signIn();
    expect((await requestChanges(test, full)).json<ErrorBody>().errorCode).toBe('MSG-333');
  });

  it('is refused with CMN-101 by any emulator except the one that issued it', async () => {
    const full = await fullSync(await startTestEmulator());
    const answer = await requestChanges(await startTestEmulator(), full);
    expect(answer.json<ErrorBody>().errorCode).toBe('CMN-101');
  });
});

describe('a message-sync request with an invalid parameter', () => {
  it.each([
    ['syncType', 'Sync'],
    ['recordCount', '0'],
    ['dateFrom', 'yesterday'],
    ['messageType', 'Telegram'],
    ['conversationId', 'x'],
  ])('is refused, naming the parameter: %s=%s', async (name, value) => {
    const test = await startTestEmulator();
    const answer = await test.get(SYNC_PATH, { [name]: value });
    expect(answer.status).toBe(400);
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-101', parameterName: name });
  });
});
