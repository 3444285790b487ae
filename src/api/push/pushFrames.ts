import { randomUUID } from 'node:crypto';
import { parseJson } from '../json';
import { countOf, type JsonRecord, recordOf, textOf } from '../lenient';
import { SUBSCRIPTION } from '../paths';

/** A message of the server (FACTS, Push): an array of what it is and what it says. */
export interface PushFrame {
  readonly type: string | undefined;
  readonly messageId: string | undefined;
  readonly status: number | undefined;
  /** With it, the session can be resumed; newer messages may bring newer ones. */
  readonly recoveryToken: string | undefined;
  readonly body: JsonRecord;
}

/** Undefined if the text is nothing of the kind. */
export function readPushFrame(text: string): PushFrame | undefined {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    return undefined;
  }
  const [meta, body] = Array.isArray(json) ? (json as readonly unknown[]) : [];
  const record = recordOf(meta);
  return {
    type: textOf(record['type']),
    messageId: textOf(record['messageId']),
    status: countOf(record['status']),
    recoveryToken: textOf(recordOf(record['wsc'])['token']),
    body: recordOf(body),
  };
}

export interface ClientFrame {
  readonly messageId: string;
  readonly text: string;
}

export function heartbeat(): ClientFrame {
  const messageId = randomUUID();
  return { messageId, text: JSON.stringify([{ type: 'Heartbeat', messageId }]) };
}

/** Asks to be told of events, each given by the path of what changes. */
export function subscriptionRequest(eventFilters: readonly string[]): ClientFrame {
  const messageId = randomUUID();
  const text = JSON.stringify([
    { type: 'ClientRequest', messageId, method: 'POST', path: SUBSCRIPTION },
    { eventFilters, deliveryMode: { transportType: 'WebSocket' } },
  ]);
  return { messageId, text };
}
