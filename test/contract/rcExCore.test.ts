import RingCentral from '@rc-ex/core';
import type Extension from '@rc-ex/core/paths/Restapi/Account/Extension/index';
import RestException from '@rc-ex/core/RestException';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import type { Emulator } from '../../src/emulator/emulator';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { allow, LONG_AGO, MULTIPART_JSON, REDIRECT_URI, startContractEmulator } from './contractEmulator';
import { expectValid } from './schemas';

interface Item {
  readonly resourceId: string;
  readonly status: number;
  readonly body?: { readonly id?: number; readonly readStatus?: string; readonly errorCode?: string };
}

interface Setting {
  readonly rc: RingCentral;
  readonly emulator: Emulator;
  readonly admin: EmulatorAdmin;
  readonly extension: Extension;
}

/** A client whose every JSON answer is held against the schemas. */
function createClient(emulator: Emulator, clientSecret?: string): RingCentral {
  const rc = new RingCentral({
    server: emulator.url,
    clientId: emulator.clientId,
    ...(clientSecret !== undefined && { clientSecret }),
  });
  rc.rest.httpClient.interceptors.response.use((response) => {
    const { config, status, headers } = response;
    const data: unknown = response.data;
    if (String(headers['content-type']).includes('json') && config.responseType !== 'arraybuffer') {
      expectValid(config.method ?? '', `${emulator.url}${config.url ?? ''}`, status, data);
    }
    return response;
  });
  return rc;
}

async function signIn(): Promise<Setting> {
  const { emulator, admin } = await startContractEmulator();
  const rc = createClient(emulator, emulator.clientSecret);
  await rc.authorize({ jwt: emulator.jwt });
  return { rc, emulator, admin, extension: rc.restapi().account().extension() };
}

async function failure(promise: Promise<unknown>): Promise<{ status: number; errorCode: string }> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RestException)) throw new Error('It did not fail.', { cause: error });
  const { errorCode } = error.response.data as { errorCode: string };
  return { status: error.response.status, errorCode };
}

const ACCEPT_MULTIPART_JSON = { headers: { Accept: MULTIPART_JSON } };
const SEND_MULTIPART_JSON = { headers: { Accept: MULTIPART_JSON, 'Content-Type': MULTIPART_JSON } };

