import { SECOND } from '../clock';
import type { EmulatorContext } from '../context';
import { DIFFERENCES, OPTIONAL, REFUSALS } from '../deviations';
import { FEATURES } from '../features';
import { type EmulatorRequest, jsonReply, type Reply } from '../http';
import { APP_PERMISSIONS, USER_PERMISSIONS } from '../permissions';
import { DEFAULT_RATE_LIMITS, type RateGroup } from '../rateLimiter';
import { readJson, readObject } from '../requestBody';
import { resourceNotFound } from '../requestError';
import type { Route } from '../router';
import type { SyncRefusal } from '../syncTokens';
import { buildMessage, changedMessage } from './buildMessage';
import { Fields } from './fields';
import { readFaultTarget } from './readFault';

const SYNC_REFUSALS: readonly SyncRefusal[] = ['CMN-101', 'MSG-333', 'MSG-411'];

type AdminRoute = Route<(request: EmulatorRequest) => Reply>;

/** The admin surface, `/emulator/…`: brings about what only the world, time or bad luck can, and shows what happened. */
export function adminRoutes(context: EmulatorContext): readonly AdminRoute[] {
  const { clock, mailbox, sessions, permissions, features, deviations, limiter, settings } = context;

  /** Takes a message, or an array of them, see `buildMessage`; answers the new records. */
  const deliver = post('deliver', (body) => {
    mailbox.age();
    const deliveries: readonly unknown[] = Array.isArray(body) ? body : [body];
    const messages = deliveries.map((delivery) => {
      const message = buildMessage(new Fields(readObject(delivery)), context);
      mailbox.add(message);
      return message;
    });
    return { records: messages.map((message) => context.wire.record(message)) };
  });

  /** Takes the id of a message and the fields in which it changes; answers its record. */
  const change = post('change', (body) => {
    mailbox.age();
    const fields = new Fields(readObject(body));
    const message = mailbox.get(fields.string('id') ?? '');
    if (!message) throw resourceNotFound('id');
    const changed = changedMessage(message, fields, context);
    mailbox.replace(changed);
    return context.wire.record(changed);
  });

  /** `which`: access, refresh or all. */
  const expireTokens = post('expire-tokens', (body) => {
    const which = new Fields(readObject(body)).oneOf('which', ['access', 'refresh', 'all']) ?? 'all';
    if (which !== 'refresh') sessions.expireAccessTokens();
    if (which !== 'access') sessions.expireRefreshTokens();
    return {};
  });

  /** `errorCode`: how the tokens issued so far are refused from now on. */
  const invalidateSyncTokens = post('invalidate-sync-tokens', (body) => {
    context.syncTokens.invalidate(
      new Fields(readObject(body)).oneOf('errorCode', SYNC_REFUSALS) ?? 'CMN-101',
    );
    return {};
  });

  /** Takes a fault and what it is for, see `readFaultTarget`. */
  const fail = post('fail', (body) => {
    context.faults.plan(readFaultTarget(new Fields(readObject(body))));
    return {};
  });

  const clearFaults = post('clear-faults', () => {
    context.faults.clear();
    return {};
  });

  /** `seconds`: how far the clock goes ahead; answers the new time. */
  const advanceClock = post('advance-clock', (body) => {
    clock.advance((new Fields(readObject(body)).number('seconds') ?? 0) * SECOND);
    mailbox.age();
    context.push.age();
    return { now: new Date(clock.now()).toISOString() };
  });

  /** `app` and `user`: objects of permissions that are switched on (true) or off (false). */
  const switchPermissions = post('permissions', (body) => {
    const fields = new Fields(readObject(body));
    switchAll(permissions.app, fields.object('app'), APP_PERMISSIONS);
    switchAll(permissions.user, fields.object('user'), USER_PERMISSIONS);
    return { app: [...permissions.app], user: [...permissions.user] };
  });

  /** Features that become available (true) or stop being so (false). */
  const switchFeatures = post('features', (body) => {
    switchAll(features.available, new Fields(readObject(body)), FEATURES);
    return { available: [...features.available] };
  });

  /**
   * How the server differs from the documented one from now on: `refused`, an object of the names of `OPTIONAL` with one of
   * `REFUSALS` each; `differences`, an array of `DIFFERENCES`; `mostRecords`, of one answer.
   */
  const deviate = post('deviations', (body) => {
    const fields = new Fields(readObject(body));
    const refused = fields.object('refused');
    deviations.refused.clear();
    for (const name of OPTIONAL) {
      const refusal = refused?.oneOf(name, REFUSALS);
      if (refusal) deviations.refused.set(name, refusal);
    }
    deviations.differences.clear();
    for (const difference of fields.someOf('differences', DIFFERENCES) ?? []) {
      deviations.differences.add(difference);
    }
    deviations.mostRecords = fields.number('mostRecords') ?? Infinity;
    return {};
  });

  /** `enabled`; `limits` by group, `windowSeconds` and `penaltySeconds`, each the default if absent. Starts counting anew. */
  const rateLimits = post('rate-limits', (body) => {
    const fields = new Fields(readObject(body));
    const limits = fields.object('limits');
    const group = (name: RateGroup): number => limits?.number(name) ?? DEFAULT_RATE_LIMITS.limits[name];
    limiter.enabled = fields.boolean('enabled') ?? limiter.enabled;
    limiter.limits = {
      limits: { light: group('light'), medium: group('medium'), heavy: group('heavy'), auth: group('auth') },
      window: inMilliseconds(fields.number('windowSeconds')) ?? DEFAULT_RATE_LIMITS.window,
      penalty: inMilliseconds(fields.number('penaltySeconds')) ?? DEFAULT_RATE_LIMITS.penalty,
    };
    limiter.reset();
    return { enabled: limiter.enabled, ...limiter.limits };
  });

  /**
   * `refreshTokens`: whether sessions get them; `surplusRecords`: by how many a sync exceeds its record count;
   * `silentPush`: whether nothing comes over open WebSocket connections; `ranges`: whether `Range` is heeded.
   */
  const changeSettings = post('settings', (body) => {
    const fields = new Fields(readObject(body));
    sessions.issueRefreshTokens = fields.boolean('refreshTokens') ?? sessions.issueRefreshTokens;
    settings.surplusRecords = fields.number('surplusRecords') ?? settings.surplusRecords;
    settings.silentPush = fields.boolean('silentPush') ?? settings.silentPush;
    settings.ranges = fields.boolean('ranges') ?? settings.ranges;
    const { surplusRecords, silentPush, ranges } = settings;
    return { refreshTokens: sessions.issueRefreshTokens, surplusRecords, silentPush, ranges };
  });

  /** `closeFrame`: whether WebSocket connections end as agreed, or break off. (A fault for the path `/ws?` refuses new ones.) */
  const dropConnections = post('drop-connections', (body) => {
    const closeFrame = new Fields(readObject(body)).boolean('closeFrame') ?? false;
    return { dropped: context.push.drop(closeFrame) };
  });

  /** Everything that tests compare a client's picture of the mailbox with; messages newest first. */
  const state = getOrPost('state', () => {
    mailbox.age();
    return {
      now: new Date(clock.now()).toISOString(),
      sessions: sessions.count,
      pushConnections: context.push.connections,
      retentionPeriod: settings.retentionPeriod,
      messages: [...mailbox.newestFirst()].map(({ id, type, availability, readStatus, conversationId }) => ({
        id,
        type,
        availability,
        readStatus,
        conversationId,
      })),
    };
  });

  const requests = getOrPost('requests', () => ({ requests: context.log.requests }));

  const resetRequests = post('requests/reset', () => {
    context.log.clear();
    return {};
  });

  return [
    deliver,
    change,
    expireTokens,
    invalidateSyncTokens,
    fail,
    clearFaults,
    advanceClock,
    switchPermissions,
    switchFeatures,
    deviate,
    rateLimits,
    changeSettings,
    dropConnections,
    ...state,
    ...requests,
    resetRequests,
  ];
}

function post(name: string, answer: (body: unknown) => object): AdminRoute {
  return {
    method: 'POST',
    path: `/emulator/${name}`,
    handler: ({ body }) => jsonReply(200, answer(body.length > 0 ? readJson(body.toString()) : {})),
  };
}

function getOrPost(name: string, answer: () => object): readonly AdminRoute[] {
  const route = post(name, answer);
  return [route, { ...route, method: 'GET' }];
}

function switchAll<Name extends string>(
  granted: Set<Name>,
  wanted: Fields | undefined,
  known: readonly Name[],
): void {
  for (const name of known) {
    const on = wanted?.boolean(name);
    if (on === true) granted.add(name);
    if (on === false) granted.delete(name);
  }
}

function inMilliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * SECOND;
}
