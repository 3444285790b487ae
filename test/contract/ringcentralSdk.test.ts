import { SDK } from '@ringcentral/sdk';
import { describe, expect, it, onTestFinished } from 'vitest';

import { parseJson } from '../../src/api/json';
import type { Emulator } from '../../src/emulator/emulator';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import {
  allow,
  CONFIGURATION_PATH,
  EXTENSION_PATH,
  LONG_AGO,
  MESSAGES_PATH,
  MULTIPART_JSON,
  REDIRECT_URI,
  startContractEmulator,
  SYNC_PATH,
} from './contractEmulator';
import { expectValid } from './schemas';

type Platform = ReturnType<SDK['platform']>;

interface Message {
  readonly id: number;
  readonly type: string;
  readonly availability: string;
  readonly readStatus: string;
  readonly conversation?: { readonly id: string };
  readonly attachments: readonly {
    readonly uri: string;
    readonly contentType: string;
    readonly size: number;
  }[];
}

interface Sync {
  readonly records: readonly Message[];
  readonly syncInfo: { readonly syncToken: string; readonly olderRecordsExist: boolean };
}

interface Setting {
  readonly sdk: SDK;
  readonly platform: Platform;
  readonly emulator: Emulator;
  readonly admin: EmulatorAdmin;
}

/** A client whose every JSON answer is held against the schemas when the test ends. */
function createSdk(
  emulator: Emulator,
  options: ConstructorParameters<typeof SDK>[0] = {},
): Omit<Setting, 'admin'> {
  const sdk = new SDK({
    server: emulator.url,
    clientId: emulator.clientId,
    clientSecret: emulator.clientSecret,
    redirectUri: REDIRECT_URI,
    // Its default outlives the test in a cache shared by all of the process.
    cachePrefix: crypto.randomUUID(),
    refreshDelayMs: 0,
    ...options,
  });
  const validations: Promise<void>[] = [];
  const validate = (request: Request, response: Response): void => {
    if (!response.headers.get('content-type')?.includes('json')) return;
    const copy = response.clone();
    validations.push(
      copy.text().then((body) => {
        expectValid(request.method, request.url, copy.status, JSON.parse(body));
      }),
    );
  };
  const client = sdk.client();
  client.on(client.events.requestSuccess, (response, request) => validate(request, response));
  client.on(client.events.requestError, ({ request, response }) => {
    if (request && response) validate(request, response);
  });
  onTestFinished(async () => {
    await Promise.all(validations);
  });
  return { sdk, platform: sdk.platform(), emulator };
}

async function signIn(): Promise<Setting> {
  const { emulator, admin } = await startContractEmulator();
  const setting = { ...createSdk(emulator), admin };
  await setting.platform.login({ jwt: emulator.jwt });
  return setting;
}

/** JSON with ids whole, unlike `response.json()`. */
async function read<Body>(response: Promise<Response>): Promise<Body> {
  return parseJson(await (await response).text()) as Body;
}

async function statusOf(promise: Promise<unknown>): Promise<number | undefined> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return (error as { response?: Response } | undefined)?.response?.status;
}

async function list(platform: Platform, query: object = {}): Promise<readonly Message[]> {
  const url = platform.get(MESSAGES_PATH, { dateFrom: LONG_AGO, ...query });
  return (await read<{ records: Message[] }>(url)).records;
}

