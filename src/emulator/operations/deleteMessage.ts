import type { EmulatorContext } from '../context';
import { MESSAGE_TYPES, ownerMatcher, readOwner } from '../filter';
import type { EmulatorRequest, Reply } from '../http';
import {
  checkedIds,
  idsInPath,
  IN_BODY,
  MAX_CONVERSATIONS_IN_BODY,
  MAX_IDS_IN_BODY,
  MAX_IDS_IN_PATH,
} from '../messageIds';
import { itemResult, multiStatus } from '../multiStatus';
import { invalidParameter, resourceNotFound } from '../requestError';
import { isObject, readJson } from '../requestBody';
import { findMessage } from './readMessage';

const DELETABLE_TYPES = [...MESSAGE_TYPES, 'Text', 'All'] as const;
const NO_CONTENT: Reply = { status: 204 };

/**
 * `deleteMessage`: one step towards the end for the messages of the path, or of the body if the path says `*`. Without
 * any id it is every message of the mailbox, as the API's documentation warns.
 */
export function deleteMessage(request: EmulatorRequest, context: EmulatorContext): Reply {
  const path = request.params['messageId'] ?? '';
  const ids =
    path === IN_BODY ? checkedIds(arrayInBody(request), 'messageId', MAX_IDS_IN_BODY) : idsInPath(path);
  if (ids.length === 0) return deleteMessageByFilter(request, context);

  const type = readType(request);
  const purge = request.query.boolean('purge') ?? false;
  const remove = (id: string): void => {
    const message = findMessage(id, context);
    if (type !== undefined && message.type !== type) throw resourceNotFound('messageId');
    context.mailbox.remove(message, purge);
  };
  const [id] = ids;
  if (id !== undefined && path !== IN_BODY && ids.length === 1) {
    remove(id);
    return NO_CONTENT;
  }
  const results = ids.map((each) =>
    itemResult(each, () => {
      remove(each);
      return { status: 204 };
    }),
  );
  if (results.every(({ status }) => status === 204)) return NO_CONTENT;
  return multiStatus(results, request.headers.accept, (each) => context.wire.uri(each));
}

/**
 * `deleteMessageByFilter`: one step towards the end for all messages of the conversations; without any conversation,
 * for every message of the mailbox, as the API's documentation warns.
 */
export function deleteMessageByFilter(request: EmulatorRequest, context: EmulatorContext): Reply {
  const { query } = request;
  const type = readType(request);
  const purge = query.boolean('purge') ?? false;
  const owner = readOwner(query, 'owner');
  const range = { to: query.date('dateTo') };
  const conversations = readConversations(request);
  // The default, personal messages only, is one of a request that names conversations: without any, everything goes.
  const isOwned = owner || conversations ? ownerMatcher({ owner }) : () => true;
  const chosen = conversations
    ? conversations.flatMap((conversationId) => [
        ...context.mailbox.newestFirst({ ...range, conversationId }),
      ])
    : [...context.mailbox.newestFirst(range)];
  for (const message of new Set(chosen)) {
    if ((type === undefined || message.type === type) && isOwned(message))
      context.mailbox.remove(message, purge);
  }
  return NO_CONTENT;
}

/** `undefined` means all. */
function readType(request: EmulatorRequest): string | undefined {
  const type = request.query.oneOf('type', DELETABLE_TYPES);
  return type === 'All' ? undefined : type;
}

/** `undefined` means all. */
function readConversations(request: EmulatorRequest): readonly string[] | undefined {
  const values = request.query.strings('conversationId');
  if (!values) return undefined;
  if (values.length === 1 && values[0] === IN_BODY) {
    const ids = checkedIds(arrayInBody(request), 'conversationId', MAX_CONVERSATIONS_IN_BODY);
    return ids.length > 0 ? ids : undefined;
  }
  return checkedIds(values, 'conversationId', MAX_IDS_IN_PATH);
}

/** The array of the body; clients that have none to send send nothing or an empty object. */
function arrayInBody(request: EmulatorRequest): readonly unknown[] {
  if (request.body.length === 0) return [];
  const body = readJson(request.body.toString());
  if (Array.isArray(body)) return body;
  if (isObject(body) && Object.keys(body).length === 0) return [];
  throw invalidParameter('body');
}
