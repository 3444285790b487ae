import { ACCOUNT_ID, EXTENSION } from './account';
import { adminRoutes } from './admin/adminRoutes';
import { requireAdmin } from './admin/requireAdmin';
import type { EmulatorContext } from './context';
import { answerAsGiven, requestAsUnderstood } from './differentAnswers';
import type { EmulatorRequest, Reply } from './http';
import { AuthorizeEndpoint } from './oauth/authorizeEndpoint';
import { unauthorized } from './oauth/sessions';
import { TokenEndpoint } from './oauth/tokenEndpoint';
import { CONTENT_ROUTES, type Operation, REST_ROUTES } from './operations';
import type { RateGroup } from './rateLimiter';
import type { Origin } from './requestLog';
import { resourceNotFound } from './requestError';
import { type PathParams, type Route, Router } from './router';

/** Answers one request; the rate group is told as soon as it is known, because error answers carry its headers too. */
export interface Handler {
  readonly group: RateGroup;
  readonly answer: (request: EmulatorRequest) => Reply | Promise<Reply>;
}

/** Everything an origin answers to, behind the checks it needs: token, rate, permissions, account and extension. */
export function createGateway(origin: Origin, context: EmulatorContext): Router<Handler> {
  if (origin === 'media') return new Router(secured(CONTENT_ROUTES, context));
  const token = new TokenEndpoint(context.client, context.sessions, context.codes, context.clock);
  const authorize = new AuthorizeEndpoint(context.client, context.codes);
  const auth = (answer: Handler['answer']): Handler => ({
    group: 'auth',
    answer: (request) => {
      context.limiter.take('auth');
      return answer(request);
    },
  });
  const consent = auth((request) => authorize.handle(request));
  return new Router([
    { method: 'POST', path: '/restapi/oauth/token', handler: auth((request) => token.token(request)) },
    { method: 'POST', path: '/restapi/oauth/revoke', handler: auth((request) => token.revoke(request)) },
    { method: 'GET', path: '/restapi/oauth/authorize', handler: consent },
    { method: 'POST', path: '/restapi/oauth/authorize', handler: consent },
    ...secured(REST_ROUTES, context),
    ...adminRoutes(context).map((route): Route<Handler> => ({
      ...route,
      handler: {
        group: 'light',
        answer: (request) => {
          requireAdmin(request, context.adminToken);
          return route.handler(request);
        },
      },
    })),
  ]);
}

function secured(routes: readonly Route<Operation>[], context: EmulatorContext): readonly Route<Handler>[] {
  return routes.map((route) => ({
    ...route,
    handler: { group: route.handler.group, answer: (request) => answer(route.handler, request, context) },
  }));
}

async function answer(
  operation: Operation,
  request: EmulatorRequest,
  context: EmulatorContext,
): Promise<Reply> {
  const session = context.sessions.authorize(readToken(request));
  context.limiter.take(operation.group);
  context.permissions.require(operation.permissions, session.scope);
  refuseOthers(request.params);
  context.mailbox.age();
  const { deviations } = context;
  deviations.check(request);
  const understood = requestAsUnderstood(request, deviations);
  return answerAsGiven(await operation.answer(understood, context, session), request, deviations);
}

/** In the header as a rule; existing clients also put it into the query. */
function readToken(request: EmulatorRequest): string {
  const { authorization } = request.headers;
  const inQuery = request.query.string('access_token');
  if (authorization === undefined && inQuery !== undefined) return inQuery;
  const [scheme, token] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || !token) {
    throw unauthorized('AGW-401', 'Authorization header is not specified.');
  }
  return token;
}

/** There is one account with one extension. */
function refuseOthers({ accountId, extensionId }: PathParams): void {
  if (accountId !== undefined && accountId !== '~' && accountId !== ACCOUNT_ID)
    throw resourceNotFound('accountId');
  if (extensionId !== undefined && extensionId !== '~' && extensionId !== EXTENSION.id) {
    throw resourceNotFound('extensionId');
  }
}
