import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { HttpClient } from '../../../src/api/httpClient';
import { MessageStoreApi } from '../../../src/api/messageStore';
import { requestTokenByJwt } from '../../../src/api/oauth';
import { Transport } from '../../../src/api/transport';
import { startEmulator } from '../../../src/emulator/emulator';
import type { LoggedRequest } from '../../../src/emulator/requestLog';
import { EmulatorAdmin } from '../../builders/emulatorAdmin';
import { Mailbox } from '../../../src/mailbox/mailbox';

const NETWORK = { noProxy: [], strictSSL: true, systemCertificates: false, useProxy: false };

export interface EmulatedMailbox {
  readonly mailbox: Mailbox;
  readonly admin: EmulatorAdmin;
  /** What the server received, `GET`s and sign-in aside. */
  changes(): Promise<LoggedRequest[]>;
  /** Availability at the server, by message id. */
  serverState(): Promise<Record<string, string>>;
}

/** A mailbox of its own server, loaded; both end with the test. */
export async function openEmulatedMailbox(options: { messages?: number } = {}): Promise<EmulatedMailbox> {
  const mediaDirectory = fileURLToPath(new URL('../../../media/sample', import.meta.url));
  const emulator = await startEmulator({ mediaDirectory, ...options });
  const http = new HttpClient(NETWORK);
  const { accessToken } = await requestTokenByJwt(http, emulator.url, emulator, emulator.jwt);
  const tokens = {
    accessToken: () => Promise.resolve(accessToken),
    renew: () => Promise.resolve(accessToken),
  };
  const origins = { rest: emulator.url, media: emulator.mediaUrl };
  const mailbox = new Mailbox(new MessageStoreApi(new Transport(http, origins, tokens)));
  onTestFinished(async () => {
    mailbox.dispose();
    await http.dispose();
    await emulator.stop();
  });
  await mailbox.refresh();

  const admin = new EmulatorAdmin(emulator);
  return {
    mailbox,
    admin,
    changes: async () =>
      (await admin.requests()).filter(
        ({ method, path }) => method !== 'GET' && !path.startsWith('/restapi/oauth/'),
      ),
    serverState: async () => {
      const { messages } = await admin.state();
      return Object.fromEntries(messages.map(({ id, availability }) => [id, availability]));
    },
  };
}
