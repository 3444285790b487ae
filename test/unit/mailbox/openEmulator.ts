import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { sleep } from '../../../src/api/cancellation';
import { readFeatures } from '../../../src/api/features';
import type { HttpClient } from '../../../src/api/httpClient';
import { MessageStoreApi } from '../../../src/api/messageStore';
import { requestTokenByJwt, type TokenSet } from '../../../src/api/oauth';
import type { Clock } from '../../../src/api/rateLimiter';
import type { Message } from '../../../src/api/schema';
import { type ServerOrigins, type TokenSource, Transport } from '../../../src/api/transport';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/emulator';
import type { LoggedRequest } from '../../../src/emulator/requestLog';
import { Mailbox, type MailboxOptions } from '../../../src/mailbox/mailbox';
import { NO_FILTER } from '../../../src/mailbox/query';
import type { MessageStore } from '../../../src/mailbox/store/messageStore';
import { EmulatorAdmin } from '../../builders/emulatorAdmin';
import { NetworkGate } from './networkGate';
import type { OpenStore, StoreKind } from './stores';

/** Milliseconds after which windows look at each other again: soon, for the tests wait for it. */
const TICK = 25;

/** How many messages a server has, unless a test needs more: the newest of the sample mailbox. Each costs time in every test. */
const MESSAGES = 150;

const NETWORK = { noProxy: [], strictSSL: true, systemCertificates: false, useProxy: false };

export interface EmulatedMailbox {
  readonly mailbox: Mailbox;
  readonly admin: EmulatorAdmin;
  /** Where the server is. */
  readonly origins: ServerOrigins;
  /** Through which everything comes and goes. */
  readonly network: NetworkGate;
  /** What the server received, `GET`s and sign-in aside. */
  changes(): Promise<LoggedRequest[]>;
  /** Availability at the server, by message id. */
  serverState(): Promise<Record<string, string>>;
  /** Another window's mailbox of the same account. */
  openAnother(options: Pick<MailboxOptions, 'store'> & Partial<MailboxOptions>): Mailbox;
  /** Ends everything now rather than with the test. */
  close(): Promise<void>;
}

export type MailboxTestOptions = Partial<Pick<EmulatorOptions, 'messages' | 'now'>> &
  Partial<Omit<MailboxOptions, 'api' | 'readFeatures' | 'store' | 'shared'>> & {
    /** Waits of requests between tries are skipped. */
    readonly impatient?: boolean;
    /** By which requests wait. */
    readonly clock?: Clock;
    /** Through which everything comes and goes; one that does nothing to it by default. */
    readonly network?: NetworkGate;
    /** Gives the access tokens in place of `tokens`. */
    readonly tokens?: (tokens: TokenSource) => TokenSource;
  };

const IMPATIENT: Clock = { now: Date.now, sleep: (_milliseconds, signal) => sleep(0, signal) };

/** A mailbox of its own server, with all of its history; both end with the test. */
export async function openEmulatedMailbox(
  kind: StoreKind,
  options: MailboxTestOptions = {},
): Promise<EmulatedMailbox> {
  const opened = await openUnsynchronized(kind.create(), options);
  await synchronize(opened.mailbox);
  return opened;
}

