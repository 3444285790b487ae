import { randomBytes } from 'node:crypto';

import { EXTENSION } from './account';
import type { Message } from '../api/schema';
import { buildMessage } from './admin/buildMessage';
import { Fields } from './admin/fields';
import { Clock } from './clock';
import type { EmulatorContext } from './context';
import { Deviations } from './deviations';
import { createExchange } from './exchange';
import { Faults } from './faults';
import { Features } from './features';
import { createGateway } from './gateway';
import { Listener } from './listener';
import { Mailbox } from './mailbox';
import { Media } from './media';
import { AuthorizationCodes } from './oauth/authorizationCodes';
import { registerClient } from './oauth/client';
import { Sessions } from './oauth/sessions';
import { Permissions } from './permissions';
import { PushServer } from './push/pushServer';
import { RateLimiter } from './rateLimiter';
import { RequestLog } from './requestLog';
import { deliveries } from './sample/deliveries';
import { buildSampleMailbox } from './sample/sampleMailbox';
import { SyncTokens } from './syncTokens';
import { Wire } from './wire';

/** Days. */
const DEFAULT_RETENTION = 30;

export interface EmulatorOptions {
  /** Of the REST origin; 0, the default, for a free one. The media origin always gets a free one. */
  readonly port?: number;
  /** How many messages; by default the sample mailbox, a few hundred. 0 gives an empty mailbox. */
  readonly messages?: number;
  /** Of the sample mailbox; 1 by default. */
  readonly seed?: number;
  /** Whether requests are counted and refused; off by default. */
  readonly rateLimit?: boolean;
  /** The folder of the sample media. */
  readonly mediaDirectory: string;
  /** ms since the epoch; `Date.now` by default. */
  readonly now?: () => number;
}

/** A running emulator, with what a client needs to sign in, and the token of its admin surface. */
export interface Emulator {
  /** The REST origin, without a slash at the end. */
  readonly url: string;
  /** The origin of attachment content. */
  readonly mediaUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly jwt: string;
  readonly adminToken: string;
  /** Delivers the next of the messages that may come anew to the sample mailbox, and gives it. */
  deliverSample(): Message;
  /** Ends both listeners and every open connection. */
  stop(): Promise<void>;
}

/**
 * Starts a Message Store on the loopback interface, with secrets of its own.
 * @throws Error if the port is taken or the media folder cannot be read
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const clock = new Clock(options.now ?? Date.now);
  const media = await Media.open(options.mediaDirectory);
  const { messages, seed = 1 } = options;
  const sample = {
    seed,
    now: clock.now(),
    extension: EXTENSION,
    ...(messages !== undefined && { messages }),
  };
  const mailbox = new Mailbox(buildSampleMailbox(sample), clock);
  const client = registerClient(clock.now());
  const adminToken = randomBytes(32).toString('base64url');

  const rest = new Listener();
  const content = new Listener();
  await rest.listen(options.port ?? 0);
  await content.listen(0);
  const origins = { rest: rest.url, media: content.url };
  const wire = new Wire(origins, media);
  const permissions = new Permissions();
  const features = new Features();
  const deviations = new Deviations(clock, mailbox);
  const faults = new Faults();
  const log = new RequestLog();
  const settings = { retentionPeriod: DEFAULT_RETENTION, surplusRecords: 0, silentPush: false, ranges: true };
  const context: EmulatorContext = {
    origins,
    client,
    adminToken,
    clock,
    mailbox,
    media,
    wire,
    syncTokens: new SyncTokens(clock),
    sessions: new Sessions(clock),
    codes: new AuthorizationCodes(clock),
    permissions,
    features,
    deviations,
    limiter: new RateLimiter(clock, options.rateLimit ?? false),
    faults,
    log,
    push: new PushServer(rest.url, {
      clock,
      mailbox,
      permissions,
      features,
      deviations,
      faults,
      log,
      settings,
      wire,
    }),
    settings,
  };
  const stopping = new AbortController();
  rest.serve(createExchange('rest', rest.url, createGateway('rest', context), context, stopping.signal));
  rest.upgrade((...upgrade) => context.push.upgrade(...upgrade));
  content.serve(
    createExchange('media', content.url, createGateway('media', context), context, stopping.signal),
  );

  let delivered = 0;
  return {
    ...client,
    adminToken,
    url: origins.rest,
    mediaUrl: origins.media,
    deliverSample() {
      const delivery = deliveries[delivered++ % deliveries.length] ?? deliveries[0];
      mailbox.age();
      const message = buildMessage(new Fields(delivery), context);
      mailbox.add(message);
      return message;
    },
    async stop() {
      stopping.abort();
      context.push.stop();
      await Promise.all([rest.stop(), content.stop()]);
    },
  };
}
