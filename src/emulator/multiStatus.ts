import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';

import { JSON_TYPE, MULTIPART_JSON_TYPE, MULTIPART_MIXED_TYPE, type Reply } from './http';
import { RequestError } from './requestError';

/** What became of one resource of a bulk request. */
export interface ItemResult {
  readonly id: string;
  readonly status: number;
  /** Absent for 204. */
  readonly body?: object;
}

/** Does `action` for one resource; a refusal becomes its status. */
export function itemResult(id: string, action: () => Omit<ItemResult, 'id'>): ItemResult {
  try {
    return { id, ...action() };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { id, status: error.status, body: error.body };
  }
}

/** The answer to a bulk request, 207, in the format that the client accepts: multipart+json only if it names it. */
export function multiStatus(
  results: readonly ItemResult[],
  accept: string | undefined,
  uri: (id: string) => string,
): Reply {
  return accept?.includes(MULTIPART_JSON_TYPE) ? multipartJson(results) : multipartMixed(results, uri);
}

function multipartJson(results: readonly ItemResult[]): Reply {
  return {
    status: 207,
    headers: { 'content-type': MULTIPART_JSON_TYPE },
    body: JSON.stringify(results.map(({ id, ...result }) => ({ resourceId: id, ...result }))),
  };
}

/** The first part lists the statuses, the others are the bodies in the same order. */
function multipartMixed(results: readonly ItemResult[], uri: (id: string) => string): Reply {
  const boundary = `Boundary_${randomUUID()}`;
  const statuses = results.map(({ id, status }) => ({
    href: uri(id),
    status,
    responseDescription: STATUS_CODES[status],
  }));
  const parts = [{ response: statuses }, ...results.map(({ body }) => body)].map(
    (body) => `--${boundary}\r\nContent-Type: ${JSON_TYPE}\r\n\r\n${body ? JSON.stringify(body) : ''}\r\n`,
  );
  return {
    status: 207,
    headers: { 'content-type': `${MULTIPART_MIXED_TYPE}; boundary=${boundary}` },
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}
