import path from 'node:path';
import { onTestFinished } from 'vitest';

import { parseJson } from '../../../src/api/json';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/emulator';
import { EmulatorAdmin } from '../../builders/emulatorAdmin';

/** The emulator's time at the start of each test. */
export const START = Date.parse('2026-03-10T12:00:00.000Z');

export const MEDIA_DIRECTORY = path.resolve(import.meta.dirname, '../../../media/sample');

export const EXTENSION_PATH = '/restapi/v1.0/account/~/extension/~';
export const MESSAGES_PATH = `${EXTENSION_PATH}/message-store`;
export const SYNC_PATH = `${EXTENSION_PATH}/message-sync`;
export const CONFIGURATION_PATH = '/restapi/v1.0/account/~/message-store-configuration';

export const MULTIPART_JSON = 'application/vnd.ringcentral.multipart+json';

/** Before any message of a test. */
export const LONG_AGO = '2000-01-01T00:00:00.000Z';

export class Answer {
  readonly status: number;
  readonly headers: Headers;

  constructor(
    { status, headers }: Response,
    readonly text: string,
  ) {
    this.status = status;
    this.headers = headers;
  }

  /** The body, read as JSON; throws if it is none. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- spares each test a cast
  json<Body = Record<string, unknown>>(): Body {
    return parseJson(this.text) as Body;
  }
}

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, or as a form. */
  readonly body?: string | URLSearchParams;
}

/** An empty mailbox with a signed-in client, stopped when the test ends. Its clock stands still until it is advanced. */
export class TestEmulator {
  accessToken = '';
  readonly admin: EmulatorAdmin;

  constructor(readonly emulator: Emulator) {
    this.admin = new EmulatorAdmin(emulator);
  }

  async signIn(): Promise<void> {
    const answer = await requestToken(this.emulator, {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: this.emulator.jwt,
    });
    this.accessToken = answer.json<{ access_token: string }>().access_token;
  }

  request(method: string, url: string, options: RequestOptions = {}): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.accessToken}`, ...options.headers };
    return send(this.emulator, method, url, { ...options, headers });
  }

  get(url: string, query: RequestOptions['query'] = {}): Promise<Answer> {
    return this.request('GET', url, { query });
  }
}

export async function startTestEmulator(options: Partial<EmulatorOptions> = {}): Promise<TestEmulator> {
  const defaults = { messages: 0, mediaDirectory: MEDIA_DIRECTORY, now: () => START };
  const emulator = await startEmulator({ ...defaults, ...options });
  onTestFinished(() => emulator.stop());
  const test = new TestEmulator(emulator);
  await test.signIn();
  return test;
}

/** A request without any credential of its own; `url` is a path at the REST origin, or absolute. */
export async function send(
  emulator: Emulator,
  method: string,
  url: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const target = new URL(url.startsWith('/') ? `${emulator.url}${url}` : url);
  for (const [name, value] of Object.entries(options.query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) target.searchParams.append(name, String(each));
  }
  const response = await fetch(target, {
    method,
    redirect: 'manual',
    headers: {
      ...(options.json !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    body: options.json === undefined ? (options.body ?? null) : JSON.stringify(options.json),
  });
  return new Answer(response, await response.text());
}

/** Asks the token endpoint, as the confidential client unless other headers are given. */
export function requestToken(
  emulator: Emulator,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = basicAuthorization(emulator),
): Promise<Answer> {
  return send(emulator, 'POST', '/restapi/oauth/token', { body: new URLSearchParams(form), headers });
}

export function basicAuthorization({ clientId, clientSecret }: Emulator): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
}

/** A time before (negative: after) the start, as ISO 8601. */
export function minutesAgo(minutes: number): string {
  return new Date(START - minutes * 60_000).toISOString();
}

export interface ErrorBody {
  readonly errorCode: string;
  readonly message: string;
  readonly parameterName?: string;
  readonly permissionName?: string;
  readonly errors: readonly { readonly errorCode: string; readonly message: string }[];
}

export interface ListBody {
  readonly records: readonly (Readonly<Record<string, unknown>> & { readonly id: number })[];
  readonly paging: Readonly<Record<string, number>>;
  readonly navigation: Readonly<Record<string, { readonly uri: string } | undefined>>;
}

export interface SyncBody {
  readonly records: readonly (Readonly<Record<string, unknown>> & { readonly id: number })[];
  readonly syncInfo: {
    readonly syncType: string;
    readonly syncToken: string;
    readonly syncTime: string;
    readonly olderRecordsExist: boolean;
  };
}

export function idsOf(body: ListBody | SyncBody): number[] {
  return body.records.map(({ id }) => id);
}