describe('@ringcentral/sdk: sign-in', () => {
  it('signs in by JWT, refreshes an expired token by itself, and logs out', async () => {
    const { platform, admin } = await signIn();
    await platform.get(EXTENSION_PATH);
    await admin.expireTokens('access');
    expect((await platform.get(EXTENSION_PATH)).status).toBe(200);
    await platform.refresh();
    const data = await platform.auth().data();
    await platform.logout();
    await platform.auth().setData(data);
    expect(await statusOf(platform.get(EXTENSION_PATH))).toBe(400);
  });

  it('signs in by authorization code with PKCE, without a client secret', async () => {
    const { emulator } = await startContractEmulator();
    const { sdk, platform } = createSdk(emulator, { clientSecret: '' });
    const redirect = await allow(platform.loginUrl({ usePKCE: true, state: 'here' }));
    const answer = sdk.parseLoginRedirect(redirect.search) as { code: string; state: string };
    expect(answer.state).toBe('here');
    await platform.login({ code: answer.code });
    await platform.refresh();
    expect(await read(platform.get(EXTENSION_PATH))).toMatchObject({ extensionNumber: '101' });
    await platform.logout();
  });

  it('signs in by authorization code with the client secret', async () => {
    const { emulator } = await startContractEmulator();
    const { platform } = createSdk(emulator);
    const { searchParams } = await allow(platform.loginUrl());
    await platform.login({ code: searchParams.get('code') ?? '' });
    expect((await platform.get(EXTENSION_PATH)).status).toBe(200);
  });

  it('is refused with a wrong JWT', async () => {
    const { emulator } = await startContractEmulator();
    const { platform } = createSdk(emulator);
    await expect(platform.login({ jwt: 'wrong' })).rejects.toThrow('Assertion is invalid.');
  });
});

describe('@ringcentral/sdk: listing and reading', () => {
  it('lists the mailbox and reads each of its messages', async () => {
    const { platform } = await signIn();
    const records = await list(platform, { perPage: 1000, owner: 'Any', availability: ['Alive', 'Deleted'] });
    expect(records.length).toBeGreaterThan(200);
    for (const { id } of records) await platform.get(`${MESSAGES_PATH}/${id}`);
  });

  it('lists only the messages of a conversation, by its id', async () => {
    const { platform } = await signIn();
    const [message] = await list(platform, { messageType: 'SMS' });
    const conversationId = message?.conversation?.id;
    const conversation = await list(platform, { conversationId });
    expect(conversation.map((record) => record.conversation?.id)).toContain(conversationId);
    expect(conversation.every((record) => record.conversation?.id === conversationId)).toBe(true);
  });

  it('reads several messages from a multipart answer, with a status for each', async () => {
    const { sdk, platform } = await signIn();
    const [first, second] = await list(platform, { perPage: 2 });
    const response = await platform.get(`${MESSAGES_PATH}/${first?.id},${second?.id},111`);
    expect(response.status).toBe(207);
    const parts = await sdk.multipart(response);
    expect(parts.map(({ status }) => status)).toEqual([200, 200, 404]);
    const bodies = (await Promise.all(parts.map((part) => part.json()))) as object[];
    expect(bodies).toMatchObject([{ id: first?.id }, { id: second?.id }, { errorCode: 'CMN-102' }]);
  });

  it('reads the content of a fax at the media address that its attachment names', async () => {
    const { platform, emulator } = await signIn();
    const [fax] = await list(platform, { messageType: 'Fax' });
    const [page] = fax?.attachments ?? [];
    expect(page?.uri.startsWith(`${emulator.mediaUrl}/`)).toBe(true);
    const response = await platform.get(page?.uri);
    expect(response.headers.get('content-type')).toBe(page?.contentType);
    expect((await response.arrayBuffer()).byteLength).toBe(page?.size);
    const signed = await fetch(await platform.signUrl(page?.uri ?? ''));
    expect(signed.status).toBe(200);
  });
});

