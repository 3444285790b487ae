import { randomUUID } from 'node:crypto';

import { ACCOUNT_ID, EXTENSION } from '../account';
import { readObject } from '../requestBody';
import { invalidParameter } from '../requestError';
import { API_PATH } from '../wire';
import { MESSAGE_STORE_EVENT, type Subscription } from './frames';

/** Seconds: as long as the session lives. */
const EXPIRES_IN = 630_720_000;

const MESSAGE_STORE_FILTER = new RegExp(
  `^${API_PATH}/account/(?:~|${ACCOUNT_ID})/extension/(?:~|${EXTENSION.id})/message-store$`,
);

/**
 * The subscription that the body of a `ClientRequest` asks for.
 * @param now ms since the epoch
 * @throws RequestError 400 if a filter is of no event that there is, or the notifications are to go elsewhere
 */
export function createSubscription(body: unknown, now: number): Subscription {
  const { eventFilters, deliveryMode } = readObject(body);
  if (!Array.isArray(eventFilters) || eventFilters.length === 0) throw invalidParameter('eventFilters');
  for (const filter of eventFilters as readonly unknown[]) {
    if (typeof filter !== 'string' || !MESSAGE_STORE_FILTER.test(filter)) {
      throw invalidParameter('eventFilters', String(filter));
    }
  }
  const { transportType } = readObject(deliveryMode, 'deliveryMode');
  if (transportType !== 'WebSocket')
    throw invalidParameter('deliveryMode.transportType', String(transportType));
  return { id: randomUUID(), creationTime: new Date(now).toISOString() };
}

/** The answer that tells of a new subscription. */
export function subscriptionInfo({ id, creationTime }: Subscription, origin: string): object {
  return {
    uri: `${origin}${API_PATH}/subscription/${id}`,
    id,
    creationTime,
    expirationTime: new Date(Date.parse(creationTime) + EXPIRES_IN * 1000).toISOString(),
    expiresIn: EXPIRES_IN,
    eventFilters: [MESSAGE_STORE_EVENT],
    deliveryMode: { transportType: 'WebSocket', encryption: false },
    status: 'Active',
  };
}
