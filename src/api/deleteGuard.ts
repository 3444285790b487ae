import { UnsafeDeleteError } from './errors';
import type { HttpRequest } from './httpClient';

const STORE = /^\/restapi\/v1\.0\/account\/[^/]+\/extension\/[^/]+\/message-store/.source;
const ID = /[1-9]\d*/.source;
const MESSAGES = new RegExp(`${STORE}/${ID}(,${ID}){0,49}$`);
const CONVERSATION = new RegExp(`${STORE}$`);
const ONE_ID = new RegExp(`^${ID}$`);
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/**
 * The last look at a request before it is sent. A DELETE that names no message and no conversation deletes the whole
 * mailbox (FACTS, Changing, deleting), and a body can be lost on the way, so only two forms pass, and no other DELETE of
 * anything: up to 50 messages named in the path, and one conversation named in the query with the moment up to which its
 * messages are deleted. It relies on nothing that built the request.
 * @throws UnsafeDeleteError
 */
export function refuseUnsafeDelete({
  method,
  url,
  body,
}: Pick<HttpRequest, 'method' | 'url' | 'body'>): void {
  if (method !== 'DELETE') return;
  const conversationIds = url.searchParams.getAll('conversationId');
  const dates = url.searchParams.getAll('dateTo');
  const namesMessages = MESSAGES.test(url.pathname) && conversationIds.length === 0;
  const namesConversation =
    CONVERSATION.test(url.pathname) && isOne(conversationIds, ONE_ID) && isOne(dates, TIME);
  if (body !== undefined || !(namesMessages || namesConversation)) {
    throw new UnsafeDeleteError('A DELETE must name what it deletes in its path or query');
  }
}

function isOne(values: readonly string[], pattern: RegExp): boolean {
  const [value] = values;
  return value !== undefined && values.length === 1 && pattern.test(value);
}
