import { describe, expect, it } from 'vitest';

import {
  type ErrorBody,
  EXTENSION_PATH,
  idsOf,
  type ListBody,
  LONG_AGO,
  MESSAGES_PATH,
  minutesAgo,
  type RequestOptions,
  startTestEmulator,
  type TestEmulator,
} from './testEmulator';

async function list(test: TestEmulator, query: RequestOptions['query'] = {}): Promise<ListBody> {
  const answer = await test.get(MESSAGES_PATH, { dateFrom: LONG_AGO, ...query });
  expect(answer.status, answer.text).toBe(200);
  return answer.json<ListBody>();
}

async function refusal(test: TestEmulator, query: RequestOptions['query'] = {}): Promise<ErrorBody> {
  const answer = await test.get(MESSAGES_PATH, query);
  expect(answer.status).toBe(400);
  return answer.json<ErrorBody>();
}

describe('the date range of the message list', () => {
  it('is the last 24 hours when neither dateFrom nor dateTo is given', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ creationTime: minutesAgo(23 * 60) });
    await test.admin.deliver({ creationTime: minutesAgo(25 * 60) });
    expect(idsOf((await test.get(MESSAGES_PATH)).json<ListBody>())).toEqual([id]);
  });

  it('is the 24 hours before dateTo when only dateTo is given', async () => {
    const test = await startTestEmulator();
    await test.admin.deliver({ creationTime: minutesAgo(60) });
    const { id } = await test.admin.deliver({ creationTime: minutesAgo(25 * 60) });
    await test.admin.deliver({ creationTime: minutesAgo(49 * 60) });
    const answer = await test.get(MESSAGES_PATH, { dateTo: minutesAgo(24 * 60) });
    expect(idsOf(answer.json<ListBody>())).toEqual([id]);
  });

  it('includes dateFrom, excludes dateTo and is listed newest first', async () => {
    const test = await startTestEmulator();
    await test.admin.deliver({ creationTime: minutesAgo(40) });
    const older = await test.admin.deliver({ creationTime: minutesAgo(30) });
    const newer = await test.admin.deliver({ creationTime: minutesAgo(20) });
    await test.admin.deliver({ creationTime: minutesAgo(10) });
    const body = await list(test, { dateFrom: minutesAgo(30), dateTo: minutesAgo(10) });
    expect(idsOf(body)).toEqual([newer.id, older.id]);
  });

  it('can be given as a date without a time and as a time with a UTC offset', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ creationTime: '2026-03-09T00:30:00.000Z' });
    await test.admin.deliver({ creationTime: '2026-03-09T01:30:00.000Z' });
    const query = { dateFrom: '2026-03-09', dateTo: '2026-03-09T02:00:00+01:00' };
    expect(idsOf(await list(test, query))).toEqual([id]);
  });
});

