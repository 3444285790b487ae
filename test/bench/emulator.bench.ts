import { fileURLToPath } from 'node:url';
import { afterAll, bench, describe } from 'vitest';
import { HttpClient } from '../../src/api/httpClient';
import { MessageStoreApi } from '../../src/api/messageStore';
import { requestTokenByJwt } from '../../src/api/oauth';
import { Transport } from '../../src/api/transport';
import { startEmulator } from '../../src/emulator/emulator';

/**
 * The figures to look at are the ratios between the sizes. Starting grows with the number of messages, and a page a little,
 * because the whole list is counted; a synchronization should not.
 */
const SIZES = [1_000, 10_000, 100_000];

const LONG_AGO = '2010-01-01T00:00:00.000Z';

const mediaDirectory = fileURLToPath(new URL('../../media/sample', import.meta.url));

const http = new HttpClient({ noProxy: [], strictSSL: true, systemCertificates: false, useProxy: false });

async function openMailbox(messages: number): Promise<{
  readonly name: string;
  readonly api: MessageStoreApi;
  /** Tells of what has changed since the beginning. */
  readonly syncToken: string;
  readonly stop: () => Promise<void>;
}> {
  const emulator = await startEmulator({ mediaDirectory, messages });
  const { accessToken } = await requestTokenByJwt(http, emulator.url, emulator, emulator.jwt);
  const tokens = {
    accessToken: () => Promise.resolve(accessToken),
    renew: () => Promise.resolve(accessToken),
  };
  const origins = { rest: emulator.url, media: emulator.mediaUrl };
  const api = new MessageStoreApi(new Transport(http, origins, tokens));
  const { syncToken = '' } = await api.syncMessages({
    syncType: 'FSync',
    dateFrom: LONG_AGO,
    recordCount: 1,
  });
  const name = `${messages.toLocaleString('en')} messages`;
  return { name, api, syncToken, stop: () => emulator.stop() };
}

const mailboxes = await Promise.all(SIZES.map(openMailbox));

afterAll(async () => {
  await Promise.all(mailboxes.map(({ stop }) => stop()));
  await http.dispose();
});

describe('starting', () => {
  for (const messages of SIZES) {
    bench(
      `${messages.toLocaleString('en')} messages`,
      async () => {
        const emulator = await startEmulator({ mediaDirectory, messages });
        await emulator.stop();
      },
      { iterations: 3, time: 0, warmupIterations: 0, warmupTime: 0 },
    );
  }
});

describe('listing a page', () => {
  for (const { name, api } of mailboxes) {
    bench(name, async () => {
      await api.listMessages({ dateFrom: LONG_AGO, page: 5, perPage: 100 });
    });
  }
});

describe('an incremental synchronization', () => {
  for (const { name, api, syncToken } of mailboxes) {
    bench(name, async () => {
      await api.syncMessages({ syncType: 'ISync', syncToken });
    });
  }
});