describe('@ringcentral/sdk: changing and deleting', () => {
  it('updates one message, and several by a multipart+json body', async () => {
    const { platform, admin } = await signIn();
    const [first, second] = await admin.deliverAll([{}, {}]);
    const path = `${MESSAGES_PATH}/${first?.id}`;
    expect(await read(platform.put(path, { readStatus: 'Read' }))).toMatchObject({ readStatus: 'Read' });
    const body = JSON.stringify(
      [first, second].map((record) => ({ resourceId: String(record?.id), body: { readStatus: 'Unread' } })),
    );
    const headers = { accept: MULTIPART_JSON, 'content-type': MULTIPART_JSON };
    const items = await read(platform.put(`${MESSAGES_PATH}/*`, body, undefined, { headers }));
    expect(items).toMatchObject([
      { resourceId: String(first?.id), status: 200, body: { readStatus: 'Unread' } },
      { resourceId: String(second?.id), status: 200, body: { readStatus: 'Unread' } },
    ]);
  });

  it('deletes, restores and purges a message, and gets the outcome for each of several', async () => {
    const { platform, admin } = await signIn();
    const { id } = await admin.deliver();
    const path = `${MESSAGES_PATH}/${id}`;
    const availability = async (): Promise<string> => (await read<Message>(platform.get(path))).availability;
    expect((await platform.delete(path)).status).toBe(204);
    expect(await availability()).toBe('Deleted');
    await platform.patch(path, { availability: 'Alive' });
    expect(await availability()).toBe('Alive');
    await platform.delete(path, undefined, { purge: true });
    expect(await availability()).toBe('Purged');
    const headers = { 'content-type': 'application/json', accept: MULTIPART_JSON };
    const body = JSON.stringify(['111']);
    const answer = await read(platform.delete(`${MESSAGES_PATH}/*`, body, undefined, { headers }));
    expect(answer).toMatchObject([{ resourceId: '111', status: 404 }]);
  });

  it('deletes the whole mailbox when no message or conversation is named', async () => {
    const { platform, admin } = await signIn();
    expect((await platform.delete(MESSAGES_PATH)).status).toBe(204);
    expect((await admin.state()).messages.every(({ availability }) => availability !== 'Alive')).toBe(true);
  });
});

describe('@ringcentral/sdk: synchronization, configuration and rate limits', () => {
  it('reads the whole mailbox by full synchronizations, each with older messages than the one before', async () => {
    const { platform, admin } = await signIn();
    const ids = new Set<number>();
    let dateTo: string | undefined;
    for (let more = true; more;) {
      const query = {
        syncType: 'FSync',
        dateFrom: LONG_AGO,
        recordCount: 60,
        owner: 'Any',
        ...(dateTo && { dateTo }),
      };
      const { records, syncInfo } = await read<Sync>(platform.get(SYNC_PATH, query));
      for (const { id } of records) ids.add(id);
      const oldest = (records.at(-1) as unknown as { creationTime: string }).creationTime;
      dateTo = new Date(Date.parse(oldest) + 1).toISOString();
      more = syncInfo.olderRecordsExist;
    }
    const alive = (await admin.state()).messages.filter(({ availability }) => availability === 'Alive');
    expect([...ids].map(String).sort()).toEqual(alive.map(({ id }) => id).sort());
  });

  it('gets what was delivered and deleted since by an incremental synchronization', async () => {
    const { platform, admin } = await signIn();
    const full = await read<Sync>(
      platform.get(SYNC_PATH, { syncType: 'FSync', dateFrom: LONG_AGO, recordCount: 10 }),
    );
    const [alive, deleted] = await admin.deliverAll([{}, {}]);
    await platform.delete(`${MESSAGES_PATH}/${deleted?.id}`);
    const { syncToken } = full.syncInfo;
    const { records } = await read<Sync>(platform.get(SYNC_PATH, { syncType: 'ISync', syncToken }));
    expect(records).toHaveLength(2);
    expect(records).toContainEqual({ id: deleted?.id, availability: 'Deleted' });
    expect(records.map(({ id }) => id)).toContain(alive?.id);
  });

  it('reads and changes the retention period', async () => {
    const { platform } = await signIn();
    const changed = await read(platform.put(CONFIGURATION_PATH, { retentionPeriod: 45 }));
    expect(changed).toEqual({ retentionPeriod: 45 });
    expect(await read(platform.get(CONFIGURATION_PATH))).toEqual(changed);
  });

  it('sends a request again after a 429 with Retry-After', async () => {
    const { platform, admin } = await signIn();
    const headers = { 'retry-after': '0.01' };
    await admin.fail({ status: 429, errorCode: 'CMN-301', headers });
    const options = { handleRateLimit: true };
    expect((await platform.get(EXTENSION_PATH, undefined, options)).status).toBe(200);
  });
});
