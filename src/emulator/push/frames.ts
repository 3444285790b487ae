import { randomUUID } from 'node:crypto';

import { integer, parseJson } from '../../api/json';
import { EXTENSION } from '../account';
import { isObject } from '../requestBody';
import { EXTENSION_PATH } from '../wire';
import type { StoreChanges } from './storeChanges';

/** What there is of a subscription. */
export interface Subscription {
  readonly id: string;
  readonly events: readonly SubscribedEvent[];
  /** ISO 8601. */
  readonly creationTime: string;
}

/** The events that can be subscribed to here: changes of the message store, and new SMS that are shared with the extension. */
export const EVENTS = {
  messageStore: `${EXTENSION_PATH}/message-store`,
  sharedSms: `${EXTENSION_PATH}/shared-sms`,
};

export type SubscribedEvent = keyof typeof EVENTS;

/** The first part of every message of a client; the second is the body, if it has one. */
export interface ClientFrame {
  readonly type: unknown;
  readonly messageId: unknown;
  readonly method: unknown;
  readonly path: unknown;
  readonly body: unknown;
}

/** Undefined for what is not a message of the protocol. */
export function readFrame(text: string): ClientFrame | undefined {
  try {
    const [meta, body] = [parseJson(text)].flat();
    if (!isObject(meta)) return undefined;
    const { type, messageId, method, path } = meta;
    return { type, messageId, method, path, body };
  } catch {
    return undefined;
  }
}

/** A message of the server: what it is, then what it says. */
export function frame(
  type: string,
  fields: { readonly messageId?: unknown; readonly status?: number; readonly wsc?: object },
  body?: object,
): string {
  const meta = {
    type,
    messageId: randomUUID(),
    status: 200,
    headers: { RCRequestId: randomUUID() },
    ...fields,
  };
  return JSON.stringify(body ? [meta, body] : [meta]);
}

/** What the message store's notification says. */
export function storeChangesBody({ lastUpdated, changes }: StoreChanges, accountId: string): object {
  return {
    accountId: integer(accountId),
    extensionId: integer(EXTENSION.id),
    lastUpdated,
    changes: changes.map(({ newMessageIds, ...change }) => ({
      ...change,
      newCount: newMessageIds.length,
      newMessageIds: newMessageIds.map(integer),
    })),
  };
}

/** @param time ms since the epoch */
export function notificationFrame(
  subscription: Subscription,
  event: SubscribedEvent,
  body: object,
  time: number,
): string {
  const uuid = randomUUID();
  return frame(
    'ServerNotification',
    { messageId: uuid },
    {
      uuid,
      event: EVENTS[event],
      timestamp: new Date(time).toISOString(),
      subscriptionId: subscription.id,
      ownerId: EXTENSION.id,
      body,
    },
  );
}
