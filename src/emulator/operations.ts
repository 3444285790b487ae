import type { EmulatorContext } from './context';
import type { EmulatorRequest } from './http';
import { createWebSocketToken } from './operations/createWebSocketToken';
import { readConfiguration, updateConfiguration } from './operations/configuration';
import { patchMessage, updateMessage } from './operations/changeMessage';
import { deleteMessage, deleteMessageByFilter } from './operations/deleteMessage';
import { listMessages } from './operations/listMessages';
import { readExtension } from './operations/readExtension';
import { readFeatures } from './operations/readFeatures';
import { readMessage } from './operations/readMessage';
import { readMessageContent } from './operations/readMessageContent';
import { syncMessages } from './operations/syncMessages';
import type { Session } from './oauth/sessions';
import type { RequiredPermissions } from './permissions';
import type { RateGroup } from './rateLimiter';
import type { Answer, Route } from './router';

/** An operation for signed-in users: what it needs and what it does. */
export interface Operation {
  readonly group: RateGroup;
  readonly permissions: RequiredPermissions;
  readonly answer: (request: EmulatorRequest, context: EmulatorContext, session: Session) => Answer;
}

const ACCOUNT = '/restapi/v1.0/account/:accountId';
const EXTENSION = `${ACCOUNT}/extension/:extensionId`;
const MESSAGES = `${EXTENSION}/message-store`;
const CONFIGURATION = `${ACCOUNT}/message-store-configuration`;

const READ = { app: 'ReadMessages', user: 'ReadMessages' } as const;
const EDIT = { app: 'EditMessages', user: 'EditMessages' } as const;
const ADMINISTER = { app: 'EditAccounts', user: 'AccountAdministration' } as const;
const SUBSCRIBE = { app: 'WebSocketsSubscription' } as const;
const FEATURES = { app: 'ReadAccounts', user: 'ReadExtensions' } as const;
const WHO_AM_I = { app: 'ReadAccounts', user: 'ReadExtensions' } as const;

/** Answered at both origins: old records name the REST origin for their content. */
export const CONTENT_ROUTES: readonly Route<Operation>[] = [
  route(
    'GET',
    `${MESSAGES}/:messageId/content/:attachmentId`,
    'medium',
    { app: 'ReadMessages' },
    readMessageContent,
  ),
];

export const REST_ROUTES: readonly Route<Operation>[] = [
  route('POST', '/restapi/oauth/wstoken', 'auth', SUBSCRIBE, createWebSocketToken),
  route('GET', EXTENSION, 'light', WHO_AM_I, readExtension),
  route('GET', `${EXTENSION}/features`, 'light', FEATURES, readFeatures),
  route('GET', MESSAGES, 'light', READ, listMessages),
  route('DELETE', MESSAGES, 'medium', EDIT, deleteMessageByFilter),
  route('GET', `${MESSAGES}/:messageId`, 'light', READ, readMessage),
  route('PUT', `${MESSAGES}/:messageId`, 'medium', EDIT, updateMessage),
  route('PATCH', `${MESSAGES}/:messageId`, 'medium', EDIT, patchMessage),
  route('DELETE', `${MESSAGES}/:messageId`, 'medium', EDIT, deleteMessage),
  route('GET', `${EXTENSION}/message-sync`, 'light', READ, syncMessages),
  route('GET', CONFIGURATION, 'light', ADMINISTER, readConfiguration),
  route('PUT', CONFIGURATION, 'light', ADMINISTER, updateConfiguration),
  ...CONTENT_ROUTES,
];

function route(
  method: string,
  path: string,
  group: RateGroup,
  permissions: RequiredPermissions,
  answer: Operation['answer'],
): Route<Operation> {
  return { method, path, handler: { group, permissions, answer } };
}