describe('the message list', () => {
  it('contains only Alive messages unless availability requests others', async () => {
    const test = await startTestEmulator();
    const alive = await test.admin.deliver();
    const deleted = await test.admin.deliver({ availability: 'Deleted' });
    const purged = await test.admin.deliver({ availability: 'Purged' });
    expect(idsOf(await list(test))).toEqual([alive.id]);
    expect(idsOf(await list(test, { availability: 'Deleted' }))).toEqual([deleted.id]);
    expect(idsOf(await list(test, { availability: ['Deleted', 'Purged'] }))).toEqual([purged.id, deleted.id]);
    expect(idsOf(await list(test, { availability: 'Deleted,Purged' }))).toEqual([purged.id, deleted.id]);
  });

  it('can be filtered by one or several values of messageType, by direction and by readStatus', async () => {
    const test = await startTestEmulator();
    const [fax, sms, voicemail] = await test.admin.deliverAll([
      { type: 'Fax', direction: 'Outbound' },
      { type: 'SMS' },
      { type: 'VoiceMail', readStatus: 'Read' },
    ]);
    expect(idsOf(await list(test, { messageType: 'Fax' }))).toEqual([fax?.id]);
    expect(idsOf(await list(test, { messageType: ['Fax', 'SMS'] }))).toEqual([sms?.id, fax?.id]);
    expect(idsOf(await list(test, { direction: 'Outbound' }))).toEqual([fax?.id]);
    expect(idsOf(await list(test, { readStatus: 'Unread' }))).toEqual([sms?.id]);
    expect(idsOf(await list(test, { readStatus: 'Read', direction: 'Inbound' }))).toEqual([voicemail?.id]);
  });

  it('can be filtered by a conversationId that is too large for a JavaScript number', async () => {
    const test = await startTestEmulator();
    const near = await test.admin.deliver({ conversationId: '8234962969801171948' });
    await test.admin.deliver({ conversationId: '8234962969801171949' });
    const body = await list(test, { conversationId: '8234962969801171948' });
    expect(idsOf(body)).toEqual([near.id]);
    expect(body.records[0]).toMatchObject({
      conversationId: '8234962969801171948',
      conversation: { id: '8234962969801171948' },
    });
  });

  it('with distinctConversations contains the latest message of each conversation and all without one', async () => {
    const test = await startTestEmulator();
    const [, latest, fax, otherFax, other] = await test.admin.deliverAll([
      { conversationId: '1' },
      { conversationId: '1' },
      { type: 'Fax' },
      { type: 'Fax' },
      { conversationId: '2' },
    ]);
    const body = await list(test, { distinctConversations: true });
    expect(idsOf(body)).toEqual([other?.id, otherFax?.id, fax?.id, latest?.id]);
  });

  it('can be filtered by the phoneNumber of sender or recipient, in any notation', async () => {
    const test = await startTestEmulator();
    const inbound = await test.admin.deliver({ from: { phoneNumber: '(650) 555-0177' } });
    const outbound = await test.admin.deliver({
      direction: 'Outbound',
      to: [{ phoneNumber: '+16505550177' }],
    });
    await test.admin.deliver({ from: { phoneNumber: '+16505550178' } });
    expect(idsOf(await list(test, { phoneNumber: '16505550177' }))).toEqual([outbound.id, inbound.id]);
  });

  it('truncates an inbound text to 1000 characters, while reading the message returns all of it', async () => {
    const test = await startTestEmulator();
    const text = 'long '.repeat(500);
    const { id } = await test.admin.deliver({ text });
    const sent = await test.admin.deliver({ text, direction: 'Outbound' });
    const { records } = await list(test);
    expect(records.find((record) => record.id === id)?.['subject']).toBe(text.slice(0, 1000));
    expect(records.find((record) => record.id === sent.id)?.['subject']).toBe(text);
    expect((await test.get(`${MESSAGES_PATH}/${id}`)).json()).toMatchObject({ subject: text });
  });

  it('contains ids as JSON integers', async () => {
    const test = await startTestEmulator();
    await test.admin.deliver({ id: '1724099032020', conversationId: '8234962969801171948', text: 'hello' });
    const { text } = await test.get(MESSAGES_PATH);
    expect(text).toMatch(/"id":1724099032020[,}]/);
    expect(text).toMatch(/"conversationId":8234962969801171948[,}]/);
  });

  it('contains old records without a conversation object and with attachments at the REST origin', async () => {
    const test = await startTestEmulator();
    await test.admin.deliver({ text: 'old', oldFormat: true });
    const [record] = (await list(test)).records;
    expect(record).not.toHaveProperty('conversation');
    expect(record).toHaveProperty('conversationId');
    expect(record).toHaveProperty('attachments.0.uri', expect.stringContaining(`${test.emulator.url}/`));
  });
});

describe('messages shared by other extensions', () => {
  async function startShared() {
    const test = await startTestEmulator();
    const owner = { extensionId: '400131499008', extensionType: 'Department', name: 'Sales' };
    const own = await test.admin.deliver({ type: 'VoiceMail' });
    const shared = await test.admin.deliver({ type: 'VoiceMail', owner });
    const sharedText = await test.admin.deliver({ owner });
    return { test, own: own.id, shared: shared.id, sharedText: sharedText.id };
  }

  it('are listed only when owner requests them', async () => {
    const { test, own, shared, sharedText } = await startShared();
    expect(idsOf(await list(test))).toEqual([own]);
    expect(idsOf(await list(test, { owner: 'Personal' }))).toEqual([own]);
    expect(idsOf(await list(test, { owner: 'Shared' }))).toEqual([sharedText, shared]);
    expect(idsOf(await list(test, { owner: 'Any' }))).toEqual([sharedText, shared, own]);
    expect(idsOf(await list(test, { owner: '400131499008' }))).toEqual([sharedText, shared]);
    expect(idsOf(await list(test, { owner: '999' }))).toEqual([]);
  });

  it('are listed for voicemailOwner only if they are voicemail', async () => {
    const { test, own, shared } = await startShared();
    expect(idsOf(await list(test, { voicemailOwner: 'Any' }))).toEqual([shared, own]);
    expect(idsOf(await list(test, { voicemailOwner: '400131499008' }))).toEqual([shared]);
  });

  it('are listed for the ownerExtensionType of their owner', async () => {
    const { test, own, shared, sharedText } = await startShared();
    expect(idsOf(await list(test, { ownerExtensionType: 'Department' }))).toEqual([sharedText, shared]);
    expect(idsOf(await list(test, { ownerExtensionType: 'User' }))).toEqual([]);
    const query = { owner: 'Any', ownerExtensionType: ['User', 'Site'] };
    expect(idsOf(await list(test, query))).toEqual([own]);
  });
});

