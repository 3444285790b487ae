import { UnsafeDeleteError } from './errors';
import type { HttpRequest } from './httpClient';

const STORE = /^\/restapi\/v1\.0\/account\/[^/]+\/extension\/[^/]+\/message-store/.source;
const BY_PATH = new RegExp(`${STORE}/\\d+(,\\d+)*$`);
const BY_BODY = new RegExp(`${STORE}/\\*$`);
const BY_QUERY = new RegExp(`${STORE}$`);

/**
 * The last look at a request before it is sent. A DELETE that names no message and no conversation deletes the whole
 * mailbox (FACTS, Changing, deleting), so only the three forms that name them pass, and no other DELETE of anything. It
 * relies on nothing that built the request.
 * @throws UnsafeDeleteError
 */
export function refuseUnsafeDelete({
  method,
  url,
  body,
}: Pick<HttpRequest, 'method' | 'url' | 'body'>): void {
  if (method !== 'DELETE') return;
  const conversationIds = url.searchParams.getAll('conversationId');
  const isSafe =
    (BY_PATH.test(url.pathname) && body === undefined && conversationIds.length === 0) ||
    (BY_BODY.test(url.pathname) && isListOfIds(body) && conversationIds.length === 0) ||
    (BY_QUERY.test(url.pathname) && body === undefined && areIds(conversationIds));
  if (!isSafe) throw new UnsafeDeleteError('A DELETE must name what it deletes');
}

function isListOfIds(body: string | undefined): boolean {
  if (body === undefined) return false;
  try {
    const ids: unknown = JSON.parse(body);
    return Array.isArray(ids) && areIds(ids);
  } catch {
    return false;
  }
}

function areIds(ids: readonly unknown[]): boolean {
  return ids.length > 0 && ids.every((id) => typeof id === 'string' && /^\d+$/.test(id));
}
