import { match, type MatchFunction } from 'path-to-regexp';

import type { EmulatorRequest, Reply } from './http';
import { RequestError } from './requestError';

export type PathParams = EmulatorRequest['params'];

export interface Route<Handler> {
  readonly method: string;
  /** With `:names`. */
  readonly path: string;
  readonly handler: Handler;
}

/** Finds what answers a request. A slash at the end of the path makes no difference. */
export class Router<Handler> {
  readonly #routes: readonly (Route<Handler> & {
    readonly match: MatchFunction<Partial<Record<string, string>>>;
  })[];

  constructor(routes: readonly Route<Handler>[]) {
    this.#routes = routes.map((route) => ({ ...route, match: match(route.path) }));
  }

  /** @throws RequestError 404 for an unknown path, 405 for another method than the path has */
  find(method: string, path: string): { readonly handler: Handler; readonly params: PathParams } {
    const allowed: string[] = [];
    for (const route of this.#routes) {
      const found = route.match(path);
      if (!found) continue;
      if (route.method === method) return { handler: route.handler, params: found.params };
      allowed.push(route.method);
    }
    if (allowed.length === 0) throw new RequestError(404, 'CMN-102', 'Resource not found.');
    throw new RequestError(405, 'CMN-101', 'Method is not allowed.', {}, { allow: allowed.join(', ') });
  }
}

/** An answer of one of the operations, which may take its time. */
export type Answer = Reply | Promise<Reply>;