describe('@rc-ex/core: sign-in', () => {
  it('signs in by JWT, refreshes the token and revokes it', async () => {
    const { rc, extension } = await signIn();
    expect((await extension.get()).name).toBeTruthy();
    const before = rc.token?.access_token;
    await rc.refresh();
    expect(rc.token?.access_token).not.toBe(before);
    await extension.get();
    const token = rc.token ?? {};
    await rc.revoke();
    rc.token = token;
    expect((await failure(extension.get())).status).toBe(401);
    expect((await failure(rc.refresh())).status).toBe(400);
  });

  it('signs in by authorization code with PKCE, without a client secret', async () => {
    const { emulator } = await startContractEmulator();
    const rc = createClient(emulator);
    const verifier = 'v'.repeat(64);
    const request = new URLSearchParams({
      response_type: 'code',
      client_id: emulator.clientId,
      redirect_uri: REDIRECT_URI,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const redirect = await allow(`${emulator.url}/restapi/oauth/authorize?${request.toString()}`);
    const code = redirect.searchParams.get('code') ?? '';
    await rc.authorize({ code, redirect_uri: REDIRECT_URI, code_verifier: verifier });
    await rc.refresh();
    expect((await rc.restapi().account().extension().get()).extensionNumber).toBe('101');
  });

  it('is refused with a wrong client secret (401) or a wrong JWT (400)', async () => {
    const { emulator } = await startContractEmulator();
    const stranger = createClient(emulator, 'wrong');
    expect((await failure(stranger.authorize({ jwt: emulator.jwt }))).status).toBe(401);
    const rc = createClient(emulator, emulator.clientSecret);
    expect((await failure(rc.authorize({ jwt: 'wrong' }))).status).toBe(400);
  });
});

describe('@rc-ex/core: listing and reading', () => {
  it('lists every message of every availability by going through all pages', async () => {
    const { extension, admin } = await signIn();
    const ids = new Set<number | undefined>();
    for (let page = 1, more = true; more; page++) {
      const { records, navigation } = await extension.messageStore().list({
        dateFrom: LONG_AGO,
        availability: ['Alive', 'Deleted', 'Purged'],
        owner: 'Any',
        perPage: 100,
        page,
      } as object);
      for (const { id } of records ?? []) ids.add(id);
      more = navigation?.nextPage !== undefined;
    }
    const { messages } = await admin.state();
    expect([...ids].map(String).sort()).toEqual(messages.map(({ id }) => id).sort());
  });

  it('filters a list by parameters that are repeated for several values', async () => {
    const { extension } = await signIn();
    const { records = [] } = await extension.messageStore().list({
      dateFrom: LONG_AGO,
      messageType: ['Fax', 'VoiceMail'],
      direction: ['Inbound'],
      readStatus: ['Unread'],
    });
    expect(new Set(records.map(({ type }) => type))).toEqual(new Set(['Fax', 'VoiceMail']));
    expect(records.every((record) => record.direction === 'Inbound' && record.readStatus === 'Unread')).toBe(
      true,
    );
  });

  it('reads one message, and several as JSON or as multipart/mixed', async () => {
    const { extension } = await signIn();
    const { records = [] } = await extension.messageStore().list({ dateFrom: LONG_AGO, perPage: 2 });
    const [first, second] = records.map(({ id }) => String(id));
    expect(String((await extension.messageStore(first).get()).id)).toBe(first);
    const several = extension.messageStore(`${first},${second},111`);
    const items = (await several.get(ACCEPT_MULTIPART_JSON)) as unknown as Item[];
    expect(items.map(({ resourceId, status }) => [resourceId, status])).toEqual([
      [first, 200],
      [second, 200],
      ['111', 404],
    ]);
    expect(await several.get()).toContain('responseDescription');
  });

  it('reads the content of an attachment, whole and in part, at the REST origin', async () => {
    const { extension } = await signIn();
    const { records = [] } = await extension
      .messageStore()
      .list({ dateFrom: LONG_AGO, messageType: ['VoiceMail'] });
    const [voicemail] = records;
    const [recording] = voicemail?.attachments ?? [];
    const content = extension.messageStore(String(voicemail?.id)).content(String(recording?.id));
    expect(Buffer.from(await content.get())).toHaveLength(recording?.size ?? 0);
    const range = Buffer.from(await content.get({}, { headers: { Range: 'bytes=0-9' } }));
    expect(range).toHaveLength(10);
  });

  it('gets an error code for a message that does not exist and for an invalid filter', async () => {
    const { extension } = await signIn();
    expect(await failure(extension.messageStore('111').get())).toEqual({ status: 404, errorCode: 'CMN-102' });
    const wrong = { messageType: ['Telegram'] } as object;
    expect(await failure(extension.messageStore().list(wrong))).toEqual({
      status: 400,
      errorCode: 'CMN-101',
    });
  });
});

describe('@rc-ex/core: changing and deleting', () => {
  async function deliver({ admin }: Setting, count: number): Promise<string[]> {
    const records = await admin.deliverAll(Array.from({ length: count }, () => ({})));
    return records.map(({ id }) => String(id));
  }

  it('updates one message, and several named in the body or in the path', async () => {
    const setting = await signIn();
    const { extension } = setting;
    const [first = '', second = ''] = await deliver(setting, 2);
    expect((await extension.messageStore(first).put({ readStatus: 'Read' })).readStatus).toBe('Read');
    const entries = [first, second, '111'].map((resourceId) => ({
      resourceId,
      body: { readStatus: 'Read' },
    }));
    const items = (await extension
      .messageStore('*')
      .put(entries as object, SEND_MULTIPART_JSON)) as unknown as Item[];
    expect(items.map(({ status }) => status)).toEqual([200, 200, 404]);
    const bodies = [{ body: { readStatus: 'Unread' } }, { body: { readStatus: 'Unread' } }] as object;
    const inPath = await extension.messageStore(`${first},${second}`).put(bodies, SEND_MULTIPART_JSON);
    expect((inPath as unknown as Item[]).map(({ body }) => body?.readStatus)).toEqual(['Unread', 'Unread']);
  });

  it('deletes, restores and purges messages, and gets the outcome for each of several', async () => {
    const setting = await signIn();
    const { extension } = setting;
    const [first = '', second = '', third = ''] = await deliver(setting, 3);
    const availability = async (id: string): Promise<string | undefined> =>
      (await extension.messageStore(id).get()).availability;

    await extension.messageStore(first).delete([]);
    expect(await availability(first)).toBe('Deleted');
    expect((await extension.messageStore(first).patch({ availability: 'Alive' })).availability).toBe('Alive');
    await extension.messageStore('*').delete([first, second]);
    expect([await availability(first), await availability(second)]).toEqual(['Deleted', 'Deleted']);
    await extension.messageStore(third).delete([], { purge: true });
    expect(await availability(third)).toBe('Purged');
    const partly = extension.messageStore('*').delete([first, '111'], {}, ACCEPT_MULTIPART_JSON);
    expect(((await partly) as unknown as Item[]).map(({ status }) => status)).toEqual([204, 404]);
  });

  it('deletes one conversation by its id, and the whole mailbox when no conversation is named', async () => {
    const { extension, admin } = await signIn();
    const { conversationId } = await admin.deliver({ from: { phoneNumber: '+16505550199' } });
    await extension.messageStore().deleteAll({ conversationId: [String(conversationId)] });
    const alive = (await admin.state()).messages.filter((message) => message.availability === 'Alive');
    expect(alive.length).toBeGreaterThan(100);
    expect(alive.some((message) => message.conversationId === conversationId)).toBe(false);
    await extension.messageStore().deleteAll();
    const rest = (await admin.state()).messages.filter((message) => message.availability === 'Alive');
    expect(rest).toEqual([]);
  });
});

describe('@rc-ex/core: synchronization and configuration', () => {
  it('synchronizes in full, then only what has changed, and is refused with an invalid token', async () => {
    const { extension, admin } = await signIn();
    const full = await extension
      .messageSync()
      .get({ syncType: 'FSync', dateFrom: LONG_AGO, recordCount: 50 });
    expect(full.records).toHaveLength(50);
    expect(full.syncInfo?.olderRecordsExist).toBe(true);
    const { id } = await admin.deliver();
    await extension.messageStore(String(id)).delete([]);
    const changes = await extension
      .messageSync()
      .get({ syncType: 'ISync', syncToken: full.syncInfo?.syncToken ?? '' });
    expect(changes.records).toEqual([{ id, availability: 'Deleted' }]);
    const wider = await extension
      .messageSync()
      .get({ syncType: 'ISync', syncToken: changes.syncInfo?.syncToken ?? '', recordCount: 100 });
    expect(wider.records?.length).toBeGreaterThanOrEqual(100);
    await admin.invalidateSyncTokens('MSG-333');
    const refused = extension
      .messageSync()
      .get({ syncType: 'ISync', syncToken: wider.syncInfo?.syncToken ?? '' });
    expect(await failure(refused)).toEqual({ status: 400, errorCode: 'MSG-333' });
  });

  it('reads and changes the retention period, if its value is valid and the user has the permission', async () => {
    const { rc, admin } = await signIn();
    const configuration = rc.restapi().account().messageStoreConfiguration();
    expect((await configuration.put({ retentionPeriod: 60 })).retentionPeriod).toBe(60);
    expect((await configuration.get()).retentionPeriod).toBe(60);
    expect((await failure(configuration.put({ retentionPeriod: 91 }))).errorCode).toBe('CMN-101');
    await admin.setPermissions({ user: { AccountAdministration: false } });
    expect(await failure(configuration.get())).toEqual({ status: 403, errorCode: 'CMN-408' });
  });

  it('gets the rate limits in the headers, and is refused with 429 beyond them', async () => {
    const { rc, admin } = await signIn();
    await admin.setRateLimits({ enabled: true, limits: { light: 1 } });
    const { headers } = await rc.get('/restapi/v1.0/account/~/extension/~');
    expect(headers).toMatchObject({ 'x-rate-limit-group': 'light', 'x-rate-limit-remaining': '0' });
    const refused = failure(rc.get('/restapi/v1.0/account/~/extension/~'));
    expect(await refused).toEqual({ status: 429, errorCode: 'CMN-301' });
  });
});
