import { randomUUID } from 'node:crypto';

import { ACCOUNT_ID, EXTENSION } from '../account';
import type { EmulatorContext } from '../context';
import { readObject } from '../requestBody';
import { invalidParameter } from '../requestError';
import { API_PATH } from '../wire';
import { EVENTS, type SubscribedEvent, type Subscription } from './frames';

/** Seconds: as long as the session lives. */
const EXPIRES_IN = 630_720_000;

const FILTER = new RegExp(
  `^${API_PATH}/account/(?:~|${ACCOUNT_ID})/extension/(?:~|${EXTENSION.id})/(message-store|shared-sms)$`,
);

/**
 * The subscription that the body of a `ClientRequest` asks for.
 * @throws RequestError 400 if a filter is of no event that there is, or of one that needs a feature which the extension has
 * not, or if the notifications are to go elsewhere
 */
export function createSubscription(
  body: unknown,
  { clock, features, deviations }: Pick<EmulatorContext, 'clock' | 'features' | 'deviations'>,
): Subscription {
  const { eventFilters, deliveryMode } = readObject(body);
  if (!Array.isArray(eventFilters) || eventFilters.length === 0) throw invalidParameter('eventFilters');
  const events = (eventFilters as readonly unknown[]).map((filter): SubscribedEvent => {
    const [, name] = FILTER.exec(typeof filter === 'string' ? filter : '') ?? [];
    if (name === 'message-store') return 'messageStore';
    deviations.refuse('sharedSms', 'eventFilters');
    if (name === 'shared-sms' && features.available.has('CallQueueSmsRecipient')) return 'sharedSms';
    throw invalidParameter('eventFilters', String(filter));
  });
  const { transportType } = readObject(deliveryMode, 'deliveryMode');
  if (transportType !== 'WebSocket')
    throw invalidParameter('deliveryMode.transportType', String(transportType));
  return {
    id: randomUUID(),
    events: [...new Set(events)],
    creationTime: new Date(clock.now()).toISOString(),
  };
}

/** The answer that tells of a new subscription. */
export function subscriptionInfo({ id, events, creationTime }: Subscription, origin: string): object {
  return {
    uri: `${origin}${API_PATH}/subscription/${id}`,
    id,
    creationTime,
    expirationTime: new Date(Date.parse(creationTime) + EXPIRES_IN * 1000).toISOString(),
    expiresIn: EXPIRES_IN,
    eventFilters: events.map((event) => EVENTS[event]),
    deliveryMode: { transportType: 'WebSocket', encryption: false },
    status: 'Active',
  };
}
