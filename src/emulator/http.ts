import type { IncomingHttpHeaders } from 'node:http';

import type { Query } from './query';

/** A request as the operations see it: read whole, its query validated on access. */
export interface EmulatorRequest {
  readonly method: string;
  /** Absolute, on the origin that was asked. */
  readonly url: URL;
  readonly query: Query;
  readonly headers: IncomingHttpHeaders;
  /** Named segments of the path. */
  readonly params: Readonly<Partial<Record<string, string>>>;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export const JSON_TYPE = 'application/json';
export const MULTIPART_JSON_TYPE = 'application/vnd.ringcentral.multipart+json';
export const MULTIPART_MIXED_TYPE = 'multipart/mixed';

export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { 'content-type': `${JSON_TYPE};charset=utf-8`, ...headers },
    body: JSON.stringify(value),
  };
}