/** Likewise, before the first synchronization. */
export async function openUnsynchronized(
  openStore: OpenStore,
  {
    messages = MESSAGES,
    now,
    impatient = false,
    clock,
    network: http = new NetworkGate(NETWORK),
    tokens = (each) => each,
    ...options
  }: MailboxTestOptions = {},
): Promise<EmulatedMailbox> {
  const mediaDirectory = fileURLToPath(new URL('../../../media/sample', import.meta.url));
  const emulator = await startEmulator({
    mediaDirectory,
    messages,
    ...(now && { now }),
  });
  const requestClock = clock ?? (impatient ? IMPATIENT : undefined);
  const source = tokens(await signIn(http, emulator, requestClock));
  const origins = { rest: emulator.url, media: emulator.mediaUrl };
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closed ??= (async () => {
      for (const each of opened) each.dispose();
      await http.dispose();
      await emulator.stop();
    })());
  onTestFinished(close);

  const opened = new Set<Mailbox>();
  const admin = new EmulatorAdmin(emulator);
  const openAnother: EmulatedMailbox['openAnother'] = (chosen) => {
    const transport = new Transport(http, origins, source, requestClock ? { clock: requestClock } : {});
    const mailbox = new Mailbox({
      api: new MessageStoreApi(transport),
      readFeatures: (signal) => readFeatures(transport, signal),
      tick: TICK,
      ...options,
      ...chosen,
    });
    opened.add(mailbox);
    return mailbox;
  };
  return {
    mailbox: openAnother(openStore()),
    admin,
    origins,
    network: http,
    openAnother,
    close,
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

/** Tokens that are got anew when they have expired. */
async function signIn(http: HttpClient, emulator: Emulator, clock: Clock | undefined): Promise<TokenSource> {
  const request = (): Promise<TokenSet> =>
    requestTokenByJwt(http, emulator.url, emulator, emulator.jwt, undefined, clock);
  let current = await request();
  return {
    accessToken: () => Promise.resolve(current.accessToken),
    renew: async (refused) => {
      if (refused === current.accessToken) current = await request();
      return current.accessToken;
    },
  };
}

/** Has everything sent that waits. */
export async function sendWaiting(mailbox: Mailbox): Promise<void> {
  await expect
    .poll(async () => {
      await mailbox.refresh();
      return mailbox.waitingCount;
    })
    .toBe(0);
}

/** Availability and read status at the server, such as `Alive Unread`, by message id. */
export async function statesAtServer({
  admin,
}: Pick<EmulatedMailbox, 'admin'>): Promise<Record<string, string>> {
  const { messages } = await admin.state();
  return Object.fromEntries(
    messages.map(({ id, availability, readStatus = '' }) => [id, `${availability} ${readStatus}`]),
  );
}

/** Synchronizes, and waits until the whole history is here. */
export async function synchronize(mailbox: Mailbox): Promise<void> {
  await mailbox.refresh();
  await whenComplete(mailbox);
}

/** Waits until the whole history is here, and what the server does not have any more is gone. */
export async function whenComplete(mailbox: Mailbox): Promise<void> {
  await expect.poll(() => mailbox.store.syncState()).not.toHaveProperty('backfill');
}

const ALL = { offset: 0, limit: 100_000 };

/** How many messages a window shows, deleted ones included. */
export function count({ mailbox }: Pick<EmulatedMailbox, 'mailbox'>): number {
  return mailbox.store.tally({ availability: 'AliveOrDeleted', filter: NO_FILTER }).total;
}

export function alive({ mailbox }: Pick<EmulatedMailbox, 'mailbox'>): Message[] {
  return mailbox.store.messages({ availability: 'Alive', filter: NO_FILTER }, ALL);
}

export function deleted({ mailbox }: Pick<EmulatedMailbox, 'mailbox'>): Message[] {
  return mailbox.store.messages({ availability: 'Deleted', filter: NO_FILTER }, ALL);
}

/** What is shown of a conversation, oldest first. */
export function conversation(
  store: MessageStore,
  conversationId: string,
  availability: Message['availability'] = 'Alive',
): Message[] {
  return store.messages({ availability, filter: { conversationId } }, ALL).reverse();
}

/** What a window shows: availability by message id. */
export function shown(opened: Pick<EmulatedMailbox, 'mailbox'>): Record<string, string> {
  return Object.fromEntries(
    [...alive(opened), ...deleted(opened)].map(({ id, availability }) => [id, availability]),
  );
}

export function notPurged(state: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(state).filter(([, availability]) => availability !== 'Purged'));
}
