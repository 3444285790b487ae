import path from 'node:path';
import { onTestFinished } from 'vitest';

import { type Emulator, startEmulator } from '../../src/emulator/emulator';
import { EmulatorAdmin } from '../builders/emulatorAdmin';

export const MULTIPART_JSON = 'application/vnd.ringcentral.multipart+json';
export const LONG_AGO = '2000-01-01T00:00:00.000Z';
export const EXTENSION_PATH = '/restapi/v1.0/account/~/extension/~';
export const MESSAGES_PATH = `${EXTENSION_PATH}/message-store`;
export const SYNC_PATH = `${EXTENSION_PATH}/message-sync`;
export const CONFIGURATION_PATH = '/restapi/v1.0/account/~/message-store-configuration';
export const REDIRECT_URI = 'http://127.0.0.1:3000/signed-in';

/** An emulator with the sample mailbox, stopped when the test ends. */
export async function startContractEmulator(): Promise<{ emulator: Emulator; admin: EmulatorAdmin }> {
  const mediaDirectory = path.resolve(import.meta.dirname, '../../media/sample');
  const emulator = await startEmulator({ mediaDirectory });
  onTestFinished(() => emulator.stop());
  return { emulator, admin: new EmulatorAdmin(emulator) };
}

/** Presses "Allow" on the consent page of an authorization request, and gives the address that it redirects to. */
export async function allow(authorizationUrl: string): Promise<URL> {
  const { origin, pathname, searchParams } = new URL(authorizationUrl);
  const page = await fetch(authorizationUrl);
  if (!page.ok) throw new Error(`No consent page: ${await page.text()}`);
  searchParams.set('decision', 'allow');
  const answer = await fetch(`${origin}${pathname}`, {
    method: 'POST',
    body: searchParams,
    redirect: 'manual',
  });
  return new URL(answer.headers.get('location') ?? '');
}