describe('paging of the message list', () => {
  async function startWith(count: number): Promise<TestEmulator> {
    const test = await startTestEmulator();
    await test.admin.deliverAll(Array.from({ length: count }, () => ({})));
    return test;
  }

  it('returns 100 records per page by default', async () => {
    const { records, paging } = await list(await startWith(101));
    expect(records).toHaveLength(100);
    expect(paging).toEqual({
      page: 1,
      perPage: 100,
      pageStart: 0,
      pageEnd: 99,
      totalPages: 2,
      totalElements: 101,
    });
  });

  it('links to the first, next, previous and last page with the other parameters but without the token', async () => {
    const test = await startWith(5);
    const query = { perPage: 2, page: 2, messageType: 'SMS', access_token: test.accessToken };
    const { navigation, paging } = await list(test, query);
    expect(paging).toMatchObject({ page: 2, pageStart: 2, pageEnd: 3, totalPages: 3 });
    const pages = Object.entries(navigation).map(([name, link]) => {
      const url = new URL(link?.uri ?? '');
      expect(url.origin).toBe(test.emulator.url);
      expect(url.searchParams.get('messageType')).toBe('SMS');
      expect(url.searchParams.has('access_token')).toBe(false);
      return [name, url.searchParams.get('page')];
    });
    expect(Object.fromEntries(pages)).toEqual({
      firstPage: '1',
      nextPage: '3',
      previousPage: '1',
      lastPage: '3',
    });
    expect((await list(test, { perPage: 2, page: 3 })).navigation.nextPage).toBeUndefined();
  });

  it('reduces a perPage above 1000 to 1000', async () => {
    const { records, paging } = await list(await startWith(1001), { perPage: 5000 });
    expect(records).toHaveLength(1000);
    expect(paging).toMatchObject({ perPage: 1000, totalPages: 2 });
  });

  it('returns no records and no page number for a page beyond the last or a perPage of 0', async () => {
    const test = await startWith(2);
    for (const [query, paging] of [
      [{ page: 7 }, { perPage: 100, totalPages: 1, totalElements: 2 }],
      [{ perPage: 0 }, { perPage: 0, totalPages: 0, totalElements: 2 }],
    ] as const) {
      const body = await list(test, query);
      expect(body.records).toEqual([]);
      expect(body.paging).toEqual(paging);
    }
  });
});

describe('a message list request with an invalid parameter', () => {
  it.each([
    ['availability', 'Gone'],
    ['conversationId', 'abc'],
    ['dateFrom', 'yesterday'],
    ['dateTo', '2026-13-01T00:00:00Z'],
    ['direction', 'Sideways'],
    ['distinctConversations', 'maybe'],
    ['messageType', 'Telegram'],
    ['messageType', 'SMS,Telegram'],
    ['messageType', 'sms'],
    ['readStatus', 'Seen'],
    ['page', '0'],
    ['page', '-1'],
    ['perPage', 'many'],
    ['perPage', '1.5'],
    ['owner', 'Everybody'],
    ['voicemailOwner', 'Everybody'],
    ['ownerExtensionType', 'Robot'],
  ])('is refused, naming the parameter: %s=%s', async (name, value) => {
    const body = await refusal(await startTestEmulator(), { [name]: value });
    expect(body).toMatchObject({
      errorCode: 'CMN-101',
      parameterName: name,
      errors: [{ errorCode: 'CMN-101', parameterName: name }],
    });
  });

  it('is refused with 400 when dateFrom is later than dateTo', async () => {
    const body = await refusal(await startTestEmulator(), { dateFrom: minutesAgo(1), dateTo: minutesAgo(2) });
    expect(body.parameterName).toBe('dateFrom');
  });
});

describe('the account and the extension in a path', () => {
  it('can be given by their ids', async () => {
    const test = await startTestEmulator();
    const extension = (await test.get(EXTENSION_PATH)).json<{ id: number; account: { id: string } }>();
    const path = `/restapi/v1.0/account/${extension.account.id}/extension/${extension.id}/message-store`;
    expect((await test.get(path)).status).toBe(200);
  });

  it.each([
    ['accountId', '/restapi/v1.0/account/1/extension/~/message-store'],
    ['extensionId', '/restapi/v1.0/account/~/extension/1/message-store'],
  ])('are answered with 404 CMN-102 when they are not those of the user: %s', async (name, path) => {
    const test = await startTestEmulator();
    const answer = await test.get(path);
    expect(answer.status).toBe(404);
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-102', parameterName: name });
  });
});
