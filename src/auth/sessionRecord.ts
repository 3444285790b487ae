import * as v from 'valibot';
import { isServerOrigin } from './serverAddress';

/** Grows when a record of the older form can no longer be read as the newer one. */
const VERSION = 2;

// Checked when read as well as when entered: a stored address decides where credentials are sent.
const serverOrigin = v.pipe(v.string(), v.check(isServerOrigin));

const identity = {
  id: v.pipe(v.string(), v.nonEmpty()),
  accountId: v.pipe(v.string(), v.nonEmpty()),
  label: v.string(),
  /** Where it is at home (ISO 3166); records of earlier versions do not say. */
  country: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))),
};

const app = {
  server: v.object({ rest: serverOrigin, media: serverOrigin }),
  clientId: v.string(),
};

const tokens = v.object({
  accessToken: v.string(),
  accessTokenExpiresAt: v.number(),
  refreshToken: v.exactOptional(v.string()),
  refreshTokenExpiresAt: v.exactOptional(v.number()),
  ownerId: v.exactOptional(v.string()),
  scope: v.exactOptional(v.string()),
});

const oldSampleRecord = v.object({ kind: v.literal('sample'), ...identity });

const oldJwtRecord = v.object({
  kind: v.literal('jwt'),
  ...identity,
  credential: v.object({ ...app, clientSecret: v.string(), jwt: v.string() }),
  tokens,
});

/** Milliseconds since the epoch of the first sign-in: the order that accounts are shown in, in every window. */
const order = { signedInAt: v.number() };

const sampleRecord = v.object({ ...oldSampleRecord.entries, ...order });
const jwtRecord = v.object({ ...oldJwtRecord.entries, ...order });
const pkceRecord = v.object({
  kind: v.literal('pkce'),
  ...identity,
  ...order,
  credential: v.object({ ...app, clientSecret: v.exactOptional(v.string()) }),
  tokens,
});

const sessionRecord = v.variant('kind', [sampleRecord, jwtRecord, pkceRecord]);
const envelope = v.object({ version: v.literal(VERSION), session: sessionRecord });
const oldEnvelope = v.object({
  version: v.literal(1),
  session: v.variant('kind', [oldSampleRecord, oldJwtRecord]),
});
const newerEnvelope = v.object({ version: v.pipe(v.number(), v.gtValue(VERSION)) });

/**
 * A session of the embedded emulator. It holds no tokens: they belong to the emulator of one window and die with it,
 * so another window, or this one after a reload, could do nothing with them.
 */
export type SampleRecord = v.InferOutput<typeof sampleRecord>;

/** A session with RingCentral: the latest tokens, and the credential that gets new ones when they are refused. */
export type JwtRecord = v.InferOutput<typeof jwtRecord>;

/** A session that the user began in the browser: when its refresh token is refused, only the user can renew it. */
export type PkceRecord = v.InferOutput<typeof pkceRecord>;

/** What is kept of a session in SecretStorage. */
export type SessionRecord = v.InferOutput<typeof sessionRecord>;

export type ReadRecord =
  | { readonly kind: 'session'; readonly record: SessionRecord }
  /** Written by a later version of the extension, perhaps one that runs in another window right now. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'corrupt' };

export function writeRecord(record: SessionRecord): string {
  return JSON.stringify({ version: VERSION, session: record });
}

export function readRecord(text: string): ReadRecord {
  const value = parsed(text);
  const current = v.safeParse(envelope, value);
  if (current.success) return { kind: 'session', record: current.output.session };
  const old = v.safeParse(oldEnvelope, value);
  // Of a time when there was one account at most: it stands before all that are added to it.
  if (old.success) return { kind: 'session', record: { ...old.output.session, signedInAt: 0 } };
  return { kind: v.is(newerEnvelope, value) ? 'newer' : 'corrupt' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
